package org.osistack.session.x225;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.Options;
import org.osistack.core.Pdu;
import org.osistack.core.Simulation;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.SessionUser;
import org.osistack.transport.DisconnectReason;
import org.osistack.transport.TransportConnection;
import org.osistack.transport.TransportUser;

/** One machine of ours between a user and a peer that are both played by the test. */
final class Bench {
    final Simulation simulation = new Simulation(1);
    final Host ours = simulation.newHost("ours");
    final Host theirs = simulation.newHost("theirs");
    final RecordNetwork network;
    /** What the machine did, in the words of the state table. */
    final List<String> seen = new ArrayList<>();
    /** The TSDUs that the peer received, and the primitives that the user heard. */
    final List<String> octets = new ArrayList<>();

    final List<String> octetsExpedited = new ArrayList<>();
    final List<SessionPrimitive> primitives = new ArrayList<>();

    final X225Entity entity;
    SessionProtocolMachine machine;
    TransportConnection peer;

    final TransportUser peerUser = new TransportUser() {
        @Override
        public void dataIndication(Pdu tsdu) {
            List<Spdu> spdus = Tsdu.read(tsdu, true).spdus();
            octets.add(tsdu.toString());
            tsdu.release();
            seen.add(spdus.get(spdus.size() - 1).type().name());
        }

        @Override
        public void expeditedDataIndication(Pdu tsdu) {
            octetsExpedited.add(tsdu.toString());
            seen.add(Tsdu.read(tsdu, false).spdus().get(0).type().name());
            tsdu.release();
        }

        @Override
        public void disconnectIndication(DisconnectReason reason) {
            seen.add("TDISreq");
        }
    };

    final SessionUser user = new SessionUser() {
        @Override
        public void dataIndication(Pdu ssdu) {
            ssdu.release();
            seen.add("SDTind");
        }

        @Override
        public void indication(SessionPrimitive primitive) {
            primitives.add(primitive);
            seen.add(nameOf(primitive));
        }
    };

    Bench(String... options) {
        this(false, options);
    }

    /** A bench whose transport has an expedited flow, or has none. */
    Bench(boolean expedited, String... options) {
        network = new RecordNetwork(() -> 1000, 100, expedited ? () -> true : null);
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < options.length; i += 2) {
            values.put(options[i], options[i + 1]);
        }
        entity = (X225Entity) new X225Provider().open(ours, network.of(ours), new Options("x225", null, values));
    }

    /** The name that the state table has for the indication or confirm of a primitive. */
    static String nameOf(SessionPrimitive primitive) {
        if (primitive instanceof SessionPrimitive.Connect) {
            return "SCONind";
        } else if (primitive instanceof SessionPrimitive.ConnectAnswer answer) {
            return answer.isAccepted() ? "SCONcnf+" : "SCONcnf-";
        } else if (primitive instanceof SessionPrimitive.ReleaseAnswer answer) {
            return answer.affirmative() ? "SRELcnf+" : "SRELcnf-";
        } else if (primitive instanceof SessionPrimitive.Release) {
            return "SRELind";
        } else if (primitive instanceof SessionPrimitive.TypedData) {
            return "STDind";
        } else if (primitive instanceof SessionPrimitive.ExpeditedData) {
            return "SEXind";
        } else if (primitive instanceof SessionPrimitive.CapabilityData) {
            return "SCDind";
        } else if (primitive instanceof SessionPrimitive.CapabilityDataAnswer) {
            return "SCDcnf";
        } else if (primitive instanceof SessionPrimitive.Step step) {
            return NAMES.get(step.step().service()) + (step.isAnswer() ? "cnf" : "ind");
        }
        return "abort";
    }

    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("TOKEN-GIVE", "SGT"),
            Map.entry("TOKEN-PLEASE", "SPT"),
            Map.entry("CONTROL-GIVE", "SCG"),
            Map.entry("SYNC-MINOR", "SSYNm"),
            Map.entry("SYNC-MAJOR", "SSYNM"),
            Map.entry("RESYNCHRONIZE", "SRSYN"),
            Map.entry("U-EXCEPTION-REPORT", "SUER"),
            Map.entry("P-EXCEPTION-REPORT", "SPER"),
            Map.entry("ACTIVITY-START", "SACTS"),
            Map.entry("ACTIVITY-RESUME", "SACTR"),
            Map.entry("ACTIVITY-INTERRUPT", "SACTI"),
            Map.entry("ACTIVITY-DISCARD", "SACTD"),
            Map.entry("ACTIVITY-END", "SACTE"));

    void run() {
        simulation.run(Duration.ofMillis(100));
    }

    /** The peer opens a transport connection to us. */
    void called() {
        entity.attach(Primitives.address("ours", ""), (connection, connect) -> {
            primitives.add(connect);
            seen.add("SCONind");
            return user;
        });
        peer = network.of(theirs).connectRequest(null, RecordNetwork.address("ours"), true, peerUser);
        run();
        machine = entity.machines().get(0);
    }

    /** Our user asks for a connection; the peer takes the transport connection or leaves it. */
    void calling(FunctionalUnits units, TokenSetting tokens, Octets userData, boolean accepted) {
        calling(
                new SessionPrimitive.Connect(null, null, Primitives.address("theirs", ""), units, -1, tokens, userData),
                accepted);
    }

    void calling(SessionPrimitive.Connect connect, boolean accepted) {
        network.of(theirs).attach(RecordNetwork.address("theirs"), (connection, expedited) -> {
            peer = connection;
            if (accepted) {
                connection.connectResponse(expedited);
            }
            return peerUser;
        });
        entity.connectRequest(connect, user);
        machine = entity.machines().get(0);
        run();
    }

    void request(SessionPrimitive primitive) {
        machine.user().request(primitive);
        run();
    }

    /** The peer sends a TSDU. */
    void receive(String hex) {
        receive(Samples.hex(hex));
    }

    void receive(Octets tsdu) {
        peer.dataRequest(Samples.pdu(theirs.pool(), tsdu));
        run();
    }

    /** The peer sends a TSDU on the expedited flow. */
    void receiveExpedited(Octets tsdu) {
        peer.expeditedDataRequest(Samples.pdu(theirs.pool(), tsdu));
        run();
    }

    void receiveExpedited(String hex) {
        receiveExpedited(Samples.hex(hex));
    }

    void close() {
        entity.close();
        if (peer != null) {
            peer.disconnectRequest();
        }
        run();
    }

    long outstanding() {
        return ours.pool().outstanding() + theirs.pool().outstanding();
    }
}
