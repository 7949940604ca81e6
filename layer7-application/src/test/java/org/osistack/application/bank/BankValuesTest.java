package org.osistack.application.bank;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osistack.core.Direction;
import org.osistack.core.Dissection;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;
import org.osistack.presentation.ber.BerReader;

class BankValuesTest {
    private static final Octets CLIENT = Octets.ofHex("000102030405060708090a0b0c0d0e0f");
    private static final Order ORDER = new Order(CLIENT, 7, "giro", 1250, "savings", "für später");
    private static final Statement STATEMENT = new Statement(
            "giro", "alice", -1, List.of(new Entry(1, 5, 5, "", "in"), new Entry(2, -5, 0, "savings", "out")));

    @Test
    void hasTheEncodingThatItsAsn1Says() {
        assertThat(new Order(CLIENT, 1, "a", 300, "", "r").emit())
                .isEqualTo(Octets.ofHex("30 21 04 10 000102030405060708090a0b0c0d0e0f 02 01 01 0c 01 61 02 02 01 2c"
                        + "0c 00 0c 01 72"));
        assertThat(new Question("a", 10).emit()).isEqualTo(Octets.ofHex("30 06 0c 01 61 02 01 0a"));
        assertThat(new Statement("a", "b", 300, List.of()).emit())
                .isEqualTo(Octets.ofHex("30 0c 0c 01 61 0c 01 62 02 02 01 2c 30 00"));
    }

    @Test
    void readsWhatItWrites() {
        assertThat(Order.parse(ORDER.emit())).isEqualTo(ORDER);
        assertThat(Statement.parse(STATEMENT.emit())).isEqualTo(STATEMENT);
        assertThat(Question.parse(new Question("giro", 500).emit())).isEqualTo(new Question("giro", 500));
        assertThat(Question.parse(new Question("giro", 501).emit())).isNull();
        assertThat(Order.parse(new Order(CLIENT, 1, "gi\nro", 1, "", "").emit()))
                .isNull();
        assertThat(Order.parse(new Order(CLIENT, 0, "giro", 1, "", "").emit())).isNull();
        assertThat(Order.parse(new Order(Octets.EMPTY, 1, "giro", 1, "", "").emit()))
                .isNull();
    }

    @Test
    void takesAnyOctetsWithoutAnException() {
        SplittableRandom random = new SplittableRandom(11);
        PduPool pool = new PduPool(128);
        BankDissector dissector = new BankDissector();
        List<Octets> valid = List.of(
                ORDER.emit(),
                STATEMENT.emit(),
                new Question("giro", 3).emit(),
                Octets.ofHex("04 0d a1 0b 02 01 01 02 01 05 30 03 0c 01 61"));
        int read = 0;
        for (int i = 0; i < 100_000; i++) {
            byte[] octets = valid.get(i % valid.size()).toByteArray();
            for (int changes = random.nextInt(3); changes >= 0; changes--) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
            }
            Octets broken = Octets.of(octets).slice(0, random.nextInt(octets.length + 1));
            read += Order.parse(broken) != null || Statement.parse(broken) != null ? 1 : 0;
            Question.parse(broken);
            Answer.ofParameter(BankError.BAD_AMOUNT, broken);
            Entry.parse(new BerReader(broken));
            Pdu pdu = pool.take();
            broken.appendTo(pdu);
            dissector.dissect(pdu, null, Direction.DOWN, new Dissection());
            pdu.release();
        }
        assertThat(read).isPositive();
        assertThat(pool.outstanding()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0,0.00", "5,0.05", "1250,12.50", "-1,-0.01", "100000000000000,1000000000000.00"})
    void writesCentsAsAPersonDoes(long cents, String text) {
        assertThat(BankApplication.money(cents)).isEqualTo(text);
    }
}
