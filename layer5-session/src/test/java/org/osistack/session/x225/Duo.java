package org.osistack.session.x225;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.Options;
import org.osistack.core.Pdu;
import org.osistack.core.dialogue.ConnectionIdentifier;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.session.SessionConnection;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.SessionRefusal;
import org.osistack.session.SessionUser;

/** Two machines of ours, 0 who calls and 1 who is called, joined by a {@link Wire}, and users who write down what they hear. */
final class Duo {
    /** One user, who remembers what matters for what it may do next. */
    static final class Party implements SessionUser {
        SessionConnection connection;
        SessionProtocolMachine machine;
        boolean over;
        /** What it has answered to a release, and the peer to its own. */
        int releases;
        /** An S-P-ABORT.indication; null if none was heard. */
        SessionPrimitive.ProviderAbort abort;

        final List<SessionPrimitive> heard = new ArrayList<>();

        @Override
        public void dataIndication(Pdu ssdu) {
            ssdu.release();
        }

        @Override
        public void indication(SessionPrimitive primitive) {
            heard.add(primitive);
            if (primitive instanceof SessionPrimitive.ProviderAbort provider) {
                abort = provider;
            }
            if (primitive instanceof SessionPrimitive.ReleaseAnswer) {
                releases += 16;
            }
            over = machine != null && machine.user().isEnded();
        }

        State state() {
            return machine.state();
        }

        Variables v() {
            return machine.variables();
        }

        /** Whether it has asked for the end itself, or heard of it. */
        boolean isOver() {
            return connection == null || ((X225Connection) connection).isEnded();
        }
    }

    final Wire wire;
    final X225Entity[] entities = new X225Entity[2];
    final Party[] parties = {new Party(), new Party()};

    /** What users send along where they can. */
    Octets userData = Octets.EMPTY;

    /** Two machines in data transfer with these units and tokens. */
    Duo(Host[] hosts, FunctionalUnits units, TokenSetting tokens, boolean expedited) {
        this(hosts, expedited, Map.of());
        connect(units, tokens, Octets.EMPTY, units);
        wire.deliver(1, 0);
        wire.deliver(0, 0);
        for (Party party : parties) {
            party.heard.clear();
        }
    }

    /** Two machines with these options and nothing between them. */
    Duo(Host[] hosts, boolean expedited, Map<String, String> more) {
        this.hosts = hosts;
        wire = new Wire(hosts[0], hosts[1], expedited);
        Map<String, String> values = new HashMap<>(more);
        values.put("expedited", expedited ? "yes" : "no");
        for (int side = 0; side < 2; side++) {
            entities[side] =
                    (X225Entity) new X225Provider().open(hosts[side], wire.at(side), new Options("x225", null, values));
        }
    }

    /**
     * Ask for a connection, so that the CONNECT is under way.
     *
     * @param accepted what the called user accepts; null if it refuses
     */
    void connect(FunctionalUnits units, TokenSetting tokens, Octets connectData, FunctionalUnits accepted) {
        entities[1].attach(Primitives.address("bob", "S"), (connection, connect) -> {
            parties[1].connection = connection;
            connection.request(
                    accepted == null
                            ? Primitives.refuse(SessionRefusal.REJECTED_BY_USER, userData)
                            : Primitives.accept(accepted, TokenSetting.INITIATOR, userData));
            return parties[1];
        });
        parties[0].connection = entities[0].connectRequest(
                new SessionPrimitive.Connect(
                        ConnectionIdentifier.NONE,
                        null,
                        Primitives.address("bob", "S"),
                        units,
                        -1,
                        tokens,
                        connectData),
                parties[0]);
        for (int side = 0; side < 2; side++) {
            parties[side].machine = entities[side].machines().get(0);
        }
        wire.confirm();
    }

    private final Host[] hosts;

    /** All that can change in the two, their users and what is under way. */
    Snapshot snapshot() {
        return new Snapshot(parties[0], parties[1], parties[0].machine, parties[1].machine, wire.ends[0], wire.ends[1]);
    }

    /** An SSDU for S-DATA. */
    Pdu pdu(int side) {
        return Samples.pdu(hosts[side].pool(), Octets.ofText("d"));
    }

    /** End both at once. */
    void close() {
        for (X225Entity entity : entities) {
            entity.close();
        }
    }
}
