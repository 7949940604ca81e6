package org.osistack.application.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * All pairings of one medium, measured in turn, round after round: what disturbs the machine for a while disturbs all
 * of them, and the medians of the rounds can be compared.
 */
final class Trial {
    /** The size of the messages that are echoed, in octets. */
    static final int ECHO_SIZE = 64;

    /** What to measure, and how often. */
    record Plan(int size, int rounds, long warmUpNanos, long nanos) {}

    /** What can go wrong once without the rest being wrong. */
    private interface Attempt {
        void measure() throws IOException;
    }

    private final Plan plan;
    private final Consumer<String> progress;
    private final List<String> problems;

    /**
     * Prepare.
     *
     * @param progress is told what is being measured
     * @param problems takes what could not be measured, and why
     */
    Trial(Plan plan, Consumer<String> progress, List<String> problems) {
        this.plan = plan;
        this.progress = progress;
        this.problems = problems;
    }

    List<Result> run(String medium, List<Pairing> pairings) {
        Window bulk = new Window(plan.size(), plan.warmUpNanos(), plan.nanos());
        Window short64 = new Window(ECHO_SIZE, plan.warmUpNanos() / 2, Math.max(1, plan.nanos() / 2));
        List<Result> results = pairings.stream().map(Result::new).toList();
        for (int round = 1; round <= plan.rounds(); round++) {
            for (Result result : results) {
                Pairing pairing = result.pairing();
                Participant receiver = pairing.receiver();
                String address = pairing.sender().address();
                String what = medium + ": " + pairing + ", ";
                progress.accept(what + "round " + round + " of " + plan.rounds());
                attempt(what + "goodput", () -> {
                    long began = System.nanoTime();
                    long before = pairing.processorNanos();
                    Goodput goodput = receiver.goodput(address, bulk);
                    double cores = (double) (pairing.processorNanos() - before) / (System.nanoTime() - began);
                    result.add(goodput, cores);
                });
                attempt(what + "round trip", () -> result.add(receiver.roundTrips(address, short64)));
                attempt(what + "connections", () -> result.add(receiver.connections(address, short64)));
            }
        }
        return new ArrayList<>(results);
    }

    private void attempt(String what, Attempt attempt) {
        try {
            attempt.measure();
        } catch (IOException e) {
            problems.add(what + ": " + e.getMessage());
        }
    }
}
