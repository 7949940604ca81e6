package org.osistack.session.x225;

import org.osistack.core.Host;
import org.osistack.core.Timer;

/**
 * The timers of one machine: TIM, the only one that X.225 has, for a peer that has been told of the end and must end the
 * transport connection; and local ones, for a transport connection on which there is no session connection, and for a
 * session connection that is idle too long or lasts too long.
 */
final class Timers {
    private final Host host;
    private final Settings settings;
    private final Reporter reporter;
    private final Timer tim;
    private final Timer unused;
    private final Timer idle;
    private final Timer lifetime;
    private final Runnable onIdle;
    private long lastUse;

    Timers(Host host, Settings settings, Reporter reporter, Expiry expiry) {
        this.host = host;
        this.settings = settings;
        this.reporter = reporter;
        this.tim = host.newTimer(() -> {
            reporter.timerExpired("TIM");
            expiry.tim();
        });
        this.unused = host.newTimer(expiry::unusedTooLong);
        this.idle = host.newTimer(this::lookForUse);
        this.lifetime = host.newTimer(expiry::outlived);
        this.onIdle = expiry::idleTooLong;
    }

    /** What happens when they run out. */
    interface Expiry {
        void tim();

        /** There was no session connection on the transport connection. */
        void unusedTooLong();

        /** Nobody has said anything in the session connection. */
        void idleTooLong();

        /** The session connection has lasted as long as it may. */
        void outlived();
    }

    /** There is a session connection, or one is being made. */
    void sessionBegins() {
        lastUse = host.now();
        if (settings.idleNanos() > 0) {
            idle.arm(settings.idleNanos());
        }
        if (settings.lifetimeNanos() > 0) {
            lifetime.arm(settings.lifetimeNanos());
        }
    }

    /** The session connection is over. */
    void sessionEnds() {
        idle.disarm();
        lifetime.disarm();
    }

    /** Somebody has said something. Cheap, for it happens with each SSDU: the timer looks later. */
    void use() {
        lastUse = host.now();
    }

    /** When anybody has said something in the session connection, in nanoseconds of the host's clock. */
    long lastUse() {
        return lastUse;
    }

    private void lookForUse() {
        long left = settings.idleNanos() - (host.now() - lastUse);
        if (left > 0) {
            idle.arm(left);
        } else {
            onIdle.run();
        }
    }

    /** Action [4]. */
    void startTim() {
        tim.arm(settings.timNanos());
        reporter.timerArmed("TIM", settings.timNanos());
    }

    /** Action [3], or the end. */
    void stopTim() {
        if (tim.isArmed()) {
            reporter.timerStopped("TIM");
        }
        tim.disarm();
    }

    /** There is a transport connection without a session connection; this side, or the peer, may open one. */
    void waitForConnect(boolean ownTurn) {
        unused.arm(ownTurn ? settings.reuseNanos() : settings.connectTimeoutNanos());
    }

    /** There is a session connection, or no transport connection any more. */
    void waitNoLonger() {
        unused.disarm();
    }

    /** The transport connection has gone. */
    void stop() {
        tim.disarm();
        unused.disarm();
        sessionEnds();
    }
}
