package org.osistack.datalink.ethernet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.osistack.datalink.ethernet.RecordingPhysical.octets;
import static org.osistack.datalink.ethernet.RecordingPhysical.sdu;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osistack.core.Discard;
import org.osistack.core.Host;
import org.osistack.core.Medium;
import org.osistack.core.Observer;
import org.osistack.core.Origin;
import org.osistack.core.Pdu;
import org.osistack.core.Simulation;
import org.osistack.datalink.DataLinkUser;
import org.osistack.datalink.MacAddress;
import org.osistack.datalink.NetworkProtocol;

class EthernetStationTest {
    private static final Medium REAL = new Medium("eth0", 1500, false, true, 65_549);
    private static final Medium VIRTUAL = new Medium("lab", 1500, true, false, 1518);
    private static final MacAddress US = MacAddress.parse("02:00:00:00:00:01");
    private static final MacAddress PEER = MacAddress.parse("02:00:00:00:00:02");
    private static final MacAddress GROUP = MacAddress.parse("01:00:5e:00:00:fb");
    private static final String ZEROS = "00".repeat(46);

    private final Host host = new Simulation(1).newHost("alice");
    private final List<String> heard = new ArrayList<>();
    private RecordingPhysical physical;
    private EthernetStation station;

    @AfterEach
    void noPduLeaks() {
        assertThat(host.pool().outstanding()).isZero();
    }

    @Test
    void putsAnSduIntoAFrameAndPadsItTo60Octets() {
        on(REAL);
        station.unitDataRequest(PEER, NetworkProtocol.IPV4, sdu(host.pool(), "112233"));
        physical.expect("020000000002 020000000001 0800 112233" + ZEROS.substring(6));
    }

    @Test
    void doesNotPadAFrameOf60Octets() {
        on(REAL);
        station.unitDataRequest(PEER, NetworkProtocol.ARP, sdu(host.pool(), "11".repeat(46)));
        physical.expect("020000000002 020000000001 0806" + "11".repeat(46));
    }

    @Test
    void addsTheFrameCheckSequenceLeastSignificantOctetFirst() {
        on(VIRTUAL);
        station.unitDataRequest(PEER, NetworkProtocol.IPV4, sdu(host.pool(), "11".repeat(46)));
        // CRC-32 of these 60 octets is 0x8b4a1eb9, computed with another implementation
        physical.expect("020000000002 020000000001 0800" + "11".repeat(46) + FCS_OF_ONES);
    }

    private static final String FCS_OF_ONES = "b91e4a8b";

    @Test
    void handsUpAFrameWithTheRightFrameCheckSequenceAndRemovesIt() {
        on(VIRTUAL);
        physical.arrives("020000000001 020000000002 0800" + "11".repeat(46) + FCS_TO_US);
        assertThat(heard).containsExactly("02:00:00:00:00:02 > 02:00:00:00:00:01 IPv4 " + "11".repeat(46));
        assertThat(station.octetsReceived()).isEqualTo(64);
    }

    private static final String FCS_TO_US = "fdbcd7a7";

    @Test
    void discardsAFrameInWhichAnyOneBitIsWrong() {
        on(VIRTUAL);
        byte[] right = octets("020000000001 020000000002 0800" + "11".repeat(46) + FCS_TO_US);
        for (int bit = 48; bit < 8 * right.length; bit++) { // from the source address on: still for us
            byte[] wrong = right.clone();
            wrong[bit / 8] ^= (byte) (0x80 >> bit % 8);
            physical.arrives(wrong);
        }
        assertThat(heard).isEmpty();
        assertThat(discarded(Discard.BAD_FCS)).isEqualTo(8 * 64 - 48);
    }

    @Test
    void hearsItsOwnAddressAllStationsAndJoinedGroupsOnly() {
        on(REAL);
        physical.arrives("020000000001 020000000002 0800 11");
        physical.arrives("ffffffffffff 020000000002 0800 22");
        physical.arrives("01005e0000fb 020000000002 0800 33");
        physical.arrives("020000000003 020000000002 0800 44");
        station.joinGroup(GROUP);
        physical.arrives("01005e0000fb 020000000002 0800 55");
        assertThat(heard)
                .containsExactly(
                        "02:00:00:00:00:02 > 02:00:00:00:00:01 IPv4 11",
                        "02:00:00:00:00:02 > ff:ff:ff:ff:ff:ff IPv4 22",
                        "02:00:00:00:00:02 > 01:00:5e:00:00:fb IPv4 55");
        assertThat(discarded(Discard.NOT_FOR_US)).isEqualTo(2);
    }

    @Test
    void leavesAGroupThatWasJoinedTwiceWhenItIsLeftTwice() {
        on(REAL);
        station.joinGroup(GROUP);
        station.joinGroup(GROUP);
        for (long other = 0; other < 20; other++) {
            station.joinGroup(MacAddress.of(0x01005e000000L + other));
        }
        station.leaveGroup(GROUP);
        physical.arrives("01005e0000fb 020000000002 0800 11");
        station.leaveGroup(GROUP);
        station.leaveGroup(GROUP);
        physical.arrives("01005e0000fb 020000000002 0800 22");
        physical.arrives("01005e000013 020000000002 0800 33");
        assertThat(heard)
                .containsExactly(
                        "02:00:00:00:00:02 > 01:00:5e:00:00:fb IPv4 11",
                        "02:00:00:00:00:02 > 01:00:5e:00:00:13 IPv4 33");
    }

    @Test
    void countsWhatItCannotUseByReason() {
        on(REAL);
        physical.arrives("020000000001 020000000002 08");
        physical.arrives("020000000001 020000000002 05ff 424203");
        physical.arrives("020000000001 020000000002 86dd 60");
        physical.arrives("020000000001 030000000002 0800 45");
        physical.arrives(new byte[65_550]);
        assertThat(station.discarded())
                .containsOnlyKeys(
                        Discard.TOO_SHORT, Discard.UNKNOWN_PDU, Discard.NO_USER, Discard.BAD_SOURCE, Discard.TOO_LONG)
                .allSatisfy((reason, count) -> assertThat(count).isOne());
        assertThat(heard).isEmpty();
    }

    @Test
    void takesASuperFrameWhereTheInterfaceMergesSegments() {
        on(REAL);
        physical.arrives("020000000001 020000000002 0800" + "11".repeat(60_000));
        assertThat(heard).hasSize(1);
    }

    @Test
    void notesOnceAMinuteThatAnotherStationHasItsAddress() {
        List<String> notes = new ArrayList<>();
        host.observe(new Observer() {
            @Override
            public boolean isWatching() {
                return true;
            }

            @Override
            public void note(Origin origin, String text) {
                notes.add(origin.protocol() + ": " + text);
            }
        });
        on(REAL);
        physical.arrives("ffffffffffff 020000000001 0800 11");
        physical.arrives("ffffffffffff 020000000001 0800 11");
        assertThat(notes)
                .containsExactly("Ethernet: a frame from our own address 02:00:00:00:00:01: another station has it"
                        + " too, or the link runs in a circle");
        assertThat(discarded(Discard.BAD_SOURCE)).isEqualTo(2);
    }

    @Test
    void takesAFrameFromItselfToItselfOffALoopbackMedium() {
        on(REAL);
        physical.arrives("020000000001 020000000001 0800 11");
        assertThat(heard).containsExactly("02:00:00:00:00:01 > 02:00:00:00:00:01 IPv4 11");
    }

    @Test
    void refusesASecondUserAndAnSduThatNoFrameCanCarry() {
        on(REAL);
        assertThatThrownBy(() -> station.attach(NetworkProtocol.IPV4, (source, destination, sdu) -> sdu.release()))
                .isInstanceOf(IllegalStateException.class);
        Pdu sdu = sdu(host.pool(), "11".repeat(1501));
        assertThatThrownBy(() -> station.unitDataRequest(PEER, NetworkProtocol.IPV4, sdu))
                .isInstanceOf(IllegalArgumentException.class);
        sdu.release();
    }

    @Test
    void passesTheStateOfTheLinkOn() {
        on(REAL);
        physical.status(false);
        assertThat(station.isUp()).isFalse();
        physical.status(true);
        assertThat(heard).containsExactly("IPv4 down", "IPv4 up");
    }

    @Test
    void survivesAnyOctets() {
        Random random = new Random(2);
        for (Medium medium : List.of(REAL, VIRTUAL)) {
            on(medium);
            station.joinGroup(GROUP);
            byte[] start = octets("020000000001 020000000002 0800");
            int good = 0;
            for (int i = 0; i < 500_000; i++) {
                byte[] frame = new byte[random.nextInt(80)];
                random.nextBytes(frame);
                System.arraycopy(start, 0, frame, 0, Math.min(random.nextInt(15), Math.min(frame.length, 14)));
                if (medium == VIRTUAL && frame.length >= 4 && random.nextInt(4) > 0) {
                    fillFcs(frame);
                }
                physical.arrives(frame);
                good += heard.size();
                heard.clear();
            }
            assertThat(host.pool().outstanding()).isZero();
            assertThat(good).isGreaterThan(5000);
        }
    }

    private static void fillFcs(byte[] frame) {
        CRC32 crc = new CRC32();
        crc.update(frame, 0, frame.length - 4);
        ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN).putInt(frame.length - 4, (int) crc.getValue());
    }

    private void on(Medium medium) {
        physical = new RecordingPhysical(host.pool(), medium);
        station = new EthernetStation(host, physical, US);
        station.attach(NetworkProtocol.IPV4, new DataLinkUser() {
            @Override
            public void unitDataIndication(MacAddress source, MacAddress destination, Pdu sdu) {
                heard.add(source + " > " + destination + " IPv4 " + sdu);
                sdu.release();
            }

            @Override
            public void statusIndication(boolean up) {
                heard.add("IPv4 " + (up ? "up" : "down"));
            }
        });
    }

    private long discarded(Discard reason) {
        return host.discards(2, "Ethernet").count(reason);
    }
}
