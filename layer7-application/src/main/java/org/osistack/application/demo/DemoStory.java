package org.osistack.application.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import org.osistack.application.Association;
import org.osistack.application.chat.ChatClient;
import org.osistack.application.file.FileClient;
import org.osistack.application.file.TransferListener;
import org.osistack.application.trace.StoryTeller;

/** What alice and bob do, chapter by chapter, and what is said about it. */
final class DemoStory {
    private static final String ANSWER = "Hello, Alice";
    private static final int FILE_OCTETS = 100_000;
    private static final Instant FILE_TIME = Instant.parse("2026-01-01T00:00:00Z");

    private final DemoNetwork network;
    private final StoryTeller teller;
    private final String greeting;
    private final Path outbox;
    private final Path inbox;
    private boolean isOpen;
    private boolean isOver;
    private int heardByAlice;
    private int heardByBob;
    private String problem;

    /**
     * @param greeting what alice says to bob
     * @param folder takes what the two store
     */
    DemoStory(DemoNetwork network, StoryTeller teller, String greeting, Path folder) {
        this.network = network;
        this.greeting = greeting;
        this.teller = teller;
        this.outbox = folder.resolve("alice");
        this.inbox = folder.resolve("bob");
    }

    /**
     * Tell it all, or up to where a cut ends it.
     *
     * @throws IllegalStateException if it ends early without a cut
     */
    void tell() throws IOException {
        try {
            tellAll();
        } catch (StoryCut e) {
            if (network.cut() == null) {
                throw new IllegalStateException("the demo's hosts did not come so far: " + e.getMessage(), e);
            }
            teller.tell(false);
            tellCut(e.getMessage());
        }
    }

    private void tellCut(String consequence) {
        teller.print("");
        teller.print(
                "The story ends here: " + network.cut().deed() + " at "
                        + network.cut().point() + ",",
                "");
        teller.print("and " + consequence + ".", "");
        teller.print("");
        hint("./osi demo --cut-at '" + network.cut() + "' --trace=all", "what happened in each layer");
        hint("./osi session cut-everywhere file", "the same at every point, and what it costs");
        teller.print("");
    }

    private void tellAll() throws IOException {
        Files.createDirectories(outbox);
        Files.createDirectories(inbox);
        network.serve("chat", null, line -> heardByBob += line.contains(": ") ? 1 : 0);
        network.serve("file", inbox.toString(), line -> {});
        network.settle();
        introduce();
        ChatClient client = associate();
        greet(client);
        answer();
        sendFile();
        release(client);
        hint();
    }

    private void introduce() {
        teller.print("");
        teller.say(
                "Two hosts, alice and bob, have seven layers each and one Ethernet between them. All of it runs in this"
                        + " process, in virtual time; but each frame is, octet for octet, what would be on a real cable.");
        teller.print("");
        teller.hosts("alice, 10.0.0.1", "bob, 10.0.0.2");
        teller.name("10.0.0.1", "alice");
        teller.name("10.0.0.2", "bob");
        String[] modules = {"", "virtual", "ethernet", "ipv4", "tcp, tpkt", "x225", "x226", "chat, file, ACSE"};
        for (int layer = 7; layer >= 1; layer--) {
            teller.layer(layer, modules[layer], modules[layer]);
        }
        teller.link("virtual Ethernet \"lab\", 100 Mbit/s");
    }

    private ChatClient associate() {
        teller.chapter(1, "Alice calls bob");
        teller.say(
                "Before alice's chat can talk to bob's, each layer has to find its peer, the lower ones first. Layer 2"
                        + " needs bob's MAC address (ARP), TCP needs a connection (SYN), transport class 0 on top of it needs"
                        + " one of its own (CR, CC). Layers 5, 6 and 7 then ask together, one inside the other: AARQ in CP in CN.");
        teller.tell(true);
        ChatClient client = ChatClient.open(
                network.alice().host(),
                network.alice().associations(),
                network.alice().associations().parseAddress("10.0.0.2"),
                new ChatClient.Listener() {
                    @Override
                    public void open(Association association) {
                        isOpen = true;
                    }

                    @Override
                    public void heard(String from, String text) {
                        heardByAlice++;
                    }

                    @Override
                    public void finished(String newProblem) {
                        isOver = true;
                        problem = newProblem;
                    }
                });
        network.await("the association", () -> isOpen || isOver);
        network.settle();
        teller.tell(false);
        if (problem != null) {
            throw new StoryCut("alice was told: " + problem);
        }
        return client;
    }

    private void greet(ChatClient client) {
        teller.chapter(2, "Alice says " + (greeting.length() > 40 ? "something long" : '"' + greeting + '"'));
        teller.say(
                "Each layer is handed something (the SDU), puts its own control information in front (left of the bar"
                        + " │), and hands the whole (its PDU) to the service below: the line with ▼ is where it passes. On bob's"
                        + " side each layer reads and removes what its peer has added.");
        teller.tell(true);
        client.say(greeting);
        network.await("the greeting", () -> heardByBob == 1 || isOver);
        checkIsNotOver();
        network.settle();
        teller.tell(false);
    }

    private void answer() {
        teller.chapter(3, "Bob answers");
        teller.beginCount();
        long begin = network.now();
        network.bobTypes(ANSWER);
        network.await("the answer", () -> heardByAlice == 1 || isOver);
        checkIsNotOver();
        long took = network.now() - begin;
        network.settle();
        teller.say("Bob types \"" + ANSWER + "\". The way is the same in the other direction; alice reads it "
                + micros(took) + " later. On the link that was:");
        teller.print("");
        teller.printCount();
    }

    private void checkIsNotOver() {
        if (isOver) {
            throw new StoryCut("alice was told: " + problem);
        }
    }

    private void sendFile() throws IOException {
        teller.chapter(4, "Alice sends a file");
        Path file = outbox.resolve("notes.txt");
        Files.write(file, DemoNetwork.file(file, FILE_OCTETS));
        Files.setLastModifiedTime(file, FileTime.from(FILE_TIME));
        teller.beginCount();
        long begin = network.now();
        Transfer transfer = new Transfer();
        FileClient client = FileClient.send(
                network.alice().host(),
                network.alice().associations(),
                network.alice().associations().parseAddress("10.0.0.2"),
                file,
                transfer);
        network.await("the file", () -> transfer.end != 0);
        long took = transfer.end - begin;
        network.await("the end of the transfer", client::isFinished);
        network.settle();
        if (transfer.failure != null) {
            throw new StoryCut("alice was told: " + transfer.failure);
        }
        int octets = teller.octetsCounted();
        teller.say(String.format(
                Locale.ROOT,
                "%s has %,d octets: more than a frame can carry, and more than the application puts into one APDU. So it"
                        + " is cut up: by the application into APDUs, by the transport layer into segments. On an"
                        + " association of its own it took:",
                file.getFileName(),
                FILE_OCTETS));
        teller.print("");
        teller.printCount();
        teller.print("");
        teller.say(String.format(
                Locale.ROOT,
                "%,d frames, %,d octets on the link, %.1f %% of them the file's; %s, %.1f Mbit/s of file.",
                teller.framesCounted(),
                octets,
                100.0 * FILE_OCTETS / octets,
                micros(took),
                FILE_OCTETS * 8e3 / took));
        String sent = sha256(file);
        String stored = sha256(inbox.resolve(file.getFileName()));
        teller.print("SHA-256 at alice's  " + sent);
        teller.print("        and at bob's  " + stored + (sent.equals(stored) ? "  ✓ equal" : "  ✗ NOT EQUAL"));
        if (!sent.equals(stored)) {
            throw new IllegalStateException("the file did not arrive as it was sent");
        }
    }

    private void release(ChatClient client) {
        teller.chapter(5, "Alice takes her leave");
        teller.say(
                "An orderly release goes from top to bottom: the association ends when both sides agree (RLRQ, RLRE in"
                        + " FN, DN), so nothing that was said is lost; only then is the transport connection given up.");
        teller.tell(true);
        client.goodbye();
        network.await("the release", () -> isOver);
        network.settle();
        if (problem != null) {
            throw new StoryCut("alice was told: " + problem);
        }
        teller.tell(false);
    }

    private void hint() {
        teller.print("");
        teller.print("Go on", "");
        teller.print("");
        hint("./osi demo -v", "every field of every header, with the clause that defines it");
        hint("./osi demo --step", "the same step by step: Enter, n, b, f, q");
        hint("./osi demo --trace=json", "one JSON object a line, for your own program");
        hint("./osi demo --capture demo.pcapng", "for Wireshark, with each frame's story");
        hint("./osi stack", "what else each layer can be");
        hint("./osi serve chat", "and in another terminal: ./osi chat bob --trace");
        teller.print("");
    }

    private void hint(String command, String what) {
        teller.print(String.format("%-34s ", command), what);
    }

    private static String micros(long nanos) {
        return nanos < 1_000_000
                ? String.format(Locale.ROOT, "%.1f µs", nanos / 1e3)
                : String.format(Locale.ROOT, "%.2f ms", nanos / 1e6);
    }

    private static String sha256(Path file) throws IOException {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            return HexFormat.of().formatHex(digest, 0, 8) + "…";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private final class Transfer implements TransferListener {
        private long end;
        private String failure;

        @Override
        public void stored(long items, long octets) {
            end = network.now();
        }

        @Override
        public void failed(String why) {
            end = network.now();
            failure = why;
        }
    }
}
