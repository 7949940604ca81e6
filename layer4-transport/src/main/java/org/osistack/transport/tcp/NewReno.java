package org.osistack.transport.tcp;

/** Grows by one segment a round trip and shrinks to one half (RFC 5681 §3.1, counting octets as RFC 3465 does). */
final class NewReno extends CongestionControl {
    private int counted; // octets acknowledged since the window last grew

    @Override
    int increase(int acknowledgedOctets, long srtt, long now) {
        counted += acknowledgedOctets;
        if (counted < cwnd()) {
            return 0;
        }
        counted -= cwnd();
        return smss();
    }

    @Override
    int reducedWindow(int flightSize, long now) {
        counted = 0;
        return flightSize / 2;
    }

    @Override
    void restarted() {
        counted = 0;
    }
}
