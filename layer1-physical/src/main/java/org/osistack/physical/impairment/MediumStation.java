package org.osistack.physical.impairment;

import org.osistack.core.Discard;
import org.osistack.core.Discards;
import org.osistack.core.FrameFilter;
import org.osistack.core.Host;
import org.osistack.core.Medium;
import org.osistack.core.MediumManagement;
import org.osistack.core.MediumStatistics;
import org.osistack.core.Pdu;
import org.osistack.core.Stack;
import org.osistack.physical.PhysicalService;
import org.osistack.physical.PhysicalUser;

/**
 * What the stations of several media have in common: one user, a plug that can be pulled, a filter for aimed faults,
 * and counters. A frame passes down through these checks to {@link #transmit}, and up through {@link #arrive}.
 */
public abstract class MediumStation implements PhysicalService, MediumManagement, Stack.Closeable {
    private final Host host;
    private final Medium medium;
    private final Discards discards;
    private final MediumCounters counters = new MediumCounters();
    private final ImpairedLink incoming; // null if what arrives is handed up as it is
    private PhysicalUser user;
    private FrameFilter filter = FrameFilter.NONE;
    private boolean pluggedIn = true;
    private boolean reportedUp = true; // what a user takes for granted when it attaches
    private boolean closed;

    /**
     * Make a station that is plugged in.
     *
     * @param module the name of the provider's module, under which the host counts what is thrown away
     * @param impairments of which those that concern what is received are seen to here, and the others by the subclass
     */
    protected MediumStation(Host host, Medium medium, String module, Impairments impairments) {
        this.host = host;
        this.medium = medium;
        this.discards = host.discards(1, module);
        this.incoming = impairments.incoming().isNone()
                ? null
                : ImpairedLink.direct(
                        impairments, host, discards, counters, impairments.newIncomingRandom(host), this::handUp);
        later(impairments.unplugNanos(), this::unplug);
        later(impairments.plugInNanos(), this::plugIn);
    }

    private void later(long nanos, Runnable hand) {
        if (nanos > 0) {
            host.newTimer(() -> {
                        if (!closed) {
                            hand.run();
                        }
                    })
                    .arm(nanos);
        }
    }

    /** Send a frame that may be sent, {@code extraNanos} later than it would be. The frame is taken over. */
    protected abstract void transmit(Pdu frame, long extraNanos);

    /** Lose what is on its way to or from the station, as far as it is the medium's: its link has gone down. */
    protected abstract void loseWhatIsOnItsWay();

    /**
     * Leave the medium, for good. What was sent before, such as a disconnect request, goes on if the medium lets it; what
     * is on its way to the station is lost.
     */
    protected abstract void leave();

    /** Whether the medium itself works, never mind the plug; {@link #linkChanged} is to be called when that changes. */
    protected boolean isMediumUp() {
        return true;
    }

    /** What is to become of a frame. */
    protected FrameFilter.Verdict judge(Pdu frame) {
        return filter.judge(host, frame);
    }

    protected final Host host() {
        return host;
    }

    protected final Discards discards() {
        return discards;
    }

    protected final MediumCounters counters() {
        return counters;
    }

    protected final boolean isUp() {
        return pluggedIn && !closed && isMediumUp();
    }

    @Override
    public final void attach(PhysicalUser attaching) {
        if (user != null) {
            throw new IllegalStateException("the station on " + medium.name() + " has a user already");
        }
        user = attaching;
        linkChanged();
    }

    @Override
    public final Medium medium() {
        return medium;
    }

    @Override
    public final void dataRequest(Pdu frame) {
        counters.sent(frame);
        if (!isUp()) {
            counters.linkDown(discards, frame);
            return;
        }
        if (frame.length() > medium.maxReceiveLength()) {
            if (host.observer().isWatching()) {
                host.observer()
                        .note(
                                discards.origin(),
                                "a frame of " + frame.length() + " octets is too long for " + medium.name()
                                        + ", which carries " + medium.maxReceiveLength() + " at most");
            }
            counters.refused(discards, Discard.TOO_LONG, frame);
            return;
        }
        FrameFilter.Verdict verdict = judge(frame);
        if (verdict.copies() == 0) {
            counters.filtered(discards, frame);
            return;
        }
        for (int copies = verdict.copies(); copies > 1; copies--) {
            transmit(frame.copy(), verdict.delayNanos());
        }
        transmit(frame, verdict.delayNanos());
    }

    /** A frame has arrived. It is taken over. */
    protected final void arrive(Pdu frame) {
        if (incoming != null && isUp()) {
            incoming.send(frame);
        } else {
            handUp(frame);
        }
    }

    private void handUp(Pdu frame) {
        if (!isUp()) {
            counters.linkDown(discards, frame);
        } else if (user == null) {
            discards.drop(Discard.NO_USER, frame);
        } else {
            counters.received(frame);
            user.dataIndication(frame);
        }
    }

    /** Tell the user in the next turn, since the present one may be in the middle of a primitive. */
    protected final void linkChanged() {
        if (!isUp()) {
            loseWhatIsOnItsWay();
            loseWhatArrives();
        }
        if (isUp() != reportedUp) {
            host.loop().defer(this::report);
        }
    }

    private void report() {
        boolean up = isUp();
        if (user != null && !closed && up != reportedUp) {
            reportedUp = up;
            user.statusIndication(up);
        }
    }

    @Override
    public final MediumStatistics statistics() {
        return counters.statistics();
    }

    @Override
    public final void filter(FrameFilter newFilter) {
        filter = newFilter;
    }

    @Override
    public final void unplug() {
        pluggedIn = false;
        linkChanged();
    }

    @Override
    public final void plugIn() {
        pluggedIn = true;
        linkChanged();
    }

    @Override
    public final void close() {
        if (!closed) {
            closed = true;
            loseWhatArrives();
            leave();
        }
    }

    private void loseWhatArrives() {
        if (incoming != null) {
            incoming.clear();
        }
    }
}
