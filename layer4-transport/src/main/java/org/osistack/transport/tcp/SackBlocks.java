package org.osistack.transport.tcp;

/** The selective acknowledgements in the options of a segment (RFC 2018), the first of which may report a duplicate. */
final class SackBlocks {
    private SackBlocks() {}

    /**
     * Mark in the flight what has arrived.
     *
     * @return whether the first block reports something received twice (RFC 2883 §4)
     */
    static boolean apply(TcpOptions options, int sndUna, int sndNxt, Flight flight, Rack rack, long now) {
        boolean duplicate = false;
        for (int i = 0; i < options.sackBlocks; i++) {
            int left = options.sackLeft[i];
            int right = options.sackRight[i];
            if (!SequenceNumber.isBefore(left, right) || SequenceNumber.isAfter(right, sndNxt)) {
                continue;
            }
            if (i == 0 && isDuplicateReport(options, sndUna)) {
                duplicate = true;
            } else if (SequenceNumber.isAfter(left, sndUna)) {
                flight.sacked(left, right, rack, now);
            }
        }
        return duplicate;
    }

    /** Whether there are blocks, and the first reports something received twice (RFC 2883 §4). */
    static boolean isDuplicateReport(TcpOptions options, int sndUna) {
        if (options.sackBlocks == 0) {
            return false;
        }
        int left = options.sackLeft[0];
        int right = options.sackRight[0];
        return !SequenceNumber.isAfter(right, sndUna)
                || options.sackBlocks > 1
                        && !SequenceNumber.isBefore(left, options.sackLeft[1])
                        && !SequenceNumber.isAfter(right, options.sackRight[1]);
    }
}
