package org.osistack.application.chat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.osistack.application.Association;
import org.osistack.application.cut.Machine;
import org.osistack.application.cut.Outcome;
import org.osistack.application.cut.Rehearsal;
import org.osistack.application.cut.Scenario;
import org.osistack.application.cut.TwoHosts;
import org.osistack.core.OptionSpec;
import org.osistack.core.Options;
import org.osistack.core.StackSpec;

/** The scenario {@code chat}: alice comes into bob's room, each says a line by turns, and she leaves. */
public final class ChatScenario implements Scenario {
    private static final int DEFAULT_LINES = 2;
    private static final int MAX_LINES = 1000;
    /** TCP gives a silent peer up 30 s after its last sign of life, and so does a call that nobody answers. */
    private static final Duration TOLD_WITHIN = Duration.ofSeconds(35);

    @Override
    public String name() {
        return "chat";
    }

    @Override
    public String description() {
        return "alice comes into bob's room, each says a line by turns, and she leaves";
    }

    @Override
    public String promise() {
        return "both are told within " + TOLD_WITHIN.toSeconds()
                + " s that the talk is over; each has read what the other said up to some line, and no line twice";
    }

    @Override
    public List<OptionSpec> parameters() {
        return List.of(new OptionSpec("lines", "NUMBER", "" + DEFAULT_LINES, "how many lines each of the two says"));
    }

    @Override
    public Rehearsal rehearse(Options parameters, Path folder) {
        return new Talk(parameters.integer("lines", DEFAULT_LINES, 1, MAX_LINES));
    }

    private static final class Talk implements Rehearsal {
        private final int lines;
        private final List<String> saidByAlice = new ArrayList<>();
        private final List<String> saidByBob = new ArrayList<>();
        private final List<String> readByAlice = new ArrayList<>();
        private final List<String> readByBob = new ArrayList<>();
        private final List<Consumer<String>> consoles = new ArrayList<>();
        private Machine machine; // either, for the time; null before any has begun
        private boolean aliceIsOver;
        private boolean aliceIsReleased;
        private boolean isKilled;
        private int members; // of bob's room
        private long cutAt = -1;
        private long toldLast;
        private long unconfirmed;
        private String told = "";

        Talk(int lines) {
            this.lines = lines;
        }

        @Override
        public StackSpec stack(String host) {
            return TwoHosts.isoOnTcp(host);
        }

        @Override
        public void begin(Machine begun) {
            machine = begun;
            if (isBob(begun)) {
                new ChatServer().serve(begun.environment(this::atBobs, consoles::add), null);
            } else if (!begun.isAnew()) { // or whoever was talking has gone
                new Alice().call(begun);
            }
        }

        @Override
        public void killed(Machine gone) {
            isKilled = true;
            if (isBob(gone)) {
                members = 0;
                consoles.clear();
            } else {
                aliceIsOver = true;
            }
        }

        private static boolean isBob(Machine one) {
            return one.host().name().equals(TwoHosts.BOB);
        }

        /** A line of bob's server. */
        private void atBobs(String line) {
            int colon = line.indexOf(": ");
            if (line.endsWith(" has come in")) {
                members++;
            } else if (line.endsWith(" has left") || line.contains(" is gone: ")) {
                members--;
                toldLast = machine.host().now();
            } else if (colon > 0) {
                readByBob.add(line.substring(colon + 2));
                String answer = "bob's line " + readByBob.size();
                saidByBob.add(answer);
                consoles.forEach(console -> console.accept(answer));
            }
        }

        private final class Alice implements ChatClient.Listener {
            private ChatClient client;

            void call(Machine at) {
                client = ChatClient.open(
                        at.host(), at.associations(), at.associations().parseAddress(TwoHosts.BOBS_ADDRESS), this);
            }

            @Override
            public void open(Association association) {
                sayNext();
            }

            @Override
            public void heard(String from, String text) {
                readByAlice.add(text);
                if (readByAlice.size() < lines) {
                    sayNext();
                } else {
                    client.goodbye();
                }
            }

            private void sayNext() {
                String line = "alice's line " + (saidByAlice.size() + 1);
                saidByAlice.add(line);
                client.say(line);
            }

            @Override
            public void finished(String problem) {
                aliceIsOver = true;
                aliceIsReleased = problem == null;
                toldLast = machine.host().now();
                told = problem == null ? "" : "alice: " + problem;
            }
        }

        @Override
        public void cutting() {
            cutAt = machine == null ? 0 : machine.host().now();
            unconfirmed = octets(saidByAlice) - octets(readByBob) + octets(saidByBob) - octets(readByAlice);
        }

        @Override
        public boolean isOver() {
            return aliceIsOver && members == 0;
        }

        @Override
        public Outcome outcome() {
            boolean inOrder = isBeginning(readByBob, saidByAlice) && isBeginning(readByAlice, saidByBob);
            boolean all = saidByAlice.equals(readByBob) && saidByBob.equals(readByAlice) && readByAlice.size() == lines;
            boolean inTime = cutAt >= 0 && toldLast - cutAt <= TOLD_WITHIN.toNanos();
            return new Outcome(
                    aliceIsReleased && !isKilled,
                    all,
                    isOver() && inOrder && inTime,
                    octets(saidByAlice) + octets(saidByBob),
                    0,
                    unconfirmed,
                    0,
                    twice(readByBob) + twice(readByAlice),
                    told);
        }

        private static long octets(List<String> said) {
            return said.stream().mapToLong(String::length).sum(); // they are ASCII
        }

        private static boolean isBeginning(List<String> read, List<String> said) {
            return read.size() <= said.size() && said.subList(0, read.size()).equals(read);
        }

        private static int twice(List<String> read) {
            return read.size() - (int) read.stream().distinct().count();
        }
    }
}
