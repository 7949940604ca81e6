package org.osistack.application.rose;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.osistack.application.rtse.SessionConnectionIdentifier;
import org.osistack.application.rtse.TransferLog;
import org.osistack.application.rtse.TransferState;
import org.osistack.core.Octets;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.Tag;

/**
 * The APDUs of one association that wait for their transfer, or are under way. They are in RTSE's log and so survive a
 * restart, if that does: an answer becomes durable together with the note that its invocation has arrived.
 */
final class Tray {
    private static final int MAX_LABEL = 1024; // octets

    /** An APDU in it. */
    record Kept(long number, Octets apdu) {}

    /**
     * What was in it when the process ended.
     *
     * @param underWay null if nothing was
     * @param own all that, and what was confirmed last: APDUs whose answer may still come
     */
    record Contents(Kept underWay, List<Kept> waiting, List<Octets> own) {}

    private final TransferLog log;
    private final boolean isInitiator;
    private long last;

    Tray(TransferLog log, boolean isInitiator) {
        this.log = log;
        this.isInitiator = isInitiator;
    }

    /**
     * Put an APDU in.
     *
     * @param association null if it has no name, and so can't be recovered
     * @return its number
     */
    long put(SessionConnectionIdentifier association, Octets apdu) {
        last++;
        if (association != null) {
            log.keep(isInitiator, association, last, apdu);
        }
        return last;
    }

    /** Its transfer is over. */
    void take(SessionConnectionIdentifier association, long number) {
        if (association != null) {
            log.drop(isInitiator, association, number);
        }
    }

    /** What RTSE remembers of the APDU: all of it, or if it is long the number. */
    static Octets label(long number, Octets apdu) {
        return apdu.length() <= MAX_LABEL
                ? apdu
                : new BerWriter().integer(Tag.INTEGER, number).toOctets();
    }

    /** Find what was in it. */
    Contents restore(TransferState state) {
        Octets outgoing =
                state.outgoing() == null ? Octets.EMPTY : state.outgoing().label();
        Kept underWay = null;
        List<Kept> waiting = new ArrayList<>();
        List<Octets> own = new ArrayList<>();
        if (!state.sent().isEmpty()) {
            own.add(state.sent());
        }
        for (Map.Entry<Long, Octets> each :
                log.kept(isInitiator, state.association()).entrySet()) {
            Kept kept = new Kept(each.getKey(), each.getValue());
            last = kept.number;
            Octets label = label(kept.number, kept.apdu);
            if (label.equals(outgoing) && underWay == null) {
                underWay = kept;
                own.add(kept.apdu);
            } else if (label.equals(state.sent())) {
                log.drop(isInitiator, state.association(), kept.number); // it was confirmed, and still here
            } else {
                waiting.add(kept);
                own.add(kept.apdu);
            }
        }
        if (underWay == null && RoseApdu.parse(outgoing).apdu() != null) { // a log that keeps none has the label still
            underWay = new Kept(0, outgoing);
            own.add(outgoing);
        }
        return new Contents(underWay, waiting, own);
    }
}
