package org.osistack.core;

import java.util.List;

/**
 * One line of the story that a trace tells.
 *
 * @param seq its number in this trace, from 1
 * @param time in nanoseconds since the trace began
 * @param virtual whether that is virtual time
 * @param host the name of the host
 * @param layer from 1 to 7: of the service whose primitive it is, or of the machine it happened in
 * @param direction of a primitive; null otherwise
 * @param kind what it is
 * @param protocol the protocol of the PDU, or of the machine; empty if there is none
 * @param name of the primitive, or of the kind's own subject: state pair, timer, reason
 * @param parameters of the primitive, or more about the subject
 * @param connection tells the connections of one service access point apart; 0 if there is none
 * @param message identifies the PDU that the primitive carries; 0 if there is none
 * @param parents the events that this one is a consequence of, nearest first; empty if none
 * @param octets the PDU that the primitive carries, or that was discarded; null if there is none
 * @param pdu the explanation of the octets; null if there are none
 */
public record TraceEvent(
        long seq,
        long time,
        boolean virtual,
        String host,
        int layer,
        Direction direction,
        Kind kind,
        String protocol,
        String name,
        List<Parameter> parameters,
        int connection,
        long message,
        List<Long> parents,
        byte[] octets,
        Dissection pdu) {

    /** What a line is about. */
    public enum Kind {
        PRIMITIVE,
        STATE,
        TIMER,
        RETRANSMISSION,
        DISCARD,
        TOKEN,
        CHECKPOINT,
        NOTE
    }

    /** A named parameter of a primitive, as a person reads it. */
    public record Parameter(String name, String value) {}
}
