package org.osistack.session.x225;

import org.osistack.session.ProviderAbortReason;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.SessionRefusal;
import org.osistack.session.x225.StateTable.Row;
import org.osistack.session.x225.StateTable.Rule;
import org.osistack.transport.DisconnectReason;

/**
 * How a session connection ends when neither user wants it: SPDUs that no row of the table has, timers, limits, the end of
 * the transport connection. It keeps the reasons, of which the user and the peer hear.
 */
final class Endings implements Timers.Expiry {
    private static final double NANOS_PER_SECOND = 1e9;

    private final SessionProtocolMachine machine;
    private final Quotas quotas;
    private final Reporter reporter;
    private final Settings settings;

    private int abortReason;
    private ProviderAbortReason providerReason;
    private SessionRefusal transportReason = SessionRefusal.TRANSPORT;

    Endings(SessionProtocolMachine machine, Quotas quotas, Reporter reporter, Settings settings) {
        this.machine = machine;
        this.quotas = quotas;
        this.reporter = reporter;
        this.settings = settings;
    }

    /** Octets have come that are no SPDU, or one that cannot be. */
    void invalid(String reason) {
        reporter.note(reason);
        broken(Event.INVALID, machine.match(Event.INVALID));
    }

    /** An SPDU has come to which the rules R1, R2 or R4 apply; or none, if the rule is null. */
    void broken(Event event, Row rule) {
        abort(event, rule, Translation.PROTOCOL_ERROR, ProviderAbortReason.PROTOCOL_ERROR);
    }

    /** The peer has sent more than may be stored. */
    void tooMuch() {
        abort(
                Event.INVALID,
                machine.match(Event.INVALID),
                Translation.IMPLEMENTATION_RESTRICTION,
                ProviderAbortReason.IMPLEMENTATION_RESTRICTION);
    }

    private void abort(Event event, Row rule, int newAbortReason, ProviderAbortReason newProviderReason) {
        if (rule == null || rule.rule() == Rule.R1) {
            return;
        }
        abortReason = newAbortReason;
        providerReason = newProviderReason;
        machine.apply(rule, event, null, null);
    }

    @Override
    public void tim() {
        providerReason = ProviderAbortReason.UNDEFINED; // for a user who was not told yet
        machine.occur(Event.TIM, null);
    }

    /** Neither side has opened a session connection on the transport connection: a local matter. */
    @Override
    public void unusedTooLong() {
        invalid("no CONNECT in time");
    }

    @Override
    public void idleTooLong() {
        outOfTime(Quotas.Event.IDLE, "idle for " + settings.idleNanos() / NANOS_PER_SECOND + " s");
    }

    @Override
    public void outlived() {
        outOfTime(Quotas.Event.LIFETIME, "over after " + settings.lifetimeNanos() / NANOS_PER_SECOND + " s");
    }

    /** A local limit ends the session connection: none of the reasons of S-P-ABORT (X.215 §12.16.2.1) but "undefined". */
    private void outOfTime(Quotas.Event event, String note) {
        quotas.count(event);
        reporter.note(note);
        abort(Event.INVALID, machine.match(Event.INVALID), Translation.NO_REASON, ProviderAbortReason.UNDEFINED);
    }

    /** T-DISCONNECT.indication. */
    void transportEnded(DisconnectReason reason) {
        providerReason = ProviderAbortReason.ofTransport(reason);
        transportReason = SessionRefusal.ofTransport(reason);
    }

    /** S-U-ABORT.request. */
    void userAborts() {
        abortReason = Translation.USER_ABORT;
    }

    /** What an ABORT says: bits of the Transport Disconnect parameter. */
    int abortReason() {
        return abortReason;
    }

    /**
     * What the user hears of it. The service has a word of its own for a session connection that failed because there was
     * no transport.
     */
    SessionPrimitive indication(State before, Establishment establishment) {
        return before == State.STA01B
                ? establishment.refused(transportReason)
                : new SessionPrimitive.ProviderAbort(providerReason);
    }
}
