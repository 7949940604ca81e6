package org.osistack.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Writes down what happens on the hosts of one group, in order, and hands each event to whoever prints it.
 *
 * <p>It hears of primitives from the taps that {@link Stack} puts between the layers, and of events inside the machines
 * as the hosts' {@link Observer}. Since a primitive is a method call, whatever happens before the call returns is its
 * consequence: that gives each event its parents.
 *
 * <p>A primitive that ends in an exception never reports its end. Its scope is closed when the one around it ends, or
 * when the group takes its next turn.
 */
public final class Trace {
    private static final TraceEvent.Parameter REFUSED =
            new TraceEvent.Parameter("taken", "no, for want of credit: it comes again");

    private final HostGroup group;
    private final TraceSink sink;
    private final long begin;
    private final ArrayDeque<Scope> scopes = new ArrayDeque<>();
    private final List<TraceEvent> pending = new ArrayList<>();
    private final Map<String, Integer> connections = new HashMap<>();
    private TraceWatch[] watches = {}; // copied on change: a watch may add or take away another
    private long events;
    private long turn;
    private boolean suspended;

    /** A primitive that is being carried out. */
    private record Scope(SapTrace owner, long seq, int position) {}

    /**
     * Begin a trace.
     *
     * @param group whose hosts' clock gives the times
     * @param sink gets each event when the outermost primitive that it belongs to has been carried out
     */
    public Trace(HostGroup group, TraceSink sink) {
        this.group = group;
        this.sink = sink;
        this.begin = group.now();
    }

    /**
     * The tap's end of the trace at one service.
     *
     * @param layer of the service
     * @param service the name of its provider
     * @param userLayer the layer of the protocol that uses the service
     * @param user makes a dissector for the PDUs of the protocol that uses the service
     */
    public SapTrace sap(Host host, int layer, String service, int userLayer, Supplier<Dissector> user) {
        return new SapTrace(this, host, layer, service, userLayer, user);
    }

    /** The observer to be given to a host of this trace. */
    public Observer observer(Host host) {
        return new TracingObserver(this, host);
    }

    /** Let this be told of each event at the moment when it happens, from now on. */
    public void watch(TraceWatch watch) {
        watches = Arrays.copyOf(watches, watches.length + 1);
        watches[watches.length - 1] = watch;
    }

    /** Tell this no more. Nothing happens if it never was told. */
    public void unwatch(TraceWatch watch) {
        watches = Arrays.stream(watches).filter(other -> other != watch).toArray(TraceWatch[]::new);
    }

    /**
     * Write nothing down until {@link #resume}: a host was stopped in the middle of something, and what still runs only
     * cleans up behind it.
     */
    public void suspend() {
        suspended = true;
    }

    /** Go on, where no primitive is under way: those that were never reported their end, and never will. */
    public void resume() {
        suspended = false;
        scopes.clear();
        flush();
    }

    void medium(Medium medium) {
        sink.medium(medium);
    }

    /** A number for a new connection: unique among those of the same service on the same host. */
    int newConnection(Host host, int layer, String service) {
        return connections.merge(host.name() + '/' + layer + '/' + service, 1, Integer::sum);
    }

    /** A primitive passes the tap that owns it; what happens until its {@link #end} is its consequence. */
    void begin(SapTrace owner, TraceEvent.Draft draft) {
        if (suspended) {
            return;
        }
        TraceEvent event = append(draft);
        scopes.push(new Scope(owner, event.seq(), pending.size() - 1));
        happens(event);
    }

    /** The primitive that this tap reported last, and not yet ended, has been carried out. */
    void end(SapTrace owner, boolean accepted) {
        if (suspended) {
            return;
        }
        Scope scope = scopes.poll();
        while (scope != null && scope.owner != owner) {
            scope = scopes.poll(); // an exception passed through it
        }
        if (scope != null && !accepted) {
            takeBack(scope.position);
        }
        if (scopes.isEmpty()) {
            flush();
        }
    }

    /** A primitive that was not taken did not happen; but what it has caused so far stays told. */
    private void takeBack(int position) {
        TraceEvent event = pending.get(position);
        for (TraceWatch watch : watches) {
            watch.takenBack(event);
        }
        if (position == pending.size() - 1) {
            pending.remove(position);
        } else {
            pending.set(position, event.with(REFUSED));
        }
    }

    /** Something that is no primitive has happened. */
    void add(TraceEvent.Draft draft) {
        if (suspended) {
            return;
        }
        happens(append(draft));
        if (scopes.isEmpty()) {
            flush();
        }
    }

    /** A watch may make other events happen, or throw; so nothing of the trace may be half done here. */
    private void happens(TraceEvent event) {
        for (TraceWatch watch : watches) {
            watch.happens(event);
        }
    }

    private TraceEvent append(TraceEvent.Draft draft) {
        if (turn != group.turn()) {
            turn = group.turn();
            if (!scopes.isEmpty()) { // an exception has passed through all of them
                scopes.clear();
                flush();
            }
        }
        List<Long> parents = new ArrayList<>(scopes.size());
        for (Scope scope : scopes) {
            parents.add(scope.seq);
        }
        TraceEvent event = draft.event(++events, group.now() - begin, group.isVirtual(), List.copyOf(parents));
        pending.add(event);
        return event;
    }

    private void flush() {
        if (pending.isEmpty()) {
            return;
        }
        List<TraceEvent> batch = new ArrayList<>(pending);
        pending.clear();
        for (TraceEvent event : batch) {
            sink.event(event);
        }
        sink.settled();
    }
}
