package org.osistack.transport.tcp;

/**
 * How many octets may be on the way without flooding the network (RFC 5681): slow start, which all algorithms share,
 * and what each does beyond it.
 */
abstract class CongestionControl {
    /** The algorithms by name. */
    enum Algorithm {
        NEWRENO,
        CUBIC;

        CongestionControl create() {
            return this == CUBIC ? new Cubic() : new NewReno();
        }
    }

    private static final int MAX = 1 << 30;

    private int smss = 536;
    private int cwnd;
    private int ssthresh = MAX;
    private int initialWindow;
    private int cwndBefore;
    private int ssthreshBefore;

    /** The connection is open: begin with this window (RFC 6928). */
    final void begin(int newSmss, int newInitialWindow) {
        smss = newSmss;
        initialWindow = newInitialWindow;
        cwnd = newInitialWindow;
    }

    /** Segments are of another length from now on. */
    final void segmentLength(int newSmss) {
        smss = newSmss;
        cwnd = Math.max(cwnd, newSmss);
    }

    /** The sender maximum segment size in octets: SMSS. */
    final int smss() {
        return smss;
    }

    /** The congestion window in octets. */
    final int cwnd() {
        return cwnd;
    }

    /** Above this window, growth is careful; in octets. */
    final int ssthresh() {
        return ssthresh;
    }

    final boolean isSlowStart() {
        return cwnd < ssthresh;
    }

    /**
     * Octets were acknowledged while the window was in full use.
     *
     * @param timedOut whether they belong to what a time-out takes for lost
     */
    final void acknowledged(int octets, boolean timedOut, long srtt, long now) {
        if (isSlowStart()) {
            int limit = timedOut ? smss : 2 * smss; // RFC 3465 §2.2, §2.3
            cwnd = Math.min(MAX, cwnd + Math.min(octets, limit));
        } else {
            cwnd = Math.min(MAX, cwnd + increase(octets, srtt, now));
        }
    }

    /** A loss was found by its consequences (RFC 5681 §3.2): once for all losses of one window. */
    final void lossDetected(int flightSize, long now) {
        remember();
        ssthresh = Math.max(reducedWindow(flightSize, now), 2 * smss);
        cwnd = ssthresh;
    }

    /**
     * Nothing is heard any more (RFC 5681 §3.1): begin with one segment.
     *
     * @param again whether the same segment had timed out before
     */
    final void timedOut(int flightSize, boolean again, long now) {
        if (!again) {
            remember();
            ssthresh = Math.max(reducedWindow(flightSize, now), 2 * smss);
        }
        cwnd = smss;
    }

    private void remember() {
        cwndBefore = cwnd;
        ssthreshBefore = ssthresh;
    }

    /** The last time-out was a mistake: be as before it (RFC 4015 §3.2). */
    final void undo() {
        cwnd = Math.max(cwnd, cwndBefore);
        ssthresh = Math.max(ssthresh, ssthreshBefore);
        restarted();
    }

    /** Nothing was sent for longer than a time-out: what is known of the path is too old (RFC 5681 §4.1). */
    final void idle() {
        cwnd = Math.min(cwnd, Math.max(initialWindow, smss));
        restarted();
    }

    /** By how many octets the window grows, beyond slow start. */
    abstract int increase(int acknowledgedOctets, long srtt, long now);

    /** What the window shrinks to upon a loss, in octets. */
    abstract int reducedWindow(int flightSize, long now);

    /** Growth begins afresh. */
    abstract void restarted();
}
