package org.osistack.application.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.osistack.core.StackSpec;

/** Measures what the session layer costs; in rounds, so that what disturbs the machine for a while disturbs all alike. */
final class SessionTrial {
    /** Not by RTSE: APDUs in P-DATA, as large as {@link Request} has them. */
    static final int DATA_ALONE = -1;

    /** The size of these APDUs, in octets. */
    static final int DATA_SIZE = 64_000;

    private static final int FIRST_SESSIONS = 100; // not counted: with them comes what there is only once
    private static final String LONGEST_TSDU = "2M"; // for checkpoints every 1 MiB

    /**
     * What to measure.
     *
     * @param checkpoints their distances, in KiB
     * @param windowSize how many may be unconfirmed
     * @param sessions how many idle ones
     */
    record Plan(List<Integer> checkpoints, int windowSize, int sessions, int rounds, long warmUpNanos, long nanos) {}

    /**
     * What came out of one way to transfer octets, in each round.
     *
     * @param way {@link #DATA_ALONE}, or the distance of checkpoints in KiB; 0 for none
     * @param bitsPerSecond the goodput
     * @param cores how many processor cores were busy with it, the warm-up included
     */
    record Transfers(int way, List<Double> bitsPerSecond, List<Double> cores) {
        Transfers(int way) {
            this(way, new ArrayList<>(), new ArrayList<>());
        }

        /** The goodput of one busy core: what remains comparable when other processes disturb. */
        List<Double> perCore() {
            return quotients(bitsPerSecond, cores);
        }

        /** The goodput as part of another way's in the same round. */
        List<Double> ratios(Transfers other) {
            return quotients(bitsPerSecond, other.bitsPerSecond);
        }

        /** The same of one busy core. */
        List<Double> perCoreRatios(Transfers other) {
            return quotients(perCore(), other.perCore());
        }

        private static List<Double> quotients(List<Double> dividends, List<Double> divisors) {
            List<Double> quotients = new ArrayList<>();
            for (int i = 0; i < dividends.size(); i++) {
                quotients.add(dividends.get(i) / divisors.get(i));
            }
            return quotients;
        }
    }

    /**
     * What idle sessions need.
     *
     * @param count how many there were
     * @param octets on the heap for each, of both sides together
     * @param nanos how long it took to establish those that were counted
     * @param counted how many these were
     */
    record Memory(int count, double octets, long nanos, int counted) {}

    /** Sessions a second, of each round, with one kind of layer 5. */
    record Rates(String kind, List<Double> perSecond) {}

    private final Plan plan;
    private final StackSpec spec;
    private final Consumer<String> progress;

    /**
     * Prepare.
     *
     * @param spec with x225 in layer 5
     */
    SessionTrial(Plan plan, StackSpec spec, Consumer<String> progress) {
        this.plan = plan;
        this.spec = spec;
        this.progress = progress;
    }

    /** Something that has a goodput. */
    private interface Way {
        Goodput run() throws IOException;
    }

    /** Data alone, RTSE without checkpoints, and RTSE with them at each distance. */
    List<Transfers> goodput(String medium) throws IOException {
        List<Transfers> all = new ArrayList<>(List.of(new Transfers(DATA_ALONE), new Transfers(0)));
        plan.checkpoints().forEach(size -> all.add(new Transfers(size)));
        Window window = new Window(DATA_SIZE, plan.warmUpNanos(), plan.nanos());
        StackSpec wide = spec.copy();
        List<StackSpec.Module> transport = wide.layer(4);
        if (transport.get(transport.size() - 1).name().equals("tpkt")) {
            wide.with(4, "max-tsdu", LONGEST_TSDU);
        }
        try (HostPair<SessionHost> wire = new HostPair<>(medium, wide, SessionHost::open);
                HostPair<Participant> flood = new HostPair<>(medium, wide, StackParticipant::open)) {
            for (int round = 0; round <= plan.rounds(); round++) { // the first compiles, and is forgotten
                for (Transfers each : all) {
                    progress.accept(medium + ": " + SessionReport.name(each.way()) + ", round " + round + " of "
                            + plan.rounds());
                    Way way = each.way() == DATA_ALONE
                            ? () -> flood.alice().goodput(flood.bob().address(), window)
                            : () -> TransferMeasurement.run(wire, each.way(), plan.windowSize(), window);
                    measure(way, round == 0 ? new Transfers(each.way()) : each);
                }
            }
        }
        return all;
    }

    private static void measure(Way way, Transfers into) throws IOException {
        long began = System.nanoTime();
        long before = ProcessorTime.ofThisProcess();
        into.bitsPerSecond().add(way.run().bitsPerSecond());
        into.cores().add((double) (ProcessorTime.ofThisProcess() - before) / (System.nanoTime() - began));
    }

    /** Both hosts are in this process: the heap has both sides of each session, and nothing else that grows. */
    Memory memory() throws IOException {
        StackSpec roomy = spec.copy().with(5, "max-sessions", Integer.toString(plan.sessions()));
        try (HostPair<SessionHost> wire = new HostPair<>(MediumTrial.VIRTUAL, roomy, SessionHost::open);
                IdleSessions idle = new IdleSessions(wire)) {
            int first = Math.min(FIRST_SESSIONS, plan.sessions() / 2);
            progress.accept("memory: the first sessions");
            idle.grow(first);
            IdleSessions.settle();
            long before = IdleSessions.heapInUse();
            progress.accept("memory: " + plan.sessions() + " sessions");
            long nanos = idle.grow(plan.sessions());
            IdleSessions.settle();
            long after = IdleSessions.heapInUse();
            int counted = plan.sessions() - first;
            return new Memory(plan.sessions(), (double) (after - before) / counted, nanos, counted);
        }
    }

    /** Associations, opened and released one after another, over layers 5 of several kinds. */
    List<Rates> rates(String medium) throws IOException {
        Map<String, StackSpec> kinds = new LinkedHashMap<>();
        kinds.put("x225, a transport connection each", spec);
        kinds.put("x225, reuse=yes", spec.copy().with(5, "reuse", "yes"));
        kinds.put("mux", spec.copy().set(5, "mux"));
        Window window = new Window(1, plan.warmUpNanos(), plan.nanos());
        List<Rates> all = new ArrayList<>();
        kinds.keySet().forEach(kind -> all.add(new Rates(kind, new ArrayList<>())));
        for (int round = 0; round <= plan.rounds(); round++) { // the first compiles, and is forgotten
            for (Rates each : all) {
                progress.accept(medium + ": " + each.kind() + ", round " + round + " of " + plan.rounds());
                double perSecond = rate(medium, kinds.get(each.kind()), window);
                if (round > 0) {
                    each.perSecond().add(perSecond);
                }
            }
        }
        return all;
    }

    /** On stacks of its own, so that no connection waits for its end (TIME-WAIT) while others are measured. */
    private static double rate(String medium, StackSpec layers, Window window) throws IOException {
        try (HostPair<Participant> pair = new HostPair<>(medium, layers, StackParticipant::open)) {
            return pair.alice().connections(pair.bob().address(), window).perSecond();
        }
    }
}
