package org.osistack.transport.tpkt;

import java.util.List;
import org.osistack.core.Discard;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.transport.DisconnectReason;

/** What a TPDU that arrives does to a connection (X.224 Annex A). */
final class TpduArrival implements Framer.Sink {
    private final TpktConnection connection;
    private final TpktEntity entity;
    private final Reassembler reassembler;
    private final Delivery delivery;

    TpduArrival(TpktConnection connection, TpktEntity entity, Reassembler reassembler, Delivery delivery) {
        this.connection = connection;
        this.entity = entity;
        this.reassembler = reassembler;
        this.delivery = delivery;
    }

    @Override
    public boolean isOpen() {
        return !connection.state().isOver();
    }

    @Override
    public void tpdu(Pdu tpdu) {
        State state = connection.state();
        if (state == State.OPEN && TpktHeader.isDt(tpdu)) {
            dt(tpdu);
        } else if (connection.isExpedited() && TpktHeader.isEd(tpdu)) {
            ed(tpdu);
        } else {
            other(tpdu, state);
        }
    }

    private void dt(Pdu dt) {
        boolean last = TpktHeader.isEndOfTsdu(dt);
        dt.pullHeader(TpktHeader.DT_LENGTH);
        if (!reassembler.hasRoomFor(dt, last)) {
            entity.discards().drop(Discard.OVER_LIMIT, dt);
            connection.endWith(DisconnectReason.PROTOCOL_ERROR);
            return;
        }
        Pdu tsdu = reassembler.add(dt, last);
        if (tsdu == null) {
            return;
        }
        if (tsdu.length() == 0) {
            entity.discards().drop(Discard.TOO_SHORT, tsdu);
        } else {
            delivery.data(tsdu);
        }
    }

    private void ed(Pdu ed) {
        int length = ed.length() - TpktHeader.DT_LENGTH;
        if (length == 0) {
            error(ed, Discard.TOO_SHORT, ErrorText.CAUSE_NOT_SPECIFIED, TpktHeader.DT_LENGTH);
        } else if (length > TpktHeader.MAX_EXPEDITED) {
            int upToTheFirstTooMany = TpktHeader.DT_LENGTH + TpktHeader.MAX_EXPEDITED + 1;
            error(ed, Discard.TOO_LONG, ErrorText.CAUSE_NOT_SPECIFIED, upToTheFirstTooMany);
        } else {
            delivery.expedited(ed.pullHeader(TpktHeader.DT_LENGTH));
        }
    }

    private void other(Pdu tpdu, State state) {
        Tpdu parsed = Tpdu.parse(tpdu);
        if (parsed == null || !state.expects(parsed.type())) {
            error(tpdu, Discard.UNKNOWN_PDU, ErrorText.INVALID_TPDU_TYPE, 2); // the second octet, its code, is wrong
            return;
        }
        tpdu.release();
        switch (parsed.type()) {
            case CR -> connection.called(parsed);
            case CC -> connection.connected(parsed);
            case DR ->
                connection.endWith(
                        state == State.WFCC ? ErrorText.refusal(parsed.last()) : DisconnectReason.REMOTE_USER);
            default -> connection.endWith(DisconnectReason.PROTOCOL_ERROR);
        }
    }

    /**
     * A TPDU that class 0 does not know, or not now, or not so: tell the peer with an ER, and close (X.224 §6.22).
     *
     * @param octets how many of its octets to return: up to the one that was wrong
     */
    private void error(Pdu tpdu, Discard why, int cause, int octets) {
        byte[] rejected = new byte[Math.min(tpdu.length(), octets)];
        tpdu.copyTo(0, rejected, 0, rejected.length);
        entity.discards().drop(why, tpdu);
        connection.send(new Tpdu(
                Tpdu.Type.ER,
                connection.peerReference(),
                0,
                cause,
                List.of(new Tpdu.Parameter(Tpdu.INVALID_TPDU, Octets.of(rejected)))));
        connection.endWith(DisconnectReason.PROTOCOL_ERROR);
    }

    @Override
    public void garbage(Pdu part) {
        entity.discards().drop(Discard.BAD_VERSION, part);
        connection.endWith(DisconnectReason.PROTOCOL_ERROR);
    }
}
