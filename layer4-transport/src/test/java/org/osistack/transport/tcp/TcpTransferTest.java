package org.osistack.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.osistack.core.Pdu;
import org.osistack.transport.DisconnectReason;
import org.osistack.transport.OctetStreamConnection;
import org.osistack.transport.RecordingUser;
import org.osistack.transport.TransportAddress;

/** Two TCPs with each other, over links of every quality. */
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
        tcps.assertNothingLeft("seed " + seed);
    }

    @Test
    void deliversBothWaysOnAPerfectLink() {
        TwoTcps tcps = new TwoTcps(1);
        TwoTcps.Sender user = tcps.exchange(1_000_000, 500_000, 1);
        assertThat(tcps.runUntilEnded(user, Duration.ofMinutes(1))).isTrue();
        assertThat(tcps.left.counters.retransSegs).isZero();
        assertThat(tcps.right.counters.retransSegs).isZero();
        assertDeliveredAndClosed(tcps, user, 1);
    }

    @Test
    void deliversExactlyOverAHundredBadLinks() {
        long retransmissions = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            TwoTcps tcps = badLink(seed);
            TwoTcps.Sender user = tcps.exchange(120_000, 60_000, seed);
            assertThat(tcps.runUntilEnded(user, Duration.ofMinutes(30)))
                    .as("seed %d ends", seed)
                    .isTrue();
            retransmissions += tcps.left.counters.retransSegs;
            assertDeliveredAndClosed(tcps, user, seed);
        }
        assertThat(retransmissions).isGreaterThan(100 * 80L / 20); // or the links were not bad at all
    }

    @Test
    void theSameSeedGivesTheSameOctets() {
        for (long seed = 0; seed < 4; seed++) {
            assertThat(fingerprintOf(seed)).isEqualTo(fingerprintOf(seed)).isNotEqualTo(fingerprintOf(seed + 100));
        }
    }

    private static long fingerprintOf(long seed) {
        TwoTcps tcps = badLink(seed);
        tcps.runUntilEnded(tcps.exchange(50_000, 50_000, 7), Duration.ofMinutes(30));
        return tcps.link.fingerprint();
    }

    private static TwoTcps badLink(long seed) {
        TwoTcps tcps = new TwoTcps(
                seed,
                "timeout=20m",
                "sack=" + (seed % 4 == 1 ? "off" : "on"),
                "timestamps=" + (seed % 4 == 2 ? "off" : "on"),
                "nodelay=" + (seed % 8 == 3 ? "off" : "on"),
                "window=" + (seed % 3 == 0 ? "8k" : "512k"),
                "congestion=" + (seed % 2 == 0 ? "newreno" : "cubic"));
        tcps.link.loss = 0.05;
        tcps.link.duplication = 0.02;
        tcps.link.reordering = 0.1;
        tcps.link.corruption = 0.02;
        return tcps;
    }

    @Test
    void outlastsALinkThatIsDownForFiveSeconds() {
        TwoTcps tcps = new TwoTcps(5);
        tcps.link.bitsPerSecond = 10_000_000;
        TwoTcps.Sender user = tcps.exchange(2_000_000, 0, 5);
        tcps.time.run(Duration.ofMillis(500));
        tcps.link.down = true;
        tcps.time.run(Duration.ofSeconds(5));
        tcps.link.down = false;
        assertThat(tcps.runUntilEnded(user, Duration.ofSeconds(10))).isTrue();
        assertDeliveredAndClosed(tcps, user, 5);
    }

    @Test
    void givesUpOnBothSidesWhenTheLinkStaysDown() {
        TwoTcps tcps = new TwoTcps(6, "keep-alive=60s");
        tcps.link.bitsPerSecond = 10_000_000;
        TwoTcps.Sender user = tcps.exchange(2_000_000, 0, 6);
        tcps.time.run(Duration.ofMillis(500));
        tcps.link.down = true;
        assertThat(tcps.runUntilEnded(user, Duration.ofMinutes(30))).isTrue();
        assertThat(user.reason).isEqualTo(DisconnectReason.TIMEOUT);
        assertThat(tcps.accepted.get(0).reason).isEqualTo(DisconnectReason.TIMEOUT);
        tcps.assertNothingLeft("down");
    }

    @Test
    void aUserThatPausesNowAndThenLosesNothing() {
        for (long seed = 0; seed < 20; seed++) {
            TwoTcps tcps = new TwoTcps(seed, "window=16k", "sendbuffer=16k");
            tcps.link.loss = seed % 2 == 0 ? 0 : 0.03;
            TwoTcps.Sender user = tcps.exchange(200_000, 200_000, seed);
            tcps.time.runUntil(() -> !tcps.accepted.isEmpty(), Duration.ofMinutes(1));
            pausing(tcps, user);
            pausing(tcps, tcps.accepted.get(0));
            assertThat(tcps.runUntilEnded(user, Duration.ofMinutes(30)))
                    .as("seed %d ends", seed)
                    .isTrue();
            assertDeliveredAndClosed(tcps, user, seed);
        }
    }

    private static void pausing(TwoTcps tcps, TwoTcps.Sender user) {
        var timer = tcps.leftHost.newTimer(user.connection::resume);
        user.onData = () -> {
            if (tcps.leftHost.random().nextInt(10) == 0) {
                user.connection.pause();
                timer.arm(tcps.leftHost.random().nextLong(2_000_000_000L));
            }
        };
    }

    @Test
    void anExtremelyLongPauseKeepsTheConnection() {
        TwoTcps tcps = new TwoTcps(9, "window=16k", "sendbuffer=16k");
        TwoTcps.Sender user = tcps.exchange(100_000, 0, 9);
        tcps.time.runUntil(() -> !tcps.accepted.isEmpty(), Duration.ofMinutes(1));
        tcps.accepted.get(0).connection.pause();
        tcps.time.run(Duration.ofHours(5));
        assertThat(user.reason).isNull();
        tcps.accepted.get(0).connection.resume();
        assertThat(tcps.runUntilEnded(user, Duration.ofMinutes(5))).isTrue();
        assertDeliveredAndClosed(tcps, user, 9);
    }

    @Test
    void opensAndClosesFiveThousandConnections() {
        TwoTcps tcps = new TwoTcps(10, "backlog=5000");
        tcps.link.loss = 0.01;
        TwoTcps.Sender[] users = new TwoTcps.Sender[5000];
        users[0] = tcps.exchange(300, 300, 0);
        for (int i = 1; i < users.length; i++) {
            users[i] = new TwoTcps.Sender(tcps.leftHost, 300, i);
            users[i].connection = tcps.left.connectRequest(null, tcps.rightAddress(), false, users[i]);
        }
        assertThat(tcps.time.runUntil(
                        () -> {
                            for (TwoTcps.Sender user : users) {
                                if (user.reason == null) {
                                    return false;
                                }
                            }
                            return true;
                        },
                        Duration.ofMinutes(5)))
                .isTrue();
        assertThat(users)
                .allSatisfy(user -> assertThat(user.reason).isEqualTo(DisconnectReason.RELEASED))
                .allSatisfy(user -> assertThat(user.received.size()).isEqualTo(300));
        tcps.assertNothingLeft("5000");
    }

    @Test
    void opensToItself() { // RFC 9293 §3.5: both sides of a simultaneous open, over the same ports
        TwoTcps tcps = new TwoTcps(11);
        TransportAddress left = new TransportAddress(tcps.leftNetwork.address, 5000);
        TransportAddress right = new TransportAddress(tcps.rightNetwork.address, 6000);
        RecordingUser a = new RecordingUser();
        RecordingUser b = new RecordingUser();
        OctetStreamConnection fromLeft = tcps.left.connectRequest(left, right, false, a);
        OctetStreamConnection fromRight = tcps.right.connectRequest(right, left, false, b);
        tcps.time.run(Duration.ofSeconds(1));
        assertThat(a.heard).containsExactly("confirm");
        assertThat(b.heard).containsExactly("confirm");
        fromLeft.dataRequest(tcps.leftHost.pool().take().appendUint8(7));
        fromLeft.releaseRequest();
        fromRight.releaseRequest();
        tcps.time.run(Duration.ofSeconds(1));
        assertThat(a.reason).isEqualTo(DisconnectReason.RELEASED);
        assertThat(b.reason).isEqualTo(DisconnectReason.RELEASED);
        assertThat(b.received.toByteArray()).containsExactly(7);
        tcps.assertNothingLeft("simultaneous");
    }

    @Test
    void halfCloseLetsTheOtherDirectionGoOn() {
        TwoTcps tcps = new TwoTcps(12);
        TwoTcps.Sender user = tcps.exchange(0, 300_000, 12);
        assertThat(tcps.runUntilEnded(user, Duration.ofMinutes(1))).isTrue();
        assertThat(tcps.accepted.get(0).heard).contains("release");
        assertDeliveredAndClosed(tcps, user, 12);
    }

    @Test
    void anIdleConnectionHoldsNoBuffers() {
        TwoTcps tcps = new TwoTcps(13);
        TwoTcps.Sender user = new TwoTcps.Sender(tcps.leftHost, 0, 1) {
            @Override
            void send() {
                // idle
            }
        };
        tcps.right.attach(tcps.rightAddress(), (connection, expedited) -> {
            connection.connectResponse(false);
            return new RecordingUser();
        });
        user.connection = tcps.left.connectRequest(null, tcps.rightAddress(), false, user);
        tcps.time.run(Duration.ofSeconds(1));
        Pdu pdu = tcps.leftHost.pool().take(60_000).pushTrailer(60_000);
        assertThat(user.connection.dataRequest(pdu)).isTrue();
        tcps.time.run(Duration.ofSeconds(5));
        assertThat(user.connection.unacknowledged()).isZero();
        assertThat(tcps.leftHost.pool().outstanding()).isZero();
        tcps.left.close();
        tcps.right.close();
        tcps.assertNothingLeft("idle");
    }
}
