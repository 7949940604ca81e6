package org.osistack.session.x225;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.Options;
import org.osistack.core.Pdu;
import org.osistack.core.Simulation;
import org.osistack.session.SessionConnection;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.SessionUser;
import org.osistack.transport.DisconnectReason;
import org.osistack.transport.TransportConnection;
import org.osistack.transport.TransportUser;

/** Recorded dialogues with octets changed, cut and put in another order: no exception, no leak, no connection that stays. */
class MutationTest {
    private static final int TSDUS = 1_000_000;

    private final Simulation simulation = new Simulation(1);
    private final Host ours = simulation.newHost("ours");
    private final Host theirs = simulation.newHost("theirs");
    private final SplittableRandom random = new SplittableRandom(4711);
    private final Whims whims = new Whims(random);
    private final RecordNetwork network = new RecordNetwork(() -> 1000, 1000, random::nextBoolean);
    private final Map<String, Integer> heard = new TreeMap<>();
    private boolean disconnected;
    private int refused;

    /** Accepts what comes, and answers what wants an answer. */
    private final class Willing implements SessionUser {
        SessionConnection connection;

        @Override
        public void dataIndication(Pdu ssdu) {
            heard.merge("SDTind", 1, Integer::sum);
            if (random.nextBoolean()) {
                ssdu.release();
            } else if (ssdu.length() == 0 || !mayTalk() || !connection.dataRequest(ssdu)) {
                ssdu.release();
            }
        }

        private boolean mayTalk() {
            return connection.functionalUnits().equals(Primitives.DUPLEX) && random.nextInt(4) == 0;
        }

        @Override
        public void indication(SessionPrimitive primitive) {
            heard.merge(Bench.nameOf(primitive), 1, Integer::sum);
            if (primitive instanceof SessionPrimitive.Release) {
                connection.request(new SessionPrimitive.ReleaseAnswer(true, Octets.EMPTY));
            } else if (primitive instanceof SessionPrimitive.Step) {
                for (int attempt = 0; attempt < 3; attempt++) {
                    tryTo(attempt == 0 ? whims.request(connection) : whims.answer(connection));
                }
            }
        }

        private void tryTo(SessionPrimitive primitive) {
            try {
                connection.request(primitive);
            } catch (IllegalStateException | IllegalArgumentException e) {
                refused++;
            }
        }
    }

    private final class Peer implements TransportUser {
        @Override
        public void dataIndication(Pdu tsdu) {
            assertThat(Tsdu.read(tsdu, false).fault()).as("what we send").isNull();
            tsdu.release();
        }

        @Override
        public void expeditedDataIndication(Pdu tsdu) {
            dataIndication(tsdu);
        }

        @Override
        public void disconnectIndication(DisconnectReason reason) {
            disconnected = true;
        }
    }

    @Test
    void mutatedDialoguesNeitherThrowNorLeak() {
        X225Entity entity = (X225Entity)
                new X225Provider().open(ours, network.of(ours), new Options("x225", null, Map.of("max-ssdu", "20000")));
        for (String selector : List.of("", "\0\u0001", "S")) {
            entity.attach(Primitives.address("ours", selector), this::accept);
        }
        List<Octets> recorded = new ArrayList<>();
        Samples.conversations().forEach(c -> c.tsdus().forEach(t -> recorded.add(t.tsdu())));
        Samples.examples().forEach(example -> recorded.add(example.tsdu()));
        List<Octets> connects = List.of(
                Samples.hex("0d 0e 05 06 13 01 00 16 01 03 14 02 04 82 c1 00"),
                Samples.hex("0d 12 05 0c 13 01 00 16 01 03 17 01 31 1a 01 00 14 02 07 fd"),
                Samples.hex("0d 12 05 0c 13 01 00 16 01 03 17 01 31 1a 01 11 14 02 04 be"));
        int sent = 0;
        int connections = 0;
        while (sent < TSDUS) {
            disconnected = false;
            connections++;
            TransportConnection peer = network.of(theirs)
                    .connectRequest(null, RecordNetwork.address("ours"), random.nextBoolean(), new Peer());
            step();
            Octets connect = connects.get(random.nextInt(connects.size()));
            send(peer, random.nextInt(8) == 0 ? mutated(connect) : connect);
            for (int n = random.nextInt(60); n > 0 && !disconnected; n--) {
                Octets tsdu = recorded.get(random.nextInt(recorded.size()));
                send(peer, random.nextInt(3) == 0 ? harmless() : mutated(tsdu));
                sent++;
                if (sent % 8 == 0) {
                    step();
                }
            }
            peer.disconnectRequest();
            step();
        }
        simulation.run(Duration.ofSeconds(61));
        assertThat(entity.sessions()).isEmpty();
        assertThat(ours.pool().outstanding()).isZero();
        assertThat(theirs.pool().outstanding()).isZero();
        assertThat(heard)
                .containsKeys(
                        "SDTind", "STDind", "SPTind", "SRELind", "abort", "SEXind", "SSYNmind", "SRSYNind", "SACTSind");
        assertThat(refused).isPositive();
        assertThat(connections).isGreaterThan(5000);
    }

    private SessionUser accept(SessionConnection connection, SessionPrimitive.Connect connect) {
        Willing user = new Willing();
        user.connection = connection;
        if (random.nextInt(20) == 0) {
            return null;
        }
        connection.request(Primitives.accept(connect.requirements()));
        return user;
    }

    private void step() {
        simulation.run(Duration.ofMillis(1)); // time for a thousand TSDUs
    }

    private void send(TransportConnection peer, Octets tsdu) {
        boolean expedited = peer.isExpedited() && tsdu.length() <= 16 && random.nextInt(3) == 0;
        if (expedited) {
            Pdu pdu = Samples.pdu(theirs.pool(), tsdu);
            if (!peer.expeditedDataRequest(pdu)) {
                pdu.release();
            }
        } else {
            peer.dataRequest(Samples.pdu(theirs.pool(), tsdu));
        }
    }

    /** Something that keeps the connection alive, so that the machine gets deeper into it. */
    private Octets harmless() {
        return Samples.hex(
                switch (random.nextInt(8)) {
                    case 0 -> "01 00 01 03 19 01 01 41";
                    case 1 -> "01 00 01 03 19 01 02 42";
                    case 2 -> "21 00 41";
                    case 3 -> "02 03 10 01 40";
                    case 4 -> "01 00 2d 04 29 02 30 31";
                    case 5 -> "01 00 31 03 2a 01 31";
                    case 6 -> "01 00 35 09 1a 01 00 1b 01 02 2a 01 31";
                    default -> "01 00 01 00 41";
                });
    }

    private Octets mutated(Octets original) {
        byte[] octets = original.toByteArray();
        for (int n = random.nextInt(3); n > 0 && octets.length > 0; n--) {
            octets[random.nextInt(Math.min(24, octets.length))] = (byte) random.nextInt();
        }
        Octets all = Octets.of(octets);
        return random.nextInt(6) == 0 ? all.slice(0, random.nextInt(all.length() + 1)) : all;
    }
}
