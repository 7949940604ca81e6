package org.osistack.transport.tcp;

import org.osistack.core.Discard;
import org.osistack.core.Discards;
import org.osistack.transport.DisconnectReason;

/**
 * What is done when a segment arrives: RFC 9293 §3.10.7, paragraph by paragraph, with what RFC 5961 (blind attacks), RFC
 * 7323 (timestamps) and RFC 6191 (reuse of TIME-WAIT) add. There is one for all connections of an entity.
 *
 * <p>The segment remains the caller's, who releases what nobody took.
 */
final class SegmentArrival {
    private final TcpEntity entity;
    private final Discards discards;

    SegmentArrival(TcpEntity entity) {
        this.entity = entity;
        this.discards = entity.discards;
    }

    /** §3.10.7.1: there is no such connection. */
    void closed(Segment segment) {
        if (!segment.has(TcpHeader.RST)) {
            reset(segment);
        }
        discards.drop(Discard.NO_CONNECTION, segment.take());
    }

    /** Answer with a reset that the sender of the segment will take for genuine. */
    private void reset(Segment segment) {
        if (segment.has(TcpHeader.ACK)) {
            bare(segment, segment.ack, 0, TcpHeader.RST);
        } else {
            bare(segment, 0, segment.end(), TcpHeader.RST | TcpHeader.ACK);
        }
    }

    private void bare(Segment to, int sequenceNumber, int acknowledgmentNumber, int controlBits) {
        entity.writer.sendBare(
                to.destination,
                to.source,
                to.destinationPort,
                to.sourcePort,
                sequenceNumber,
                acknowledgmentNumber,
                controlBits);
    }

    /**
     * §3.10.7.2: somebody listens.
     *
     * @param earlier the connection between the same sockets that was in TIME-WAIT until now; null if there was none
     */
    void listen(Segment segment, Listener listener, TcpConnection earlier) {
        if (segment.has(TcpHeader.RST)) {
            discards.drop(Discard.NO_CONNECTION, segment.take());
        } else if (segment.has(TcpHeader.ACK)) {
            reset(segment);
            discards.drop(Discard.NO_CONNECTION, segment.take());
        } else if (!segment.has(TcpHeader.SYN)) {
            discards.drop(Discard.UNEXPECTED, segment.take());
        } else {
            entity.open(segment, listener, earlier); // text that came with the SYN comes again
        }
    }

    /** §3.10.7.3. */
    void synSent(TcpConnection c, Segment segment) {
        boolean ack = segment.has(TcpHeader.ACK);
        if (ack
                && !(SequenceNumber.isAfter(segment.ack, c.snd.iss)
                        && !SequenceNumber.isAfter(segment.ack, c.snd.sndNxt))) {
            if (!segment.has(TcpHeader.RST)) {
                reset(segment);
            }
            discards.drop(Discard.UNEXPECTED, segment.take());
        } else if (segment.has(TcpHeader.RST)) {
            if (ack) {
                entity.counters.attemptFails++;
                c.abort(DisconnectReason.REFUSED, "RST");
            } else {
                discards.drop(Discard.UNEXPECTED, segment.take());
            }
        } else if (!segment.has(TcpHeader.SYN)) {
            discards.drop(Discard.UNEXPECTED, segment.take());
        } else {
            synReceived(c, segment, ack);
        }
    }

    private void synReceived(TcpConnection c, Segment segment, boolean ack) {
        c.rcv.begin(segment);
        c.snd.negotiated(segment.options);
        c.snd.window.begin(segment);
        if (!ack) { // both have opened at once (§3.5, figure 8)
            c.transition(TcpState.SYN_RECEIVED, "SYN");
            c.control.sendSyn();
            return;
        }
        c.snd.acknowledged(segment);
        c.established("SYN,ACK");
        c.rcv.acknowledgeNow();
        segment.seq++; // what follows the SYN
        textAndFin(c, segment);
        c.finish();
    }

    /** §3.10.7.4: all other states. */
    void other(TcpConnection c, Segment segment) {
        if (c.state == TcpState.SYN_RECEIVED && segment.has(TcpHeader.SYN) && segment.seq == c.rcv.irs) {
            if (!segment.has(TcpHeader.ACK)) {
                c.control.sendChallengeAck(); // our SYN,ACK was lost
                discards.drop(Discard.DUPLICATE, segment.take());
                return;
            }
            segment.control &= ~TcpHeader.SYN; // the SYN,ACK of a simultaneous open: its SYN is known
            segment.seq++;
        }
        if (isTooOld(c, segment) || !isInWindow(c, segment)) {
            return;
        }
        if (segment.options.timestamps && c.snd.timestamps && !segment.has(TcpHeader.RST)) {
            c.rcv.updateTsRecent(segment);
        }
        if (segment.has(TcpHeader.RST)) {
            resetReceived(c, segment);
        } else if (segment.has(TcpHeader.SYN)) { // fourth, as RFC 5961 §4.2 changes it
            c.control.sendChallengeAck();
            discards.drop(Discard.UNEXPECTED, segment.take());
        } else if (!segment.has(TcpHeader.ACK)) {
            discards.drop(Discard.UNEXPECTED, segment.take());
        } else if (acknowledgment(c, segment)) {
            textAndFin(c, segment);
            c.finish();
        }
    }

    /** RFC 7323 §5.3, R1: a segment of another time, though its sequence number may fit. */
    private boolean isTooOld(TcpConnection c, Segment segment) {
        if (!c.snd.timestamps || segment.has(TcpHeader.RST)) {
            return false;
        }
        if (!segment.options.timestamps) {
            discards.drop(Discard.BAD_FIELD, segment.take()); // RFC 7323 §3.2
            return true;
        }
        if (!c.rcv.isTimestampOld(segment)) {
            return false;
        }
        if (segment.len() == 0 && segment.seq == c.rcv.rcvNxt) {
            discards.drop(Discard.DUPLICATE, segment.take()); // an acknowledgement that a later one has overtaken
        } else {
            reject(c, segment);
        }
        return true;
    }

    /** First: check the sequence number. */
    private boolean isInWindow(TcpConnection c, Segment segment) {
        if (c.rcv.isAcceptable(segment)) {
            return true;
        }
        if (c.rcv.rcvWnd() == 0 && segment.seq == c.rcv.rcvNxt && !segment.has(TcpHeader.RST | TcpHeader.SYN)) {
            segment.control &= ~TcpHeader.FIN; // no room for it, but its acknowledgement is welcome
            segment.textLength = 0;
            c.rcv.acknowledgeNow();
            return true;
        }
        if (segment.has(TcpHeader.RST)) {
            discards.drop(Discard.OUT_OF_WINDOW, segment.take());
        } else {
            if (c.state == TcpState.TIME_WAIT && segment.has(TcpHeader.FIN)) {
                c.timeWait.restart(); // eighth: the peer has not got our last acknowledgement
            }
            reject(c, segment);
        }
        return false;
    }

    /** Answer a segment that is no use with an acknowledgement, and throw it away. */
    private void reject(TcpConnection c, Segment segment) {
        if (segment.len() > 0 && c.state.isSynchronized()) {
            c.rcv.rejected(segment);
            c.control.sendAck();
        } else {
            c.control.sendChallengeAck(); // not without end: the peer may take our answer for no use, too
        }
        boolean before = SequenceNumber.isBefore(segment.seq, c.rcv.rcvNxt);
        discards.drop(before ? Discard.DUPLICATE : Discard.OUT_OF_WINDOW, segment.take());
    }

    /** Second: check the RST bit, as RFC 5961 §3.2 has it. */
    private void resetReceived(TcpConnection c, Segment segment) {
        if (segment.seq != c.rcv.rcvNxt) {
            c.control.sendChallengeAck();
            discards.drop(Discard.UNEXPECTED, segment.take());
            return;
        }
        switch (c.state) {
            case SYN_RECEIVED -> {
                entity.counters.attemptFails++;
                if (c.opening.isPassive()) {
                    c.drop("RST");
                } else {
                    c.abort(DisconnectReason.REFUSED, "RST");
                }
            }
            case ESTABLISHED, FIN_WAIT_1, FIN_WAIT_2, CLOSE_WAIT -> {
                entity.counters.estabResets++;
                c.abort(DisconnectReason.REMOTE_USER, "RST");
            }
            default -> { // CLOSING, LAST-ACK, TIME-WAIT: the peer has all that it wants
                if (c.snd.isDataAcknowledged()) {
                    c.lastAckReceived("RST");
                    c.finish();
                } else {
                    c.abort(DisconnectReason.REMOTE_USER, "RST");
                }
            }
        }
    }

    /**
     * Fifth: check the ACK field.
     *
     * @return whether to go on with the segment
     */
    private boolean acknowledgment(TcpConnection c, Segment segment) {
        Sender snd = c.snd;
        if (c.state == TcpState.SYN_RECEIVED) {
            if (!SequenceNumber.isAfter(segment.ack, snd.sndUna) || SequenceNumber.isAfter(segment.ack, snd.sndNxt)) {
                reset(segment);
                discards.drop(Discard.UNEXPECTED, segment.take());
                return false;
            }
            snd.acknowledged(segment);
            c.established("ACK of SYN");
            return true;
        }
        if (SequenceNumber.isAfter(segment.ack, snd.sndMax())
                || SequenceNumber.isBefore(segment.ack, snd.sndUna - snd.window.max())) { // RFC 5961 §5.2
            c.control.sendChallengeAck();
            discards.drop(Discard.UNEXPECTED, segment.take());
            return false;
        }
        c.heard();
        if (!SequenceNumber.isBefore(segment.ack, snd.sndUna)) {
            snd.acknowledged(segment);
        }
        if (snd.isFinAcknowledged()) {
            finAcknowledged(c);
        }
        return true;
    }

    private static void finAcknowledged(TcpConnection c) {
        switch (c.state) {
            case FIN_WAIT_1 -> c.transition(TcpState.FIN_WAIT_2, "ACK of FIN");
            case CLOSING -> c.timeWait.enter("ACK of FIN");
            case LAST_ACK -> c.lastAckReceived("ACK of FIN");
            default -> {
                // known already
            }
        }
    }

    /** Sixth to eighth. Urgent data is data like any other (RFC 6093 §6). */
    private void textAndFin(TcpConnection c, Segment segment) {
        if (c.state.receives() && c.rcv.receive(segment)) {
            finReceived(c);
        }
    }

    private static void finReceived(TcpConnection c) {
        c.delivery.finReceived();
        switch (c.state) {
            case ESTABLISHED -> c.transition(TcpState.CLOSE_WAIT, "FIN");
            case FIN_WAIT_1 -> c.transition(TcpState.CLOSING, "FIN");
            case FIN_WAIT_2 -> c.timeWait.enter("FIN");
            default -> throw new IllegalStateException(c.toString());
        }
    }
}
