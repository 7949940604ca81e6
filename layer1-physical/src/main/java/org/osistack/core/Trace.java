package org.osistack.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Writes down what happens on the hosts of one group, in order, and hands each event to whoever prints it.
 *
 * <p>It hears of primitives from the taps that {@link Stack} puts between the layers, and of events inside the machines
 * as the hosts' {@link Observer}. Since a primitive is a method call, whatever happens before the call returns is its
 * consequence: that gives each event its parents.
 */
public final class Trace {
    private final HostGroup group;
    private final Consumer<TraceEvent> sink;
    private final long begin;
    private final ArrayDeque<Scope> scopes = new ArrayDeque<>();
    private final List<TraceEvent> pending = new ArrayList<>();
    private long events;

    private static final class Scope {
        private final long seq;
        private final int position;

        Scope(long seq, int position) {
            this.seq = seq;
            this.position = position;
        }
    }

    /**
     * Begin a trace.
     *
     * @param group whose hosts' clock gives the times
     * @param sink gets each event when the outermost primitive that it belongs to has been carried out
     */
    public Trace(HostGroup group, Consumer<TraceEvent> sink) {
        this.group = group;
        this.sink = sink;
        this.begin = group.now();
    }

    /**
     * The tap's end of the trace at one service.
     *
     * @param layer of the service
     * @param user makes a dissector for the PDUs of the protocol that uses the service
     */
    public SapTrace sap(Host host, int layer, Supplier<Dissector> user) {
        return new SapTrace(this, host, layer, user);
    }

    /** The observer to be given to a host of this trace. */
    public Observer observer(Host host) {
        return new TracingObserver(this, host);
    }

    void primitive(
            Host host,
            int layer,
            Direction direction,
            String name,
            List<TraceEvent.Parameter> parameters,
            int connection,
            byte[] octets,
            Dissection pdu) {
        TraceEvent event = add(
                host,
                layer,
                direction,
                TraceEvent.Kind.PRIMITIVE,
                pdu == null ? "" : pdu.protocol(),
                name,
                parameters,
                connection,
                octets,
                pdu);
        scopes.push(new Scope(event.seq(), pending.size() - 1));
    }

    /** The primitive that was reported last, and not yet ended, has been carried out. */
    void end(boolean accepted) {
        Scope scope = scopes.pop();
        if (!accepted && scope.position == pending.size() - 1) {
            pending.remove(scope.position); // not taken for lack of credit, so it did not happen; it comes again
        }
        if (scopes.isEmpty()) {
            flush();
        }
    }

    TraceEvent add(
            Host host,
            int layer,
            Direction direction,
            TraceEvent.Kind kind,
            String protocol,
            String name,
            List<TraceEvent.Parameter> parameters,
            int connection,
            byte[] octets,
            Dissection pdu) {
        List<Long> parents = new ArrayList<>(scopes.size());
        for (Scope scope : scopes) {
            parents.add(scope.seq);
        }
        long seq = ++events;
        TraceEvent event = new TraceEvent(
                seq,
                group.now() - begin,
                group.isVirtual(),
                host.name(),
                layer,
                direction,
                kind,
                protocol,
                name,
                parameters,
                connection,
                octets == null ? 0 : seq,
                parents,
                octets,
                pdu);
        pending.add(event);
        if (scopes.isEmpty() && kind != TraceEvent.Kind.PRIMITIVE) {
            flush();
        }
        return event;
    }

    private void flush() {
        for (TraceEvent event : pending) {
            sink.accept(event);
        }
        pending.clear();
    }
}
