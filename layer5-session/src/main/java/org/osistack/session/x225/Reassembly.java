package org.osistack.session.x225;

import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;

/**
 * Puts an SSDU together from its segments (X.225 §7.37): the first says what it is and carries all parameters, the
 * others only more user data. What is stored is limited.
 */
final class Reassembly {
    private static final int FIRST = 1;
    private static final int LAST = 2;

    private final PduPool pool;
    private final int limit;
    private Spdu first;
    private Pdu buffer;

    Reassembly(PduPool pool, int limit) {
        this.pool = pool;
        this.limit = limit;
    }

    /** What came of a segment. */
    enum Result {
        /** More segments have to come. */
        MORE,
        /** It was the last. */
        COMPLETE,
        /** It does not belong to the SSDU that is being put together, or none is. */
        OUT_OF_PLACE,
        /** The SSDU is longer than what may be stored. */
        TOO_LONG
    }

    boolean isInProgress() {
        return first != null;
    }

    /** What is being put together; null if nothing is. */
    SpduType type() {
        return first == null ? null : first.type();
    }

    /** Add a segment whose user data is a parameter. */
    Result add(Spdu spdu) {
        Result result = begin(spdu, spdu.userData().length());
        if (result == Result.MORE || result == Result.COMPLETE) {
            buffer.append(spdu.userData().toByteArray());
        }
        return result;
    }

    /** Add a segment whose user data is user information: the data of the PDU, which stays the caller's. */
    Result add(Spdu spdu, Pdu information) {
        Result result = begin(spdu, information.length());
        if (result == Result.MORE || result == Result.COMPLETE) {
            buffer.append(information, 0, information.length());
        }
        return result;
    }

    private Result begin(Spdu spdu, int length) {
        int enclosure = (int) spdu.number(Parameter.ENCLOSURE_ITEM, FIRST | LAST);
        boolean isFirst = (enclosure & FIRST) != 0;
        if (isFirst == isInProgress() || !isFirst && !isOfTheSameKind(spdu.type())) {
            return Result.OUT_OF_PLACE;
        }
        if (isFirst) {
            first = spdu;
            buffer = pool.take(length);
        }
        if (buffer.length() + length > limit) {
            return Result.TOO_LONG;
        }
        makeRoom(length);
        return (enclosure & LAST) == 0 ? Result.MORE : Result.COMPLETE;
    }

    /** Only the first segment of a MAJOR SYNC POINT says that it is no ACTIVITY END. */
    private boolean isOfTheSameKind(SpduType type) {
        return type == first.type() || type == SpduType.AE && first.type() == SpduType.MAP;
    }

    private void makeRoom(int length) {
        if (buffer.tailroom() < length) {
            Pdu larger = pool.take(Math.max(2 * buffer.length(), buffer.length() + length));
            larger.append(buffer, 0, buffer.length());
            buffer.release();
            buffer = larger;
        }
    }

    /** The SPDU as if it had come whole. To be called when it is complete; ends the reassembly. */
    Spdu takeSpdu() {
        Spdu whole = first.whole(Octets.of(buffer));
        clear();
        return whole;
    }

    /** The user information as if it had come whole. To be called when it is complete; ends the reassembly. */
    Pdu takeInformation() {
        Pdu information = buffer;
        buffer = null;
        first = null;
        return information;
    }

    /** Throw away what there is. */
    void clear() {
        if (buffer != null) {
            buffer.release();
        }
        buffer = null;
        first = null;
    }
}
