package org.osistack.session.x225;

import org.osistack.core.Host;
import org.osistack.core.Timer;

/**
 * The timers of one machine: TIM, the only one that X.225 has, for a peer that has been told of the end and must end the
 * transport connection; and a local one, for a transport connection on which there is no session connection.
 */
final class Timers {
    private final Settings settings;
    private final Reporter reporter;
    private final Timer tim;
    private final Timer unused;

    Timers(Host host, Settings settings, Reporter reporter, Runnable onTim, Runnable onUnused) {
        this.settings = settings;
        this.reporter = reporter;
        this.tim = host.newTimer(() -> {
            reporter.timerExpired("TIM");
            onTim.run();
        });
        this.unused = host.newTimer(onUnused);
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
        unused.arm(ownTurn ? settings.idleNanos() : settings.connectTimeoutNanos());
    }

    /** There is a session connection, or no transport connection any more. */
    void waitNoLonger() {
        unused.disarm();
    }

    /** The transport connection has gone. */
    void stop() {
        tim.disarm();
        unused.disarm();
    }
}
