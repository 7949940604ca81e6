package org.osistack.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.osistack.core.Host;
import org.osistack.core.Options;
import org.osistack.core.Pdu;
import org.osistack.core.Simulation;
import org.osistack.transport.OctetStreamConnection;
import org.osistack.transport.RecordingUser;
import org.osistack.transport.TestLink;
import org.osistack.transport.TestNetwork;
import org.osistack.transport.TransportAddress;
import org.osistack.transport.TransportConnection;

/** Two hosts with TCP in virtual time, joined by a link with faults. */
final class TwoTcps {
    static final int PORT = 102;

    final Simulation time;
    final Host leftHost;
    final Host rightHost;
    final TestNetwork leftNetwork;
    final TestNetwork rightNetwork;
    final TestLink link;
    final TcpEntity left;
    final TcpEntity right;
    final List<Sender> accepted = new ArrayList<>();

    TwoTcps(long seed, String... options) {
        time = new Simulation(seed);
        leftHost = time.newHost("left");
        rightHost = time.newHost("right");
        leftNetwork = new TestNetwork(leftHost, "10.0.0.1");
        rightNetwork = new TestNetwork(rightHost, "10.0.0.2");
        link = new TestLink(leftNetwork, rightNetwork, time.newRandom());
        left = new TcpEntity(leftHost, leftNetwork, settings(options));
        right = new TcpEntity(rightHost, rightNetwork, settings(options));
    }

    static TcpSettings settings(String... options) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String option : options) {
            String[] pair = option.split("=");
            values.put(pair[0], pair[1]);
        }
        return TcpSettings.of(new Options("tcp", null, values));
    }

    TransportAddress rightAddress() {
        return new TransportAddress(rightNetwork.address, PORT);
    }

    /** Connect, and let the left side send so many octets and the right side so many. */
    Sender exchange(int leftOctets, int rightOctets, long seed) {
        right.attach(new TransportAddress(null, PORT), (connection, expedited) -> {
            Sender user = new Sender(rightHost, rightOctets, seed + 1);
            user.connection = (OctetStreamConnection) connection;
            accepted.add(user);
            connection.connectResponse(false);
            user.send();
            return user;
        });
        Sender user = new Sender(leftHost, leftOctets, seed);
        user.connection = left.connectRequest(null, rightAddress(), false, user);
        return user;
    }

    /** Let time pass until all users have heard of the end. */
    boolean runUntilEnded(Sender user, Duration limit) {
        return time.runUntil(
                () -> user.reason != null && accepted.stream().allMatch(u -> u.reason != null) && (user.reason != null),
                limit);
    }

    /** All connections are gone, and every PDU is back. */
    void assertNothingLeft(String description) {
        time.run(Duration.ofMinutes(3));
        for (TcpEntity tcp : new TcpEntity[] {left, right}) {
            assertThat(tcp.endpoints()).as(description).allMatch(e -> e.state().equals("LISTEN"));
            assertThat(tcp.reassemblyBudget.used()).as(description).isZero();
            assertThat(tcp.host.pool().outstanding()).as(description).isZero();
        }
    }

    static byte[] octets(int count, long seed) {
        byte[] octets = new byte[count];
        new Random(seed).nextBytes(octets);
        return octets;
    }

    /** Sends a number of octets as fast as it may, then releases its direction. */
    static class Sender extends RecordingUser {
        private static final int CHUNK = 8192;
        final byte[] toSend;
        private final Host host;
        private int sent;

        Sender(Host host, int count, long seed) {
            this.host = host;
            this.toSend = octets(count, seed);
            onReady = this::send;
        }

        @Override
        public void connectConfirm(TransportConnection confirmed) {
            super.connectConfirm(confirmed);
            send();
        }

        void send() {
            while (sent < toSend.length) {
                int length = Math.min(CHUNK, toSend.length - sent);
                Pdu pdu = host.pool().take(length).append(toSend, sent, length);
                if (!connection.dataRequest(pdu)) {
                    pdu.release();
                    return;
                }
                sent += length;
            }
            connection.releaseRequest();
        }
    }
}
