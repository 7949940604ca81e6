package org.osistack.session.x225;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.osistack.core.Discard;
import org.osistack.core.Discards;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;
import org.osistack.session.x225.StateTable.Row;
import org.osistack.session.x225.StateTable.Rule;

/**
 * Makes events of the TSDUs that arrive: takes their SPDUs apart, puts segments together, and tells the machine what has
 * come. S-DATA goes a short way of its own, without an object for each TSDU.
 */
final class Receiver {
    /** SPDUs before which an SSDU of which segments have come is left unfinished (X.225 §7.37). */
    private static final Set<SpduType> CUTTING_IN =
            EnumSet.of(SpduType.AB, SpduType.RS, SpduType.RA, SpduType.AI, SpduType.AIA, SpduType.AD, SpduType.ADA);

    private final SessionProtocolMachine machine;
    private final Variables v;
    private final Discards discards;
    private final boolean extendedConcatenation;
    private final Recognition recognition;
    private final Reassembly reassembly;

    Receiver(SessionProtocolMachine machine, Variables v, Discards discards, PduPool pool, Settings settings) {
        this.machine = machine;
        this.v = v;
        this.discards = discards;
        this.extendedConcatenation = settings.extendedConcatenation();
        this.recognition = new Recognition(machine, v);
        this.reassembly = new Reassembly(pool, settings.maxSsdu());
    }

    // ---- the two flows of the transport
    // --------------------------------------------------------------------------------

    /** T-DATA.indication. The TSDU is taken over. */
    void tsdu(Pdu tsdu) {
        if (tsdu.length() >= 4 && tsdu.getInt32(0) == Sender.WHOLE_DATA_HEADER && !reassembly.isInProgress()) {
            data(tsdu.pullHeader(4));
            return;
        }
        Tsdu read = Tsdu.read(tsdu, extendedConcatenation);
        if (!read.isWellFormed()) {
            invalid(tsdu, read.fault());
            return;
        }
        List<Spdu> spdus = read.spdus();
        SpduType first = spdus.get(0).type();
        if (first == SpduType.EX || first == SpduType.PR) {
            invalid(tsdu, first + " on the normal flow");
            return;
        }
        tsdu.pullHeader(read.headerLength());
        for (int i = 0; i < spdus.size() - 1; i++) {
            Spdu spdu = spdus.get(i);
            if (spdu.type().category() == Category.TWO) {
                arrived(spdu, null);
            } else if (spdu.has(Parameter.TOKEN_ITEM)) { // without one it is a mere prefix, and no event
                whole(new Arrival(spdu));
            }
        }
        Spdu last = spdus.get(spdus.size() - 1);
        if (last.type() == SpduType.DT) {
            dataSegment(last, tsdu);
        } else {
            boolean expected = arrived(last, tsdu);
            tsdu.pushHeader(read.headerLength());
            if (expected) {
                tsdu.release();
            } else {
                discards.drop(Discard.UNEXPECTED, tsdu);
            }
        }
    }

    /** T-EXPEDITED-DATA.indication. The TSDU is taken over. */
    void expedited(Pdu tsdu) {
        Tsdu read = Tsdu.read(tsdu, false);
        if (!read.isWellFormed()) {
            invalid(tsdu, read.fault());
            return;
        }
        Spdu spdu = read.spdus().get(0);
        int length = tsdu.length() - read.headerLength();
        switch (spdu.type()) {
            case EX -> {
                if (length == 0 || length > Requests.MAX_EXPEDITED_DATA) {
                    invalid(tsdu, "EX with " + length + " octets");
                    return;
                }
            }
            case PR, AB, AA -> {}
            default -> {
                invalid(tsdu, spdu.type() + " on the expedited flow");
                return;
            }
        }
        if (spdu.type() == SpduType.AB) {
            reassembly.clear();
        }
        boolean expected = whole(new Arrival(spdu, Octets.of(tsdu).slice(read.headerLength(), tsdu.length())));
        if (expected) {
            tsdu.release();
        } else {
            discards.drop(Discard.UNEXPECTED, tsdu);
        }
    }

    private void invalid(Pdu tsdu, String fault) {
        discards.drop(Discard.MALFORMED, tsdu);
        machine.endings().invalid(fault);
    }

    // ---- S-DATA
    // ---------------------------------------------------------------------------------------------------------

    /** DATA TRANSFER, the parameters of which have been read and taken off. */
    private void data(Pdu ssdu) {
        Row row = machine.match(Event.DT);
        if (row != null && row.has(Output.S_DATA_INDICATION)) {
            machine.user().data(ssdu);
            return;
        }
        discards.drop(Discard.UNEXPECTED, ssdu);
        if (row != null && row.rule() != Rule.NONE) {
            machine.endings().broken(Event.DT, row);
        }
    }

    private void dataSegment(Spdu spdu, Pdu segment) {
        if (isWhole(spdu) && !reassembly.isInProgress()) {
            data(segment);
            return;
        }
        if (!isExpected(spdu)) {
            discards.drop(Discard.UNEXPECTED, segment);
            return;
        }
        Reassembly.Result result = reassembly.add(spdu, segment);
        segment.release();
        if (result == Reassembly.Result.COMPLETE) {
            data(reassembly.takeInformation());
        } else {
            incomplete(result);
        }
    }

    // ---- segments
    // -------------------------------------------------------------------------------------------------------

    /**
     * Whether a segment belongs to what is being put together, or begins something that the table has a row for. What is
     * left of an SSDU that was purged does not, and is no mistake of the peer's.
     */
    private boolean isExpected(Spdu segment) {
        if (reassembly.isInProgress()) {
            return true;
        }
        Event event = recognition.eventOf(segment);
        if (!Recognition.isFirst(segment)) {
            boolean purged = meansNothing(event) || event == Event.AE && meansNothing(Event.MAP);
            return !purged;
        }
        Row row = machine.match(event);
        if (event != Event.INVALID && row != null && row.rule() == Rule.NONE) {
            return true;
        }
        machine.endings().broken(event, row);
        return false;
    }

    private boolean meansNothing(Event event) {
        Row row = machine.match(event);
        return row != null && row.rule() == Rule.NONE && row.outputs().isEmpty() && row.next() == null;
    }

    private static boolean isWhole(Spdu spdu) {
        return (spdu.number(Parameter.ENCLOSURE_ITEM, 3) & 3) == 3;
    }

    /**
     * Any SPDU but DATA TRANSFER; what the PDU still holds is its user information.
     *
     * @return whether the table has a row for it
     */
    private boolean arrived(Spdu spdu, Pdu information) {
        boolean hasInformation = spdu.type().hasUserInformation();
        if (CUTTING_IN.contains(spdu.type()) && Recognition.isFirst(spdu)) {
            reassembly.clear();
        }
        if (spdu.type() == SpduType.CDO || isWhole(spdu) && !reassembly.isInProgress()) {
            return whole(new Arrival(spdu, hasInformation ? Octets.of(information) : Octets.EMPTY));
        }
        if (!isExpected(spdu)) {
            return false;
        }
        Reassembly.Result result = hasInformation ? reassembly.add(spdu, information) : reassembly.add(spdu);
        if (result != Reassembly.Result.COMPLETE) {
            return incomplete(result);
        }
        if (!hasInformation) {
            return whole(new Arrival(reassembly.takeSpdu()));
        }
        Pdu whole = reassembly.takeInformation();
        Octets octets = Octets.of(whole);
        whole.release();
        return whole(new Arrival(spdu, octets));
    }

    private boolean incomplete(Reassembly.Result result) {
        if (result == Reassembly.Result.TOO_LONG) {
            reassembly.clear();
            machine.endings().tooMuch();
        } else if (result == Reassembly.Result.OUT_OF_PLACE) {
            reassembly.clear();
            machine.endings().invalid("a segment out of place");
        }
        return result == Reassembly.Result.MORE;
    }

    // ---- events
    // ---------------------------------------------------------------------------------------------------------

    /**
     * An SPDU is there, in one piece or put together: it is an event.
     *
     * @return whether the table has a row for it
     */
    boolean whole(Arrival arrival) {
        Event event = recognition.eventOf(arrival.spdu());
        if (event == Event.INVALID) {
            machine.endings().invalid(arrival.spdu().type() + " that cannot be");
            return false;
        }
        Row row = machine.match(event);
        if (row == null || row.rule() != Rule.NONE) {
            machine.endings().broken(event, row);
            return false;
        }
        machine.apply(row, event, null, arrival);
        return true;
    }

    /** Which event an SPDU is; what it says goes into the variables. */
    Event eventOf(Spdu spdu) {
        return recognition.eventOf(spdu);
    }

    // ---- what is purged
    // -------------------------------------------------------------------------------------------------

    /** Throw away what is being put together, unless it is what purges. */
    void purge() {
        if (reassembly.isInProgress() && !CUTTING_IN.contains(reassembly.type())) {
            reassembly.clear();
        }
    }

    /** Whether segments have come to which others belong. */
    boolean isInProgress() {
        return reassembly.isInProgress();
    }

    /** Throw away what is being put together. */
    void clear() {
        reassembly.clear();
    }
}
