package org.osistack.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PduPoolTest {
    private final PduPool pool = new PduPool(256);

    @AfterEach
    void noPduLeaks() {
        assertThat(pool.outstanding()).isZero();
    }

    @Test
    void lendsTheSamePduAgain() {
        Pdu first = pool.take().append(new byte[100]).pushHeader(20);
        first.release();

        Pdu second = pool.take();

        assertThat(second).isSameAs(first);
        assertThat(second.length()).isZero();
        assertThat(second.headroom()).isEqualTo(256);
        second.release();
    }

    @Test
    void countsWhatIsLent() {
        Pdu first = pool.take();
        Pdu second = pool.take(100_000);
        assertThat(pool.outstanding()).isEqualTo(2);
        first.release();
        assertThat(pool.outstanding()).isOne();
        second.release();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1500, 1788, 1789, 9000, 16_124, 16_125, 65_535, 73_468, 73_469, 200_000})
    void hasRoomForWhatWasAskedAndAnFcs(int length) {
        Pdu pdu = pool.take(length);

        pdu.pushTrailer(length).pushTrailer(4).pushHeader(256);

        assertThat(pdu.length()).isEqualTo(256 + length + 4);
        pdu.release();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1772, 1773, 16_109, 73_453, 200_000})
    void hasTheTailroomThatWasAsked(int length) {
        Pdu pdu = pool.take(length, 20);

        pdu.pushTrailer(length);

        assertThat(pdu.tailroom()).isGreaterThanOrEqualTo(20);
        pdu.release();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 60, 2048, 2049, 73_728, 73_729})
    void whatIsTakenForReceivingHasNoHeadroom(int length) {
        Pdu pdu = pool.takeForReceiving(length);

        assertThat(pdu.headroom()).isZero();
        assertThat(pdu.tailroom()).isGreaterThanOrEqualTo(length);
        pdu.release();
    }

    @Test
    void lendsPdusOfAllUsualSizesAgain() {
        for (int length : new int[] {1500, 9000, 65_000}) {
            Pdu first = pool.take(length);
            first.release();
            Pdu second = pool.takeForReceiving(length);
            assertThat(second).isSameAs(first);
            second.release();
        }
    }

    @Test
    void refusesNonsense() {
        assertThatIllegalArgumentException().isThrownBy(() -> pool.take(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> pool.take(1, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> pool.takeForReceiving(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> new PduPool(-1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PduPool(2000))
                .withMessage("a headroom of 2000 octets");
    }
}
