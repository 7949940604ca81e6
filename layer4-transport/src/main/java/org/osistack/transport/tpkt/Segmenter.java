package org.osistack.transport.tpkt;

import org.osistack.core.Pdu;
import org.osistack.core.PduPool;
import org.osistack.transport.OctetStreamConnection;

/**
 * The TSDUs that the user has handed over, on their way into the stream. One that is longer than a TPDU is cut (X.224
 * §6.3). An expedited one goes before what is still here of a normal one, and never after normal data that was handed
 * over later (X.224 §6.11). What the stream has taken it does not overtake any more: there, order is the order of the
 * octets.
 *
 * <pre>
 *     T-DATA.request             T-EXPEDITED-DATA.request
 *          v                               v
 *     one TSDU, being cut          one ED, if the stream
 *          |                       had no room for it
 *          | DT                            | ED: first
 *          +---------------+---------------+
 *                          v
 *                     the stream
 * </pre>
 */
final class Segmenter {
    private final PduPool pool;
    private OctetStreamConnection stream;
    private int maxData; // octets of user data in one TPDU
    private Pdu tsdu; // that is being cut; null if none is
    private int sent; // octets of it
    private Pdu expedited; // a packet that waits for room in the stream; null if none does
    private boolean proceeding;
    private boolean dataRefused; // the user wants to hear when data is taken again
    private boolean expeditedRefused;

    Segmenter(PduPool pool) {
        this.pool = pool;
    }

    /** TPDUs of at most that many octets can be sent from now on. */
    void open(OctetStreamConnection newStream, int maxTpdu) {
        stream = newStream;
        maxData = maxTpdu - (TpktHeader.WITH_DT - TpktHeader.LENGTH);
    }

    /** Take a TSDU over, or refuse it. */
    boolean data(Pdu newTsdu) {
        if (!isEmpty()) {
            dataRefused = true;
            return false;
        }
        if (newTsdu.length() > maxData) {
            tsdu = newTsdu;
            sent = 0;
            proceed();
            return true;
        }
        Pdu tpdu = withHeadroom(newTsdu);
        boolean taken = stream.dataRequest(TpktHeader.pushWithDt(tpdu, true));
        if (taken && tpdu != newTsdu) {
            newTsdu.release();
        } else if (!taken) {
            dataRefused = true;
            if (tpdu == newTsdu) {
                newTsdu.pullHeader(TpktHeader.WITH_DT);
            } else {
                tpdu.release();
            }
        }
        return taken;
    }

    /** Take an expedited TSDU over; or refuse it, if there is one already that the stream has no room for. */
    boolean expedited(Pdu newTsdu) {
        if (expedited != null) {
            expeditedRefused = true;
            return false;
        }
        Pdu tpdu = withHeadroom(newTsdu);
        if (tpdu != newTsdu) {
            newTsdu.release();
        }
        send(TpktHeader.pushWithEd(tpdu));
        return true;
    }

    private void send(Pdu ed) {
        if (!stream.dataRequest(ed)) {
            expedited = ed;
        }
    }

    /** Room for the headers: what came from a device may have none. */
    private static Pdu withHeadroom(Pdu pdu) {
        return pdu.headroom() < TpktHeader.WITH_DT ? pdu.copy() : pdu;
    }

    /** Send more of what is here, as far as the stream takes it. */
    void proceed() {
        if (proceeding) {
            return;
        }
        proceeding = true;
        if (expedited != null) {
            Pdu ed = expedited;
            expedited = null;
            send(ed);
        }
        while (tsdu != null && expedited == null) {
            int length = Math.min(maxData, tsdu.length() - sent);
            boolean last = sent + length == tsdu.length();
            Pdu tpdu = pool.take(length).append(tsdu, sent, length);
            if (!stream.dataRequest(TpktHeader.pushWithDt(tpdu, last))) {
                tpdu.release();
                break;
            }
            sent += length;
            if (last && tsdu != null) {
                tsdu.release();
                tsdu = null;
            }
        }
        proceeding = false;
    }

    /** Whether the stream has everything. */
    boolean isEmpty() {
        return tsdu == null && expedited == null;
    }

    /** Whether the user was refused, and may try again. */
    boolean takeReady() {
        boolean data = dataRefused && isEmpty();
        boolean urgent = expeditedRefused && expedited == null;
        dataRefused &= !data;
        expeditedRefused &= !urgent;
        return data || urgent;
    }

    /** Throw away what is here. */
    void clear() {
        if (tsdu != null) {
            tsdu.release();
            tsdu = null;
        }
        if (expedited != null) {
            expedited.release();
            expedited = null;
        }
    }
}
