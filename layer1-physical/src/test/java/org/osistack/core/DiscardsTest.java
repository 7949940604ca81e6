package org.osistack.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiscardsTest {
    private final Host host = new Simulation(1).newHost("alice");

    @Test
    void countsByReasonAndReleases() {
        Discards discards = host.discards(4, "TCP");

        discards.drop(Discard.BAD_CHECKSUM, host.pool().take());
        discards.drop(Discard.BAD_CHECKSUM, host.pool().take());
        discards.drop(Discard.TOO_SHORT, host.pool().take());

        assertThat(discards.count(Discard.BAD_CHECKSUM)).isEqualTo(2);
        assertThat(discards.count(Discard.BAD_FCS)).isZero();
        assertThat(discards.counts()).containsExactly(entry(Discard.TOO_SHORT, 1L), entry(Discard.BAD_CHECKSUM, 2L));
        assertThat(discards.total()).isEqualTo(3);
        assertThat(host.pool().outstanding()).isZero();
    }

    @Test
    void aHostHasOneCountForEachProtocol() {
        Discards tcp = host.discards(4, "TCP");

        assertThat(host.discards(4, "TCP")).isSameAs(tcp);
        assertThat(host.discards(4, "UDP")).isNotSameAs(tcp);
        assertThat(host.allDiscards()).extracting(d -> d.origin().protocol()).containsExactly("TCP", "UDP");
    }

    @Test
    void tellsTheObserverWhileThePduIsStillThere() {
        List<String> told = new ArrayList<>();
        host.observe(new Observer() {
            @Override
            public void discarded(Origin origin, Discard reason, Pdu pdu) {
                told.add(origin.layer() + " " + origin.protocol() + " " + reason.text() + " " + pdu);
            }
        });

        host.discards(2, "Ethernet").drop(Discard.BAD_FCS, host.pool().take().appendUint8(0x7e));

        assertThat(told).containsExactly("2 Ethernet frame check sequence wrong 7e");
        assertThat(host.pool().outstanding()).isZero();
    }
}
