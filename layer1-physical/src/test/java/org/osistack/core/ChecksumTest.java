package org.osistack.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ChecksumTest {
    /** The example of RFC 1071 §3. */
    @Test
    void addsTheExampleOfTheStandard() {
        byte[] octets = HexFormat.of().parseHex("0001f203f4f5f6f7");

        assertThat(Checksum.sum(octets, 0, 8)).isEqualTo(0xddf2);
        assertThat(Checksum.of(Checksum.sum(octets, 0, 8))).isEqualTo(0x220d);
    }

    @Test
    void agreesWithTheNaiveSumForAllOffsetsAndLengths() {
        SplittableRandom random = new SplittableRandom(1071);
        byte[] octets = new byte[70_000];
        random.nextBytes(octets);

        for (int i = 0; i < 3000; i++) {
            int offset = random.nextInt(64);
            int length = i < 200 ? i : i < 2900 ? random.nextInt(2000) : random.nextInt(69_000);
            assertThat(Checksum.sum(octets, offset, length))
                    .as("%d octets from %d on", length, offset)
                    .isEqualTo(naive(octets, offset, length));
        }
    }

    @Test
    void carriesAreNeverLost() {
        byte[] octets = HexFormat.of().parseHex("ff".repeat(65_536));

        for (int length : new int[] {0, 1, 2, 3, 4, 5, 7, 8, 65_535, 65_536}) {
            assertThat(Checksum.sum(octets, 0, length)).isEqualTo(naive(octets, 0, length));
        }
    }

    @Test
    void addsTheDataOfAPdu() {
        PduPool pool = new PduPool(3);
        Pdu pdu = pool.take().append(HexFormat.of().parseHex("aa0001f203f4f5f6f7aa"));

        assertThat(Checksum.sum(pdu, 1, 8)).isEqualTo(0xddf2);

        pdu.release();
        assertThat(pool.outstanding()).isZero();
    }

    @Test
    void sumsOfPartsMayBeAdded() {
        byte[] octets = new byte[1001];
        new SplittableRandom(5).nextBytes(octets);

        long sum = (long) Checksum.sum(octets, 0, 20) + Checksum.sum(octets, 20, 500) + Checksum.sum(octets, 520, 481);

        assertThat(Checksum.fold(sum)).isEqualTo(naive(octets, 0, 1001));
    }

    @Test
    void foldsSumsOfAnySize() {
        assertThat(Checksum.fold(0)).isZero();
        assertThat(Checksum.fold(0xffff)).isEqualTo(0xffff);
        assertThat(Checksum.fold(0x1_0000)).isEqualTo(1);
        assertThat(Checksum.fold(0x1_ffff)).isEqualTo(1);
        assertThat(Checksum.fold(0xffff_ffffL)).isEqualTo(0xffff);
        assertThat(Checksum.fold(0xffff_ffff_ffffL)).isEqualTo(0xffff);
        assertThat(Checksum.fold(Long.MAX_VALUE)).isEqualTo(0x7fff);
    }

    @Test
    void octetsWithTheirChecksumAddUpToAllOnes() {
        byte[] octets = HexFormat.of().parseHex("4500003c1c4640004006" + "0000" + "ac100a63ac100a0c");
        int checksum = Checksum.of(Checksum.sum(octets, 0, 20));
        octets[10] = (byte) (checksum >>> 8);
        octets[11] = (byte) checksum;

        assertThat(checksum).isEqualTo(0xb1e6);
        assertThat(Checksum.of(Checksum.sum(octets, 0, 20))).isZero();
    }

    private static int naive(byte[] octets, int offset, int length) {
        int sum = 0;
        for (int i = 0; i < length; i += 2) {
            int low = i + 1 < length ? octets[offset + i + 1] & 0xff : 0;
            sum += (octets[offset + i] & 0xff) << 8 | low;
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return sum;
    }
}
