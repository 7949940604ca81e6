package org.osistack.application.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A recording of what passes an interface, in both directions. */
public final class Capture implements AutoCloseable {
    private static final String BUFFER_KIBIBYTES = "131072"; // room for a large file, should the disk be slow
    private static final int WHOLE_FRAMES = 2048; // of an MTU of 1500; the buffer has room for so much each
    private static final int HEADERS = 128;
    private static final Duration QUIET = Duration.ofMillis(300);
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Pattern DROPPED = Pattern.compile("(\\d+) packets? dropped by kernel");

    private final Path file;
    private final Program recorder;

    private Capture(Path file, Program recorder) {
        this.file = file;
        this.recorder = recorder;
    }

    /**
     * Begin to record. What passes after this method has returned is recorded. Frames longer than Ethernet allows, as kernels
     * hand them to interfaces that cut them, are not recorded as a whole.
     */
    public static Capture start(Namespace namespace, String device) {
        return start(namespace, device, WHOLE_FRAMES);
    }

    /**
     * Begin to record the first octets of each frame, where there are too many for the whole. The judge can't verify
     * the checksums of what is cut off.
     */
    public static Capture startOfHeaders(Namespace namespace, String device) {
        return start(namespace, device, HEADERS);
    }

    private static Capture start(Namespace namespace, String device, int snapLength) {
        Needs.command("tcpdump", "tcpdump");
        Needs.command("tshark", "tshark");
        try {
            Path file = Files.createTempFile("osistack-", ".pcap");
            Program recorder = namespace.start(
                    "nice", // a recorder that has to wait for those it records misses frames
                    "-n",
                    "-10",
                    "tcpdump",
                    "-i",
                    device,
                    "-s",
                    Integer.toString(snapLength),
                    "-B",
                    BUFFER_KIBIBYTES,
                    "--immediate-mode",
                    "-U",
                    "-Z",
                    "root",
                    "-w",
                    file.toString());
            recorder.await("listening on");
            return new Capture(file, recorder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stop recording when nothing has passed for a moment, and let the judge read it. */
    public Verdict stopAndJudge(String... tsharkOptions) {
        awaitQuiet();
        recorder.interrupt();
        recorder.awaitEnd(LIMIT);
        Verdict verdict = Verdict.of(file, tsharkOptions);
        Matcher dropped = DROPPED.matcher(recorder.errors());
        if (dropped.find() && !dropped.group(1).equals("0")) {
            verdict.note("the recorder missed " + dropped.group(1) + " frames");
        }
        return verdict;
    }

    /** The recorder writes each frame at once; when the file has ceased to grow, it has them all. */
    private void awaitQuiet() {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        long size = -1;
        try {
            for (long now = Files.size(file); now != size && System.nanoTime() < deadline; now = Files.size(file)) {
                size = now;
                Thread.sleep(QUIET.toMillis());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The file in which it is recorded. */
    public Path file() {
        return file;
    }

    /** Stop recording and delete the file. */
    @Override
    public void close() {
        recorder.close();
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
