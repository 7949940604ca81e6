package org.osistack.network.ipv4;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.osistack.core.Discard;
import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Pdu;
import org.osistack.core.Simulation;
import org.osistack.core.Stack;
import org.osistack.core.StackSpec;
import org.osistack.core.management.NeighbourManagement;
import org.osistack.core.management.NetworkStatistics;
import org.osistack.network.NetworkReport;
import org.osistack.network.NetworkService;
import org.osistack.network.NetworkUser;
import org.osistack.network.RecordingLink;
import org.osistack.network.TransportProtocol;
import org.osistack.physical.PhysicalService;

/** Frames of any kind from a seed, against {@code ethernet} and {@code ipv4} as they are. */
class RandomInputTest {
    private static final int FRAMES = 1_200_000;
    private static final byte[] ETHERNET = RecordingLink.octets("020000000001 020000000002 0800");

    private final Random random = new Random(9);
    private final Simulation time = new Simulation(1);
    private long indicated;
    private long reported;

    @Test
    void noFrameMakesAnExceptionOrLeavesAPduBehind() {
        Host alice = time.newHost("alice");
        StackSpec spec = new StackSpec()
                .set(1, "virtual:lab")
                .set(2, "ethernet,mac=02:00:00:00:00:01")
                .set(3, "ipv4:10.0.0.1/24,gateway=10.0.0.2");
        Stack stack = Stack.open(alice, spec);
        NetworkService ip = stack.service(NetworkService.class);
        ip.attach(TransportProtocol.UDP, new NetworkUser() {
            @Override
            public void unitDataIndication(NetworkAddress source, NetworkAddress destination, Pdu sdu) {
                indicated++;
                if (indicated % 3 == 0) {
                    ip.reportPortUnreachable(source, destination, TransportProtocol.UDP, sdu);
                }
                sdu.release();
            }

            @Override
            public void reportIndication(
                    NetworkReport report, NetworkAddress source, NetworkAddress destination, Pdu sdu) {
                reported++;
            }
        });
        Host mallory = time.newHost("mallory");
        Stack wire = Stack.open(mallory, new StackSpec().set(1, "virtual:lab"));
        PhysicalService physical = wire.service(PhysicalService.class);
        physical.attach(Pdu::release);
        byte[][] samples = samples();
        for (int i = 0; i < FRAMES; i++) {
            byte[] frame = frame(samples);
            physical.dataRequest(mallory.pool().take(frame.length).append(frame));
            if (i % 64 == 0) {
                time.run(Duration.ofNanos(500_000));
            }
        }
        assertThat(stack.management(NeighbourManagement.class)
                        .orElseThrow()
                        .neighbours()
                        .size())
                .isLessThan(600);
        time.run(Duration.ofMinutes(5));
        assertThat(alice.pool().outstanding()).isZero();
        assertThat(mallory.pool().outstanding()).isZero();
        // all of this is worth something only if the frames came far
        NetworkStatistics statistics = stack.management(NetworkStatistics.class).orElseThrow();
        assertThat(indicated).isGreaterThan(1000);
        assertThat(reported).isGreaterThan(100);
        assertThat(statistics.datagramsReassembled()).isGreaterThan(100);
        assertThat(statistics.errorsSent()).isGreaterThan(100);
        for (Discard reason : new Discard[] {
            Discard.TOO_SHORT, Discard.BAD_VERSION, Discard.BAD_LENGTH, Discard.BAD_CHECKSUM, Discard.BAD_SOURCE,
            Discard.NOT_FOR_US, Discard.NO_USER, Discard.MALFORMED, Discard.OVERLAP, Discard.DUPLICATE
        }) {
            assertThat(alice.discards(3, "IPv4").count(reason))
                    .as(reason.name())
                    .isPositive();
        }
        stack.close();
        wire.close();
    }

    private static byte[][] samples() {
        byte[] quoted = Octets.datagram().from(Octets.US).to(Octets.PEER).with(new byte[8]);
        return new byte[][] {
            Octets.datagram().with(Octets.counting(30)),
            Octets.datagram().options("94040000").with(Octets.counting(30)),
            Octets.datagram().fragment(0, true).with(Octets.counting(16)),
            Octets.datagram().fragment(16, false).with(Octets.counting(16)),
            Octets.datagram().fragment(8, true).with(Octets.counting(16)),
            Octets.datagram().protocol(1).with(Octets.icmp(8, 0, 1, Octets.counting(20))),
            Octets.datagram().protocol(1).with(Octets.icmp(3, 3, 0, quoted)),
            Octets.datagram().protocol(1).with(Octets.icmp(3, 4, 1200, quoted)),
            Octets.datagram().protocol(1).with(Octets.icmp(11, 0, 0, quoted)),
            RecordingLink.octets("0001 0800 06 04 0001 020000000002 0a000002 000000000000 0a000001"),
            RecordingLink.octets("0001 0800 06 04 0002 020000000002 0a000002 020000000001 0a000001"),
        };
    }

    /** A sample that is mutated, cut or put in order again, or octets at random; with a right FCS, for the most part. */
    private byte[] frame(byte[][] samples) {
        byte[] sdu = samples[random.nextInt(samples.length)].clone();
        boolean isArp = sdu[0] == 0;
        if (!isArp) {
            sdu[5] = (byte) random.nextInt(8); // identification: few, so that fragments meet
        }
        for (int n = random.nextInt(4); n > 0; n--) {
            sdu[random.nextInt(sdu.length)] = (byte) random.nextInt();
        }
        int length = random.nextInt(8) == 0 ? random.nextInt(sdu.length) : sdu.length;
        sdu = Arrays.copyOf(sdu, length + (random.nextInt(4) == 0 ? random.nextInt(20) : 0));
        if (!isArp && random.nextInt(4) != 0 && sdu.length >= 20) {
            mendChecksum(sdu);
        }
        if (random.nextInt(20) == 0) {
            random.nextBytes(sdu);
        }
        byte[] frame = Octets.join(ETHERNET, sdu);
        if (isArp) {
            frame[13] = 6;
        }
        if (random.nextInt(20) == 0) {
            frame[random.nextInt(14)] = (byte) random.nextInt();
        }
        if (random.nextInt(50) == 0) {
            frame = Arrays.copyOf(frame, random.nextInt(frame.length));
        }
        CRC32 crc = new CRC32();
        crc.update(frame);
        int fcs = Integer.reverseBytes((int) crc.getValue()) + (random.nextInt(100) == 0 ? 1 : 0);
        return Octets.join(
                frame, new byte[] {(byte) (fcs >>> 24), (byte) (fcs >>> 16), (byte) (fcs >>> 8), (byte) fcs});
    }

    private static void mendChecksum(byte[] datagram) {
        int headerLength = Math.min((datagram[0] & 0xf) * 4, datagram.length & ~1);
        datagram[10] = 0;
        datagram[11] = 0;
        int sum = 0;
        for (int i = 0; i < headerLength; i += 2) {
            sum += (datagram[i] & 0xff) << 8 | datagram[i + 1] & 0xff;
        }
        sum = ~((sum & 0xffff) + (sum >>> 16)) & 0xffff;
        datagram[10] = (byte) (sum >>> 8);
        datagram[11] = (byte) sum;
    }
}
