package org.osistack.physical.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osistack.core.Discard;
import org.osistack.core.Discards;
import org.osistack.core.FrameFilter;
import org.osistack.core.Host;
import org.osistack.core.Options;
import org.osistack.core.Pdu;
import org.osistack.core.Simulation;
import org.osistack.physical.PhysicalUser;
import org.osistack.physical.impairment.Impairments;

class PcapStationTest {
    private static final String FRAME = "ff ff ff ff ff ff 02 00 00 00 00 01 88 b5 01 02";

    private final Simulation time = new Simulation(1);
    private final Host host = time.newHost("alice");
    private final FakeDevice device = new FakeDevice();
    private final PcapStation station = new PcapStation(host, device, Impairments.NONE);
    private final Discards discards = host.discards(1, "pcap");
    private final RecordingUser user = new RecordingUser();

    @AfterEach
    void noPduIsMissing() {
        station.close();
        assertThat(host.pool().outstanding()).isZero();
    }

    @Test
    void tellsTheMediumAsTheInterfaceHasIt() {
        assertThat(station.medium().name()).isEqualTo("Ethernet interface eth9");
        assertThat(station.medium().mtu()).isEqualTo(1500);
        assertThat(station.medium().stationMakesFcs()).isFalse();
        assertThat(station.medium().partialChecksums()).isTrue();
        assertThat(station.medium().maxReceiveLength()).isEqualTo(65_553);
        assertThat(station.hardwareAddress()).isEqualTo(0x020000000009L);
    }

    @Test
    void handsUpWhatTheDeviceReceived() {
        station.attach(user);
        device.arrives(FRAME);

        time.run(Duration.ofMillis(1));

        user.expect(FRAME);
    }

    @Test
    void discardsWhatArrivesBeforeThereIsAUser() {
        device.arrives(FRAME);

        time.run(Duration.ofMillis(1));

        assertThat(discards.count(Discard.NO_USER)).isOne();
    }

    @Test
    void takesOneUserOnly() {
        station.attach(user);

        assertThatThrownBy(() -> station.attach(user)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void handsUpASuperFrameWhole() {
        station.attach(user);
        device.received.add(new byte[65_553]);

        time.run(Duration.ofMillis(1));

        assertThat(user.lengths).containsExactly(65_553);
    }

    @Test
    void discardsAFrameWhoseEndWasCutOff() {
        station.attach(user);
        device.received.add(new byte[65_554]);

        time.run(Duration.ofMillis(1));

        assertThat(user.lengths).isEmpty();
        assertThat(discards.count(Discard.TOO_LONG)).isOne();
    }

    @Test
    void countsWhatWasLostBeforeItCouldBePolled() {
        station.attach(user);
        device.lost = 7;

        time.run(Duration.ofMillis(1));

        assertThat(discards.count(Discard.QUEUE_FULL)).isEqualTo(7);
        assertThat(station.statistics().queueFull()).isEqualTo(7);
    }

    @Test
    void leavesTheHostATurnForOtherThingsWhenFramesKeepComing() {
        station.attach(user);
        for (int i = 0; i < 1000; i++) {
            device.arrives(FRAME);
        }

        host.loop().runOnce();

        assertThat(user.lengths).hasSizeBetween(1, 200);
    }

    @Test
    void sendsFramesFromTheShortestToTheLongest() {
        station.dataRequest(frame(14));
        station.dataRequest(frame(1514));

        assertThat(device.sent).extracting(octets -> octets.length).containsExactly(14, 1514);
    }

    @Test
    void discardsAFrameThatTheInterfaceCannotCarry() {
        station.dataRequest(frame(13));
        station.dataRequest(frame(1515));

        assertThat(device.sent).isEmpty();
        assertThat(discards.counts()).isEqualTo(Map.of(Discard.TOO_SHORT, 1L, Discard.TOO_LONG, 1L));
        assertThat(station.statistics().refused()).isEqualTo(2);
    }

    @Test
    void countsAFrameThatTheDeviceRefusesUnderItsReason() {
        device.refusal = Discard.QUEUE_FULL;

        station.dataRequest(frame(60));

        assertThat(discards.count(Discard.QUEUE_FULL)).isOne();
    }

    @Test
    void reportsBothEdgesOfTheLinkOnceEach() {
        station.attach(user);
        time.run(Duration.ofMillis(1));
        assertThat(user.statuses).isEmpty();

        device.up = false;
        time.run(Duration.ofSeconds(1));
        assertThat(user.statuses).containsExactly(false);

        device.up = true;
        time.run(Duration.ofSeconds(1));
        assertThat(user.statuses).containsExactly(false, true);
    }

    @Test
    void reportsALinkThatWasDownFromTheBeginning() {
        device.up = false;
        station.attach(user);

        time.run(Duration.ofMillis(1));

        assertThat(user.statuses).containsExactly(false);
    }

    @Test
    void discardsWhatIsSentWhileTheLinkIsDown() {
        device.up = false;

        station.dataRequest(frame(60));

        assertThat(device.sent).isEmpty();
        assertThat(discards.count(Discard.LINK_DOWN)).isOne();
    }

    @Test
    void isCutOffWhileItIsUnplugged() {
        station.attach(user);
        station.unplug();
        device.arrives(FRAME);
        time.run(Duration.ofMillis(1));
        station.dataRequest(frame(60));
        assertThat(user.statuses).containsExactly(false);
        assertThat(user.lengths).isEmpty();
        assertThat(device.sent).isEmpty();
        assertThat(discards.count(Discard.LINK_DOWN)).isEqualTo(2);

        station.plugIn();
        device.arrives(FRAME);
        time.run(Duration.ofMillis(1));
        station.dataRequest(frame(60));
        assertThat(user.statuses).containsExactly(false, true);
        user.expect(FRAME);
        assertThat(device.sent).hasSize(1);
    }

    @Test
    void letsAFilterDecideAboutEachFrame() {
        station.filter((sender, frame) -> switch (frame.length()) {
            case 60 -> FrameFilter.Verdict.DROP;
            case 61 -> FrameFilter.Verdict.DUPLICATE;
            case 62 -> FrameFilter.Verdict.delay(Duration.ofMillis(5).toNanos());
            default -> FrameFilter.Verdict.PASS;
        });
        for (int length = 60; length < 64; length++) {
            station.dataRequest(frame(length));
        }
        time.run(Duration.ofMillis(10));

        assertThat(device.sent).extracting(octets -> octets.length).containsExactly(61, 61, 63, 62);
        assertThat(station.statistics().filtered()).isOne();
        assertThat(station.statistics().lost()).isZero();
    }

    @Test
    void sendsThroughABadLinkIfToldTo() {
        Options options = new Options("pcap", "eth9", Map.of("loss", "30%", "duplicate", "10%", "delay", "5ms"));
        PcapStation bad = new PcapStation(host, device, Impairments.of(options));

        for (int i = 0; i < 1000; i++) {
            bad.dataRequest(frame(60));
        }
        assertThat(device.sent).isEmpty();
        time.run(Duration.ofMillis(5));

        assertThat(bad.statistics().lost()).isBetween(200L, 400L);
        assertThat(bad.statistics().duplicated()).isBetween(40L, 110L);
        assertThat(device.sent).hasSize((int)
                (1000 - bad.statistics().lost() + bad.statistics().duplicated()));
    }

    @Test
    void receivesThroughABadLinkIfToldTo() {
        station.close(); // it would take frames from the same device
        Options options = new Options("pcap", "eth9", Map.of("impair", "in", "loss", "30%", "duplicate", "10%"));
        PcapStation bad = new PcapStation(host, device, Impairments.of(options));
        bad.attach(user);

        for (int i = 0; i < 1000; i++) {
            bad.dataRequest(frame(60));
            device.arrives(FRAME);
        }
        time.run(Duration.ofMillis(5));

        assertThat(device.sent).hasSize(1000);
        assertThat(bad.statistics().lost()).isBetween(200L, 400L);
        assertThat(bad.statistics().framesReceived())
                .isEqualTo(1000 - bad.statistics().lost() + bad.statistics().duplicated());
    }

    @Test
    void losesWhatIsOnItsWayWhenItIsClosed() {
        PcapStation slow =
                new PcapStation(host, device, Impairments.of(new Options("pcap", "eth9", Map.of("delay", "5ms"))));
        slow.dataRequest(frame(60));

        slow.close();
        time.run(Duration.ofMillis(10));

        assertThat(device.sent).isEmpty();
        assertThat(device.closed).isTrue();
    }

    @Test
    void handsUpNothingOnceItsUserHasClosedIt() {
        station.attach(new PhysicalUser() {
            @Override
            public void dataIndication(Pdu frame) {
                user.dataIndication(frame);
                station.close();
            }
        });
        device.arrives(FRAME);
        device.arrives(FRAME);

        time.run(Duration.ofMillis(1));

        assertThat(user.lengths).hasSize(1);
    }

    @Test
    void countsWhatHasPassed() {
        station.attach(user);
        station.dataRequest(frame(60));
        station.dataRequest(frame(100));
        device.arrives(FRAME);
        time.run(Duration.ofMillis(1));

        assertThat(station.statistics().framesSent()).isEqualTo(2);
        assertThat(station.statistics().octetsSent()).isEqualTo(160);
        assertThat(station.statistics().framesReceived()).isOne();
        assertThat(station.statistics().octetsReceived()).isEqualTo(16);
    }

    private Pdu frame(int length) {
        return host.pool().take(length).append(new byte[length]);
    }

    private static final class FakeDevice implements RawDevice {
        private final ArrayDeque<byte[]> received = new ArrayDeque<>();
        private final List<byte[]> sent = new ArrayList<>();
        private boolean up = true;
        private boolean closed;
        private long lost;
        private Discard refusal;

        void arrives(String hex) {
            received.add(HexFormat.ofDelimiter(" ").parseHex(hex));
        }

        @Override
        public String name() {
            return "eth9";
        }

        @Override
        public int mtu() {
            return 1500;
        }

        @Override
        public long address() {
            return 0x020000000009L;
        }

        @Override
        public int maxReceiveLength() {
            return 65_553;
        }

        @Override
        public boolean isUp() {
            return up;
        }

        @Override
        public String trouble() {
            return up ? "" : "eth9 has been switched off";
        }

        @Override
        public byte[] receive() {
            return received.poll();
        }

        @Override
        public long takeLost() {
            long taken = lost;
            lost = 0;
            return taken;
        }

        @Override
        public Discard send(Pdu frame) {
            if (refusal == null) {
                sent.add(frame.toByteArray());
            }
            return refusal;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static final class RecordingUser implements PhysicalUser {
        private final List<String> frames = new ArrayList<>();
        private final List<Integer> lengths = new ArrayList<>();
        private final List<Boolean> statuses = new ArrayList<>();

        @Override
        public void dataIndication(Pdu frame) {
            lengths.add(frame.length());
            frames.add(HexFormat.ofDelimiter(" ").formatHex(frame.toByteArray()));
            frame.release();
        }

        @Override
        public void statusIndication(boolean up) {
            statuses.add(up);
        }

        void expect(String frame) {
            assertThat(frames).containsExactly(frame);
        }
    }
}
