package org.osistack.application.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.osistack.core.Direction;
import org.osistack.core.Dissection;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;

/** The APDUs of the shell, as octets. */
class ShellApduTest {
    private static final Octets NAME = ShellLab.name(7);
    private static final List<ShellApdu> ALL = List.of(
            new ShellApdu.Enter(NAME, true, ShellApdu.NOTHING_SEEN),
            new ShellApdu.Enter(Octets.EMPTY, false, 12),
            new ShellApdu.Entered(NAME, 5, 4, 600),
            new ShellApdu.Refusal(ShellApdu.Refusal.Reason.TOO_MANY),
            new ShellApdu.Line(1, "echo hällo"),
            new ShellApdu.Interrupt(2),
            new ShellApdu.Exit(300),
            new ShellApdu.Started(1, "echo"),
            new ShellApdu.Output(false, Octets.ofText("out")),
            new ShellApdu.Output(true, Octets.EMPTY),
            new ShellApdu.Finished(1, ShellApdu.Finished.Outcome.STOPPED, -1, "too long"),
            new ShellApdu.Interrupted(9),
            new ShellApdu.Farewell("closing"));

    private final PduPool pool = new PduPool(0);

    @Test
    void whatIsWrittenIsRead() {
        for (ShellApdu apdu : ALL) {
            assertThat(ShellApdu.parse(apdu.toOctets())).isEqualTo(apdu);
        }
        assertThat(new ShellApdu.Line(1, "date").toOctets()).hasToString("a3090201010c0464617465");
        assertThat(new ShellApdu.Interrupt(2).toOctets()).hasToString("840102");
        assertThat(new ShellApdu.Output(true, Octets.ofText("no")).toOctets()).hasToString("88026e6f");
    }

    @Test
    void whatMayNotBeIsNoApdu() {
        for (String octets : List.of(
                "",
                "84 01 00",
                "84 01 ff",
                "82 01 03",
                "a3 03 02 01 01",
                "8c 00",
                "84 01 01 84 01 01",
                "a0 05 04 00 01 01 ff",
                "a1 0b 04 00 02 01 00 02 01 00 02 01 00")) {
            assertThat(ShellApdu.parse(Octets.ofHex(octets))).as(octets).isNull();
        }
        assertThat(ShellApdu.parse(
                        new ShellApdu.Output(false, Octets.of(new byte[ShellApdu.MAX_OUTPUT + 1])).toOctets()))
                .isNull();
        assertThat(new ShellApdu.Line(1, "a\u001b[2J\u009bb").text()).isEqualTo("a [2J b");
        assertThat(new ShellApdu.Line(1, "x".repeat(5000)).text()).hasSize(ShellApdu.MAX_LINE);
    }

    @Test
    void noOctetsAreTooMuchForParserAndDissector() {
        SplittableRandom random = new SplittableRandom(3);
        ShellDissector dissector = new ShellDissector();
        int understood = 0;
        for (int i = 0; i < 200_000; i++) {
            byte[] octets = ALL.get(random.nextInt(ALL.size())).toOctets().toByteArray();
            for (int n = random.nextInt(4); n > 0; n--) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt();
            }
            Octets mutated = Octets.of(octets);
            Octets cut = random.nextInt(4) == 0 ? mutated.slice(0, random.nextInt(octets.length + 1)) : mutated;
            ShellApdu apdu = ShellApdu.parse(cut);
            if (apdu != null) {
                understood++;
                assertThat(ShellApdu.parse(apdu.toOctets())).isEqualTo(apdu);
            }
            explain(dissector, cut);
        }
        assertThat(understood).isGreaterThan(50_000);
        assertThat(pool.outstanding()).isZero();
    }

    private Dissection explain(ShellDissector dissector, Octets octets) {
        Dissection dissection = new Dissection();
        Pdu pdu = pool.take(octets.length());
        octets.appendTo(pdu);
        dissector.dissect(pdu, null, Direction.DOWN, dissection);
        for (Dissection.Field field : dissection.fields()) {
            assertThat(field.offset()).isBetween(0, octets.length());
            assertThat(field.offset() + field.length()).isLessThanOrEqualTo(octets.length());
        }
        pdu.release();
        return dissection;
    }

    @Test
    void everyOctetIsExplained() {
        for (ShellApdu apdu : ALL) {
            Octets octets = apdu.toOctets();
            Dissection dissection = explain(new ShellDissector(), octets);
            int explained = dissection.fields().stream()
                            .mapToInt(Dissection.Field::length)
                            .sum()
                    + (dissection.hasSdu() ? dissection.sduLength() : 0);
            assertThat(explained).as(apdu.toString()).isEqualTo(octets.length());
            assertThat(dissection.protocol()).isEqualTo("shell");
        }
        assertThat(explain(new ShellDissector(), new ShellApdu.Entered(NAME, 5, 4, 600).toOctets())
                        .summary())
                .isEqualTo("session 070000, inputs up to 5 taken, up to 4 done");
        assertThat(explain(new ShellDissector(), Octets.ofHex("00")).summary()).isEqualTo("not understood");
    }
}
