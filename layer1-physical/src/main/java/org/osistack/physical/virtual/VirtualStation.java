package org.osistack.physical.virtual;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.osistack.core.FrameFilter;
import org.osistack.core.Host;
import org.osistack.core.Medium;
import org.osistack.core.Pdu;
import org.osistack.physical.impairment.ImpairedLink;
import org.osistack.physical.impairment.Impairments;
import org.osistack.physical.impairment.MediumStation;

/**
 * One station on a {@link VirtualMedium}: the physical service of one host.
 *
 * <p>A frame is copied for each receiver, into a PDU of the receiving host's pool, and waits on that host's event loop
 * until it arrives.
 */
final class VirtualStation extends MediumStation {
    private static final int FRAME_OVERHEAD = 14 + 4 + 4; // header, one 802.1Q tag, FCS

    /** The way to one receiver. */
    private record Way(VirtualStation to, ImpairedLink link) {}

    private final VirtualMedium cable;
    private final Impairments impairments;
    private final SplittableRandom random;
    private Way[] ways = {}; // copied on change: a frame may make a station enter or leave

    VirtualStation(VirtualMedium cable, Host host, Impairments impairments) {
        super(
                host,
                new Medium(
                        "virtual Ethernet \"" + cable.name() + '"',
                        cable.mtu(),
                        true,
                        false,
                        cable.mtu() + FRAME_OVERHEAD),
                "virtual",
                impairments);
        this.cable = cable;
        this.impairments = impairments.outgoing();
        // stations that were given the same seed don't have the same luck
        this.random = new SplittableRandom(impairments.newRandom(host.group()).nextLong() + cable.nextNumber());
        cable.enter(this);
    }

    /** Lay a link to another station. What it loses, the receiver discards and the sender counts. */
    void reach(VirtualStation other) {
        ImpairedLink link = ImpairedLink.deferring(
                impairments, other.host(), other.discards(), counters(), random.split(), other::arrive);
        ways = Arrays.copyOf(ways, ways.length + 1);
        ways[ways.length - 1] = new Way(other, link);
    }

    /** The other station has left. */
    void forget(VirtualStation other) {
        loseWhatIsOnItsWayTo(other);
        ways = Arrays.stream(ways).filter(way -> way.to != other).toArray(Way[]::new);
    }

    void loseWhatIsOnItsWayTo(VirtualStation other) {
        for (Way way : ways) {
            if (way.to == other) {
                way.link.clear();
            }
        }
    }

    /** The cable was cut or joined. */
    void cableChanged() {
        linkChanged();
    }

    @Override
    protected FrameFilter.Verdict judge(Pdu frame) {
        FrameFilter.Verdict own = super.judge(frame);
        FrameFilter.Verdict common = cable.judge(host(), frame);
        if (own == FrameFilter.Verdict.PASS) {
            return common;
        }
        return new FrameFilter.Verdict(own.copies() * common.copies(), own.delayNanos() + common.delayNanos());
    }

    @Override
    protected void transmit(Pdu frame, long extraNanos) {
        for (Way way : ways) {
            Pdu copy = way.to.host().pool().takeForReceiving(frame.length());
            way.link.send(copy.append(frame, 0, frame.length()), extraNanos);
        }
        frame.release();
    }

    @Override
    protected boolean isMediumUp() {
        return !cable.isCut();
    }

    @Override
    protected void loseWhatIsOnItsWay() {
        for (Way way : ways) {
            way.link.clear();
        }
        cable.loseWhatIsOnItsWayTo(this);
    }

    @Override
    protected void leave() {
        cable.leave(this);
    }
}
