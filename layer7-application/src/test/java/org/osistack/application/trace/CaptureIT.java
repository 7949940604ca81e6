package org.osistack.application.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osistack.application.net.Commands;
import org.osistack.application.net.Needs;
import org.osistack.application.net.Verdict;
import org.osistack.core.capture.PcapngWriter;

/** tshark reads our captures and finds what our trace says. */
class CaptureIT {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String LONG_LINE = "0123456789".repeat(400);

    @TempDir
    private Path folder;

    private final RecordedSteps steps = new RecordedSteps();

    @BeforeAll
    static void tshark() {
        Needs.command("tshark", "tshark");
    }

    private Path capture(String upper, String medium) throws IOException {
        Path file = folder.resolve("lab.pcapng");
        CaptureTrace capture = new CaptureTrace(new PcapngWriter(Files.newOutputStream(file), false, "test"), 0);
        try (TraceLab lab = new TraceLab(upper, medium, steps, capture)) {
            lab.associate().say("Hello, Bob").say(LONG_LINE).release();
        }
        return file;
    }

    private static List<String> read(Path file, String... fields) {
        List<String> command = new ArrayList<>(List.of("tshark", "-r", file.toString(), "-T", "fields"));
        for (String field : fields) {
            command.addAll(List.of("-e", field));
        }
        return Commands.attempt(LIMIT, command).orFail().lines();
    }

    private List<Message> framesSent() {
        return steps.messages(message -> message.isFrame() && message.isDown());
    }

    @Test
    void nothingIsMalformedOrOddInAnIsoDialogue() throws IOException {
        Verdict verdict = Verdict.of(capture(TraceLab.ISO, ""));
        assertThat(verdict.findings()).isEmpty();
        assertThat(verdict.count("tpkt:cotp:ses:pres:acse")).isEqualTo(4); // AARQ, AARE, RLRQ, RLRE
    }

    @Test
    void nothingIsMalformedOrOddInAnInternetDialogue() throws IOException {
        assertThat(Verdict.of(capture(TraceLab.INTERNET, "")).findings()).isEmpty();
    }

    @Test
    void eachFrameHasItsTimeAndItsStory() throws IOException {
        List<String> lines = read(capture(TraceLab.ISO, ",loss=10%"), "frame.time_epoch", "frame.comment");
        List<Message> frames = framesSent();

        assertThat(lines).hasSameSizeAs(frames);
        for (int i = 0; i < lines.size(); i++) {
            Message frame = frames.get(i);
            String time = String.format("%d.%09d", frame.time / 1_000_000_000L, frame.time % 1_000_000_000L);
            assertThat(lines.get(i)).isEqualTo(time + "\t" + FrameTales.sent(frame));
        }
    }

    /** In a frame that carries a whole message tshark puts each header where the trace says that its owner wrote. */
    @Test
    void tsharkFindsTheHeadersWhereTheirOwnersWroteThem() throws IOException {
        Path file = capture(TraceLab.ISO, "");
        String pdml = Commands.attempt(LIMIT, List.of("tshark", "-r", file.toString(), "-T", "pdml"))
                .orFail()
                .output();
        String[] packets = pdml.split("<packet>");
        List<Message> frames = framesSent();
        assertThat(packets).hasSize(frames.size() + 1);
        int compared = 0;
        for (int i = 0; i < frames.size(); i++) {
            int at = 0;
            for (Owners.Run run : frames.get(i).owners.runs()) {
                String protocol = protocol(run.owner());
                Matcher found = Pattern.compile("<proto name=\"" + protocol + "\"[^>]* size=\"(\\d+)\" pos=\"(\\d+)\"")
                        .matcher(packets[i + 1]);
                if (!protocol.isEmpty() && found.find()) {
                    assertThat(found.group(2) + "+" + found.group(1))
                            .as("frame %d, %s", i + 1, protocol)
                            .isEqualTo(at + "+" + run.length());
                    compared++;
                }
                at += run.length();
            }
            assertThat(at).isEqualTo(frames.get(i).length);
        }
        assertThat(compared).isGreaterThan(50);
    }

    private static String protocol(Owner owner) {
        if (owner.name().equals("Ethernet")) {
            return "eth";
        }
        return owner.layer() == 3 && owner.name().equals("IPv4")
                ? "ip"
                : owner.name().startsWith("TCP") ? "tcp" : "";
    }
}
