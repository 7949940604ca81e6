package org.osistack.application.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.osistack.application.Association;
import org.osistack.application.chat.ChatClient;
import org.osistack.application.chat.ChatServer;
import org.osistack.application.file.FileClient;
import org.osistack.application.file.FileServer;
import org.osistack.application.file.TransferListener;
import org.osistack.core.Direction;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Simulation;
import org.osistack.core.Trace;
import org.osistack.core.TraceEvent;

/** The demo's story: it lets things happen in virtual time, chapter by chapter, and tells what has happened. */
final class Demo {
    private static final Duration PATIENCE = Duration.ofMinutes(1); // of virtual time

    private final PrintWriter out;
    private final Paint paint;
    private final StepPrinter steps;
    private final Simulation simulation;
    private final Story story = new Story();
    private final DemoHost alice;
    private final DemoHost bob;
    private final NetworkAddress bobsAddress;
    private final Path folder;
    private final SplittableRandom random;
    private boolean released;

    Demo(PrintWriter out, Paint paint, long seed, Path folder) {
        this.out = out;
        this.paint = paint;
        this.steps = new StepPrinter(out, paint);
        this.folder = folder;
        this.random = new SplittableRandom(seed);
        simulation = new Simulation(seed);
        Trace trace = new Trace(simulation, story);
        alice = new DemoHost(simulation, "alice", "10.0.0.1", trace);
        bob = new DemoHost(simulation, "bob", "10.0.0.2", trace);
        bobsAddress = alice.presentation().parseAddress("10.0.0.2");
    }

    void run(String text, int fileSize) throws IOException {
        introduce();
        ChatClient chat = connect();
        follow(chat, text);
        transfer(fileSize);
        release(chat);
        alice.stack().close();
        bob.stack().close();
        long missing = alice.host().pool().outstanding() + bob.host().pool().outstanding();
        if (missing != 0) {
            throw new IllegalStateException(missing + " PDUs are in nobody's hands");
        }
        conclude();
    }

    private void introduce() {
        out.println(paint.strong("Two hosts, one Ethernet, seven layers")
                + "   (virtual time, 100 Mbit/s, nothing leaves" + " this process)");
        out.println();
        String[][] layers = {
            {"7 application", "chat, file", "what it is all for"},
            {"6 presentation", "x226", "what the octets mean"},
            {"5 session", "x225", "a dialogue: how it begins, who speaks, how it ends"},
            {"4 transport", "tpkt, tcp", "whole and in order, whatever the network does"},
            {"3 network", "ipv4", "from host to host"},
            {"2 data link", "ethernet", "from station to station"},
            {"1 physical", "virtual", "octets on the wire"}
        };
        out.println("   alice 10.0.0.1" + " ".repeat(64) + "bob 10.0.0.2");
        for (int i = 0; i < layers.length; i++) {
            out.println(paint.layer(
                    7 - i,
                    String.format("   %-16s %-10s %-50s  %s", layers[i][0], layers[i][1], layers[i][2], layers[i][0])));
        }
        out.println("          └" + "─".repeat(79) + "┘");
    }

    // ---- chapter 1 ----

    private ChatClient connect() {
        chapter("1  alice calls bob", "each layer opens its own connection before the next can");
        new ChatServer().serve(bob, null);
        simulation.run(Duration.ofSeconds(5)); // the hosts announce their addresses
        story.begin(false);
        boolean[] open = {false};
        ChatClient chat = ChatClient.open(alice.host(), alice.associations(), bobsAddress, new ChatClient.Listener() {
            @Override
            public void open(Association association) {
                open[0] = true;
            }

            @Override
            public void heard(String from, String text) {
                // bob only listens
            }

            @Override
            public void finished(String problem) {
                released = true;
            }
        });
        await("the association", () -> open[0]);
        simulation.run(Duration.ofMillis(100));
        printFrames();
        return chat;
    }

    private void printFrames() {
        long begin = story.sentFrames().get(0).time();
        for (TraceEvent frame : story.sentFrames()) {
            boolean fromAlice = frame.host().equals("alice");
            out.println(String.format(
                    Locale.ROOT,
                    "  %8.3f ms  alice %s bob   %s",
                    (frame.time() - begin) / 1e6,
                    fromAlice ? "──▶" : "◀──",
                    story.contents(frame)));
        }
    }

    // ---- chapter 2 ----

    private void follow(ChatClient chat, String text) {
        chapter("2  alice says “" + text + "”", "the bar │ stands between a layer's own octets and what it carries");
        story.begin(false);
        chat.say(text);
        await("the line", () -> story.hasArrived());
        out.println(paint.strong("  alice, going down"));
        List<TraceEvent> down = story.message(Direction.DOWN);
        down.forEach(steps::step);
        TraceEvent frame = down.get(down.size() - 1);
        out.println();
        out.println("  " + paint.faint("═".repeat(28)) + " " + frame.octets().length + " octets on the wire, "
                + String.format(Locale.ROOT, "%.1f µs", frame.octets().length * 8 / 100.0) + " "
                + paint.faint("═".repeat(28)));
        out.println();
        out.println(paint.strong("  bob, going up"));
        story.message(Direction.UP).forEach(steps::step);
        cost(text, down);
    }

    private void cost(String text, List<TraceEvent> down) {
        int[] octets = new int[8];
        for (TraceEvent event : down) {
            if (event.pdu().hasSdu()) {
                octets[event.pduLayer()] += event.octets().length - event.pdu().sduLength();
            }
        }
        int frame = down.get(down.size() - 1).octets().length;
        int user = down.get(0).pdu().sduLength();
        out.println();
        out.println(paint.strong("  what it cost") + StepPrinter.cost(octets) + "   yours: " + user + "   = " + frame
                + " octets, yours "
                + String.format(Locale.ROOT, "%.1f %%", 100.0 * user / frame));
        int width = 96;
        StringBuilder bar = new StringBuilder("  ▕");
        for (int layer = 7; layer >= 2; layer--) {
            bar.append(paint.layer(
                    layer, Integer.toString(layer).repeat(Math.round((float) octets[layer] * width / frame))));
        }
        out.println(bar + "█".repeat(Math.max(1, Math.round((float) user * width / frame))) + "▏");
    }

    // ---- chapter 3 ----

    private void transfer(int size) throws IOException {
        simulation.run(Duration.ofSeconds(1));
        chapter("3  alice sends bob a file", String.format(Locale.ROOT, "%,d octets", size));
        Path original = folder.resolve("holiday.jpg");
        byte[] octets = new byte[size];
        random.nextBytes(octets);
        Files.write(original, octets);
        new FileServer().serve(bob, folder.resolve("bob").toString());
        story.begin(true);
        long begin = simulation.now();
        Outcome outcome = new Outcome();
        FileClient client = FileClient.send(alice.host(), alice.associations(), bobsAddress, original, outcome);
        await("the file", client::isFinished);
        double seconds = (simulation.now() - begin) / 1e9;
        if (outcome.failure != null || Files.mismatch(original, folder.resolve("bob/holiday.jpg")) != -1) {
            throw new IllegalStateException("the file did not arrive: " + outcome.failure);
        }
        for (int layer = 7; layer >= 2; layer--) {
            String pdus = story.pdus(layer).entrySet().stream()
                    .map(e -> e.getValue() + " " + e.getKey())
                    .collect(Collectors.joining(", "));
            out.println(paint.layer(layer, "  " + layer + "  " + pdus));
        }
        out.println(String.format(
                Locale.ROOT,
                "  %,d octets in %,d frames both ways, %.3f s at 100 Mbit/s: %.1f Mbit/s for the file, %.1f %% of what was"
                        + " sent",
                story.frameOctets(),
                story.frames(),
                seconds,
                size * 8 / seconds / 1e6,
                100.0 * size / story.frameOctets()));
        out.println("  bob has it whole, and its SHA-256 is equal.");
    }

    private static final class Outcome implements TransferListener {
        private String failure = "it never ended";

        @Override
        public void stored(long items, long octets) {
            failure = null;
        }

        @Override
        public void failed(String why) {
            failure = why;
        }
    }

    // ---- chapter 4 ----

    private void release(ChatClient chat) {
        simulation.run(Duration.ofSeconds(1));
        chapter("4  both hang up", "in an orderly way, from the top down: nothing that was said is lost");
        story.begin(false);
        chat.goodbye();
        await("the release", () -> released);
        simulation.run(Duration.ofSeconds(1));
        printFrames();
        simulation.run(Duration.ofMinutes(5)); // TIME-WAIT passes, and whatever else is kept
    }

    private void conclude() {
        out.println();
        out.println(paint.strong("Go on"));
        out.println("  ./osi serve chat          and in another terminal  ./osi chat bob");
        out.println("  ./osi stack               every module of every layer, with options and standards");
        out.println("  ./osi demo --say TEXT     your own words, down and up");
    }

    private void chapter(String title, String remark) {
        out.println();
        out.println(paint.strong(title) + "   " + paint.faint(remark));
        out.println();
    }

    private void await(String what, BooleanSupplier condition) {
        if (!simulation.runUntil(condition, PATIENCE)) {
            throw new IllegalStateException(what + " does not come about");
        }
    }
}
