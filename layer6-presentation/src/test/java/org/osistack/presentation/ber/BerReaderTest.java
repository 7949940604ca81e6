package org.osistack.presentation.ber;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;
import org.osistack.presentation.ObjectIdentifier;

class BerReaderTest {
    @Test
    void readsValuesOfEachType() {
        BerReader reader = read("01 01 ff  02 01 80  02 02 00 80  0a 01 07  05 00  06 04 52 01 00 01  03 02 05 a0"
                + "  04 03 01 02 03  0c 03 e2 82 ac  16 02 48 69");

        assertThat(reader.bool(Tag.BOOLEAN)).isTrue();
        assertThat(reader.integer(Tag.INTEGER)).isEqualTo(-128);
        assertThat(reader.integer(Tag.INTEGER)).isEqualTo(128);
        assertThat(reader.integer(Tag.ENUMERATED, 0, 7)).isEqualTo(7);
        reader.nul(Tag.NULL);
        assertThat(reader.objectIdentifier(Tag.OBJECT_IDENTIFIER)).isEqualTo(ObjectIdentifier.ACSE);
        BitString bits = reader.bitString(Tag.BIT_STRING);
        assertThat(bits.length()).isEqualTo(3);
        assertThat(bits.named()).isEqualTo(0b101);
        assertThat(reader.octetString(Tag.OCTET_STRING)).isEqualTo(Octets.ofHex("010203"));
        assertThat(reader.utf8String(Tag.UTF8_STRING)).isEqualTo("€");
        assertThat(reader.latinString(Tag.IA5_STRING)).isEqualTo("Hi");
        assertThat(reader.hasMore()).isFalse();
        assertThat(reader.isMalformed()).isFalse();
    }

    @Test
    void readsObjectIdentifiersOfAllThreeArcs() {
        assertThat(read("06 05 28 ca 22 02 01").objectIdentifier(6)).hasToString("1.0.9506.2.1");
        assertThat(read("06 01 00").objectIdentifier(6)).hasToString("0.0");
        assertThat(read("06 03 88 37 03").objectIdentifier(6)).hasToString("2.999.3");
        // X.667: a UUID is one component, of up to 128 bits
        assertThat(read("06 14 69 83 ff ff ff ff ff ff ff ff ff ff ff ff ff ff ff ff ff 7f")
                        .objectIdentifier(6))
                .hasToString("2.25.340282366920938463463374607431768211455");
        assertThat(read("06 0b 83 ff ff ff ff ff ff ff ff ff 7f").objectIdentifier(6))
                .hasToString("2.4722366482869645213615");
    }

    @Test
    void entersDefiniteAndIndefiniteLengthsAlike() {
        for (String hex : new String[] {
            "30 08 a0 03 02 01 05 04 01 09",
            "30 80 a0 80 02 01 05 00 00 04 01 09 00 00",
            "30 81 0a a0 82 00 03 02 01 05 04 01 09"
        }) {
            BerReader reader = read(hex);
            reader.enter(Tag.SEQUENCE).enter(Tag.contextConstructed(0));
            assertThat(reader.integer(Tag.INTEGER)).isEqualTo(5);
            reader.end();
            reader.leave();
            assertThat(reader.octetString(Tag.OCTET_STRING)).isEqualTo(Octets.ofHex("09"));
            reader.end();
            reader.leave();
            reader.end();
            assertThat(reader.isMalformed()).as(hex).isFalse();
        }
    }

    @Test
    void readsStringsInSegments() {
        assertThat(read("24 80 04 02 01 02 24 03 04 01 03 00 00").octetString(Tag.OCTET_STRING))
                .isEqualTo(Octets.ofHex("010203"));
        assertThat(read("a1 04 04 02 68 69").latinString(Tag.context(1))).isEqualTo("hi");
        assertThat(read("23 09 03 03 00 0a 3b 03 02 04 50").bitString(Tag.BIT_STRING))
                .isEqualTo(new BitString(Octets.ofHex("0a3b50"), 4));
        BerReader unusedInTheMiddle = read("23 08 03 02 04 50 03 02 00 0a");
        unusedInTheMiddle.bitString(Tag.BIT_STRING);
        assertThat(unusedInTheMiddle.isMalformed()).isTrue();
    }

    @Test
    void readsHighTagNumbers() {
        BerReader reader = read("9f 1f 01 05  bf 83 ff 7f 02 05 00  5f 84 80 80 00 00");

        assertThat(reader.integer(Tag.context(31))).isEqualTo(5);
        reader.enter(Tag.contextConstructed(0xffff));
        reader.nul(Tag.NULL);
        reader.leave();
        assertThat(reader.tag()).isEqualTo(Tag.application(0x800000));
        reader.skip();
        assertThat(reader.isMalformed()).isFalse();
        assertThat(Tag.name(Tag.contextConstructed(0xffff))).isEqualTo("[65535]");
        assertThat(Tag.name(0x61)).isEqualTo("[APPLICATION 1]");
    }

    @Test
    void skipsAndKeepsWhatItDoesNotKnow() {
        BerReader reader = read("a0 80 30 80 02 01 01 00 00 00 00  04 01 07");

        assertThat(reader.element()).isEqualTo(Octets.ofHex("a0 80 30 80 02 01 01 00 00 00 00"));
        assertThat(reader.offset()).isEqualTo(11);
        reader.skip();
        assertThat(reader.hasMore()).isFalse();
        assertThat(reader.isMalformed()).isFalse();
    }

    @Test
    void latchesTheFirstErrorAndGivesEmptyValuesFromThenOn() {
        for (String hex : new String[] {
            "",
            "02",
            "02 00",
            "02 02 01",
            "02 09 00 00 00 00 00 00 00 00 01",
            "03 01 01",
            "02 80 00 00",
            "02 ff",
            "02 84 80 00 00 00",
            "02 85 01 00 00 00 00",
            "00 00",
            "1f 81",
            "1f ff ff ff ff ff 01",
            "30 80 02 01 00",
            "30 05 02 04 01",
            "05 00"
        }) {
            BerReader reader = read(hex);
            assertThat(reader.integer(Tag.INTEGER)).isZero();
            assertThat(reader.isMalformed()).as(hex).isTrue();
            assertThat(reader.hasMore()).isFalse();
            assertThat(reader.tag()).isEqualTo(Tag.NONE);
            assertThat(reader.element()).isEqualTo(Octets.EMPTY);
            assertThat(reader.octetString(Tag.OCTET_STRING)).isEqualTo(Octets.EMPTY);
            assertThat(reader.utf8String(Tag.UTF8_STRING)).isEmpty();
            assertThat(reader.objectIdentifier(Tag.OBJECT_IDENTIFIER)).hasToString("0.0");
        }
    }

    @Test
    void refusesObjectIdentifiersThatAreNone() {
        for (String hex : new String[] {
            "06 00",
            "06 01 80",
            "06 02 2a 80",
            "06 03 2a 80 01",
            "06 15 " + "ff ".repeat(20) + "7f",
            "06 46 " + "01 ".repeat(70)
        }) {
            BerReader reader = read(hex);
            assertThat(reader.objectIdentifier(Tag.OBJECT_IDENTIFIER)).hasToString("0.0");
            assertThat(reader.isMalformed()).as(hex).isTrue();
        }
    }

    @Test
    void refusesAValueOutsideItsBounds() {
        BerReader reader = read("02 01 08");

        assertThat(reader.integer(Tag.INTEGER, 1, 7)).isEqualTo(1);
        assertThat(reader.isMalformed()).isTrue();
    }

    @Test
    void refusesNestingThatIsTooDeep() {
        BerReader definite = new BerReader(new byte[200]);
        BerWriter writer = new BerWriter();
        for (int i = 0; i < 100; i++) {
            writer.wrap(Tag.SEQUENCE, 0);
        }
        BerReader reader = new BerReader(writer.toOctets());
        for (int i = 0; i < 64; i++) {
            reader.enter(Tag.SEQUENCE);
        }
        assertThat(reader.isMalformed()).isFalse();
        reader.enter(Tag.SEQUENCE);
        assertThat(reader.isMalformed()).isTrue();
        assertThat(definite.tag()).isEqualTo(Tag.NONE);

        BerReader indefinite = read("30 80 ".repeat(100) + "00 00 ".repeat(100));
        indefinite.skip();
        assertThat(indefinite.isMalformed()).isTrue();
    }

    @Test
    void readsAPduWhereItLies() {
        PduPool pool = new PduPool(16);
        Pdu pdu = pool.take().append(Octets.ofHex("ff 02 01 05").toByteArray()).pullHeader(1);
        BerReader reader = new BerReader(pdu);

        assertThat(reader.offset()).isZero();
        assertThat(reader.integer(Tag.INTEGER)).isEqualTo(5);
        assertThat(reader.offset()).isEqualTo(3);
        pdu.release();
        assertThat(pool.outstanding()).isZero();
    }

    @Test
    void tellsHowLongAnEncodingIs() {
        assertThat(lengthOf("")).isEqualTo(BerLength.INCOMPLETE);
        assertThat(lengthOf("30")).isEqualTo(BerLength.INCOMPLETE);
        assertThat(lengthOf("30 82 01")).isEqualTo(BerLength.INCOMPLETE);
        assertThat(lengthOf("30 82 01 00")).isEqualTo(0x104);
        assertThat(lengthOf("30 84 7f ff ff f9")).isEqualTo(0x7fffffff);
        assertThat(lengthOf("30 84 7f ff ff fa")).isEqualTo(BerLength.MALFORMED);
        assertThat(lengthOf("9f 81 01 03")).isEqualTo(7);
        assertThat(lengthOf("30 80 04 01 00 00")).isEqualTo(BerLength.INCOMPLETE);
        assertThat(lengthOf("30 80 04 01 00 00 00 ff")).isEqualTo(7);
        assertThat(lengthOf("30 80 00 01")).isEqualTo(BerLength.MALFORMED);
        assertThat(lengthOf("00")).isEqualTo(BerLength.MALFORMED);
        assertThat(lengthOf("04 80")).isEqualTo(BerLength.MALFORMED);
        assertThat(lengthOf("04 ff")).isEqualTo(BerLength.MALFORMED);
    }

    @Test
    void copesWithAnyOctets() {
        SplittableRandom random = new SplittableRandom(690);
        int[] tags = {1, 2, 3, 4, 5, 6, 0x0c, 0x30, 0x31, 0x24, 0x23, 0xa0, 0x80, 0x61, 0x9f};
        int wellFormed = 0;
        for (int i = 0; i < 1_000_000; i++) {
            byte[] octets = new byte[random.nextInt(24)];
            random.nextBytes(octets);
            for (int k = 0; k < octets.length; k++) { // half of them likely to mean something
                if (random.nextBoolean()) {
                    octets[k] = (byte) (random.nextBoolean() ? tags[random.nextInt(tags.length)] : random.nextInt(6));
                }
            }
            int length = BerLength.of(octets, 0, octets.length);
            BerReader reader = new BerReader(octets);
            wellFormed += walk(reader, 0);
            assertThat(reader.hasMore()).isFalse();
            if (length < 0 || length > octets.length) {
                assertThat(reader.isMalformed() || octets.length == 0).isTrue();
            }
        }
        assertThat(wellFormed).isGreaterThan(1000);
    }

    /** Read everything there is, each encoding as what its tag says. */
    private static int walk(BerReader reader, int read) {
        int count = read;
        while (reader.hasMore()) {
            int tag = reader.tag();
            switch (tag) {
                case Tag.BOOLEAN -> reader.bool(tag);
                case Tag.INTEGER -> reader.integer(tag);
                case Tag.BIT_STRING, 0x23 -> reader.bitString(Tag.BIT_STRING);
                case Tag.OCTET_STRING, 0x24 -> reader.octetString(Tag.OCTET_STRING);
                case Tag.OBJECT_IDENTIFIER -> reader.objectIdentifier(tag);
                case Tag.NONE -> reader.skip();
                default -> {
                    if (Tag.isConstructed(tag)) {
                        reader.enter(tag);
                        count = walk(reader, count);
                        reader.leave();
                    } else {
                        reader.contents(tag);
                    }
                }
            }
            count += reader.isMalformed() ? 0 : 1;
        }
        return count;
    }

    private static BerReader read(String hex) {
        return new BerReader(Octets.ofHex(hex));
    }

    private static int lengthOf(String hex) {
        byte[] octets = Octets.ofHex(hex).toByteArray();
        return BerLength.of(octets, 0, octets.length);
    }
}
