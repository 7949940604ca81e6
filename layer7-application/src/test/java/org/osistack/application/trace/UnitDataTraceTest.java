package org.osistack.application.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a trace tells of A-UNIT-DATA. */
class UnitDataTraceTest {
    private final RecordedSteps steps = new RecordedSteps();

    @Test
    void showsEachLayersPduInsideThatOfTheLayerBelow() {
        try (TraceLab lab = new TraceLab(TraceLab.ISO, "", steps)) {
            UnitDataLab.exchange(lab, 1);
        }
        List<Message> frames = steps.messages(message ->
                message.isFrame() && message.isDown() && owners(message).contains("AUDT"));
        assertThat(frames).hasSize(2); // there and back
        assertThat(owners(frames.get(0)))
                .isEqualTo("Ethernet 14, IPv4 20, UDP 8, CLTP UD 8, X.235 UD 11, X.236 UD 56, AUDT 39, your octets 7,"
                        + " Ethernet FCS 4");
        assertThat(owners(frames.get(1)).replaceAll("[0-9]+", ""))
                .isEqualTo(owners(frames.get(0)).replaceAll("[0-9]+", ""));
    }

    private static String owners(Message frame) {
        return frame.owners.runs().stream()
                .map(run -> run.owner().name() + " " + run.length())
                .collect(Collectors.joining(", "));
    }
}
