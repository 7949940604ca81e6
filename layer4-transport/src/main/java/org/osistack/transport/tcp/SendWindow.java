package org.osistack.transport.tcp;

/** What the peer allows us to send (RFC 9293 §3.3.1), as its segments tell it. */
final class SendWindow {
    private int wnd; // SND.WND, scaled
    private int wl1; // SND.WL1
    private int wl2; // SND.WL2
    private int max;
    private int shift;

    /** The peer's window scale: Snd.Wind.Shift of RFC 7323 §2.2. */
    void shift(int newShift) {
        shift = newShift;
    }

    /** Take over the window of the peer's SYN, which is never scaled. */
    void begin(Segment syn) {
        wnd = syn.wnd;
        max = wnd;
        wl1 = syn.seq;
        wl2 = syn.ack;
    }

    /** Take over the window of a segment, unless it is older than what is known (RFC 9293 §3.10.7.4, fifth). */
    void update(Segment segment) {
        if (SequenceNumber.isBefore(wl1, segment.seq)
                || wl1 == segment.seq && !SequenceNumber.isAfter(wl2, segment.ack)) {
            wnd = segment.has(TcpHeader.SYN) ? segment.wnd : segment.wnd << shift; // RFC 7323 §2.2
            max = Math.max(max, wnd);
            wl1 = segment.seq;
            wl2 = segment.ack;
        }
    }

    /** SND.WND, in octets. */
    int octets() {
        return wnd;
    }

    /** The largest window that the peer ever offered: MAX.SND.WND of RFC 5961 §5.2. */
    int max() {
        return max;
    }
}
