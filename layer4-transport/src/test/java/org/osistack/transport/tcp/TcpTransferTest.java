package org.osistack.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.osistack.transport.DisconnectReason;

class TcpTransferTest {
    private static final int SEEDS = 100;

    private static void assertDeliveredAndClosed(TwoTcps tcps, TwoTcps.Sender user, long seed) {
        assertThat(user.reason).as("seed %d: left", seed).isEqualTo(DisconnectReason.RELEASED);
        TwoTcps.Sender peer = tcps.accepted.get(0);
        assertThat(peer.reason).as("seed %d: right", seed).isEqualTo(DisconnectReason.RELEASED);
        assertThat(peer.received.toByteArray())
                .as("seed %d: left to right", seed)
                .isEqualTo(user.toSend);
        assertThat(user.received.toByteArray())
                .as("seed %d: right to left", seed)
                .isEqualTo(peer.toSend);
        tcps.time.run(Duration.ofMinutes(3));
        assertThat(tcps.left.endpoints()).as("seed %d", seed).isEmpty();
        assertThat(tcps.leftHost.pool().outstanding())
                .as("seed %d: left pool", seed)
                .isZero();
        assertThat(tcps.rightHost.pool().outstanding())
                .as("seed %d: right pool", seed)
                .isZero();
    }

    @Test
    void deliversBothWaysOnAPerfectLink() {
        TwoTcps tcps = new TwoTcps(1);
        TwoTcps.Sender user = tcps.exchange(1_000_000, 500_000, 1);
        assertThat(tcps.runUntilEnded(user, Duration.ofMinutes(1))).isTrue();
        assertThat(tcps.left.counters.retransSegs).isZero();
        assertDeliveredAndClosed(tcps, user, 1);
    }

    @Test
    void deliversExactlyOverAHundredBadLinks() {
        for (long seed = 0; seed < SEEDS; seed++) {
            TwoTcps tcps = badLink(seed);
            TwoTcps.Sender user = tcps.exchange(120_000, 60_000, seed);
            assertThat(tcps.runUntilEnded(user, Duration.ofMinutes(30)))
                    .as("seed %d ends", seed)
                    .isTrue();
            assertDeliveredAndClosed(tcps, user, seed);
        }
    }

    private static TwoTcps badLink(long seed) {
        TwoTcps tcps = new TwoTcps(
                seed,
                "timeout=20m",
                "sack=" + (seed % 4 == 1 ? "off" : "on"),
                "timestamps=" + (seed % 4 == 2 ? "off" : "on"),
                "congestion=" + (seed % 2 == 0 ? "newreno" : "cubic"));
        tcps.link.loss = 0.05;
        tcps.link.duplication = 0.02;
        tcps.link.reordering = 0.1;
        tcps.link.corruption = 0.02;
        return tcps;
    }
}
