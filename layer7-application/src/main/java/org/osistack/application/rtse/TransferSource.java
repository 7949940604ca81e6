package org.osistack.application.rtse;

import java.io.IOException;
import org.osistack.core.Octets;

/**
 * Where an APDU comes from that is transferred: the octets of one whole encoding, whose number need not be known. They are
 * read in order, but after a cut once again from the last confirmed checkpoint on.
 */
public interface TransferSource {
    /**
     * Read some octets.
     *
     * @param offset of the first one, from the beginning of the APDU; never before what was {@link #confirmed}
     * @param into takes them
     * @param at where in the array
     * @param length how many at most; more than 0
     * @return how many there were; -1 at the end
     * @throws IOException if it does not work; the transfer is interrupted, and tried again a few times
     */
    int read(long offset, byte[] into, int at, int length) throws IOException;

    /**
     * Octets from this offset on go on their way to the peer, each time they do. After a cut, those that were not confirmed
     * are on their way no longer.
     */
    default void sent(long offset, int octets) {}

    /** The peer has secured the octets before this offset: they will not be asked for again. */
    default void confirmed(long offset) {}

    /** What is to be remembered of it, so that the same source can be made again after a restart; at most 1 KiB. */
    default Octets label() {
        return Octets.EMPTY;
    }

    /** An APDU in memory. */
    static TransferSource of(Octets apdu) {
        byte[] octets = apdu.toByteArray();
        return (offset, into, at, length) -> {
            int rest = (int) Math.min(length, octets.length - offset);
            if (rest <= 0) {
                return -1;
            }
            System.arraycopy(octets, (int) offset, into, at, rest);
            return rest;
        };
    }
}
