package org.osistack.session.x225;

import java.util.List;
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
    private final SessionProtocolMachine machine;
    private final Establishment establishment;
    private final Variables v;
    private final Discards discards;
    private final Reassembly reassembly;

    Receiver(
            SessionProtocolMachine machine,
            Establishment establishment,
            Variables v,
            Discards discards,
            PduPool pool,
            int maxSsdu) {
        this.machine = machine;
        this.establishment = establishment;
        this.v = v;
        this.discards = discards;
        this.reassembly = new Reassembly(pool, maxSsdu);
    }

    /** T-DATA.indication. The TSDU is taken over. */
    void tsdu(Pdu tsdu) {
        if (tsdu.length() >= 4 && tsdu.getInt32(0) == Sender.WHOLE_DATA_HEADER && !reassembly.isInProgress()) {
            data(tsdu.pullHeader(4));
            return;
        }
        Tsdu read = Tsdu.read(tsdu, false);
        if (!read.isWellFormed()) {
            discards.drop(Discard.MALFORMED, tsdu);
            machine.invalid(read.fault());
            return;
        }
        tsdu.pullHeader(read.headerLength());
        List<Spdu> spdus = read.spdus();
        for (int i = 0; i < spdus.size() - 1; i++) {
            if (spdus.get(i).has(Parameter.TOKEN_ITEM)) { // without one it is a mere prefix, and no event
                whole(new Arrival(spdus.get(i)));
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

    /** DATA TRANSFER, the parameters of which have been read and taken off. */
    private void data(Pdu ssdu) {
        Row row = machine.match(Event.DT);
        if (row != null && row.has(Output.S_DATA_INDICATION)) {
            machine.user().data(ssdu);
            return;
        }
        discards.drop(Discard.UNEXPECTED, ssdu);
        if (row != null && row.rule() != Rule.NONE) {
            machine.broken(Event.DT, row);
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

    /** Whether a segment, if it is the first, begins something that the table has a row for. */
    private boolean isExpected(Spdu segment) {
        if (reassembly.isInProgress()) {
            return true;
        }
        Event event = eventOf(segment);
        Row row = machine.match(event);
        if (event != Event.INVALID && row != null && row.rule() == Rule.NONE) {
            return true;
        }
        machine.broken(event, row);
        return false;
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
        if (spdu.type() == SpduType.AB) {
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
            machine.tooLong();
        } else if (result == Reassembly.Result.OUT_OF_PLACE) {
            reassembly.clear();
            machine.invalid("a segment out of place");
        }
        return result == Reassembly.Result.MORE;
    }

    /**
     * An SPDU is there, in one piece or put together: it is an event.
     *
     * @return whether the table has a row for it
     */
    boolean whole(Arrival arrival) {
        Event event = eventOf(arrival.spdu());
        if (event == Event.INVALID) {
            machine.invalid(arrival.spdu().type() + " that cannot be");
            return false;
        }
        Row row = machine.match(event);
        if (row == null || row.rule() != Rule.NONE) {
            machine.broken(event, row);
            return false;
        }
        machine.apply(row, event, null, arrival);
        return true;
    }

    /** Which event an SPDU is; what it says goes into the variables. */
    Event eventOf(Spdu spdu) {
        v.serialNumber = spdu.serialNumber(Parameter.SERIAL_NUMBER);
        return switch (spdu.type()) {
            case CN -> {
                if (machine.state() == State.STA01C && v.vtca) {
                    establishment.consider(spdu);
                }
                yield Event.CN;
            }
            case CDO -> establishment.isWithinLimit(spdu) ? Event.CDO : Event.INVALID;
            case AC -> machine.state() != State.STA02A || establishment.read(spdu) ? Event.AC : Event.INVALID;
            case RF -> Translation.releasesTransport(spdu) ? Event.RF_NR : Event.RF_R;
            case FN -> Translation.releasesTransport(spdu) ? Event.FN_NR : Event.FN_R;
            case AB -> Translation.releasesTransport(spdu) ? Event.AB_NR : Event.AB_R;
            case GT, PT -> {
                v.tokens = Translation.tokens(spdu).bits();
                yield spdu.type() == SpduType.GT ? Event.GT : Event.PT;
            }
            case MIP -> (spdu.number(Parameter.SYNC_TYPE_ITEM, 0) & 2) == 0 ? Event.MIP : Event.MIP_D;
            case MAA, AEA -> Event.MAA_AEA;
            case RS ->
                switch ((int) spdu.number(Parameter.RESYNC_TYPE, -1)) {
                    case 0 -> Event.RS_R;
                    case 1 -> Event.RS_A;
                    case 2 -> Event.RS_S;
                    default -> Event.INVALID;
                };
            case EX, PR -> Event.INVALID; // they come on the transport's expedited flow only
            default -> Event.valueOf(spdu.type().name());
        };
    }

    /** Throw away what is being put together. */
    void clear() {
        reassembly.clear();
    }
}
