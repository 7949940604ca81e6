package org.osistack.datalink.ethernet;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.osistack.core.Discard;
import org.osistack.core.Discards;
import org.osistack.core.Host;
import org.osistack.core.Medium;
import org.osistack.core.Pdu;
import org.osistack.core.management.DataLinkManagement;
import org.osistack.datalink.DataLinkService;
import org.osistack.datalink.DataLinkUser;
import org.osistack.datalink.MacAddress;
import org.osistack.datalink.NetworkProtocol;
import org.osistack.physical.PhysicalService;
import org.osistack.physical.PhysicalUser;

/**
 * A station on an Ethernet: puts SDUs into frames, and picks from the medium the frames that are for it.
 *
 * <p>A received frame is looked at in this order: long enough, not too long, for us, FCS right, from a possible source,
 * of a protocol that somebody here speaks. The address comes before the FCS as in IEEE 802.3 §4.2.9, where only a frame
 * whose address is recognized is judged at all. A frame shorter than 64 octets is no collision fragment on media without
 * collisions, and interfaces hand up frames that were never padded: it is taken.
 *
 * <p>The pad is not removed: Ethernet II has no length field, so that only the protocol above knows where its PDU ends
 * (IPv4 by its total length, ARP by its form). Octets are never copied: header and trailer are added around the SDU,
 * and removed by moving the PDU's bounds.
 */
final class EthernetStation implements DataLinkService, DataLinkManagement, PhysicalUser {
    private static final long DUPLICATE_NOTE_NANOS = Duration.ofMinutes(1).toNanos();

    private final Host host;
    private final PhysicalService physical;
    private final Medium medium;
    private final boolean makesFcs;
    private final MacAddress address;
    private final Discards discards;
    private final DataLinkUser[] users = new DataLinkUser[NetworkProtocol.values().length];
    private final GroupFilter groups = new GroupFilter();
    private final FrameCheckSequence fcs = new FrameCheckSequence();
    private final EthernetHeader sending = new EthernetHeader();
    private final EthernetHeader receiving = new EthernetHeader();
    private boolean up = true;
    private boolean noted;
    private long notedAt;
    private long framesSent;
    private long octetsSent;
    private long framesReceived;
    private long octetsReceived;

    EthernetStation(Host host, PhysicalService physical, MacAddress address) {
        this.host = host;
        this.physical = physical;
        this.medium = physical.medium();
        this.makesFcs = medium.stationMakesFcs();
        this.address = address;
        this.discards = host.discards(2, "Ethernet");
        physical.attach(this);
    }

    @Override
    public MacAddress address() {
        return address;
    }

    @Override
    public Medium medium() {
        return medium;
    }

    @Override
    public int maxSduLength() {
        return medium.mtu();
    }

    @Override
    public void attach(NetworkProtocol protocol, DataLinkUser user) {
        if (protocol.etherType() < EthernetHeader.MIN_TYPE) {
            throw new IllegalArgumentException(protocol + " has no EtherType");
        }
        if (users[protocol.ordinal()] != null) {
            throw new IllegalStateException(protocol + " has a user already");
        }
        users[protocol.ordinal()] = user;
    }

    @Override
    public void joinGroup(MacAddress group) {
        groups.join(group);
    }

    @Override
    public void leaveGroup(MacAddress group) {
        groups.leave(group);
    }

    @Override
    public void unitDataRequest(MacAddress destination, NetworkProtocol protocol, Pdu sdu) {
        if (sdu.length() > medium.mtu()) {
            throw new IllegalArgumentException("an SDU of " + sdu.length() + " octets where " + medium.mtu() + " fit");
        }
        sending.wrap(sdu.pushHeader(EthernetHeader.LENGTH))
                .destination(destination)
                .source(address)
                .type(protocol.etherType());
        pad(sdu);
        if (makesFcs) {
            fcs.append(sdu);
        }
        framesSent++;
        octetsSent += sdu.length();
        physical.dataRequest(sdu);
    }

    private static void pad(Pdu frame) {
        int missing = EthernetHeader.MIN_FRAME - frame.length();
        if (missing > 0) {
            int from = frame.arrayOffset() + frame.length();
            frame.pushTrailer(missing);
            Arrays.fill(frame.array(), from, from + missing, (byte) 0); // what was there before is nobody's business
        }
    }

    @Override
    public void dataIndication(Pdu frame) {
        int length = frame.length();
        if (!EthernetHeader.isValid(frame)) {
            discards.drop(Discard.TOO_SHORT, frame);
            return;
        }
        if (length > medium.maxReceiveLength()) {
            discards.drop(Discard.TOO_LONG, frame);
            return;
        }
        receiving.wrap(frame);
        MacAddress destination = receiving.destination();
        MacAddress source = receiving.source();
        int type = receiving.type();
        if (!isForUs(destination)) {
            discards.drop(Discard.NOT_FOR_US, frame);
            return;
        }
        if (makesFcs && !removeFcs(frame)) {
            return;
        }
        if (source.isGroup() || isEcho(source, destination)) { // §3.2.3: the source is an individual address
            discards.drop(Discard.BAD_SOURCE, frame);
            return;
        }
        if (type < EthernetHeader.MIN_TYPE) { // a length: the client data begin with an LLC header
            discards.drop(Discard.UNKNOWN_PDU, frame);
            return;
        }
        NetworkProtocol protocol = NetworkProtocol.ofEtherType(type);
        DataLinkUser user = protocol == null ? null : users[protocol.ordinal()];
        if (user == null) {
            discards.drop(Discard.NO_USER, frame);
            return;
        }
        framesReceived++;
        octetsReceived += length;
        frame.pullHeader(EthernetHeader.LENGTH);
        user.unitDataIndication(source, destination, frame);
    }

    private boolean isForUs(MacAddress destination) {
        return destination.equals(address)
                || destination.isGroup() && (destination.isBroadcast() || groups.contains(destination));
    }

    private boolean removeFcs(Pdu frame) {
        int covered = frame.length() - EthernetHeader.FCS_LENGTH;
        if (covered < EthernetHeader.LENGTH) {
            discards.drop(Discard.TOO_SHORT, frame);
            return false;
        }
        if (!fcs.isRight(frame)) {
            discards.drop(Discard.BAD_FCS, frame);
            return false;
        }
        frame.truncate(covered);
        return true;
    }

    /**
     * Whether the frame comes from our own address, though we don't hear ourselves: another station has the same
     * address, or the link runs in a circle. A frame from us to us is what a loopback medium is for.
     */
    private boolean isEcho(MacAddress source, MacAddress destination) {
        if (!source.equals(address) || destination.equals(address)) {
            return false;
        }
        if (!noted || host.now() - notedAt >= DUPLICATE_NOTE_NANOS) {
            noted = true;
            notedAt = host.now();
            if (host.observer().isWatching()) {
                host.observer()
                        .note(
                                discards.origin(),
                                "a frame from our own address " + address
                                        + ": another station has it too, or the link runs in a circle");
            }
        }
        return true;
    }

    @Override
    public void statusIndication(boolean nowUp) {
        up = nowUp;
        for (DataLinkUser user : users) {
            if (user != null) {
                user.statusIndication(nowUp);
            }
        }
    }

    @Override
    public String stationAddress() {
        return address.toString();
    }

    @Override
    public boolean isUp() {
        return up;
    }

    @Override
    public long framesSent() {
        return framesSent;
    }

    @Override
    public long octetsSent() {
        return octetsSent;
    }

    @Override
    public long framesReceived() {
        return framesReceived;
    }

    @Override
    public long octetsReceived() {
        return octetsReceived;
    }

    @Override
    public Map<Discard, Long> discarded() {
        return discards.counts();
    }
}
