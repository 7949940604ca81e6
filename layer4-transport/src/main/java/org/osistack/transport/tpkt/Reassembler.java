package org.osistack.transport.tpkt;

import org.osistack.core.Pdu;
import org.osistack.core.PduPool;

/** Puts together the TSDU that a peer has cut (X.224 §6.3). One that came in one TPDU is passed on as it is. */
final class Reassembler {
    private final PduPool pool;
    private final int maxTsdu;
    private Pdu tsdu; // as far as it has come; null if none has begun

    Reassembler(PduPool pool, int maxTsdu) {
        this.pool = pool;
        this.maxTsdu = maxTsdu;
    }

    /** Whether the TSDU is not too long with this part, too. What comes whole is limited by the packet alone. */
    boolean hasRoomFor(Pdu part, boolean last) {
        return tsdu == null && last || octets() + part.length() <= maxTsdu;
    }

    /**
     * Take over the next part.
     *
     * @return the TSDU, if this is its last part; otherwise null
     */
    Pdu add(Pdu part, boolean last) {
        if (tsdu == null) {
            tsdu = part;
        } else {
            int length = tsdu.length() + part.length();
            if (tsdu.tailroom() < part.length()) {
                tsdu = Framer.larger(pool, tsdu, 2 * length);
            }
            tsdu.append(part, 0, part.length());
            part.release();
        }
        if (!last) {
            return null;
        }
        Pdu whole = tsdu;
        tsdu = null;
        return whole;
    }

    /** How many octets wait for the rest. */
    int octets() {
        return tsdu == null ? 0 : tsdu.length();
    }

    /** Throw away what there is of a TSDU. */
    void clear() {
        if (tsdu != null) {
            tsdu.release();
            tsdu = null;
        }
    }
}
