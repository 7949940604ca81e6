package org.osistack.physical.pcap;

import org.osistack.core.Discard;
import org.osistack.core.EventLoop;
import org.osistack.core.Host;
import org.osistack.core.Medium;
import org.osistack.core.Origin;
import org.osistack.core.Pdu;
import org.osistack.physical.impairment.ImpairedLink;
import org.osistack.physical.impairment.Impairments;
import org.osistack.physical.impairment.MediumStation;

/**
 * The physical service on a real interface: takes what the device has received, in turns of the host, and gives the
 * device what is to be sent, through a link that may have been told to be bad.
 */
final class PcapStation extends MediumStation {
    static final Origin ORIGIN = new Origin(1, "pcap");

    private static final int FRAMES_A_TURN = 64; // so that timers and other devices have their turn, too
    private static final int ETHERNET_HEADER = 14;

    private final RawDevice device;
    private final ImpairedLink link;
    private final EventLoop.Poller poller = this::poll;
    private final int maxSendLength;
    private boolean deviceUp = true; // as a user takes it for granted
    private boolean left;

    PcapStation(Host host, RawDevice device, Impairments impairments) {
        super(
                host,
                new Medium("Ethernet interface " + device.name(), device.mtu(), false, true, device.maxReceiveLength()),
                ORIGIN.protocol(),
                impairments);
        this.device = device;
        maxSendLength = ETHERNET_HEADER + device.mtu();
        link = ImpairedLink.direct(
                impairments.outgoing(), host, discards(), counters(), impairments.newRandom(host.group()), this::put);
        host.loop().addPoller(poller);
    }

    @Override
    public long hardwareAddress() {
        return device.address();
    }

    @Override
    protected boolean isMediumUp() {
        return device.isUp();
    }

    @Override
    protected void transmit(Pdu frame, long extraNanos) {
        if (frame.length() < ETHERNET_HEADER) {
            counters().refused(discards(), Discard.TOO_SHORT, frame);
        } else if (frame.length() > maxSendLength) {
            counters().refused(discards(), Discard.TOO_LONG, frame);
        } else {
            link.send(frame, extraNanos);
        }
    }

    /** Put a frame on the wire. */
    private void put(Pdu frame) {
        Discard refusal = device.send(frame);
        if (refusal == null) {
            frame.release();
            return;
        }
        switch (refusal) {
            case LINK_DOWN -> counters().linkDown(discards(), frame);
            case QUEUE_FULL -> counters().queueFull(discards(), frame);
            default -> counters().refused(discards(), refusal, frame);
        }
    }

    private int poll() {
        int work = 0;
        if (device.isUp() != deviceUp) {
            deviceUp = !deviceUp;
            note();
            linkChanged();
            work++;
        }
        long lost = device.takeLost();
        if (lost > 0) {
            counters().queueFull(discards(), lost);
            work++;
        }
        while (work < FRAMES_A_TURN && !left) {
            byte[] octets = device.receive();
            if (octets == null) {
                break;
            }
            take(octets);
            work++;
        }
        return work;
    }

    private void note() {
        if (host().observer().isWatching()) {
            host().observer().note(ORIGIN, deviceUp ? device.name() + " is up again" : device.trouble());
        }
    }

    private void take(byte[] octets) {
        Pdu frame = host().pool().takeForReceiving(octets.length).append(octets);
        if (octets.length > medium().maxReceiveLength()) {
            discards().drop(Discard.TOO_LONG, frame); // its end was cut off
        } else {
            arrive(frame);
        }
    }

    @Override
    protected void loseWhatIsOnItsWay() {
        link.clear();
    }

    @Override
    protected void leave() {
        left = true;
        link.clear();
        host().loop().removePoller(poller);
        device.close();
    }
}
