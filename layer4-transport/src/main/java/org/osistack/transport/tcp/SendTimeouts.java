package org.osistack.transport.tcp;

import org.osistack.core.Host;
import org.osistack.transport.tcp.SendTimer.Purpose;

/**
 * What the sending half of a connection does when the peer stays silent: send again (RFC 6298), provoke an answer (RFC
 * 8985 §7), look for losses again (RFC 8985 §6.3), ask whether the window is still shut (RFC 9293 §3.8.6.1), give up.
 */
final class SendTimeouts {
    private static final long MIN_PROBE_NANOS = 5_000_000L; // so that a busy machine is not taken for a loss
    private static final long MAX_ACK_DELAY_NANOS = 200_000_000L; // TLP.max_ack_delay, RFC 8985 §7.2
    private static final long PASSIVE_PATIENCE_NANOS = 63_000_000_000L; // a SYN,ACK is sent again five times

    private final TcpConnection connection;
    private final Sender snd;
    private final Flight flight;
    private final LossRecovery recovery;
    private final RttEstimator rtt;
    private final Host host;
    private final TcpSettings settings;
    private final TcpCounters counters;
    private final SendTimer timer;

    private long progressAt; // when the peer last showed that it is there, while something was wanted of it
    private long retransmissionBase; // when the retransmission timer was (re)started
    private long lookAgainAt; // when to look for losses again; 0 for never
    private int persistBackOff;
    private boolean synLost;

    SendTimeouts(TcpConnection connection, TcpEntity entity, Sender snd, LossRecovery recovery) {
        this.connection = connection;
        this.snd = snd;
        this.flight = snd.flight;
        this.recovery = recovery;
        this.rtt = snd.rtt;
        this.host = entity.host;
        this.settings = entity.settings;
        this.counters = entity.counters;
        this.timer = new SendTimer(connection, host, this::onTimer);
    }

    /** Start the retransmission timer, and the time that the peer has for an answer, afresh (RFC 6298 §5.3). */
    void started(long now) {
        retransmissionBase = now;
        progressAt = now;
    }

    /** The peer is there, it just has no room (RFC 9293 §3.8.6.1). */
    void heardOfShutWindow(long now) {
        progressAt = now;
    }

    /** Something new could be sent: the window is not shut. */
    void windowOpen() {
        persistBackOff = 0;
    }

    /** Look for losses again after so long; 0 for never. */
    void lookAgain(long nanos, long now) {
        lookAgainAt = nanos == 0 ? 0 : now + nanos;
    }

    /** Whether the peer's window is being probed. */
    boolean isPersisting() {
        return timer.isSetFor(Purpose.PERSIST);
    }

    /** Whether our SYN had to be sent again. */
    boolean isSynLost() {
        return synLost;
    }

    /** Set the timer for what has to happen next if the peer stays silent. */
    void schedule(long now) {
        if (flight.isEmpty()) {
            lookAgainAt = 0;
            if (snd.unsent() == 0) {
                timer.clear();
            } else if (!timer.isSetFor(Purpose.PERSIST)) {
                progressAt = now;
                timer.set(Purpose.PERSIST, rtt.rto());
            }
            return;
        }
        long retransmission = Math.min(retransmissionBase + rtt.rto(), progressAt + patience()) - now;
        if (lookAgainAt != 0 && lookAgainAt - now < retransmission) {
            timer.set(Purpose.REORDERING, lookAgainAt - now);
            return;
        }
        long probe = recovery.mayProbe() && rtt.srtt() > 0 && connection.state.isSynchronized()
                ? Math.max(snd.lastSentAt(), retransmissionBase) + probeNanos() - now
                : Long.MAX_VALUE;
        if (probe < retransmission) {
            timer.set(Purpose.PROBE, probe);
        } else {
            timer.set(Purpose.RETRANSMISSION, retransmission);
        }
    }

    private long probeNanos() {
        return Math.max(MIN_PROBE_NANOS, 2 * rtt.srtt()) + (flight.count() == 1 ? MAX_ACK_DELAY_NANOS : 0);
    }

    /** How long the peer may stay silent: R2 of RFC 9293 §3.8.3. */
    private long patience() {
        if (connection.state.isSynchronized()) {
            return settings.timeoutNanos();
        }
        return connection.opening.isPassive() ? PASSIVE_PATIENCE_NANOS : settings.connectTimeoutNanos();
    }

    private void onTimer(Purpose purpose) {
        long now = host.now();
        switch (purpose) {
            case RETRANSMISSION -> timedOut(now);
            case PROBE -> probe(now);
            case REORDERING -> lookForLosses(now);
            case PERSIST -> persist(now);
            default -> throw new IllegalStateException(purpose.name());
        }
    }

    private void timedOut(long now) {
        if (now - progressAt >= patience()) {
            connection.giveUp();
            return;
        }
        boolean again = rtt.backOffs() > 0;
        rtt.backOff();
        retransmissionBase = now;
        lookAgainAt = 0;
        counters.timeouts++;
        if (!connection.state.isSynchronized()) {
            synLost = true;
            snd.retransmitSyn(now);
            schedule(now);
            return;
        }
        recovery.timedOut(snd.sndNxt, again, connection.timestamp(), now);
        snd.output();
    }

    private void lookForLosses(long now) {
        LossRecovery.Phase before = recovery.phase();
        lookAgain(recovery.reorderingTimedOut(snd.sndNxt, rtt.srtt(), now), now);
        snd.countRecovery(before);
        snd.output();
    }

    /** RFC 8985 §7.3: provoke an answer that tells whether the last segments have arrived. */
    private void probe(long now) {
        boolean fresh = snd.unsent() > 0 && snd.sendNext(now, true);
        if (!fresh) {
            snd.retransmit(flight.count() - 1, now, "tail loss probe");
        }
        counters.tailLossProbes++;
        recovery.probed(!fresh, snd.sndNxt);
        retransmissionBase = now;
        schedule(now);
    }

    /** RFC 9293 §3.8.6.1: ask whether the window is still shut, by one octet beyond it; or fill one that is small. */
    private void persist(long now) {
        if (now - progressAt >= settings.timeoutNanos()) {
            connection.giveUp();
            return;
        }
        if (snd.usableWindow() > 0) {
            snd.sendNext(now, true);
            schedule(now);
            return;
        }
        snd.probeZeroWindow();
        persistBackOff = Math.min(persistBackOff + 1, 16);
        timer.set(Purpose.PERSIST, Math.min(settings.maxRtoNanos(), rtt.rto() << persistBackOff));
    }

    /** Nothing waits for the peer. */
    void clear() {
        timer.clear();
    }

    /** Nothing will be sent any more. */
    void cancel() {
        timer.cancel();
    }
}
