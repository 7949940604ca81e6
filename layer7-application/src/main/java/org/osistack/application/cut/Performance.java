package org.osistack.application.cut;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;
import org.osistack.application.cut.Result.Ending;
import org.osistack.core.ConfigurationException;
import org.osistack.core.Host;
import org.osistack.core.Options;
import org.osistack.core.Pdu;
import org.osistack.core.Simulation;
import org.osistack.core.Trace;
import org.osistack.core.management.CableManagement.ArrivalFilter;

/** One run of a scenario in a simulation of its own, with cuts or without: a function of what it is given. */
final class Performance {
    private static final Duration AFTERMATH = Duration.ofSeconds(90); // for what nobody waits for any more
    private static final Path MEMORY = Path.of("/dev/shm"); // stores are forced to disk; memory is faster

    private final Scenario scenario;
    private final Options parameters;
    private final long seed;
    private final Duration limit;

    /**
     * Prepare runs that differ in their cuts alone.
     *
     * @param limit how much virtual time a run may take before it counts as hung
     */
    Performance(Scenario scenario, Options parameters, long seed, Duration limit) {
        this.scenario = scenario;
        this.parameters = parameters;
        this.seed = seed;
        this.limit = limit;
    }

    /** Run with these cuts, unwatched. */
    Result run(List<Cut> cuts) {
        return run(cuts, null, simulation -> new Trace(simulation, event -> {}));
    }

    /**
     * Run with these cuts.
     *
     * @param log takes the points that the dialogue passes after the last of the cuts, as long as it is not over; null for none
     * @param tracing makes the trace
     */
    Result run(List<Cut> cuts, PointLog log, Function<Simulation, Trace> tracing) {
        Path folder = null;
        try {
            folder = newFolder();
            return run(cuts, log, tracing, folder);
        } catch (IOException e) {
            throw new UncheckedIOException("a run has no place to store anything: " + e.getMessage(), e);
        } finally {
            delete(folder);
        }
    }

    private Result run(List<Cut> cuts, PointLog log, Function<Simulation, Trace> tracing, Path folder) {
        Rehearsal rehearsal = scenario.rehearse(parameters, folder);
        Simulation simulation = new Simulation(seed);
        Trace trace = tracing.apply(simulation);
        Listing listing = new Listing(log, cuts.size());
        Stage stage = new Stage(simulation, trace, scenario.hosts(), rehearsal, listing::cut);
        listing.stage = stage;
        try {
            return play(cuts, listing, simulation, trace, stage, rehearsal);
        } catch (ConfigurationException e) {
            throw e;
        } catch (RuntimeException e) {
            return new Result(Ending.BROKEN, null, simulation.now(), 0, e.toString());
        } finally {
            stage.close();
        }
    }

    private Result play(
            List<Cut> cuts, Listing listing, Simulation simulation, Trace trace, Stage stage, Rehearsal rehearsal) {
        Saboteur saboteur = new Saboteur(simulation, trace, stage);
        List<BooleanSupplier> met = new ArrayList<>();
        for (Cut cut : cuts) {
            met.add(saboteur.arm(cut));
        }
        OctetTally tally = new OctetTally();
        saboteur.watchArrivals(tally);
        if (listing.log != null) {
            trace.watch(listing.log);
            saboteur.watchArrivals(listing.log);
        }
        stage.open();
        saboteur.attach();
        stage.watchOtherCables(tally);
        saboteur.runUntil(() -> false, Stage.SETTLING);
        long begin = simulation.now();
        tally.octets = 0;
        stage.begin();
        listing.cut(0);
        boolean over = saboteur.runUntil(rehearsal::isOver, limit);
        long nanos = simulation.now() - begin;
        long octets = tally.octets;
        listing.end();
        saboteur.runUntil(() -> false, AFTERMATH);
        Outcome outcome = rehearsal.outcome();
        List<String> picture = rehearsal.picture();
        Map<String, String> figures = rehearsal.figures();
        stage.close();
        boolean allMet = met.stream().allMatch(BooleanSupplier::getAsBoolean);
        return judge(over, allMet, stage.outstanding(), outcome, nanos, octets).showing(picture, figures);
    }

    private static Result judge(
            boolean over, boolean allMet, int outstanding, Outcome outcome, long nanos, long octets) {
        Ending ending;
        String remark = outcome.remark();
        if (!over) {
            ending = Ending.HUNG;
        } else if (!outcome.keepsPromise()) {
            ending = Ending.LOST;
        } else if (outstanding != 0) {
            ending = Ending.BROKEN;
            remark = outstanding + " PDUs were never given back";
        } else if (!allMet) {
            ending = Ending.NOT_CUT;
            remark = "the point did not come";
        } else {
            ending = outcome.completed() ? Ending.COMPLETED : Ending.DISCARDED;
        }
        return new Result(ending, outcome, nanos, octets, remark);
    }

    private static Path newFolder() throws IOException {
        return Files.isWritable(MEMORY)
                ? Files.createTempDirectory(MEMORY, "osi-scenario")
                : Files.createTempDirectory("osi-scenario");
    }

    private static void delete(Path folder) {
        if (folder == null) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (IOException e) {
            folder.toFile().deleteOnExit(); // untidy, and harmless: the run is judged already
        }
    }

    /** Begins and ends the list of points. */
    private static final class Listing {
        private final PointLog log; // null for none
        private final int cuts; // that come before the points
        private Stage stage;

        Listing(PointLog log, int cuts) {
            this.log = log;
            this.cuts = cuts;
        }

        void cut(int soMany) {
            if (log != null && soMany == cuts) {
                log.begin(host -> stage.cable(host) != null);
            }
        }

        void end() {
            if (log != null) {
                log.end();
            }
        }
    }

    /** Counts what crosses the cable. */
    private static final class OctetTally implements ArrivalFilter {
        private long octets;

        @Override
        public boolean letsArrive(Host sender, Host receiver, Pdu frame) {
            octets += frame.length();
            return true;
        }
    }
}
