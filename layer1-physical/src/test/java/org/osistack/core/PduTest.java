package org.osistack.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PduTest {
    private final PduPool pool = new PduPool(64);
    private final Pdu pdu = pool.take().append(HexFormat.of().parseHex("00112233445566778899"));

    @AfterEach
    void noPduLeaks() {
        pdu.release();
        assertThat(pool.outstanding()).isZero();
    }

    @Test
    void headersGoInFrontAndTrailersBehind() {
        pdu.pushHeader(2).putUint16(0, 0xa0b0);
        pdu.pushTrailer(2).putUint16(10 + 2, 0xc0d0);

        assertThat(pdu).hasToString("a0b0" + "00112233445566778899" + "c0d0");
        assertThat(pdu.headroom()).isEqualTo(62);

        pdu.pullHeader(2).truncate(10);

        assertThat(pdu).hasToString("00112233445566778899");
    }

    @Test
    void readsIntegersInNetworkOrderAtAnyOffset() {
        assertThat(pdu.getUint8(9)).isEqualTo(0x99);
        assertThat(pdu.getUint16(7)).isEqualTo(0x7788);
        assertThat(pdu.getInt32(5)).isEqualTo(0x55667788);
        assertThat(pdu.getUint32(6)).isEqualTo(0x66778899L);
        assertThat(pdu.getUint48(3)).isEqualTo(0x3344_5566_7788L);
        assertThat(pdu.getInt64(1)).isEqualTo(0x1122_3344_5566_7788L);
    }

    @Test
    void unsignedIntegersAreNeverNegative() {
        pdu.putInt64(0, -1).putUint16(8, 0xffff);

        assertThat(pdu.getUint8(0)).isEqualTo(0xff);
        assertThat(pdu.getUint16(0)).isEqualTo(0xffff);
        assertThat(pdu.getUint32(0)).isEqualTo(0xffff_ffffL);
        assertThat(pdu.getUint48(0)).isEqualTo(0xffff_ffff_ffffL);
    }

    @Test
    void writesIntegersInNetworkOrderAtAnyOffset() {
        pdu.putUint8(0, 0x1aa).putUint16(1, 0x0102).putInt32(3, 0x03040506);
        assertThat(pdu).hasToString("aa010203040506778899");

        pdu.putUint48(1, 0xf1f2_f3f4_f5f6L);
        assertThat(pdu).hasToString("aaf1f2f3f4f5f6778899");

        pdu.putInt64(2, 0x0102_0304_0506_0708L).appendUint8(0xfe);
        assertThat(pdu).hasToString("aaf10102030405060708fe");
    }

    @Test
    void copiesAreIndependent() {
        Pdu copy = pdu.copy();
        Pdu part = pool.take().append(pdu, 2, 3);
        byte[] octets = new byte[5];
        pdu.copyTo(1, octets, 2, 3);

        pdu.putInt64(0, 0);

        assertThat(copy).hasToString("00112233445566778899");
        assertThat(part).hasToString("223344");
        assertThat(octets).containsExactly(0, 0, 0x11, 0x22, 0x33);
        assertThat(copy.headroom()).isEqualTo(64);
        copy.release();
        part.release();
    }

    @Test
    void refusesToReachOutsideItsRoom() {
        assertThatIllegalStateException()
                .isThrownBy(() -> pdu.pushHeader(65))
                .withMessage("a header of 65 octets in a headroom of 64");
        assertThatIllegalStateException().isThrownBy(() -> pdu.pushHeader(-1));
        assertThatIllegalStateException().isThrownBy(() -> pdu.pushTrailer(pdu.tailroom() + 1));
        assertThatIllegalStateException().isThrownBy(() -> pdu.pushTrailer(-1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pdu.pullHeader(11))
                .withMessage("11 octets of a PDU that has 10");
        assertThatIllegalArgumentException().isThrownBy(() -> pdu.truncate(-1));
        assertThatThrownBy(() -> pdu.copyTo(8, new byte[8], 0, 3)).isInstanceOf(IndexOutOfBoundsException.class);
        Pdu other = pool.take();
        assertThatThrownBy(() -> other.append(pdu, 8, 3)).isInstanceOf(IndexOutOfBoundsException.class);
        other.release();
        assertThat(pdu).hasToString("00112233445566778899");
    }

    @Test
    void refusesToBeReleasedTwice() {
        Pdu other = pool.take();
        other.release();

        assertThatIllegalStateException().isThrownBy(other::release).withMessage("released twice");
    }
}
