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
    private final Supplier<Dissector> user;
    private final Map<Integer, Dissector> dissectors = new HashMap<>();
    private int connections;

    SapTrace(Trace trace, Host host, int layer, Supplier<Dissector> user) {
        this.trace = trace;
        this.host = host;
        this.layer = layer;
        this.user = user;
    }

    /** A number for a new connection of the service, from 1. */
    public int newConnection() {
        return ++connections;
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

    /** The primitive reported last has been carried out. */
    public void end() {
        trace.end(true);
    }

    /** The primitive reported last was taken, or was refused for lack of credit and will come again. */
    public boolean end(boolean accepted) {
        trace.end(accepted);
        return accepted;
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
        trace.primitive(host, layer, direction, primitive, named(parameters), connection, octets, dissection);
    }

    private static List<TraceEvent.Parameter> named(Object... namesAndValues) {
        List<TraceEvent.Parameter> list = new ArrayList<>(namesAndValues.length / 2);
        for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
            list.add(new TraceEvent.Parameter((String) namesAndValues[i], String.valueOf(namesAndValues[i + 1])));
        }
        return list;
    }
}
