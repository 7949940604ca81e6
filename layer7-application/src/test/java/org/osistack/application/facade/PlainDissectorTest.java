package org.osistack.application.facade;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osistack.core.Direction;
import org.osistack.core.Dissection;
import org.osistack.core.Dissector;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;

class PlainDissectorTest {
    private static final byte[] REQUEST =
            "GET /a HTTP/1.1\r\nHost: bob\r\nno colon\r\n\r\nmore".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ANNOUNCEMENT = Octets.ofHex("00 00 84 00 00 00 00 01 00 00 00 00"
                    + " 03 62 6f 62 05 6c 6f 63 61 6c 00 00 01 80 01 00 00 00 78 00 04 0a 04 00 01")
            .toByteArray();

    private final PduPool pool = new PduPool(64);

    @AfterEach
    void leavesNothingBehind() {
        assertThat(pool.outstanding()).isZero();
    }

    private Dissection dissect(Dissector dissector, byte[] octets) {
        Pdu pdu = pool.takeForReceiving(octets.length).append(octets);
        Dissection dissection = new Dissection();
        dissector.dissect(pdu, null, Direction.UP, dissection);
        pdu.release();
        return dissection;
    }

    @Test
    void explainsTheHeadOfARequest() {
        Dissection dissection = dissect(new PlainDissector(), REQUEST);

        assertThat(dissection.protocol() + " " + dissection.name() + " " + dissection.summary())
                .isEqualTo("HTTP request GET /a HTTP/1.1");
        assertThat(dissection.fields())
                .extracting(Dissection.Field::name)
                .containsExactly("start-line", "Host", "field-line", "end of the head");
        assertThat(dissection.fields().get(1).text()).isEqualTo("bob");
        assertThat(dissection.sduOffset()).isEqualTo(REQUEST.length - 4);
        assertThat(dissection.sduLength()).isEqualTo(4);
    }

    @Test
    void takesWhatFollowsOnAnHttpConnectionForContent() {
        PlainDissector dissector = new PlainDissector();
        assertThat(dissect(dissector, "HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII))
                        .name())
                .isEqualTo("response");

        assertThat(dissect(dissector, ANNOUNCEMENT).name()).isEqualTo("content");
    }

    @Test
    void explainsMulticastDns() {
        Dissection dissection = dissect(new PlainDissector(), ANNOUNCEMENT);

        assertThat(dissection.protocol() + " " + dissection.name() + " " + dissection.summary())
                .isEqualTo("MDNS response bob.local A 10.4.0.1, 120 s");
    }

    @Test
    void takesAllElseForOctets() {
        Dissection dissection = dissect(new PlainDissector(), new byte[] {1, 2, 3});

        assertThat(dissection.protocol()).isEqualTo("octets");
        assertThat(dissection.sduLength()).isEqualTo(3);
    }

    @Test
    void explainsAnything() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 100_000; i++) {
            byte[] octets = (random.nextBoolean() ? REQUEST : ANNOUNCEMENT).clone();
            for (int n = random.nextInt(4); n > 0; n--) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt();
            }
            byte[] cut = Arrays.copyOf(octets, random.nextInt(octets.length + 1));
            Dissection dissection = dissect(new PlainDissector(), cut);
            for (Dissection.Field field : dissection.fields()) {
                assertThat(field.offset() + field.length()).isBetween(0, cut.length);
            }
        }
    }
}
