package org.osistack.physical.pcap;

import org.osistack.core.Discard;
import org.osistack.core.Discards;
import org.osistack.core.EventLoop;
import org.osistack.core.Host;
import org.osistack.core.Medium;
import org.osistack.core.Origin;
import org.osistack.core.Pdu;
import org.osistack.core.Stack;
import org.osistack.physical.PhysicalService;
import org.osistack.physical.PhysicalUser;

/**
 * The physical service on a real interface: takes what the device has received, in turns of the host, and gives the
 * device what is to be sent.
 *
 * <p>While the interface is down, what is to be sent is thrown away and counted; the user hears of both edges.
 */
final class PcapStation implements PhysicalService, Stack.Closeable {
    static final Origin ORIGIN = new Origin(1, "PCAP");

    private static final int FRAMES_A_TURN = 64; // so that timers and other devices have their turn, too
    private static final int ETHERNET_HEADER = 14;

    private final Host host;
    private final RawDevice device;
    private final Discards discards;
    private final Medium medium;
    private final EventLoop.Poller poller = this::poll;
    private PhysicalUser user;
    private boolean reportedUp = true;
    private boolean closed;

    PcapStation(Host host, RawDevice device) {
        this.host = host;
        this.device = device;
        this.discards = host.discards(ORIGIN.layer(), ORIGIN.protocol());
        this.medium =
                new Medium("Ethernet interface " + device.name(), device.mtu(), false, true, device.maxReceiveLength());
        host.loop().addPoller(poller);
    }

    @Override
    public void attach(PhysicalUser attaching) {
        if (user != null) {
            throw new IllegalStateException(device.name() + " has a user already");
        }
        user = attaching;
    }

    @Override
    public Medium medium() {
        return medium;
    }

    @Override
    public long hardwareAddress() {
        return device.address();
    }

    @Override
    public void dataRequest(Pdu frame) {
        if (closed || !device.isUp()) {
            discards.drop(Discard.LINK_DOWN, frame);
        } else if (frame.length() < ETHERNET_HEADER) {
            discards.drop(Discard.TOO_SHORT, frame);
        } else if (frame.length() > ETHERNET_HEADER + medium.mtu()) {
            discards.drop(Discard.TOO_LONG, frame);
        } else {
            Discard refusal = device.send(frame);
            if (refusal == null) {
                frame.release();
            } else {
                discards.drop(refusal, frame);
            }
        }
    }

    private int poll() {
        if (user == null) {
            return 0; // frames wait in the device's queue until there is one
        }
        int work = reportStatus() ? 1 : 0;
        long lost = device.takeLost();
        if (lost > 0) {
            discards.add(Discard.QUEUE_FULL, lost);
            work++;
        }
        while (work < FRAMES_A_TURN && !closed) {
            byte[] octets = device.receive();
            if (octets == null) {
                break;
            }
            indicate(octets);
            work++;
        }
        return work;
    }

    private boolean reportStatus() {
        boolean up = device.isUp();
        if (up == reportedUp) {
            return false;
        }
        reportedUp = up;
        if (host.observer().isWatching()) {
            host.observer().note(ORIGIN, up ? device.name() + " is up again" : device.trouble());
        }
        user.statusIndication(up);
        return true;
    }

    private void indicate(byte[] octets) {
        Pdu frame = host.pool().takeForReceiving(octets.length).append(octets);
        if (octets.length > medium.maxReceiveLength()) {
            discards.drop(Discard.TOO_LONG, frame); // its end was cut off
        } else {
            user.dataIndication(frame);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            host.loop().removePoller(poller);
            device.close();
        }
    }
}
