package org.osistack.application.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.osistack.application.cut.Cut;
import org.osistack.application.cut.Machine;
import org.osistack.application.cut.Outcome;
import org.osistack.application.cut.Rehearsal;
import org.osistack.application.cut.Scenario;
import org.osistack.application.cut.TwoHosts;
import org.osistack.application.rtse.RtseSettings;
import org.osistack.application.store.StoreException;
import org.osistack.core.ConfigurationException;
import org.osistack.core.OptionSpec;
import org.osistack.core.Options;
import org.osistack.core.StackSpec;

/** The scenario {@code file}: alice sends bob a file. When she is killed and begins anew, she does the same again. */
public final class FileScenario implements Scenario {
    private static final int DEFAULT_SIZE = 64 * 1024;
    private static final int MAX_SIZE = 64 << 20;
    private static final int DEFAULT_INTERVAL = 4 * 1024;
    private static final int DEFAULT_WINDOW = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Override
    public String name() {
        return "file";
    }

    @Override
    public String description() {
        return "alice sends a file to bob";
    }

    @Override
    public String promise() {
        return "bob has the file, once, and alice knows; or, if it is cut for longer than alice's patience of 60 s, or before"
                + " they have met, alice is told so, and bob has nothing under the file's name, or all of it";
    }

    @Override
    public String defaultDuration() {
        return "3s";
    }

    @Override
    public List<OptionSpec> parameters() {
        return List.of(
                new OptionSpec("size", "OCTETS", "64k", "how long the file is"),
                new OptionSpec(CHECKPOINT_INTERVAL, "OCTETS", "4k", "how far apart checkpoints are"),
                new OptionSpec("window", "N", "4", "how many checkpoints may be unconfirmed"));
    }

    @Override
    public Rehearsal rehearse(Options parameters, Path folder) {
        int interval = (int) parameters.octets(CHECKPOINT_INTERVAL, DEFAULT_INTERVAL, 0, FileSettings.MAX_INTERVAL);
        int window = parameters.integer("window", DEFAULT_WINDOW, 1, RtseSettings.MAX_WINDOW_SIZE);
        try {
            FileSettings settings = new FileSettings(interval, window, PATIENCE.toNanos());
            return new Sending((int) parameters.octets("size", DEFAULT_SIZE, 0, MAX_SIZE), settings, folder);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("file: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("there is no place for the file: " + e.getMessage(), e);
        }
    }

    private static final class Sending implements Rehearsal {
        private static final String NAME = "notes.bin";
        private static final int CONTENT = 42; // where the octets come from
        private static final int UNCHECKED_WINDOW = 2 << 20; // octets that are under way without checkpoints

        private final byte[] content;
        private final FileSettings settings;
        private final Path source;
        private final Path inbox;
        private final Path states;
        private ReliableClient alice; // null before she begins, and while she is dead
        private ReliableServer bob;
        private boolean aliceIsOver;
        private boolean aliceComesAgain;
        private boolean aliceKnowsItIsThere;
        private String told = "";
        private int arrivals;
        private long handedOver; // octets, counted each time
        private long position;
        private long confirmed;
        private long unconfirmed; // at cuts, in all
        private int cuts;

        Sending(int size, FileSettings settings, Path folder) throws IOException {
            this.settings = settings;
            content = new byte[size];
            new Random(CONTENT).nextBytes(content);
            source = Files.createDirectories(folder.resolve(TwoHosts.ALICE)).resolve(NAME);
            inbox = Files.createDirectories(folder.resolve(TwoHosts.BOB));
            states = folder.resolve("states");
            Files.write(source, content);
        }

        @Override
        public StackSpec stack(String host) {
            return TwoHosts.isoOnTcp(host);
        }

        @Override
        public void begin(Machine machine) {
            Disk disk = new Disk(machine.host());
            Ledger ledger;
            try {
                ledger = Ledger.open(states.resolve(machine.host().name()), disk, complaint -> told = complaint);
            } catch (StoreException | IOException e) {
                throw new IllegalStateException(e);
            }
            if (isBob(machine)) {
                bob = FileServer.serve(machine.environment(line -> {}, console -> {}), inbox, disk, ledger);
                bob.onItem(() -> arrivals++);
            } else if (!aliceKnowsItIsThere) {
                told = "";
                aliceIsOver = false;
                Setting setting = new Setting(
                        machine.host(),
                        machine.associations(),
                        machine.associations().parseAddress(TwoHosts.BOBS_ADDRESS),
                        TwoHosts.BOB,
                        disk,
                        ledger,
                        true,
                        settings);
                alice = ReliableClient.send(setting, List.of(source), new Listener());
                alice.whenFinished(() -> aliceIsOver = true);
            } else {
                ledger.close();
                aliceIsOver = true;
            }
        }

        @Override
        public void killed(Machine machine) {
            if (isBob(machine)) {
                if (bob != null) {
                    bob.letGo();
                    bob = null;
                }
            } else if (alice != null) {
                if (!alice.isFinished()) {
                    told = "killed";
                }
                alice.letGo();
                alice = null;
                aliceIsOver = !aliceComesAgain;
                position = confirmed;
            }
        }

        private static boolean isBob(Machine machine) {
            return machine.host().name().equals(TwoHosts.BOB);
        }

        private final class Listener implements TransferListener {
            @Override
            public void progress(long octets) {
                position = octets;
            }

            @Override
            public void sent(long octets) {
                handedOver += octets;
            }

            @Override
            public void confirmed(long octets) {
                confirmed = octets;
            }

            @Override
            public void recovered() {
                position = confirmed;
            }

            @Override
            public void stored(long items, long octets) {
                aliceKnowsItIsThere = true;
            }

            @Override
            public void failed(String why) {
                told = why;
            }
        }

        @Override
        public void cutting(Cut cut) {
            cuts++;
            unconfirmed += aliceKnowsItIsThere ? 0 : position - confirmed;
            aliceComesAgain = cut.forNanos() != Cut.FOR_GOOD;
        }

        @Override
        public boolean isOver() {
            return aliceIsOver;
        }

        @Override
        public Outcome outcome() {
            Path target = inbox.resolve(NAME);
            boolean isThere = Files.exists(target);
            boolean equal = isThere && isContent(target);
            long window = (long) settings.window() * settings.checkpointInterval();
            return new Outcome(
                    aliceKnowsItIsThere,
                    equal,
                    aliceIsOver && !told.isEmpty() && (!isThere || equal),
                    content.length,
                    Math.max(0, handedOver - content.length),
                    unconfirmed,
                    Math.max(1, cuts) * (window == 0 ? UNCHECKED_WINDOW : window),
                    Math.max(0, arrivals - 1),
                    told.isEmpty() ? "" : "alice: " + told + (isThere ? "; bob has the file" : ""));
        }

        private boolean isContent(Path file) {
            try {
                return Arrays.equals(content, Files.readAllBytes(file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
