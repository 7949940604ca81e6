package org.osistack.application.shell;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.osistack.application.cut.Machine;
import org.osistack.application.cut.Outcome;
import org.osistack.application.cut.Rehearsal;
import org.osistack.application.cut.Scenario;
import org.osistack.application.cut.TwoHosts;
import org.osistack.application.store.Store;
import org.osistack.application.store.StoreException;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.OptionSpec;
import org.osistack.core.Options;
import org.osistack.core.StackSpec;
import org.osistack.core.Timer;

/** The scenario {@code shell}: alice runs commands at bob's, stops one, and leaves. */
public final class ShellScenario implements Scenario {
    private static final int DEFAULT_LINES = 20;
    private static final int MAX_LINES = 100;
    private static final int LINES_BEFORE_INTERRUPT = 3;
    private static final int PATIENCE_SECONDS = 300;
    /** How long alice takes to try again when she was told that there is no connection. */
    private static final long PAUSE_NANOS = 5_000_000_000L;
    /** How long she tries, and how long somebody who was killed is waited for. */
    private static final long TRYING_NANOS = 600_000_000_000L;

    @Override
    public String name() {
        return "shell";
    }

    @Override
    public String description() {
        return "alice runs commands in a session at bob's, stops one of them, and ends the session";
    }

    @Override
    public String promise() {
        return "if the cut ends, alice's screen at the end is as if there had been none; if it doesn't, or bob is killed, it"
                + " is as it would be up to some line, and she is told";
    }

    @Override
    public List<OptionSpec> parameters() {
        return List.of(
                new OptionSpec("lines", "NUMBER", "" + DEFAULT_LINES, "how many lines the first command writes"));
    }

    @Override
    public String defaultDuration() {
        return "40s"; // TCP gives up, and the session goes on
    }

    @Override
    public Rehearsal rehearse(Options parameters, Path folder) {
        return new Evening(parameters.integer("lines", DEFAULT_LINES, 1, MAX_LINES), folder);
    }

    private static final class Evening implements Rehearsal {
        private static final long COUNT = 2; // the number of the input that is
        private static final long ENDLESS = 3;
        private static final long INTERRUPT = 4;
        private static final long LAST = 5;

        private final int lines;
        private final Path folder;
        private final List<String> expected = new ArrayList<>(); // without what the interrupted command says
        private List<String> screen = new ArrayList<>(); // of alice's process
        private Alice alice; // null before she begins, and while she is dead
        private Host clock; // any that has begun
        private ShellSessions sessions; // null while bob is dead
        private long killedAt;
        private boolean bobDied;
        private boolean aliceIsOver;
        private boolean aliceIsReleased;
        private long skipped;
        private long unconfirmed;
        private long tryingSince = -1;
        private String remark = "";

        Evening(int lines, Path folder) {
            this.lines = lines;
            this.folder = folder;
            expected.add("$ whoami");
            expected.add("nobody asked who you are");
            expected.add("= 0");
            expected.add("$ count " + lines + " 40");
            for (int i = 1; i <= lines; i++) {
                expected.add("" + i);
            }
            expected.add("= 0");
            expected.add("$ count 100000 50");
            expected.add("^C");
            expected.add("$ echo done");
            expected.add("done");
            expected.add("= 0");
        }

        @Override
        public StackSpec stack(String host) {
            return TwoHosts.isoOnTcp(host);
        }

        @Override
        public void begin(Machine machine) {
            clock = machine.host();
            if (machine.host().name().equals(TwoHosts.BOB)) {
                ShellSettings settings = new ShellSettings(ShellSettings.USUAL.commands(), PATIENCE_SECONDS, 4, 64);
                InstantSource time = () -> Instant.EPOCH;
                sessions = ShellServer.serve(
                        machine.environment(line -> {}, console -> {}),
                        settings,
                        (program, arguments, listener) -> {
                            throw new IllegalStateException("there are no programs in virtual time");
                        },
                        new BuiltIns(machine.host(), time, ZoneOffset.UTC, settings));
            } else {
                screen = new ArrayList<>();
                try {
                    alice = new Alice(machine);
                    alice.call();
                } catch (StoreException e) {
                    throw new IllegalStateException(e);
                }
            }
        }

        @Override
        public void killed(Machine machine) {
            if (machine.host().name().equals(TwoHosts.BOB)) {
                sessions = null;
                bobDied = true;
            } else if (alice != null) {
                alice.memory.close();
                alice = null;
                killedAt = machine.host().now();
            }
        }

        /** The person at alice's, and her process. */
        private final class Alice implements ShellClient.Listener {
            private final Machine machine;
            private final ClientMemory memory;
            private final Timer pause;
            private ShellClient client;
            private boolean hasEntered;
            private int endless; // lines of that command on the screen
            private boolean isEndless;

            Alice(Machine machine) throws StoreException {
                this.machine = machine;
                this.memory = new ClientMemory(Store.open(folder.resolve("alice")), TwoHosts.BOB, "");
                this.pause = machine.host().newTimer(this::callAgain);
            }

            void call() throws StoreException {
                Octets name = memory.session();
                if (name == null) {
                    byte[] random = new byte[ShellApdu.NAME_LENGTH];
                    machine.host().random().nextBytes(random);
                    name = Octets.of(random);
                    memory.keep(name);
                }
                client = new ShellClient(
                        machine.host(),
                        machine.associations(),
                        machine.associations().parseAddress(TwoHosts.BOBS_ADDRESS),
                        name,
                        !hasEntered && !bobDied,
                        this);
                client.connect();
            }

            private void callAgain() {
                try {
                    call();
                } catch (StoreException e) {
                    throw new IllegalStateException(e);
                }
            }

            /** Do what is to be done next, if it is time for it: what the inputs are follows from how many there were. */
            private void act() {
                long next = client.nextNumber();
                if (next == INTERRUPT) {
                    if (isEndless && endless >= LINES_BEFORE_INTERRUPT) {
                        client.interrupt();
                    }
                } else if (client.isIdle()) {
                    if (next > LAST) {
                        client.exit();
                    } else {
                        client.type(
                                next == COUNT
                                        ? "count " + lines + " 40"
                                        : next == ENDLESS ? "count 100000 50" : next == LAST ? "echo done" : "whoami");
                    }
                }
            }

            @Override
            public void entered(String peer, boolean isKept) {
                hasEntered = true;
                tryingSince = -1;
                act();
            }

            @Override
            public void started(long number, String line) {
                screen.add("$ " + line);
                isEndless = number == ENDLESS;
            }

            @Override
            public void output(boolean isError, Octets octets) {
                screen.add(new String(octets.toByteArray(), StandardCharsets.UTF_8).strip());
                endless += isEndless ? 1 : 0;
                act();
            }

            @Override
            public void finished(ShellApdu.Finished how) {
                screen.add("= " + how.code() + how.text());
                act();
            }

            @Override
            public void interrupted(long number) {
                screen.add("^C");
                isEndless = false;
                act();
            }

            @Override
            public void over(String problem, boolean isGone) {
                skipped += client.skippedOctets();
                remark = problem == null ? "" : "alice: " + problem;
                long now = machine.host().now();
                tryingSince = tryingSince < 0 ? now : tryingSince;
                if (problem == null || isGone || now - tryingSince >= TRYING_NANOS) {
                    aliceIsOver = true;
                    aliceIsReleased = problem == null;
                } else if (!hasEntered) {
                    pause.arm(PAUSE_NANOS);
                } else {
                    aliceIsOver = true;
                }
            }
        }

        @Override
        public void cutting() {
            unconfirmed = alice == null || alice.client == null ? 0 : alice.client.octetsBehindPoint();
        }

        @Override
        public boolean isOver() {
            return aliceIsOver || alice == null && clock != null && clock.now() - killedAt > TRYING_NANOS;
        }

        @Override
        public Outcome outcome() {
            if (alice != null) {
                alice.memory.close();
            }
            boolean all = isWhole();
            boolean some = all || isBeginning();
            return new Outcome(
                    aliceIsReleased && all,
                    all,
                    isOver() && some && !aliceIsReleased,
                    screen.stream().mapToLong(String::length).sum(),
                    skipped,
                    unconfirmed,
                    OutputLog.INTERVAL,
                    twice(),
                    all ? remark : screen.size() + " lines, the last \"" + lastLine() + "\"; " + remark);
        }

        private String lastLine() {
            return screen.isEmpty() ? "" : screen.get(screen.size() - 1);
        }

        /** The screen without what the interrupted command says; null if that is not 1, 2, 3, … */
        private List<String> withoutEndless() {
            int begin = screen.indexOf("$ count 100000 50");
            if (begin < 0) {
                return screen;
            }
            List<String> rest = new ArrayList<>(screen.subList(0, begin + 1));
            int number = 0;
            for (String line : screen.subList(begin + 1, screen.size())) {
                if (rest.size() == begin + 1 && line.matches("[0-9]+")) {
                    if (!line.equals("" + ++number)) {
                        return null;
                    }
                } else {
                    rest.add(line);
                }
            }
            return number >= LINES_BEFORE_INTERRUPT || rest.size() == begin + 1 ? rest : null;
        }

        private boolean isWhole() {
            return expected.equals(withoutEndless());
        }

        private boolean isBeginning() {
            List<String> shown = withoutEndless();
            return shown != null
                    && shown.size() <= expected.size()
                    && expected.subList(0, shown.size()).equals(shown);
        }

        private int twice() {
            int twice = 0;
            for (int i = 1; i < screen.size(); i++) {
                twice += screen.get(i).equals(screen.get(i - 1))
                                && !screen.get(i).startsWith("=")
                        ? 1
                        : 0;
            }
            return twice;
        }
    }
}
