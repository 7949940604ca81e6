package org.osistack.presentation.ber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;
import org.osistack.presentation.ObjectIdentifier;

class BerWriterTest {
    private final PduPool pool = new PduPool(32);

    @AfterEach
    void noPduLeaks() {
        assertThat(pool.outstanding()).isZero();
    }

    @Test
    void writesIntegersInAsFewOctetsAsPossible() {
        assertThat(integer(0)).isEqualTo("020100");
        assertThat(integer(127)).isEqualTo("02017f");
        assertThat(integer(128)).isEqualTo("02020080");
        assertThat(integer(256)).isEqualTo("02020100");
        assertThat(integer(-1)).isEqualTo("0201ff");
        assertThat(integer(-128)).isEqualTo("020180");
        assertThat(integer(-129)).isEqualTo("0202ff7f");
        assertThat(integer(Long.MIN_VALUE)).isEqualTo("02088000000000000000");
        assertThat(integer(0xffff_ffffL)).isEqualTo("020500ffffffff");
    }

    @Test
    void writesTheOtherTypes() {
        BerWriter out = new BerWriter();
        out.asciiString(Tag.IA5_STRING, "Hi€");
        out.utf8String(Tag.UTF8_STRING, "€");
        out.octetString(Tag.context(1), Octets.ofHex("0102"));
        out.bitString(Tag.BIT_STRING, BitString.ofNamed(0b101, 3));
        out.objectIdentifier(Tag.OBJECT_IDENTIFIER, ObjectIdentifier.of("1.0.9506.2.3"));
        out.nul(Tag.NULL);
        out.bool(Tag.BOOLEAN, true);

        assertThat(out.toOctets())
                .isEqualTo(
                        Octets.ofHex(
                                "01 01 ff  05 00  06 05 28 ca 22 02 03  03 02 05 a0  81 02 01 02  0c 03 e2 82 ac  16 03 48 69 3f"));
    }

    @Test
    void putsHeadersBeforeWhatItWrote() {
        BerWriter out = new BerWriter();
        int end = out.mark();
        out.integer(0x81, 7);
        out.integer(0x80, 1);
        out.wrap(Tag.SEQUENCE, end);

        assertThat(out.toOctets()).isEqualTo(Octets.ofHex("30 06 80 01 01 81 01 07"));
    }

    @Test
    void writesLongLengthsAndHighTagNumbers() {
        assertThat(wrapped(0x30, 127)).startsWith("307f");
        assertThat(wrapped(0x30, 128)).startsWith("308180");
        assertThat(wrapped(0x30, 256)).startsWith("30820100");
        assertThat(wrapped(0x30, 70_000)).startsWith("3083011170");
        assertThat(wrapped(Tag.context(31), 1)).startsWith("9f1f01");
        assertThat(wrapped(Tag.applicationConstructed(0xffff), 1)).startsWith("7f83ff7f01");
    }

    @Test
    void writesInFrontOfAPduAndLeavesItsDataWhereItIs() {
        Pdu pdu = pool.take().append(new byte[] {1, 2});
        byte[] array = pdu.array();
        int offset = pdu.arrayOffset();
        new BerWriter(pdu).wrap(Tag.OCTET_STRING, 0).integer(Tag.INTEGER, 3).wrap(Tag.SEQUENCE, 0);

        assertThat(pdu).hasToString("30070201030402" + "0102");
        assertThat(pdu.array()).isSameAs(array);
        assertThat(pdu.arrayOffset() + pdu.length()).isEqualTo(offset + 2);
        BerWriter full = new BerWriter(pdu);
        assertThatThrownBy(() -> full.octetString(Tag.OCTET_STRING, Octets.of(new byte[100])))
                .isInstanceOf(IllegalStateException.class);
        pdu.release();
    }

    @Test
    void handsOverWhatItWroteAsAPduOfThePool() {
        Pdu pdu = new BerWriter().integer(Tag.INTEGER, 3).toPdu(pool);

        assertThat(pdu).hasToString("020103");
        assertThat(pdu.headroom()).isEqualTo(32);
        pdu.release();
    }

    @Test
    void readsBackWhatItWrote() {
        SplittableRandom random = new SplittableRandom(8);
        for (int i = 0; i < 100_000; i++) {
            long number = random.nextLong() >> random.nextInt(64);
            int tag = Tag.context(random.nextInt(1 << random.nextInt(1, 24)));
            int outer = Tag.contextConstructed(random.nextInt(1 << random.nextInt(1, 24)));
            byte[] octets = new byte[random.nextInt(200)];
            random.nextBytes(octets);
            int bits = random.nextInt() & 0x1fff;
            ObjectIdentifier object = ObjectIdentifier.of(
                    random.nextInt(2) + "." + random.nextInt(40) + "." + (random.nextLong() >>> random.nextInt(1, 64))
                            + ".2." + random.nextInt(1 << random.nextInt(1, 30)));
            BerWriter out = new BerWriter();
            out.objectIdentifier(tag, object);
            out.bitString(tag, BitString.ofNamed(bits, 13));
            out.octetString(tag, Octets.of(octets));
            out.integer(tag, number);
            Octets written = out.wrap(outer, 0).toOctets();

            BerReader in = new BerReader(written).enter(outer);
            assertThat(in.integer(tag)).isEqualTo(number);
            assertThat(in.octetString(tag)).isEqualTo(Octets.of(octets));
            assertThat(in.bitString(tag).named()).isEqualTo(bits);
            assertThat(in.objectIdentifier(tag)).isEqualTo(object);
            in.end();
            in.leave().end();
            assertThat(in.isMalformed()).isFalse();
            assertThat(BerLength.of(written.toByteArray(), 0, written.length())).isEqualTo(written.length());
            Octets truncated = written.slice(0, random.nextInt(written.length()));
            BerReader cut = new BerReader(truncated);
            cut.skip();
            assertThat(cut.isMalformed()).isTrue();
        }
    }

    private static String integer(long value) {
        return new BerWriter().integer(Tag.INTEGER, value).toOctets().toString();
    }

    private static String wrapped(int tag, int length) {
        return new BerWriter()
                .element(new byte[length], 0, length)
                .wrap(tag, 0)
                .toOctets()
                .toString();
    }
}
