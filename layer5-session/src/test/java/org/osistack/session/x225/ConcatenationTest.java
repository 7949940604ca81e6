package org.osistack.session.x225;

import static org.assertj.core.api.Assertions.assertThat;
import static org.osistack.core.dialogue.DialogueStep.NEXT;

import org.junit.jupiter.api.Test;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.dialogue.DialogueStep.SyncMinor;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.session.SessionPrimitive;

/** Extended concatenation: several SPDUs of category 2 in a TSDU, if both sides announce it (X.225 §6.3.7). */
class ConcatenationTest {
    private static final String CONNECT = "0d 12 05 0c 13 01 %s 16 01 02 17 01 31 1a 01 55 14 02 00 0a";
    private static final SessionPrimitive MINOR = new SessionPrimitive.Step(new SyncMinor(NEXT, true, false));

    private static Bench connected(String announced, String... options) {
        Bench bench = new Bench(options);
        bench.called();
        bench.receive(CONNECT.formatted(announced));
        bench.request(Primitives.accept(new FunctionalUnits(0x0a)));
        return bench;
    }

    private static void close(Bench bench) {
        bench.close();
        assertThat(bench.outstanding()).isZero();
    }

    private static void minorAndData(Bench bench, String text) {
        bench.machine.user().request(MINOR);
        Pdu pdu = Samples.pdu(bench.ours.pool(), Octets.ofText(text));
        assertThat(bench.machine.user().dataRequest(pdu)).isTrue();
        bench.run();
    }

    @Test
    void aSynchronizationPointTravelsWithTheDataBehindIt() {
        Bench bench = connected("01", "extended-concatenation", "yes");
        assertThat(bench.octets.get(0)).startsWith("0e12050c130101");
        minorAndData(bench, "ABC");
        assertThat(bench.octets.get(1)).isEqualTo("01003103" + "2a0131" + "0100414243");
        bench.machine.user().request(MINOR); // alone in its turn
        bench.run();
        assertThat(bench.octets.get(2)).isEqualTo("01003103" + "2a0132");
        close(bench);
    }

    @Test
    void aPeerThatDoesNotAnnounceItGetsThemOneByOne() {
        for (Bench bench : new Bench[] {connected("00", "extended-concatenation", "yes"), connected("01")}) {
            minorAndData(bench, "ABC");
            assertThat(bench.octets.subList(1, 3)).containsExactly("010031032a0131", "01000100414243");
            close(bench);
        }
    }

    @Test
    void whatIsAnnouncedIsReadInItsOrder() {
        Bench bench = new Bench("extended-concatenation", "yes");
        bench.called();
        bench.receive("0d 12 05 0c 13 01 00 16 01 02 17 01 31 1a 01 00 14 02 00 0a");
        bench.request(Primitives.accept(new FunctionalUnits(0x0a)));
        bench.seen.clear();
        bench.receive("01 00 31 03 2a 01 31 31 03 2a 01 32 01 00 41 42 43");
        assertThat(bench.seen).containsExactly("SSYNmind", "SSYNmind", "SDTind");
        close(bench);
    }

    @Test
    void whatIsNotAnnouncedIsAProtocolError() {
        Bench bench = connected("01");
        bench.seen.clear();
        bench.receive("01 00 31 03 2a 01 31 01 00 41 42 43");
        assertThat(bench.seen).containsExactly("abort", "AB");
        close(bench);
    }
}
