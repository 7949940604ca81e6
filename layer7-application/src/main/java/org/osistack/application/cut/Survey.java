package org.osistack.application.cut;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.osistack.application.cut.PointLog.Passed;
import org.osistack.core.ConfigurationException;
import org.osistack.core.Options;
import org.osistack.core.Trace;

/** Runs a scenario once for every point that it passes, cut there, and keeps what each run came to. */
final class Survey {
    private final Scenario scenario;
    private final Plan plan;

    /**
     * What is asked for.
     *
     * @param classes which points
     * @param side the host whose points are taken; empty for all
     * @param kill whether a point's host is killed, rather than the cable cut
     * @param forNanos how long a cut lasts, see {@link Cut}
     * @param every each how-manieth point is taken, from the first
     * @param before what is cut in every run, before the points begin that are surveyed; may be empty
     * @param limit how much virtual time a run may take
     */
    record Plan(
            Set<PointClass> classes,
            String side,
            boolean kill,
            long forNanos,
            int every,
            List<Cut> before,
            long seed,
            Duration limit) {
        /** Every point, and the cable cut for good. */
        static Plan of(long seed, Duration limit) {
            return new Plan(EnumSet.allOf(PointClass.class), "", false, Cut.FOR_GOOD, 1, List.of(), seed, limit);
        }
    }

    /**
     * A run that was cut at a point.
     *
     * @param nanosBefore virtual time from the beginning to the point
     */
    record Run(Cut cut, long nanosBefore, Result result) {}

    /**
     * All runs with the same parameters.
     *
     * @param parameters of the scenario
     * @param uncut the run without the cuts that are surveyed
     */
    record Findings(Options parameters, Result uncut, List<Run> runs) {
        /**
         * How much longer than the uncut run it took until everybody had what he was waiting for, or knew that it doesn't
         * come; 0 if there was nobody left to wait.
         */
        long nanosLost(Run run) {
            return Math.max(0, run.result.nanos() - uncut.nanos());
        }
    }

    /** Is told how far it is. Any thread. */
    interface Progress {
        void begun(int runs);

        void done();
    }

    Survey(Scenario scenario, Plan plan) {
        this.scenario = scenario;
        this.plan = plan;
    }

    /**
     * All points of the run that is not cut, as far as they are asked for.
     *
     * @throws ConfigurationException if that run doesn't end well, or a cut before is not met
     */
    List<Passed> points(Options parameters) {
        PointLog log = new PointLog();
        uncut(parameters, log);
        return chosen(log);
    }

    private Result uncut(Options parameters, PointLog log) {
        Result result = performance(parameters).run(plan.before, log, simulation -> new Trace(simulation, event -> {}));
        if (result.ending() == Result.Ending.NOT_CUT) {
            throw new ConfigurationException(neverMet(parameters, plan.before));
        }
        if (!result.ending().isGood()) {
            throw new ConfigurationException(scenario.name() + " doesn't end well as it is: " + result.ending()
                    + (result.remark().isEmpty() ? "" : ", " + result.remark()));
        }
        return result;
    }

    /** Say which of these cuts is not met, and what may have been meant. */
    String neverMet(Options parameters, List<Cut> cuts) {
        PointLog before = new PointLog();
        for (int i = 0; i <= cuts.size(); i++) {
            PointLog log = new PointLog();
            Result result = performance(parameters)
                    .run(cuts.subList(0, i), log, simulation -> new Trace(simulation, event -> {}));
            if (result.ending() == Result.Ending.NOT_CUT) {
                CutPoint point = cuts.get(i - 1).point();
                return scenario.name() + " never comes to " + point + Suggestions.of(point, before.passed());
            }
            before = log;
        }
        throw new IllegalStateException("all of " + cuts + " are met");
    }

    private List<Passed> chosen(PointLog log) {
        List<Passed> chosen = new ArrayList<>();
        int number = 0;
        for (Passed passed : log.passed()) {
            CutPoint point = passed.point();
            if (plan.classes.contains(point.kind().pointClass())
                    && (plan.side.isEmpty() || point.host().equals(plan.side))
                    && number++ % plan.every == 0) {
                chosen.add(passed);
            }
        }
        return chosen;
    }

    private Performance performance(Options parameters) {
        return new Performance(scenario, parameters, plan.seed, plan.limit);
    }

    /**
     * Run once per point.
     *
     * @param threads how many runs go on at a time
     * @throws ConfigurationException as {@link #points}
     */
    Findings carryOut(Options parameters, int threads, Progress progress) throws InterruptedException {
        PointLog log = new PointLog();
        Result uncut = uncut(parameters, log);
        List<Passed> points = chosen(log);
        Performance performance = performance(parameters);
        progress.begun(points.size());
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Run>> futures = new ArrayList<>();
            for (Passed point : points) {
                futures.add(executor.submit(() -> {
                    Run run = run(performance, point);
                    progress.done();
                    return run;
                }));
            }
            List<Run> runs = new ArrayList<>();
            for (Future<Run> future : futures) {
                runs.add(future.get());
            }
            return new Findings(parameters, uncut, runs);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            executor.shutdownNow();
        }
    }

    private Run run(Performance performance, Passed passed) {
        CutPoint point = passed.point();
        Cut cut = new Cut(point, plan.forNanos, plan.kill ? point.host() : "");
        List<Cut> cuts = new ArrayList<>(plan.before);
        cuts.add(cut);
        return new Run(cut, passed.nanos() - Stage.SETTLING.toNanos(), performance.run(cuts));
    }
}
