package org.osistack.application.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTraceTest {
    private static final String LONG_LINE = "0123456789".repeat(400);

    private final List<String> lines = new ArrayList<>();

    private TextTrace text(int columns, boolean coloured, int verbosity, boolean all) {
        return new TextTrace(
                new Page(lines::add, columns, coloured),
                new TextTrace.Telling(verbosity, all, false, false, "iso-on-tcp", new HashMap<>()));
    }

    /** The lines without the times, which are not what these tests are about. */
    private List<String> squeezed() {
        return lines.stream().map(line -> line.replaceAll(" +", " ").strip()).toList();
    }

    @Test
    void aChatLineGoesDownAcrossAndUp() {
        try (TraceLab lab = new TraceLab(TraceLab.ISO, "", text(100, false, 0, false))) {
            lab.associate();
            lines.clear();
            lab.say("Hello, Bob");
        }
        assertThat(squeezed())
                .containsSubsequence(
                        "7 application ChatMessage \"Hello, Bob\" = 14",
                        "30 0c 0c 0a │ 48 65 6c 6c 6f 2c 20 42 6f 62",
                        "6 presentation TD context 3 = chat APDUs + 9 = 23",
                        "5 session GT·DT give no token, data transfer + 4 = 27",
                        "01 00 01 00 │ 61 15 30 13 02 01 03 a0 0e 30 0c 0c 0a 48 65 6c 6c 6f 2c 20 42 …",
                        "4 transport TPKT·DT end of TSDU + 7 = 34",
                        "1 physical onto virtual Ethernet \"lab\" 104",
                        "1 physical from virtual Ethernet \"lab\" 104",
                        "5 session GT·DT give no token, data transfer − 4 = 23",
                        "7 application ChatMessage \"Hello, Bob\" − 4 = 10",
                        "bob ◂ Hello, Bob",
                        "cost of \"Hello, Bob\": 104 octets on the medium, 10 of them yours: 9.6 %",
                        "you:10 ━━━━━ 7:4 ━━ 6:9 ━━━━━ 5:4 ━━ 4:39 ━━━━━━━━━━━━━━━━━━━━━ 3:20 ━━━━━━━━━━━ 2:18 ━━━━━━━━━━");
        List<String> rules = squeezed().stream()
                .filter(line -> line.startsWith("── "))
                .map(line -> line.split(" ")[1] + line.split(" ")[2])
                .toList();
        assertThat(rules)
                .containsExactly(
                        "P-DATA.request▼",
                        "S-DATA.request▼",
                        "T-DATA.request▼",
                        "T-DATA.request▼",
                        "N-UNITDATA.request▼",
                        "DL-UNITDATA.request▼",
                        "PH-DATA.request▼",
                        "PH-DATA.indication▲",
                        "DL-UNITDATA.indication▲",
                        "N-UNITDATA.indication▲",
                        "T-DATA.indication▲",
                        "T-DATA.indication▲",
                        "S-DATA.indication▲",
                        "P-DATA.indication▲");
    }

    @Test
    void aLongLineShowsItsSegmentsAndWhatCompletesIt() {
        try (TraceLab lab = new TraceLab(TraceLab.ISO, "", text(100, false, 0, false))) {
            lab.associate();
            lines.clear();
            lab.say(LONG_LINE);
        }
        assertThat(squeezed())
                .containsSubsequence(
                        "carries octets 1–1,448 of 4,034",
                        "4 transport TCP ACK carries octets 1,449–2,896 of 4,034, the same way down 1,518",
                        "4 TCP PSH ACK carries octets 2,897–4,034 of 4,034, the same way down 1,208",
                        "carries octets 2,897–4,034 of 4,034",
                        "put together from 3 × T-DATA.indication")
                .anyMatch(line -> line.startsWith("bob ◂ 4 TCP ACK carries octets 1–1,448 of 4,034: not complete yet"));
    }

    @Test
    void aConnectionIsALadder() {
        try (TraceLab lab = new TraceLab(TraceLab.ISO, "", text(100, false, 0, false))) {
            lab.associate().release();
        }
        assertThat(squeezed())
                .anyMatch(
                        line -> line.endsWith("alice request ▼ P-CONNECT ▼ S-CONNECT ▼ T-CONNECT tpkt ▼ T-CONNECT tcp"))
                .anyMatch(line -> line.contains("alice → bob 4 TPKT·CR"))
                .anyMatch(line -> line.contains("bob → alice 7 AARE accepted in CPA in AC in TPKT·DT in TCP 189"))
                .anyMatch(line -> line.contains("alice ◆ X.225 STA713, X.226 STAt0, ACSE STA5"))
                .anyMatch(line -> line.contains("alice → bob 4 TCP FIN ACK"))
                .anyMatch(line -> line.contains("ends the connection in good order"));
    }

    @Test
    void lossesAreToldWithTheirReasons() {
        try (TraceLab lab = new TraceLab(TraceLab.ISO, ",loss=30%,delay=1ms", text(100, false, 0, false))) {
            lab.associate();
            for (int i = 0; i < 5; i++) {
                lab.say(i + LONG_LINE);
            }
        }
        assertThat(lines).anyMatch(line -> line.contains("↻ TCP sends again: "));
        assertThat(lines).anyMatch(line -> line.contains("✗ ") && line.contains("lost on the medium"));
    }

    @Test
    void fieldsAreToldOneALineWithValueMeaningAndClause() {
        try (TraceLab lab = new TraceLab(TraceLab.ISO, "", text(110, false, 1, false))) {
            lab.associate().say("Hello, Bob");
        }
        assertThat(squeezed())
                .contains("8 1 Time to Live 64 hops RFC 791 §3.1")
                .contains("0.0 4 bit Version 4 RFC 791 §3.1")
                .contains("2 2 packet length 34 octets, header included RFC 1006 §6")
                .contains("4 transport TCP PSH ACK 32, TPKT·DT 7 39 37.5 % ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━");
    }

    @Test
    void wholeFramesAreToldWithWhoWroteWhat() {
        try (TraceLab lab = new TraceLab(TraceLab.ISO, "", text(100, false, 2, false))) {
            lab.associate().say("Hello, Bob");
        }
        assertThat(squeezed())
                .containsSubsequence(
                        "0049 5 GT·DT 01 00 01 00 ....",
                        "004d 6 TD 61 15 30 13 02 01 03 a0 0e a.0......",
                        "0056 7 ChatMessage 30 0c 0c 0a 0...",
                        "005a your octets 48 65 6c 6c 6f 2c 20 42 6f 62 Hello, Bob");
    }

    @Test
    void withoutFoldingAcknowledgementsAreToldAtLength() {
        try (TraceLab lab = new TraceLab(TraceLab.ISO, "", text(100, false, 0, true))) {
            lab.associate().say("Hello, Bob");
        }
        assertThat(lines).noneMatch(line -> line.contains("⋯"));
        assertThat(squeezed()).anyMatch(line -> line.startsWith("4 transport TCP ACK 102 → "));
    }

    @Test
    void layersThatHandThroughSaySo() {
        try (TraceLab lab = new TraceLab(TraceLab.INTERNET, "", text(100, false, 0, false))) {
            lab.associate().say("Hello, Bob");
        }
        assertThat(squeezed())
                .contains("6 presentation plain hands the octets through", "5 session none hands the octets through")
                .contains("cost of \"Hello, Bob\": 84 octets on the medium, 10 of them yours: 11.9 %");
    }

    @ParameterizedTest
    @CsvSource({"80, 0", "80, 2", "100, 1", "120, 2"})
    void noLineIsLongerThanThePage(int columns, int verbosity) {
        try (TraceLab lab = new TraceLab(TraceLab.ISO, ",loss=5%", text(columns, false, verbosity, false))) {
            lab.associate().say("Hello, Bob").say(LONG_LINE).release();
        }
        assertThat(lines).hasSizeGreaterThan(60).allMatch(line -> line.length() <= columns);
    }

    @Test
    void coloursAddNothingButColours() {
        try (TraceLab lab = new TraceLab(TraceLab.ISO, "", text(100, false, 2, false))) {
            lab.associate().say("Hello, Bob");
        }
        List<String> plain = List.copyOf(lines);
        lines.clear();
        try (TraceLab lab = new TraceLab(TraceLab.ISO, "", text(100, true, 2, false))) {
            lab.associate().say("Hello, Bob");
        }
        assertThat(lines).anyMatch(line -> line.contains("\u001b[38;5;33m"));
        assertThat(lines.stream()
                        .map(line -> line.replaceAll("\u001b\\[[0-9;]*m", "").stripTrailing()))
                .isEqualTo(plain);
    }

    @Test
    void theSameSeedGivesTheSameText() {
        List<String> first = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            lines.clear();
            try (TraceLab lab = new TraceLab(TraceLab.ISO, ",loss=10%", text(100, false, 1, false))) {
                lab.associate().say("Hello, Bob").release();
            }
            if (run == 0) {
                first.addAll(lines);
            }
        }
        assertThat(lines).isEqualTo(first);
    }

    @Test
    void whatAPeerSaysCannotPlayTricksOnTheTerminal() {
        assertThat(new Line().add("a\u001b[2Jb\u202ec").plain()).isEqualTo("a·[2Jb·c");
    }
}
