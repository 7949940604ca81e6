package org.osistack.physical.virtual;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.osistack.core.FrameFilter;
import org.osistack.core.Host;
import org.osistack.core.Medium;
import org.osistack.core.Pdu;
import org.osistack.core.management.CableManagement;
import org.osistack.physical.impairment.ImpairedLink;
import org.osistack.physical.impairment.Impairments;
import org.osistack.physical.impairment.MediumStation;

/**
 * One station on a {@link VirtualMedium}: the physical service of one host.
 *
 * <p>A frame is copied for each receiver, into a PDU of the receiving host's pool, and waits on that host's event loop
 * until it arrives.
 */
final class VirtualStation extends MediumStation implements CableManagement {
    private static final int FRAME_OVERHEAD = 14 + 4 + 4; // header, one 802.1Q tag, FCS

    /** The way from one station to another. */
    private record Way(VirtualStation from, VirtualStation to, ImpairedLink link) {}

    private final VirtualMedium cable;
    private final Impairments impairments;
    private final SplittableRandom random;
    private final List<Way> waysHere =
            new ArrayList<>(); // of others, even of those that have left while frames were on them
    private boolean hasLeft;
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
                impairments,
                other.host(),
                other.discards(),
                counters(),
                random.split(),
                frame -> deliver(frame, other));
        Way way = new Way(this, other, link);
        ways = Arrays.copyOf(ways, ways.length + 1);
        ways[ways.length - 1] = way;
        other.waysHere.removeIf(old -> old.from.hasLeft && old.link.isEmpty());
        other.waysHere.add(way);
    }

    private void deliver(Pdu frame, VirtualStation other) {
        if (cable.letsArrive(host(), other.host(), frame)) {
            other.arrive(frame);
        } else {
            counters().filtered(other.discards(), frame);
        }
    }

    /** The other station has left. */
    void forget(VirtualStation other) {
        ways = Arrays.stream(ways).filter(way -> way.to != other).toArray(Way[]::new);
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
    public void cutCable() {
        cable.cut();
    }

    @Override
    public void joinCable() {
        cable.join();
    }

    @Override
    public void filterArrivals(ArrivalFilter filter) {
        cable.filterArrivals(filter);
    }

    @Override
    public void leaveCable() {
        close();
    }

    @Override
    protected void loseWhatIsOnItsWay() {
        for (Way way : ways) {
            way.link.clear();
        }
        loseWhatIsOnItsWayHere();
    }

    private void loseWhatIsOnItsWayHere() {
        for (Way way : waysHere) {
            way.link.clear();
        }
    }

    @Override
    protected void leave() {
        hasLeft = true;
        loseWhatIsOnItsWayHere();
        cable.leave(this);
    }
}
