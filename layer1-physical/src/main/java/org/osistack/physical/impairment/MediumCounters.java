package org.osistack.physical.impairment;

import org.osistack.core.Discard;
import org.osistack.core.Discards;
import org.osistack.core.MediumStatistics;
import org.osistack.core.Pdu;

/** What one station of a medium counts: by itself, and through its {@link ImpairedLink}s. */
public final class MediumCounters {
    private long framesSent;
    private long octetsSent;
    private long framesReceived;
    private long octetsReceived;
    long lost;
    long duplicated;
    long reordered;
    long corrupted;
    long queueFull;
    private long filtered;
    long linkDown;
    private long refused;

    /** Layer 2 handed down a frame. */
    public void sent(Pdu frame) {
        framesSent++;
        octetsSent += frame.length();
    }

    /** A frame is handed up to layer 2. */
    public void received(Pdu frame) {
        framesReceived++;
        octetsReceived += frame.length();
    }

    /** Lose a frame, since a filter says so. */
    public void filtered(Discards discards, Pdu frame) {
        filtered++;
        discards.drop(Discard.LOST, frame);
    }

    /** Lose a frame, since the link is down. */
    public void linkDown(Discards discards, Pdu frame) {
        linkDown++;
        discards.drop(Discard.LINK_DOWN, frame);
    }

    /** Lose a frame, since a queue is full. */
    public void queueFull(Discards discards, Pdu frame) {
        queueFull++;
        discards.drop(Discard.QUEUE_FULL, frame);
    }

    /** Count frames that a queue lost before they became ours. */
    public void queueFull(Discards discards, long frames) {
        queueFull += frames;
        discards.add(Discard.QUEUE_FULL, frames);
    }

    /** Throw away a frame that the medium can't carry. */
    public void refused(Discards discards, Discard reason, Pdu frame) {
        refused++;
        discards.drop(reason, frame);
    }

    public MediumStatistics statistics() {
        return new MediumStatistics(
                framesSent,
                octetsSent,
                framesReceived,
                octetsReceived,
                lost,
                duplicated,
                reordered,
                corrupted,
                queueFull,
                filtered,
                linkDown,
                refused);
    }
}
