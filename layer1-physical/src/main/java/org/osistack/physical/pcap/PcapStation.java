package org.osistack.physical.pcap;

import org.osistack.core.Discard;
import org.osistack.core.Discards;
import org.osistack.core.EventLoop;
import org.osistack.core.FrameFilter;
import org.osistack.core.Host;
import org.osistack.core.Medium;
import org.osistack.core.MediumManagement;
import org.osistack.core.MediumStatistics;
import org.osistack.core.Origin;
import org.osistack.core.Pdu;
import org.osistack.core.Stack;
import org.osistack.physical.PhysicalService;
import org.osistack.physical.PhysicalUser;
import org.osistack.physical.impairment.ImpairedLink;
import org.osistack.physical.impairment.Impairments;

/**
 * The physical service on a real interface: takes what the device has received, in turns of the host, and gives the
 * device what is to be sent, through a link that may have been told to be bad.
 *
 * <p>While the interface is down, what is to be sent is thrown away and counted; the user hears of both edges.
 */
final class PcapStation implements PhysicalService, MediumManagement, Stack.Closeable {
    static final Origin ORIGIN = new Origin(1, "PCAP");

    private static final int FRAMES_A_TURN = 64; // so that timers and other devices have their turn, too
    private static final int ETHERNET_HEADER = 14;

    private final Host host;
    private final RawDevice device;
    private final Discards discards;
    private final Medium medium;
    private final ImpairedLink link;
    private final EventLoop.Poller poller = this::poll;
    private PhysicalUser user;
    private FrameFilter filter = FrameFilter.NONE;
    private boolean reportedUp = true; // what a user takes for granted when it attaches
    private boolean pluggedIn = true;
    private boolean closed;
    private long framesSent;
    private long octetsSent;
    private long framesReceived;
    private long octetsReceived;
    private long filtered;

    PcapStation(Host host, RawDevice device, Impairments impairments) {
        this.host = host;
        this.device = device;
        this.discards = host.discards(ORIGIN.layer(), ORIGIN.protocol());
        this.medium =
                new Medium("Ethernet interface " + device.name(), device.mtu(), false, true, device.maxReceiveLength());
        this.link =
                ImpairedLink.direct(impairments, host, discards, impairments.newRandom(host.group()), this::transmit);
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
        framesSent++;
        octetsSent += frame.length();
        if (!isUp()) {
            discards.drop(Discard.LINK_DOWN, frame);
        } else if (frame.length() < ETHERNET_HEADER) {
            discards.drop(Discard.TOO_SHORT, frame);
        } else if (frame.length() > ETHERNET_HEADER + medium.mtu()) {
            discards.drop(Discard.TOO_LONG, frame);
        } else if (filter == FrameFilter.NONE) {
            link.send(frame);
        } else {
            sendAsJudged(frame, filter.judge(host, frame));
        }
    }

    private void sendAsJudged(Pdu frame, FrameFilter.Verdict verdict) {
        if (verdict.copies() == 0) {
            filtered++;
            discards.drop(Discard.LOST, frame);
            return;
        }
        for (int i = 1; i < verdict.copies(); i++) {
            link.send(frame.copy(), verdict.delayNanos());
        }
        link.send(frame, verdict.delayNanos());
    }

    private void transmit(Pdu frame) {
        Discard refusal = isUp() ? device.send(frame) : Discard.LINK_DOWN;
        if (refusal == null) {
            frame.release();
        } else {
            discards.drop(refusal, frame);
        }
    }

    private boolean isUp() {
        return pluggedIn && !closed && device.isUp();
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
        boolean up = isUp();
        if (up == reportedUp) {
            return false;
        }
        reportedUp = up;
        if (host.observer().isWatching()) {
            host.observer().note(ORIGIN, up ? device.name() + " is up again" : whyDown());
        }
        user.statusIndication(up);
        return true;
    }

    private String whyDown() {
        return pluggedIn ? device.trouble() : device.name() + " is unplugged";
    }

    private void indicate(byte[] octets) {
        Pdu frame = host.pool().takeForReceiving(octets.length).append(octets);
        if (!pluggedIn) {
            discards.drop(Discard.LINK_DOWN, frame);
        } else if (octets.length > medium.maxReceiveLength()) {
            discards.drop(Discard.TOO_LONG, frame); // its end was cut off
        } else {
            framesReceived++;
            octetsReceived += octets.length;
            user.dataIndication(frame);
        }
    }

    @Override
    public MediumStatistics statistics() {
        return new MediumStatistics(
                framesSent,
                octetsSent,
                framesReceived,
                octetsReceived,
                discards.count(Discard.LOST) - filtered,
                link.duplicated(),
                link.reordered(),
                link.corrupted(),
                discards.count(Discard.QUEUE_FULL),
                filtered,
                discards.count(Discard.LINK_DOWN),
                discards.count(Discard.TOO_LONG) + discards.count(Discard.TOO_SHORT));
    }

    @Override
    public void filter(FrameFilter newFilter) {
        filter = newFilter;
    }

    @Override
    public void unplug() {
        pluggedIn = false; // the poller tells the user
        link.clear();
    }

    @Override
    public void plugIn() {
        pluggedIn = true;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            host.loop().removePoller(poller);
            link.clear();
            device.close();
        }
    }
}
