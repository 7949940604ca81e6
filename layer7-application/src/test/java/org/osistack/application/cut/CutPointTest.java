package org.osistack.application.cut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osistack.application.cut.CutPoint.Kind;
import org.osistack.core.ConfigurationException;

class CutPointTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "alice>DT#3 | SENT | alice | '' | DT | 3 | alice>DT#3",
                "CN | SENT | '' | '' | CN | 1 | CN",
                "TPKT.DT#2 | SENT | '' | TPKT | DT | 2 | TPKT.DT#2",
                "TCP.SYN | SENT | '' | TCP | SYN | 1 | TCP.SYN",
                "alice>TCP.SYN ACK | SENT | alice | TCP | SYN+ACK | 1 | alice>TCP.SYN+ACK",
                "bob<X.225.GT+DT#12 | RECEIVED | bob | X.225 | GT+DT | 12 | bob<X.225.GT+DT#12",
                "bob < CN # 2 | RECEIVED | bob | '' | CN | 2 | bob<CN#2",
                "alice:DT.sent#3 | SENT | alice | '' | DT | 3 | alice>DT#3",
                "bob:X.225.CN.received | RECEIVED | bob | X.225 | CN | 1 | bob<X.225.CN",
                "octet 1234 | OCTET | '' | '' | '' | 1234 | octet 1234",
                "alice>octet 1234 | OCTET | alice | '' | '' | 1234 | alice>octet 1234",
                "alice:octet=1234 | OCTET | alice | '' | '' | 1234 | alice>octet 1234",
                "bob:STA713 | STATE | bob | '' | STA713 | 1 | bob:STA713",
                ":STA713#2 | STATE | '' | '' | STA713 | 2 | :STA713#2",
                "bob:TCP.SYN-SENT | STATE | bob | TCP | SYN-SENT | 1 | bob:TCP.SYN-SENT",
                "alice:TIM.expired | TIMER | alice | '' | TIM.expired | 1 | alice:TIM.expired",
                "alice:TIM armed | TIMER | alice | '' | TIM.armed | 1 | alice:TIM.armed",
                "TIM.Stopped#4 | TIMER | '' | '' | TIM.stopped | 4 | :TIM.stopped#4",
                "alice:TCP.tail loss probe.armed | TIMER | alice | TCP | tail-loss-probe.armed | 1 "
                        + "| alice:TCP.tail-loss-probe.armed",
                "bob:S-SYNC-MINOR.indication#2 | PRIMITIVE | bob | '' | S-SYNC-MINOR.indication | 2 "
                        + "| bob:S-SYNC-MINOR.indication#2",
                "bob:tpkt.T-DATA.indication | PRIMITIVE | bob | tpkt | T-DATA.indication | 1 "
                        + "| bob:tpkt.T-DATA.indication",
                "PH-DATA.request | PRIMITIVE | '' | '' | PH-DATA.request | 1 | :PH-DATA.request"
            })
    void isReadAsItIsTyped(String text, Kind kind, String host, String owner, String name, long number, String again) {
        CutPoint point = CutPoint.parse(text);

        assertThat(point).isEqualTo(new CutPoint(kind, host, owner, name, number));
        assertThat(point).hasToString(again);
        assertThat(CutPoint.parse(again)).isEqualTo(point);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | it is written HOST>PDU",
                "alice> | it is written HOST>PDU",
                "alice<< | it is written HOST>PDU",
                "alice>DT#3#4 | \"3#4\" is not a number from 1",
                "alice>DT#0 | \"0\" is not a number from 1",
                "alice>DT#-1 | \"-1\" is not a number from 1",
                "alice>DT#9999999999999999999 | is not a number from 1",
                "alice>DT#x | \"x\" is not a number from 1",
                "alice>DT# | \"\" is not a number from 1",
                "#3 | it is written HOST>PDU",
                "octet x | \"x\" is not a number from 1",
                "octet 0 | \"0\" is not a number from 1",
                "bob<octet 7 | octets are counted by who sends them",
                "bob:.STA1 | it is written HOST>PDU",
                "bob:STA1. | it is written HOST>PDU"
            })
    void whatIsNoPointIsRefusedInASentence(String text, String why) {
        assertThatThrownBy(() -> CutPoint.parse(text))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("\"" + text + "\" is no point to cut at: ")
                .hasMessageContaining(why)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void anyPointIsReadFromWhatItPrints() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 20_000; i++) {
            Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
            boolean octet = kind == Kind.OCTET;
            String name = switch (kind) {
                case OCTET -> "";
                case TIMER ->
                    word(random) + "." + List.of("armed", "expired", "stopped").get(random.nextInt(3));
                case PRIMITIVE ->
                    "P-" + word(random).toUpperCase().replaceAll("[^A-Z]", "X")
                            + List.of(".request", ".indication", ".response", ".confirm")
                                    .get(random.nextInt(4));
                default -> word(random);
            };
            CutPoint point = new CutPoint(
                    kind,
                    random.nextBoolean() ? "" : word(random),
                    octet || random.nextBoolean() ? "" : "X." + random.nextInt(300),
                    name,
                    random.nextLong(1, 1000));

            assertThat(CutPoint.parse(point.toString())).isEqualTo(point);
        }
    }

    private static String word(SplittableRandom random) {
        StringBuilder word = new StringBuilder("W");
        for (int length = random.nextInt(1, 9); length > 0; length--) {
            word.append("abcXYZ019-".charAt(random.nextInt(10)));
        }
        return word.append('z').toString();
    }

    @Test
    void nothingThatIsTypedMakesItThrowAnythingElse() {
        SplittableRandom random = new SplittableRandom(8);
        for (int i = 0; i < 100_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(12); length > 0; length--) {
                text.append("aT>:<#.-19 ,=octe".charAt(random.nextInt(17)));
            }
            try {
                assertThat(CutPoint.parse(text.toString()).toString()).isNotEmpty();
            } catch (ConfigurationException e) {
                assertThat(e).hasMessageContaining("is no point to cut at");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "DT, DT",
        "GT·DT, GT+DT",
        "SYN ACK, SYN+ACK",
        "'…, DT, DT', DT+DT",
        "…, ''",
        "MAC frame, MAC-frame",
        "tail loss probe, tail-loss-probe",
        "SYN-SENT, SYN-SENT"
    })
    void theNamesOfTheTraceBecomeOneWord(String traced, String word) {
        assertThat(PointNames.canonical(traced)).isEqualTo(word);
    }

    @ParameterizedTest
    @CsvSource({"DT, DT, 1", "dt, GT+DT, 1", "DT, DT+DT, 2", "DT+DT, DT+DT, 1", "T, DT, 0", "DT, '', 0", "'', '', 0"})
    void aPduIsMeantByItsNameOrByAnyPart(String name, String of, int times) {
        assertThat(PointNames.occurrences(name, of)).isEqualTo(times);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alice>DT#3",
                "alice>DT#3,for=2s",
                "CN,for=1500ms,kill=bob",
                "octet 5,kill=alice",
                "bob:STA713,for=3us",
                "bob:STA713,for=7ns"
            })
    void aCutIsReadFromWhatItPrints(String text) {
        assertThat(Cut.parse(text)).hasToString(text);
        assertThat(Cut.parse(" " + text.replace(",", " , ") + " ")).hasToString(text);
    }

    @Test
    void aCutSaysWhatIsDone() {
        assertThat(Cut.parse("CN").deed()).isEqualTo("the cable is cut for good");
        assertThat(Cut.parse("CN,for=good")).isEqualTo(Cut.parse("CN"));
        assertThat(Cut.parse("CN,for=2s").deed()).isEqualTo("the cable is cut for 2s");
        assertThat(Cut.parse("CN,kill=bob").deed()).isEqualTo("bob is killed for good");
        assertThat(Cut.parse("CN,kill=bob,for=90ms").deed()).isEqualTo("bob is killed and begins anew after 90ms");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CN,for | behind the point to cut at come for=TIME and kill=HOST, and not \"for\"",
                "CN,from=2s | behind the point to cut at come for=TIME and kill=HOST, and not \"from=2s\"",
                "CN,kill= | behind the point to cut at come for=TIME and kill=HOST, and not \"kill=\"",
                "CN,for=1s,for=2s | for= is given twice in CN,for=1s,for=2s",
                "CN,for=soon | cut: for=soon is not a time, such as 5ms or 2s",
                "CN,for=-1s | cut: for=-1s is not a time, such as 5ms or 2s"
            })
    void whatIsNoCutIsRefusedInASentence(String text, String sentence) {
        assertThatThrownBy(() -> Cut.parse(text))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(sentence);
    }
}
