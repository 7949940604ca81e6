package org.osistack.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A tap's end of the trace: one for each service of each host. A tap calls {@link #down} or {@link #up} before it
 * passes a primitive on, and {@link #end()} after.
 */
public final class SapTrace {
    private final Trace trace;
    private final Host host;
    private final int layer;
    private final String service;
    private final int userLayer;
    private final Supplier<Dissector> user;
    private final Map<Integer, Dissector> dissectors = new HashMap<>();

    SapTrace(Trace trace, Host host, int layer, String service, int userLayer, Supplier<Dissector> user) {
        this.trace = trace;
        this.host = host;
        this.layer = layer;
        this.service = service;
        this.userLayer = userLayer;
        this.user = user;
    }

    /** Say which medium the service stands on; for the tap of layer 1. */
    public void medium(Medium medium) {
        trace.medium(medium);
    }

    /** A number for a new connection of the service, from 1. */
    public int newConnection() {
        return trace.newConnection(host, layer, service);
    }

    /** The connection has ended; its dissector may be forgotten. */
    public void forget(int connection) {
        dissectors.remove(connection);
    }

    /**
     * A request or response passes.
     *
     * @param primitive its name, such as {@code DL-UNITDATA.request}
     * @param connection from {@link #newConnection()}; 0 in the connectionless mode
     * @param sap what tells the users of the service apart; may be null
     * @param pdu the user's octets, still the tap's; null if there are none
     * @param parameters names and values by turns
     */
    public void down(String primitive, int connection, Object sap, Pdu pdu, Object... parameters) {
        report(Direction.DOWN, primitive, connection, sap, pdu, parameters);
    }

    /** An indication or confirm passes; the parameters are those of {@link #down}. */
    public void up(String primitive, int connection, Object sap, Pdu pdu, Object... parameters) {
        report(Direction.UP, primitive, connection, sap, pdu, parameters);
    }

    /** As {@link #down}, for a primitive that is a value and carries its user's octets as one; they may be none. */
    public void downValue(String primitive, int connection, Object sap, Octets octets, Object... parameters) {
        reportValue(Direction.DOWN, primitive, connection, sap, octets, parameters);
    }

    /** As {@link #up}, for a primitive that is a value and carries its user's octets as one; they may be none. */
    public void upValue(String primitive, int connection, Object sap, Octets octets, Object... parameters) {
        reportValue(Direction.UP, primitive, connection, sap, octets, parameters);
    }

    /** The primitive reported last has been carried out. */
    public void end() {
        trace.end(this, true);
    }

    /** The primitive reported last was taken, or was refused for lack of credit and will come again. */
    public boolean end(boolean accepted) {
        trace.end(this, accepted);
        return accepted;
    }

    private void reportValue(
            Direction direction, String primitive, int connection, Object sap, Octets octets, Object... parameters) {
        if (octets == null || octets.isEmpty()) {
            report(direction, primitive, connection, sap, null, parameters);
            return;
        }
        Pdu pdu = host.pool().take(octets.length());
        octets.appendTo(pdu);
        report(direction, primitive, connection, sap, pdu, parameters);
        pdu.release();
    }

    private void report(
            Direction direction, String primitive, int connection, Object sap, Pdu pdu, Object... parameters) {
        Dissection dissection = null;
        byte[] octets = null;
        if (pdu != null) {
            octets = pdu.toByteArray();
            dissection = new Dissection();
            dissectors.computeIfAbsent(connection, c -> user.get()).dissect(pdu, sap, direction, dissection);
        }
        trace.begin(
                this,
                new TraceEvent.Draft(
                        host.name(),
                        layer,
                        service,
                        direction,
                        TraceEvent.Kind.PRIMITIVE,
                        dissection == null ? "" : dissection.protocol(),
                        primitive,
                        named(parameters),
                        connection,
                        octets,
                        dissection == null ? 0 : userLayer,
                        dissection));
    }

    private static List<TraceEvent.Parameter> named(Object... namesAndValues) {
        List<TraceEvent.Parameter> list = new ArrayList<>(namesAndValues.length / 2);
        for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
            list.add(new TraceEvent.Parameter((String) namesAndValues[i], String.valueOf(namesAndValues[i + 1])));
        }
        return list;
    }
}
