package org.osistack.transport.tpkt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.Options;
import org.osistack.core.Pdu;
import org.osistack.core.Selector;
import org.osistack.core.Simulation;
import org.osistack.transport.OctetStreamConnection;
import org.osistack.transport.RecordTransport;
import org.osistack.transport.TransportAddress;
import org.osistack.transport.TransportConnection;

/** Two hosts and an octet stream between them. Each end is ours, or a raw one that speaks octets. */
final class TwoTpkts {
    static final TransportAddress BOB = new TransportAddress(null, 0, Selector.of((byte) 0, (byte) 1));
    static final TransportAddress ALICE = new TransportAddress(null, 0, Selector.of((byte) 0, (byte) 2));

    final Simulation simulation = new Simulation(1);
    final Host alice = simulation.newHost("alice");
    final Host bob = simulation.newHost("bob");
    final User caller = new User();
    final User called = new User();
    TransportAddress aliceAddress = ALICE;
    TransportAddress bobAddress = BOB;
    /** Whether the called user was told that expedited data is proposed. */
    Boolean proposed;

    private final StreamNetwork network;

    TwoTpkts() {
        this(20_000);
    }

    TwoTpkts(int capacity) {
        this(capacity, 700, new SplittableRandom(1));
    }

    /** The stream takes that many octets, and delivers at most {@code maxPart} at once. */
    TwoTpkts(int capacity, int maxPart, SplittableRandom random) {
        network = new StreamNetwork(random, capacity, maxPart);
    }

    void nothingIsLeftOver() {
        assertThat(alice.pool().outstanding()).isZero();
        assertThat(bob.pool().outstanding()).isZero();
    }

    RecordTransport open(Host host, String... options) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < options.length; i += 2) {
            values.put(options[i], options[i + 1]);
        }
        return new TpktProvider().open(host, network.of(host), new Options("tpkt", null, values));
    }

    void listen(boolean expedited, String... options) {
        open(bob, options).attach(bobAddress, (connection, newProposed) -> {
            proposed = newProposed;
            called.connection = connection;
            connection.connectResponse(expedited);
            return called;
        });
    }

    /** Both are ours, and agree on expedited data. */
    void connect(String... options) {
        listen(true, options);
        caller.connection = open(alice, options).connectRequest(aliceAddress, bobAddress, true, caller);
        run();
        assertThat(caller.confirmed).isTrue();
        assertThat(caller.connection.isExpedited()).isTrue();
        assertThat(called.connection.isExpedited()).isTrue();
    }

    /** Bob is ours and alice raw; the CR comes from octets. */
    OctetStreamConnection callRaw(String... packets) {
        OctetStreamConnection stream = openRaw(caller);
        caller.connection = stream;
        run();
        for (String packet : packets) {
            say(alice, stream, packet);
        }
        return stream;
    }

    /** A stream to bob's port. */
    OctetStreamConnection openRaw(User user) {
        return network.of(alice).connectRequest(null, new TransportAddress(null, 102), false, user);
    }

    /** Alice is ours and bob raw; returns the CR that alice has sent. */
    String calledRaw(boolean expedited, String... options) {
        network.of(bob).attach(new TransportAddress(null, 102), (connection, ignored) -> {
            connection.connectResponse(false);
            called.connection = connection;
            return called;
        });
        caller.connection = open(alice, options).connectRequest(aliceAddress, bobAddress, expedited, caller);
        run();
        return called.received();
    }

    void say(Host host, TransportConnection stream, String hex) {
        stream.dataRequest(pdu(host, Octets.ofHex(hex)));
        run();
    }

    static Pdu pdu(Host host, Octets octets) {
        Pdu pdu = host.pool().take(octets.length());
        octets.appendTo(pdu);
        return pdu;
    }

    boolean send(int length) {
        Pdu pdu = alice.pool().take(length);
        for (int i = 0; i < length; i++) {
            pdu.appendUint8(i);
        }
        return taken(pdu, caller.connection.dataRequest(pdu));
    }

    boolean sendExpedited(String hex) {
        Pdu pdu = pdu(alice, Octets.ofHex(hex));
        return taken(pdu, caller.connection.expeditedDataRequest(pdu));
    }

    private static boolean taken(Pdu pdu, boolean taken) {
        if (!taken) {
            pdu.release();
        }
        return taken;
    }

    void run() {
        simulation.run(Duration.ofSeconds(1));
    }
}
