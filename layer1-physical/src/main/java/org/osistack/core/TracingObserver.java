package org.osistack.core;

import java.util.ArrayList;
import java.util.List;
import org.osistack.core.dialogue.SerialNumbers;
import org.osistack.core.dialogue.Tokens;

/** Turns what a host's machines report into events of the trace. */
final class TracingObserver implements Observer {
    private final Trace trace;
    private final Host host;

    TracingObserver(Trace trace, Host host) {
        this.trace = trace;
        this.host = host;
    }

    @Override
    public boolean isWatching() {
        return true;
    }

    @Override
    public void stateChanged(Origin origin, String from, String to, String cause) {
        add(origin, TraceEvent.Kind.STATE, from + " → " + to, "cause", cause);
    }

    @Override
    public void timerArmed(Origin origin, String timer, long nanos, String clause) {
        add(origin, TraceEvent.Kind.TIMER, timer, "event", "armed", "nanos", Long.toString(nanos), "clause", clause);
    }

    @Override
    public void timerExpired(Origin origin, String timer) {
        add(origin, TraceEvent.Kind.TIMER, timer, "event", "expired");
    }

    @Override
    public void timerStopped(Origin origin, String timer) {
        add(origin, TraceEvent.Kind.TIMER, timer, "event", "stopped");
    }

    @Override
    public void retransmitted(Origin origin, String what, String why) {
        add(origin, TraceEvent.Kind.RETRANSMISSION, what, "why", why);
    }

    @Override
    public void discarded(Origin origin, Discard reason, Pdu pdu) {
        trace.add(new TraceEvent.Draft(
                host.name(),
                origin.layer(),
                "",
                null,
                TraceEvent.Kind.DISCARD,
                origin.protocol(),
                reason.name(),
                List.of(new TraceEvent.Parameter("why", reason.text())),
                0,
                pdu.toByteArray(),
                origin.layer(),
                null));
    }

    @Override
    public void tokensMoved(Origin origin, String positions, String cause) {
        add(origin, TraceEvent.Kind.TOKEN, positions, "cause", cause);
    }

    @Override
    public void tokensMoved(Origin origin, Tokens own, Tokens available, String cause) {
        add(
                origin,
                TraceEvent.Kind.TOKEN,
                own.placesAmong(available),
                "cause",
                cause,
                "own",
                own.toString(),
                "peer",
                new Tokens(available.bits() & ~own.bits()).toString());
    }

    @Override
    public void serialNumbersMoved(Origin origin, SerialNumbers numbers, String cause) {
        String va = Long.toString(numbers.lowestUnconfirmed());
        String vm = Long.toString(numbers.next());
        String vr = Long.toString(numbers.lowestRestart());
        String name = "V(A) = " + va + ", V(M) = " + vm + ", V(R) = " + vr;
        add(origin, TraceEvent.Kind.CHECKPOINT, name, "cause", cause, "V(A)", va, "V(M)", vm, "V(R)", vr);
    }

    @Override
    public void serialNumbersMoved(Origin origin, SerialNumbers sending, SerialNumbers receiving, String cause) {
        List<String> parameters = new ArrayList<>(List.of("cause", cause));
        String name = ofFlow(sending, "s", parameters) + ", " + ofFlow(receiving, "r", parameters);
        add(origin, TraceEvent.Kind.CHECKPOINT, name, parameters.toArray(String[]::new));
    }

    private static String ofFlow(SerialNumbers numbers, String flow, List<String> parameters) {
        String va = Long.toString(numbers.lowestUnconfirmed());
        String vm = Long.toString(numbers.next());
        String vr = Long.toString(numbers.lowestRestart());
        parameters.addAll(List.of("V(A" + flow + ")", va, "V(M" + flow + ")", vm, "V(R" + flow + ")", vr));
        return "V(A" + flow + ") = " + va + ", V(M" + flow + ") = " + vm + ", V(R" + flow + ") = " + vr;
    }

    @Override
    public void note(Origin origin, String text) {
        add(origin, TraceEvent.Kind.NOTE, text);
    }

    private void add(Origin origin, TraceEvent.Kind kind, String name, String... parameters) {
        List<TraceEvent.Parameter> list = new ArrayList<>();
        if (!origin.connection().isEmpty()) {
            list.add(new TraceEvent.Parameter("connection", origin.connection()));
        }
        for (int i = 0; i < parameters.length; i += 2) {
            list.add(new TraceEvent.Parameter(parameters[i], parameters[i + 1]));
        }
        trace.add(new TraceEvent.Draft(
                host.name(), origin.layer(), "", null, kind, origin.protocol(), name, list, 0, null, 0, null));
    }
}
