package org.osistack.application.naming.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;

class DnsMessageTest {
    // What avahi 0.8 answers for bob.local: an A record with the cache-flush bit.
    private static final String RESPONSE = "00 00 84 00 00 00 00 01 00 00 00 00"
            + " 03 62 6f 62 05 6c 6f 63 61 6c 00 00 01 80 01 00 00 00 78 00 04 0a 04 00 01";
    private static final String QUERY =
            "00 00 00 00 00 01 00 00 00 00 00 00" + " 03 62 6f 62 05 6c 6f 63 61 6c 00 00 01 00 01";
    // A probe (RFC 6762 §8.1, §8.2): ANY with the unicast-response bit, and the proposed record, whose name is a
    // pointer.
    private static final String PROBE = "00 00 00 00 00 01 00 00 00 01 00 00"
            + " 03 62 6f 62 05 6c 6f 63 61 6c 00 00 ff 80 01"
            + " c0 0c 00 01 00 01 00 00 00 78 00 04 0a 04 00 01";
    // A PTR record whose data is a name that ends in a pointer.
    private static final String REVERSE = "00 00 84 00 00 00 00 02 00 00 00 00"
            + " 03 62 6f 62 05 6c 6f 63 61 6c 00 00 01 80 01 00 00 00 78 00 04 0a 04 00 01"
            + " 01 31 01 30 01 34 02 31 30 07 69 6e 2d 61 64 64 72 04 61 72 70 61 00"
            + " 00 0c 80 01 00 00 00 78 00 02 c0 0c";

    private static final DnsName BOB = DnsName.of("bob.local");
    private static final DnsRecord ADDRESS =
            new DnsRecord(BOB, DnsRecord.A, true, 120, Octets.of((byte) 10, (byte) 4, (byte) 0, (byte) 1));

    private final PduPool pool = new PduPool(64);

    @AfterEach
    void leavesNothingBehind() {
        assertThat(pool.outstanding()).isZero();
    }

    private DnsMessage parse(String hex) {
        return parse(Octets.ofHex(hex).toByteArray());
    }

    private DnsMessage parse(byte[] octets) {
        Pdu pdu = pool.takeForReceiving(octets.length).append(octets);
        DnsMessage message = DnsMessage.parse(pdu);
        pdu.release();
        return message;
    }

    private Octets emit(DnsMessage message) {
        Pdu pdu = message.emit(pool);
        Octets octets = Octets.of(pdu);
        pdu.release();
        return octets;
    }

    @Test
    void readsAndWritesAResponse() {
        DnsMessage message = DnsMessage.response(List.of(ADDRESS), List.of());

        assertThat(parse(RESPONSE)).isEqualTo(message);
        assertThat(emit(message)).isEqualTo(Octets.ofHex(RESPONSE));
        assertThat(message.isResponse()).isTrue();
    }

    @Test
    void readsAndWritesAQuery() {
        DnsMessage message = DnsMessage.query(List.of(new DnsQuestion(BOB, DnsRecord.A, false)), List.of(), List.of());

        assertThat(parse(QUERY)).isEqualTo(message);
        assertThat(emit(message)).isEqualTo(Octets.ofHex(QUERY));
        assertThat(message.isResponse()).isFalse();
    }

    @Test
    void readsAndWritesAProbeWithAPointer() {
        DnsMessage message = DnsMessage.query(
                List.of(new DnsQuestion(BOB, DnsRecord.ANY, true)), List.of(), List.of(ADDRESS.withCacheFlush(false)));

        assertThat(parse(PROBE)).isEqualTo(message);
        assertThat(emit(message)).isEqualTo(Octets.ofHex(PROBE));
    }

    @Test
    void writesOutTheNameInThePointersOfOthers() {
        DnsMessage message = parse(REVERSE);

        assertThat(message.answers()).hasSize(2);
        DnsRecord pointer = message.answers().get(1);
        assertThat(pointer.name()).hasToString("1.0.4.10.in-addr.arpa");
        assertThat(pointer.data()).isEqualTo(Octets.ofHex("03 62 6f 62 05 6c 6f 63 61 6c 00"));
        assertThat(parse(emit(message).toByteArray())).isEqualTo(message);
    }

    @Test
    void takesNamesForEqualThatDifferInCase() {
        assertThat(DnsName.of("BoB.Local"))
                .isEqualTo(BOB)
                .hasSameHashCodeAs(BOB)
                .hasToString("BoB.Local");
        assertThat(DnsName.of("bob.local.x")).isNotEqualTo(BOB);
        assertThat(DnsName.of("Ä.local")).isNotEqualTo(DnsName.of("ä.local")).hasToString("Ä.local");
    }

    @Test
    void refusesNamesThatCannotBe() {
        assertThat(DnsName.of("x".repeat(63) + ".local").encoded().length()).isEqualTo(71);
        assertThatThrownBy(() -> DnsName.of("x".repeat(64))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DnsName.of("a..b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DnsName.of("x.".repeat(127) + "xy")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // no header
                "00 00 84 00 00 00 00 01 00 00 00", // a header that is cut off
                "00 00 08 00 00 00 00 00 00 00 00 00", // opcode
                "00 00 84 03 00 00 00 00 00 00 00 00", // response code
                "00 00 00 00 00 01 00 00 00 00 00 00", // a question that is missing
                "00 00 00 00 00 01 00 00 00 00 00 00 c0 0c 00 01 00 01", // a pointer to itself
                "00 00 00 00 00 01 00 00 00 00 00 00 01 61 c0 0c 00 01 00 01", // a name that ends in itself
                "00 00 00 00 00 01 00 00 00 00 00 00 c0 20 00 01 00 01", // a pointer forward
                "00 00 00 00 00 01 00 00 00 00 00 00 c0", // half a pointer
                "00 00 00 00 00 01 00 00 00 00 00 00 40 61 00 00 01 00 01", // a label type that is not known
                "00 00 00 00 00 01 00 00 00 00 00 00 05 61 62", // a label that is cut off
                "00 00 00 00 00 02 00 00 00 00 00 00 01 61 c0 10 c0 0c 00 01 00 01", // two that point at each other
                "00 00 84 00 00 00 00 01 00 00 00 00 00 00 01 00 01 00 00 00 78 00 05 0a 04 00 01", // data cut off
                "00 00 84 00 00 00 00 01 00 00 00 00 00 00 0c 00 01 00 00 00 78 00 03 01 61 00 00" // no PTR's data
            })
    void refusesMalformedMessages(String hex) {
        if (hex.endsWith("00 03 01 61 00 00")) {
            assertThat(parse(hex)).isNotNull(); // a trailing octet is nobody's business
            hex = hex.replace("00 03 01 61 00 00", "00 04 01 61 00 00"); // but the data has to be the name
        }
        assertThat(parse(hex)).isNull();
    }

    @Test
    void refusesANameThatPointersMakeTooLong() {
        StringBuilder hex = new StringBuilder("00 00 00 00 00 05 00 00 00 00 00 00");
        hex.append(" 3f").append(" 61".repeat(63)).append(" 00 00 01 00 01");
        int previous = 12;
        int position = 12 + 64 + 5;
        for (int i = 1; i < 5; i++) {
            hex.append(" 3f").append(" 61".repeat(63)).append(String.format(" c0 %02x 00 01 00 01", previous));
            previous = position;
            position += 64 + 6;
            if (previous > 255) {
                break;
            }
        }
        assertThat(parse(hex.toString())).isNull();
    }

    @Test
    void leavesOutRecordsOfOtherClasses() {
        DnsMessage message = parse(RESPONSE.replace("00 01 80 01", "00 01 00 03"));

        assertThat(message.answers()).isEmpty();
    }

    @Test
    void survivesAnythingAndReadsWhatItHasWritten() {
        SplittableRandom random = new SplittableRandom(6762);
        byte[][] seeds = {
            Octets.ofHex(RESPONSE).toByteArray(),
            Octets.ofHex(QUERY).toByteArray(),
            Octets.ofHex(PROBE).toByteArray(),
            Octets.ofHex(REVERSE).toByteArray()
        };
        int good = 0;
        for (int i = 0; i < 1_000_000; i++) {
            byte[] octets = seeds[i % seeds.length].clone();
            for (int n = 1 + random.nextInt(4); n > 0; n--) {
                octets[random.nextInt(octets.length)] = (byte) (random.nextBoolean() ? 0xc0 : random.nextInt());
            }
            Pdu pdu = pool.takeForReceiving(octets.length).append(octets, 0, random.nextInt(octets.length + 1));
            DnsMessage message = DnsMessage.parse(pdu);
            pdu.release();
            if (message != null && i % 16 < 4) {
                good++;
                assertThat(parse(emit(message).toByteArray())).isEqualTo(message);
            }
        }
        assertThat(good).isPositive();
    }
}
