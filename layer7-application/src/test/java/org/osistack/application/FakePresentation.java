package org.osistack.application;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Pdu;
import org.osistack.core.dialogue.ConnectionIdentifier;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.SerialNumbers;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.dialogue.Tokens;
import org.osistack.presentation.ConnectionlessPresentation;
import org.osistack.presentation.PresentationAddress;
import org.osistack.presentation.PresentationConnection;
import org.osistack.presentation.PresentationListener;
import org.osistack.presentation.PresentationPrimitive;
import org.osistack.presentation.PresentationPrimitive.Connect;
import org.osistack.presentation.PresentationPrimitive.ConnectAnswer;
import org.osistack.presentation.PresentationPrimitive.Release;
import org.osistack.presentation.PresentationPrimitive.ReleaseAnswer;
import org.osistack.presentation.PresentationPrimitive.UserAbort;
import org.osistack.presentation.PresentationService;
import org.osistack.presentation.PresentationUser;

/** A plain presentation service without any layer below: the test plays the peer. */
public final class FakePresentation implements PresentationService, ConnectionlessPresentation {
    /** An address that stands for itself. */
    public record Address(String text) implements NetworkAddress {
        @Override
        public String toString() {
            return text;
        }
    }

    /** A datagram that was sent. */
    public record Sent(PresentationAddress source, PresentationAddress destination, int lifetime, byte[] octets) {}

    private final Host host;
    private final Map<Integer, PresentationListener> listeners = new HashMap<>();
    private final Map<Integer, User> users = new HashMap<>();
    public final List<Sent> sent = new ArrayList<>();
    public final List<String> groups = new ArrayList<>();

    public FakePresentation(Host host) {
        this.host = host;
    }

    /** Connect to the service's user as a client; null if it refuses. */
    public Peer connect(int port) {
        Peer peer = new Peer();
        Connect connect = new Connect(
                new PresentationAddress(new Address("10.0.0.2"), 49152),
                new PresentationAddress(new Address("10.0.0.1"), port),
                List.of(),
                List.of(),
                ConnectionIdentifier.NONE,
                FunctionalUnits.of(FunctionalUnit.DUPLEX),
                -1,
                TokenSetting.INITIATOR,
                List.of());
        peer.user = listeners.get(port).connectIndication(peer, connect);
        return peer.user == null ? null : peer;
    }

    /** A datagram arrives. */
    public void datagramArrives(String from, int fromPort, int port, byte[] octets) {
        Pdu pdu = host.pool().takeForReceiving(octets.length).append(octets);
        users.get(port)
                .unitDataIndication(
                        new PresentationAddress(new Address(from), fromPort),
                        new PresentationAddress(new Address("10.0.0.1"), port),
                        pdu);
    }

    public boolean isAttached(int port) {
        return users.containsKey(port);
    }

    /** The peer of one connection, and its end of the service. */
    public final class Peer implements PresentationConnection {
        private PresentationUser user;
        private final StringBuilder received = new StringBuilder();
        private long receivedOctets;
        private long credit = Long.MAX_VALUE;
        private boolean keeps = true;
        public boolean accepted;
        public boolean released; // the user has released its direction, or agreed to the end
        public boolean aborted;
        public boolean paused;
        public boolean ended;

        /** Text arrives from the peer. */
        public Peer sends(String text) {
            return sends(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        public Peer sends(byte[] octets) {
            if (!ended) {
                user.dataIndication(
                        0, host.pool().takeForReceiving(octets.length).append(octets));
            }
            return this;
        }

        /** The peer has sent all it wanted. */
        public Peer finishes() {
            if (released) {
                ended = true;
                user.indication(new ReleaseAnswer(true, List.of()));
            } else {
                user.indication(new Release(List.of()));
            }
            return this;
        }

        /** The connection breaks. */
        public Peer breaks() {
            ended = true;
            user.indication(new PresentationPrimitive.ProviderAbort("gone"));
            return this;
        }

        /** From now on so many octets are taken, and no more. */
        public Peer takes(long octets) {
            credit = octets;
            user.readyIndication();
            return this;
        }

        /** Count what comes instead of keeping it. */
        public Peer countsOnly() {
            keeps = false;
            return this;
        }

        /** All that has come so far, which is forgotten. */
        public String received() {
            String text = received.toString();
            received.setLength(0);
            return text;
        }

        public long receivedOctets() {
            return receivedOctets;
        }

        @Override
        public boolean dataRequest(int context, Pdu value) {
            if (released && !ended) {
                throw new IllegalStateException("data after the release");
            }
            if (value.length() > credit) {
                return false;
            }
            credit -= value.length();
            receivedOctets += value.length();
            if (keeps) {
                received.append(new String(value.toByteArray(), StandardCharsets.ISO_8859_1));
            }
            value.release();
            return true;
        }

        @Override
        public boolean request(PresentationPrimitive primitive) {
            if (primitive instanceof ConnectAnswer answer) {
                accepted = answer.isAccepted();
            } else if (primitive instanceof UserAbort) {
                aborted = true;
                ended = true;
            } else if (primitive instanceof Release) {
                released = true;
            } else if (primitive instanceof ReleaseAnswer) {
                released = true;
                ended = true;
            }
            return true;
        }

        @Override
        public FunctionalUnits functionalUnits() {
            return FunctionalUnits.of(FunctionalUnit.DUPLEX);
        }

        @Override
        public Tokens ownTokens() {
            return Tokens.NONE;
        }

        @Override
        public SerialNumbers serialNumbers() {
            return SerialNumbers.NONE;
        }

        @Override
        public PresentationAddress remote() {
            return new PresentationAddress(new Address("10.0.0.2"), 49152);
        }

        @Override
        public void pause() {
            paused = true;
        }

        @Override
        public void resume() {
            paused = false;
        }
    }

    @Override
    public void attach(PresentationAddress local, PresentationListener listener) {
        if (listeners.putIfAbsent(local.port(), listener) != null) {
            throw new IllegalStateException("port " + local.port() + " is in use");
        }
    }

    @Override
    public PresentationAddress attach(PresentationAddress local, User user) {
        users.put(local.port(), user);
        return local;
    }

    @Override
    public void detach(PresentationAddress local) {
        listeners.remove(local.port());
        users.remove(local.port());
    }

    @Override
    public PresentationConnection connectRequest(Connect connect, PresentationUser user) {
        throw new UnsupportedOperationException("nobody to call");
    }

    @Override
    public boolean keepsBoundaries() {
        return false;
    }

    @Override
    public NetworkAddress parseAddress(String text) {
        if (!text.matches("[0-9]+(\\.[0-9]+){3}")) {
            throw new IllegalArgumentException("not an address: " + text);
        }
        return new Address(text);
    }

    @Override
    public ConnectionlessPresentation connectionless() {
        return this;
    }

    @Override
    public void unitDataRequest(PresentationAddress source, PresentationAddress destination, int lifetime, Pdu value) {
        sent.add(new Sent(source, destination, lifetime, value.toByteArray()));
        value.release();
    }

    @Override
    public void joinGroup(NetworkAddress group) {
        groups.add(group.toString());
    }

    @Override
    public void leaveGroup(NetworkAddress group) {
        groups.remove(group.toString());
    }

    @Override
    public NetworkAddress sourceFor(NetworkAddress destination) {
        return new Address("10.0.0.1");
    }
}
