package org.osistack.application.bench;

/**
 * What came out at the receiving application in some time.
 *
 * @param octets of the application
 * @param nanos how long
 * @param frames received from the medium meanwhile; 0 if unknown
 * @param frameOctets their octets
 */
record Goodput(long octets, long nanos, long frames, long frameOctets) {
    double bitsPerSecond() {
        return 8e9 * octets / nanos;
    }

    double framesPerSecond() {
        return 1e9 * frames / nanos;
    }

    /** Which part of the octets on the medium was the application's; 0 if unknown. */
    double efficiency() {
        return frameOctets == 0 ? 0 : (double) octets / frameOctets;
    }
}
