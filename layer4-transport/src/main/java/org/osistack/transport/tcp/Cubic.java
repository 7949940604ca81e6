package org.osistack.transport.tcp;

/**
 * Grows as a cubic function of the time since the last loss, so that long fast paths are filled (RFC 9438). Windows are
 * in segments here, as in the RFC's formulas, and times in seconds.
 */
final class Cubic extends CongestionControl {
    private static final double C = 0.4; // §4.6
    private static final double BETA = 0.7; // §4.6
    private static final double ALPHA = 3 * (1 - BETA) / (1 + BETA); // §4.3

    private double wMax;
    private double wEst;
    private double cwndEpoch;
    private double k;
    private long epochStart;
    private boolean inEpoch;
    private double fraction; // of an octet-wise increase that did not make a whole octet yet

    @Override
    int increase(int acknowledgedOctets, long srtt, long now) {
        double window = (double) cwnd() / smss();
        double acked = (double) acknowledgedOctets / smss();
        if (!inEpoch) {
            beginEpoch(window, now);
        }
        double t = (now - epochStart) / 1e9;
        double target = cubic(t + srtt / 1e9);
        target = Math.min(Math.max(target, window), 1.5 * window); // §4.2
        wEst += (wEst < wMax ? ALPHA : 1) * acked / window; // §4.3
        double next = cubic(t) < wEst ? Math.max(window, wEst) : window + (target - window) / window * acked;
        fraction += (next - window) * smss();
        int octets = (int) fraction;
        fraction -= octets;
        return octets;
    }

    private void beginEpoch(double window, long now) {
        inEpoch = true;
        epochStart = now;
        cwndEpoch = window;
        wEst = window;
        wMax = Math.max(wMax, window);
        k = StrictMath.cbrt((wMax - cwndEpoch) / C); // the same on every machine, so that simulations are
    }

    /** W_cubic(t) of §4.2. */
    private double cubic(double t) {
        return C * (t - k) * (t - k) * (t - k) + wMax;
    }

    @Override
    int reducedWindow(int flightSize, long now) {
        double window = (double) cwnd() / smss();
        wMax = window < wMax ? window * (1 + BETA) / 2 : window; // §4.7, fast convergence
        inEpoch = false;
        fraction = 0;
        return (int) (flightSize * BETA);
    }

    @Override
    void restarted() {
        inEpoch = false;
        fraction = 0;
    }
}
