package org.osistack.application.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.Tag;

class ApduAssemblerTest {
    private static final int APDUS = 1_000_000;

    private final PduPool pool = new PduPool(0);
    private final SplittableRandom random = new SplittableRandom(690);
    private final ApduAssembler assembler = new ApduAssembler(pool);

    @AfterEach
    void noPduLeaks() {
        assembler.release();
        assertThat(pool.outstanding()).isZero();
    }

    /** As many encodings as fit, with gaps left out: the octets of the stream, and where each encoding ends. */
    private record Stream(byte[] octets, int[] ends) {}

    private Stream stream(int count) {
        byte[] octets = new byte[count * 320];
        int[] ends = new int[count];
        int end = 0;
        for (int i = 0; i < count; i++) {
            byte[] contents = new byte[random.nextInt(1 << random.nextInt(9))];
            random.nextBytes(contents);
            byte[] apdu = new BerWriter()
                    .octetString(random.nextBoolean() ? Tag.OCTET_STRING : Tag.context(5), Octets.of(contents))
                    .toOctets()
                    .toByteArray();
            System.arraycopy(apdu, 0, octets, end, apdu.length);
            end += apdu.length;
            ends[i] = end;
        }
        return new Stream(Arrays.copyOf(octets, end), ends);
    }

    @Test
    void cutsAMillionApdusOutOfAStreamWhateverPiecesItComesIn() {
        for (int given = 0; given < APDUS; given += 1000) {
            Stream stream = stream(1000);
            int begin = 0;
            int apdu = 0;
            for (int at = 0; at < stream.octets.length; ) {
                int piece = Math.min(stream.octets.length - at, 1 + random.nextInt(1 << random.nextInt(12)));
                assembler.add(pool.takeForReceiving(piece).append(stream.octets, at, piece));
                at += piece;
                for (Pdu next = assembler.next(); next != null; next = assembler.next()) {
                    if (!Arrays.equals(
                            next.toByteArray(), Arrays.copyOfRange(stream.octets, begin, stream.ends[apdu]))) {
                        throw new AssertionError("APDU " + apdu + " is " + next);
                    }
                    begin = stream.ends[apdu++];
                    next.release();
                }
            }
            assertThat(apdu).isEqualTo(1000);
            assertThat(assembler.isEmpty()).isTrue();
        }
    }

    @Test
    void aMutatedStreamGivesApdusOrIsMalformed() {
        Stream stream = stream(100);
        int malformed = 0;
        for (int given = 0; given < APDUS; given += 100) {
            byte[] octets = stream.octets.clone();
            for (int n = random.nextInt(4); n > 0; n--) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt();
            }
            ApduAssembler other = new ApduAssembler(pool);
            for (int at = 0; at < octets.length && !other.isMalformed(); ) {
                int piece = Math.min(octets.length - at, 1 + random.nextInt(3000));
                other.add(pool.takeForReceiving(piece).append(octets, at, piece));
                at += piece;
                for (Pdu next = other.next(); next != null; next = other.next()) {
                    next.release();
                }
            }
            malformed += other.isMalformed() ? 1 : 0;
            other.release();
            assertThat(pool.outstanding()).isZero();
        }
        assertThat(malformed).isBetween(100, APDUS / 100 - 100);
    }
}
