package org.osistack.application;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.Selector;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.SerialNumbers;
import org.osistack.core.dialogue.Tokens;
import org.osistack.presentation.ConnectionlessPresentation;
import org.osistack.presentation.ContextResult;
import org.osistack.presentation.NegotiatedConnectionless;
import org.osistack.presentation.NegotiatedPresentation;
import org.osistack.presentation.ObjectIdentifier;
import org.osistack.presentation.Pdv;
import org.osistack.presentation.PresentationAddress;
import org.osistack.presentation.PresentationConnection;
import org.osistack.presentation.PresentationListener;
import org.osistack.presentation.PresentationPrimitive;
import org.osistack.presentation.PresentationRefusal;
import org.osistack.presentation.PresentationService;
import org.osistack.presentation.PresentationUser;

/** A presentation service without a protocol: what one host requests is indicated on the other in its next turn. */
public class LoggedPresentation implements PresentationService {
    private static final int WINDOW = 4;

    /** What the hosts share: who is where, and all that was requested, as {@code host primitive context octets}. */
    public static final class Net {
        public final List<String> log = new ArrayList<>();
        public final List<End> ends = new ArrayList<>();
        /** An abstract syntax that the called provider rejects; null for none. */
        public ObjectIdentifier rejected;
        /** Cuts data into pieces of other lengths; null to keep values whole. */
        public RandomGenerator cutting;

        private final Map<NetworkAddress, LoggedPresentation> hosts = new HashMap<>();

        /** The last request. */
        public String last() {
            return log.get(log.size() - 1);
        }

        /** The end that was made last, or the one before, and so on. */
        public End end(int fromLast) {
            return ends.get(ends.size() - 1 - fromLast);
        }
    }

    private record Address(String text) implements NetworkAddress {
        @Override
        public String toString() {
            return text;
        }
    }

    private record Sap(Selector selector, int port) {}

    /** The same with contexts. */
    public static final class Negotiated extends LoggedPresentation implements NegotiatedPresentation {
        @Override
        public NegotiatedConnectionless connectionless() {
            return null;
        }

        public Negotiated(Net net, Host host) {
            super(net, host);
        }

        @Override
        public boolean keepsBoundaries() {
            return true;
        }
    }

    private final Net net;
    private final Host host;
    private final Map<Sap, PresentationListener> listeners = new HashMap<>();

    public LoggedPresentation(Net net, Host host) {
        this.net = net;
        this.host = host;
        net.hosts.put(new Address(host.name()), this);
    }

    @Override
    public void attach(PresentationAddress local, PresentationListener listener) {
        if (listeners.putIfAbsent(new Sap(local.presentation(), local.port()), listener) != null) {
            throw new IllegalStateException("attached");
        }
    }

    @Override
    public void detach(PresentationAddress local) {
        listeners.remove(new Sap(local.presentation(), local.port()));
    }

    @Override
    public PresentationConnection connectRequest(PresentationPrimitive.Connect connect, PresentationUser user) {
        End calling = new End(host, connect.called());
        calling.user = user;
        calling.log(connect);
        LoggedPresentation peer = net.hosts.get(connect.called().host());
        PresentationListener listener = peer.listeners.get(
                new Sap(connect.called().presentation(), connect.called().port()));
        if (listener == null) {
            calling.hear(new PresentationPrimitive.ConnectAnswer(
                    PresentationRefusal.CALLED_ADDRESS_UNKNOWN,
                    "",
                    null,
                    List.of(),
                    connect.identifier(),
                    connect.requirements(),
                    -1,
                    connect.tokens(),
                    Tokens.NONE,
                    List.of()));
            return calling;
        }
        PresentationAddress from = new PresentationAddress(new Address(host.name()), 1);
        End called = new End(peer.host, from);
        calling.peer = called;
        called.peer = calling;
        called.connect = new PresentationPrimitive.Connect(
                from,
                connect.called(),
                connect.contexts(),
                connect.contexts().stream()
                        .map(context -> context.abstractSyntax().equals(net.rejected)
                                ? ContextResult.rejectedByProvider(ContextResult.Reason.LOCAL_LIMIT)
                                : ContextResult.accepted(ObjectIdentifier.BER))
                        .toList(),
                connect.identifier(),
                connect.requirements(),
                connect.initialSerialNumber(),
                connect.tokens(),
                connect.userData());
        peer.host.loop().defer(() -> {
            called.user = listener.connectIndication(called, called.connect);
        });
        return calling;
    }

    @Override
    public boolean keepsBoundaries() {
        return false;
    }

    @Override
    public NetworkAddress parseAddress(String text) {
        return new Address(text);
    }

    @Override
    public ConnectionlessPresentation connectionless() {
        return null;
    }

    private record Value(int context, Octets octets) {}

    /** One end of a connection. */
    public final class End implements PresentationConnection {
        public PresentationPrimitive.Connect connect;
        public boolean hasToken = true;
        public boolean isEnded;
        private final Host host;
        private final PresentationAddress remote;
        private final ArrayDeque<Object> coming = new ArrayDeque<>();
        private PresentationUser user;
        private End peer;
        private FunctionalUnits units = FunctionalUnits.KERNEL;
        private boolean paused;
        private boolean blocked;

        End(Host host, PresentationAddress remote) {
            this.host = host;
            this.remote = remote;
            net.ends.add(this);
        }

        @Override
        public boolean dataRequest(int context, Pdu value) {
            if (!hasToken) {
                throw new IllegalStateException("no data token");
            }
            if (isEnded) {
                value.release();
                return true;
            }
            if (peer.coming.size() >= WINDOW) {
                blocked = true;
                return false;
            }
            net.log.add(host.name() + " P-DATA " + context + " " + value);
            peer.hear(new Value(context, Octets.of(value)));
            value.release();
            return true;
        }

        @Override
        public boolean request(PresentationPrimitive primitive) {
            if (isEnded) {
                return true;
            }
            if (primitive instanceof PresentationPrimitive.Release && !hasToken) {
                throw new IllegalStateException("no release token");
            }
            log(primitive);
            if (primitive instanceof PresentationPrimitive.ConnectAnswer answer) {
                units = answer.requirements();
                peer.units = answer.requirements();
            }
            if (peer != null) {
                peer.hear(primitive);
            }
            isEnded = isEnd(primitive);
            return true;
        }

        /** Let the user hear this, as if the peer had sent it. */
        public void hear(Object item) {
            if (!isEnded) {
                coming.add(item);
                host.loop().defer(this::deliver);
            }
        }

        /** Let the user hear data, as if the peer had sent it. */
        public void hearData(int context, String hex) {
            hear(new Value(context, Octets.ofHex(hex)));
        }

        private void deliver() {
            while (!coming.isEmpty() && !paused && !isEnded && user != null) {
                if (coming.peek() instanceof Value value) {
                    deliverData(value);
                    if (peer != null && peer.blocked) {
                        peer.blocked = false;
                        peer.host.loop().defer(peer.user::readyIndication);
                    }
                } else {
                    PresentationPrimitive primitive = (PresentationPrimitive) coming.poll();
                    isEnded = isEnd(primitive);
                    user.indication(primitive);
                }
            }
        }

        private void deliverData(Value value) {
            if (net.cutting == null) {
                coming.poll();
                indicate(value.context(), value.octets());
                return;
            }
            ByteArrayOutputStream stream = new ByteArrayOutputStream();
            while (coming.peek() instanceof Value next) {
                stream.writeBytes(next.octets().toByteArray());
                coming.poll();
            }
            Octets all = Octets.of(stream.toByteArray());
            int length = Math.min(all.length(), 1 + net.cutting.nextInt(1 << net.cutting.nextInt(13)));
            if (length < all.length()) {
                coming.addFirst(new Value(0, all.slice(length, all.length())));
            }
            indicate(0, all.slice(0, length));
        }

        private void indicate(int context, Octets octets) {
            Pdu pdu = host.pool().takeForReceiving(octets.length());
            octets.appendTo(pdu);
            user.dataIndication(context, pdu);
        }

        private static boolean isEnd(PresentationPrimitive primitive) {
            return primitive instanceof PresentationPrimitive.UserAbort
                    || primitive instanceof PresentationPrimitive.ProviderAbort
                    || primitive instanceof PresentationPrimitive.ConnectAnswer answer && !answer.isAccepted();
        }

        void log(PresentationPrimitive primitive) {
            String sign = "";
            if (primitive instanceof PresentationPrimitive.ConnectAnswer answer) {
                sign = answer.isAccepted() ? "+" : "-";
            } else if (primitive instanceof PresentationPrimitive.ReleaseAnswer answer) {
                sign = answer.affirmative() ? "+" : "-";
            }
            StringBuilder line = new StringBuilder(host.name() + " " + primitive.service() + sign);
            for (Pdv value : primitive.userData()) {
                line.append(' ').append(value.context()).append(' ').append(value.value());
            }
            net.log.add(line.toString());
        }

        @Override
        public FunctionalUnits functionalUnits() {
            return units;
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
            return remote;
        }

        @Override
        public void pause() {
            paused = true;
        }

        @Override
        public void resume() {
            paused = false;
            host.loop().defer(this::deliver);
        }
    }
}
