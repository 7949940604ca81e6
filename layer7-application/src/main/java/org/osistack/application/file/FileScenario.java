package org.osistack.application.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.osistack.application.cut.Machine;
import org.osistack.application.cut.Outcome;
import org.osistack.application.cut.Rehearsal;
import org.osistack.application.cut.Scenario;
import org.osistack.application.cut.TwoHosts;
import org.osistack.core.OptionSpec;
import org.osistack.core.Options;
import org.osistack.core.StackSpec;

/** The scenario {@code file}: alice sends bob a file. */
public final class FileScenario implements Scenario {
    private static final int DEFAULT_SIZE = 64 * 1024;
    private static final int MAX_SIZE = 64 << 20;

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
        return "alice is told that the file has not arrived; bob has nothing of it, or all of it if only the word that he"
                + " has it was lost";
    }

    @Override
    public List<OptionSpec> parameters() {
        return List.of(new OptionSpec("size", "OCTETS", "64k", "how long the file is"));
    }

    @Override
    public Rehearsal rehearse(Options parameters, Path folder) {
        try {
            return new Sending((int) parameters.octets("size", DEFAULT_SIZE, 0, MAX_SIZE), folder);
        } catch (IOException e) {
            throw new UncheckedIOException("there is no place for the file: " + e.getMessage(), e);
        }
    }

    private static final class Sending implements Rehearsal {
        private static final String NAME = "notes.bin";
        private static final int CONTENT = 42; // where the octets come from

        private final byte[] content;
        private final Path source;
        private final Path inbox;
        private boolean aliceIsOver;
        private boolean aliceKnowsItIsThere;
        private String told = "";
        private long progress;
        private long unconfirmed;

        Sending(int size, Path folder) throws IOException {
            content = new byte[size];
            new Random(CONTENT).nextBytes(content);
            source = Files.createDirectories(folder.resolve(TwoHosts.ALICE)).resolve(NAME);
            inbox = Files.createDirectories(folder.resolve(TwoHosts.BOB));
            Files.write(source, content);
        }

        @Override
        public StackSpec stack(String host) {
            return TwoHosts.isoOnTcp(host);
        }

        @Override
        public void begin(Machine machine) {
            if (isBob(machine)) {
                new FileServer().serve(machine.environment(line -> {}, console -> {}), inbox.toString());
            } else if (!machine.isAnew()) { // or nothing says that there was a file to send
                FileClient.send(
                                machine.host(),
                                machine.associations(),
                                machine.associations().parseAddress(TwoHosts.BOBS_ADDRESS),
                                source,
                                new Listener())
                        .whenFinished(() -> aliceIsOver = true);
            }
        }

        @Override
        public void killed(Machine machine) {
            if (!isBob(machine)) {
                aliceIsOver = true;
                told = "killed";
            }
        }

        private static boolean isBob(Machine machine) {
            return machine.host().name().equals(TwoHosts.BOB);
        }

        private final class Listener implements TransferListener {
            @Override
            public void progress(long octets) {
                progress = octets;
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
        public void cutting() {
            unconfirmed = aliceKnowsItIsThere ? 0 : progress;
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
            return new Outcome(
                    aliceKnowsItIsThere,
                    equal,
                    aliceIsOver && !told.isEmpty() && (!isThere || equal),
                    content.length,
                    0,
                    unconfirmed,
                    0,
                    0,
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
