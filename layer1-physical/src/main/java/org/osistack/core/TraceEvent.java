package org.osistack.core;

import java.util.ArrayList;
import java.util.List;

/**
 * One line of the story that a trace tells.
 *
 * @param seq its number in this trace, from 1
 * @param time in nanoseconds since the trace began
 * @param virtual whether that is virtual time
 * @param host the name of the host
 * @param layer from 1 to 7: of the service whose primitive it is, or of the machine it happened in
 * @param service the name of the provider of the service, such as {@code tpkt}; empty if it is no primitive
 * @param direction of a primitive; null otherwise
 * @param kind what it is
 * @param protocol the protocol of the PDU, or of the machine; empty if there is none
 * @param name of the primitive, or of the kind's own subject: state pair, timer, reason
 * @param parameters of the primitive, or more about the subject
 * @param connection tells the connections of one service of one host apart; 0 if there is none
 * @param message identifies the PDU that the primitive carries; 0 if there is none
 * @param parents the events that this one is a consequence of, nearest first; empty if none
 * @param octets the PDU that the primitive carries, or that was discarded; null if there is none
 * @param pduLayer the layer whose protocol the PDU belongs to: as a rule the one above the service; 0 if there is none
 * @param pdu the explanation of the octets; null if there are none
 */
public record TraceEvent(
        long seq,
        long time,
        boolean virtual,
        String host,
        int layer,
        String service,
        Direction direction,
        Kind kind,
        String protocol,
        String name,
        List<Parameter> parameters,
        int connection,
        long message,
        List<Long> parents,
        byte[] octets,
        int pduLayer,
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

    /** An event that has neither its number nor its place in the story yet. */
    record Draft(
            String host,
            int layer,
            String service,
            Direction direction,
            Kind kind,
            String protocol,
            String name,
            List<Parameter> parameters,
            int connection,
            byte[] octets,
            int pduLayer,
            Dissection pdu) {
        TraceEvent event(long seq, long time, boolean virtual, List<Long> parents) {
            return new TraceEvent(
                    seq,
                    time,
                    virtual,
                    host,
                    layer,
                    service,
                    direction,
                    kind,
                    protocol,
                    name,
                    parameters,
                    connection,
                    octets == null ? 0 : seq,
                    parents,
                    octets,
                    pduLayer,
                    pdu);
        }
    }

    /** A named parameter of a primitive, as a person reads it. */
    public record Parameter(String name, String value) {}

    /** The event that this one is a direct consequence of; 0 if there is none. */
    public long parent() {
        return parents.isEmpty() ? 0 : parents.get(0);
    }

    /** The value of the parameter of that name; empty if it has none. */
    public String parameter(String parameterName) {
        for (Parameter parameter : parameters) {
            if (parameter.name().equals(parameterName)) {
                return parameter.value();
            }
        }
        return "";
    }

    /** The same event with one more parameter. */
    TraceEvent with(Parameter parameter) {
        List<Parameter> more = new ArrayList<>(parameters);
        more.add(parameter);
        return new TraceEvent(
                seq,
                time,
                virtual,
                host,
                layer,
                service,
                direction,
                kind,
                protocol,
                name,
                more,
                connection,
                message,
                parents,
                octets,
                pduLayer,
                pdu);
    }
}
