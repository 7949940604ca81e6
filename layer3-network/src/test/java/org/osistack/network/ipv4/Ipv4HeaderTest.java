package org.osistack.network.ipv4;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osistack.core.Discard;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;
import org.osistack.network.RecordingLink;

class Ipv4HeaderTest {
    // The header that Wikipedia and many textbooks compute: checksum b861
    private static final String HEADER = "45 00 0073 0000 4000 40 11 b861 c0a80001 c0a800c7";

    private final PduPool pool = new PduPool(64);
    private final Pdu pdu = pool.take();

    @AfterEach
    void noPduLeaks() {
        pdu.release();
        assertThat(pool.outstanding()).isZero();
    }

    @Test
    void writesEveryOctetOfAHeader() {
        Arrays.fill(pdu.array(), (byte) 0xa5);
        new Ipv4Header()
                .wrap(pdu.pushHeader(Ipv4Header.LENGTH))
                .init()
                .totalLength(0x73)
                .identification(0)
                .fragment(Ipv4Header.DONT_FRAGMENT, 0)
                .timeToLive(64)
                .protocol(17)
                .source(0xc0a80001)
                .destination(0xc0a800c7)
                .fillChecksum();
        assertThat(pdu).hasToString(HEADER.replace(" ", ""));
    }

    @Test
    void readsEveryFieldOfAHeader() {
        pdu.append(RecordingLink.octets("46 b9 0018 1234 6007 01 06 0000 01020304 f1f2f3f4 01010101"));
        Ipv4Header header = new Ipv4Header().wrap(pdu).fillChecksum();
        assertThat(Ipv4Header.fault(pdu)).isNull();
        assertThat(header.headerLength()).isEqualTo(24);
        assertThat(header.typeOfService()).isEqualTo(0xb9);
        assertThat(header.totalLength()).isEqualTo(24);
        assertThat(header.identification()).isEqualTo(0x1234);
        assertThat(header.dontFragment()).isTrue();
        assertThat(header.moreFragments()).isTrue();
        assertThat(header.isFragment()).isTrue();
        assertThat(header.fragmentOffset()).isEqualTo(56);
        assertThat(header.timeToLive()).isOne();
        assertThat(header.protocol()).isEqualTo(6);
        assertThat(header.source()).isEqualTo(0x01020304);
        assertThat(header.destination()).isEqualTo(0xf1f2f3f4);
    }

    @Test
    void findsWhatIsWrongWithAHeader() {
        assertThat(fault(HEADER, 115)).isNull();
        assertThat(fault(HEADER, 200)).isNull();
        assertThat(fault(HEADER, 114)).isEqualTo(Discard.BAD_LENGTH);
        assertThat(fault(HEADER, 19)).isEqualTo(Discard.TOO_SHORT);
        assertThat(fault(HEADER.replace("45 00", "65 00"), 115)).isEqualTo(Discard.BAD_VERSION);
        assertThat(fault(HEADER.replace("45 00", "44 00"), 115)).isEqualTo(Discard.BAD_LENGTH);
        assertThat(fault(HEADER.replace("45 00", "4f 00"), 40)).isEqualTo(Discard.BAD_LENGTH);
        assertThat(fault(HEADER.replace("0073", "0013"), 115)).isEqualTo(Discard.BAD_LENGTH);
        assertThat(fault(HEADER.replace("40 11", "3f 11"), 115)).isEqualTo(Discard.BAD_CHECKSUM);
    }

    private Discard fault(String header, int length) {
        pdu.truncate(0).append(RecordingLink.octets(header)).pushTrailer(180).truncate(length);
        return Ipv4Header.fault(pdu);
    }
}
