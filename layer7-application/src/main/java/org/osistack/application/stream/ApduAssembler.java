package org.osistack.application.stream;

import org.osistack.core.Pdu;
import org.osistack.core.PduPool;
import org.osistack.presentation.ber.BerLength;

/**
 * Cuts a stream of octets into BER encodings. An APDU that arrives in one piece is handed on as it lies, one that comes
 * in parts is put together in a PDU that grows with what has arrived.
 */
final class ApduAssembler {
    /** The longest APDU that is put together. */
    static final int MAX_APDU = 1 << 20;

    private static final int STEP = 16 * 1024;

    private final PduPool pool;
    private Pdu partial; // the beginning of an APDU that has not yet arrived whole
    private Pdu rest; // what has arrived and was not yet looked at
    private boolean malformed;

    ApduAssembler(PduPool pool) {
        this.pool = pool;
    }

    /** Take what has arrived. It is taken over. {@link #next()} must have given all that came before. */
    void add(Pdu octets) {
        if (octets.length() == 0) {
            octets.release();
        } else {
            rest = octets;
        }
    }

    /** The next whole APDU, which becomes the caller's; null if more has to arrive first. */
    Pdu next() {
        while (!malformed && (partial != null || rest != null)) {
            Pdu begun = partial != null ? partial : rest;
            int length =
                    BerLength.ofDefinite(begun); // an indefinite length would have to be looked for again and again
            if (length == BerLength.MALFORMED || length > MAX_APDU) {
                malformed = true;
            } else if (length == begun.length()) {
                return whole();
            } else if (partial != null) {
                if (rest == null) {
                    return null;
                }
                complete(length);
            } else if (length > 0 && length < rest.length()) {
                Pdu first = pool.take(length).append(rest, 0, length);
                rest.pullHeader(length);
                return first;
            } else {
                partial = pool.take(Math.max(STEP, rest.length())).append(rest, 0, rest.length());
                dropRest();
            }
        }
        return null;
    }

    private Pdu whole() {
        Pdu whole = partial;
        partial = null;
        if (whole == null) {
            whole = rest;
            rest = null;
        }
        return whole;
    }

    /** Append to the partial APDU what belongs to it; an octet at a time while its length is not known. */
    private void complete(int length) {
        int more = length < 0 ? 1 : Math.min(length - partial.length(), rest.length());
        if (partial.tailroom() < more) {
            int capacity = Math.max(partial.length() + more, Math.min(2 * partial.length(), length));
            Pdu larger = pool.take(capacity).append(partial, 0, partial.length());
            partial.release();
            partial = larger;
        }
        partial.append(rest, 0, more);
        rest.pullHeader(more);
        if (rest.length() == 0) {
            dropRest();
        }
    }

    /** Whether what has arrived is no APDU, or one that is too long or of indefinite length. */
    boolean isMalformed() {
        return malformed;
    }

    /** Whether nothing of an APDU is waiting for the rest of it. */
    boolean isEmpty() {
        return partial == null && rest == null;
    }

    /** Give back all PDUs. */
    void release() {
        if (partial != null) {
            partial.release();
            partial = null;
        }
        if (rest != null) {
            dropRest();
        }
    }

    private void dropRest() {
        rest.release();
        rest = null;
    }
}
