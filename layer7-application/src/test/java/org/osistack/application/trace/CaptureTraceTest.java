package org.osistack.application.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.osistack.core.capture.PcapngWriter;

class CaptureTraceTest {
    private static byte[] capture(boolean alice, boolean bob, String medium) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CaptureTrace capture = new CaptureTrace(new PcapngWriter(out, false, "test"), 0);
        try (TraceLab lab = new TraceLab(TraceLab.ISO, medium, alice, bob, capture)) {
            lab.associate().say("Hello, Bob");
        }
        return out.toByteArray();
    }

    /** The comments of all packets, in order. */
    private static List<String> comments(byte[] file) {
        List<String> comments = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(file);
        while (in.hasRemaining()) {
            int begin = in.position();
            int type = in.getInt();
            int length = in.getInt();
            if (type == 6) {
                int captured = in.getInt(begin + 20);
                int options = begin + 28 + (captured + 3) / 4 * 4;
                int comment = in.getShort(options + 2) & 0xffff;
                comments.add(new String(file, options + 4, comment, StandardCharsets.UTF_8));
            }
            in.position(begin + length);
        }
        return comments;
    }

    @Test
    void aFrameIsWrittenOnceWithItsStory() throws IOException {
        List<String> comments = comments(capture(true, true, ""));

        assertThat(comments)
                .filteredOn(comment -> comment.contains("Hello"))
                .containsExactly(
                        "alice: P-DATA ChatMessage \"Hello, Bob\" → TD → GT·DT, TSDU of 27 octets → TPKT·DT in TCP seq 164");
        assertThat(comments)
                .contains(
                        "alice: P-CONNECT AARQ application context chat → CP → CN, TSDU of 142 octets → TPKT·DT in TCP seq 15",
                        "bob: ARP Reply 10.0.0.2 is at 02:00:00:00:00:02, because ARP Request arrived")
                .anyMatch(comment ->
                        comment.startsWith("bob: TCP ACK 102 → ") && comment.endsWith(", because TCP PSH ACK arrived"));
    }

    @Test
    void whatComesFromOutsideIsWrittenAsItIsReceived() throws IOException {
        assertThat(comments(capture(false, true, "")))
                .contains("bob receives: TCP PSH ACK 60372 → 102  seq 164  ack 134  win 524176  34 octets → TPKT·DT →"
                        + " GT·DT → TD → ChatMessage \"Hello, Bob\"");
    }

    @Test
    void framesThatAreLostAreInTheCaptureToo() throws IOException {
        assertThat(comments(capture(true, true, ",loss=40%")))
                .filteredOn(comment -> comment.contains("Hello"))
                .hasSizeGreaterThan(1);
    }

    @Test
    void theSameSeedGivesTheSameFile() throws IOException {
        assertThat(capture(true, true, ",loss=10%")).isEqualTo(capture(true, true, ",loss=10%"));
    }

    @Test
    void aFullDiskEndsTheCaptureAndNotTheHosts() throws IOException {
        List<String> problems = new ArrayList<>();
        OutputStream full = new OutputStream() {
            private int room = 2000;

            @Override
            public void write(int octet) throws IOException {
                if (--room < 0) {
                    throw new IOException("no space left on device");
                }
            }
        };
        RecordedSteps others = new RecordedSteps();
        Weaver weaver =
                new Weaver(List.of(new CaptureTrace(new PcapngWriter(full, true, "test"), 0), others), problems::add);
        RecordedSteps steps = new RecordedSteps();
        try (TraceLab lab = new TraceLab(TraceLab.ISO, "", steps)) {
            lab.associate().say("Hello, Bob");
        }
        steps.all.forEach(step -> {
            weaver.event(step.event());
            weaver.settled();
        });
        weaver.close();

        assertThat(problems).singleElement().asString().contains("no space left on device");
        assertThat(others.all).hasSameSizeAs(steps.all);
    }
}
