package org.osistack.application.bank;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.osistack.core.Octets;

class TrafficTest {
    private static final Octets ORDER = Octets.ofHex("a1 02 03 04");
    private static final Octets ANSWER = Octets.ofHex("a2 01 00");

    private final Traffic traffic = new Traffic();

    @Test
    void countsWhatWasSentAgainWhoeverSendsIt() {
        traffic.sent(ORDER, 0, 4);
        traffic.killed();
        traffic.sent(ORDER, 0, 2);
        traffic.sent(ORDER, 2, 4);
        traffic.over(ORDER);
        traffic.sent(ANSWER, 0, 3);

        assertThat(traffic.once()).isEqualTo(7);
        assertThat(traffic.again()).isEqualTo(4);
        assertThat(traffic.longest()).isEqualTo(4);
    }

    @Test
    void takesForUnconfirmedWhatIsWhenTheLossIsNoticedOnceForEachCut() {
        traffic.cutting();
        traffic.sent(ORDER, 0, 4); // into the cable that is cut
        traffic.lost();
        traffic.lost();
        assertThat(traffic.unconfirmed()).isEqualTo(4);

        traffic.over(ORDER);
        traffic.sent(ANSWER, 0, 3);
        traffic.cutting();
        assertThat(traffic.unconfirmed()).isEqualTo(7);
    }
}
