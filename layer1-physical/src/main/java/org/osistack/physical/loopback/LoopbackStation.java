package org.osistack.physical.loopback;

import org.osistack.core.Host;
import org.osistack.core.Medium;
import org.osistack.core.Pdu;
import org.osistack.physical.impairment.ImpairedLink;
import org.osistack.physical.impairment.Impairments;
import org.osistack.physical.impairment.MediumStation;

/**
 * The only station on its medium. It hears what it sends itself: the frame, not a copy, in the next turn. Layer 2 must
 * accept frames that it has sent to its own address, and meets its own broadcasts.
 */
final class LoopbackStation extends MediumStation {
    private static final int FRAME_OVERHEAD = 14 + 4 + 4; // header, one 802.1Q tag, FCS

    private final ImpairedLink link;

    LoopbackStation(Host host, int mtu, Impairments impairments) {
        super(host, new Medium("loopback", mtu, true, false, mtu + FRAME_OVERHEAD, true), "loopback", impairments);
        link = ImpairedLink.deferring(
                impairments.outgoing(),
                host,
                discards(),
                counters(),
                impairments.newRandom(host.group()),
                this::arrive);
    }

    @Override
    protected void transmit(Pdu frame, long extraNanos) {
        link.send(frame, extraNanos);
    }

    @Override
    protected void loseWhatIsOnItsWay() {
        link.clear();
    }

    @Override
    protected void leave() {
        link.clear(); // nobody else is there
    }
}
