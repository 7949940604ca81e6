package org.osistack.presentation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.Selector;
import org.osistack.core.dialogue.ConnectionIdentifier;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.SerialNumbers;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.dialogue.Tokens;
import org.osistack.session.ConnectionlessSession;
import org.osistack.session.DialogueService;
import org.osistack.session.ProviderAbortReason;
import org.osistack.session.SessionAddress;
import org.osistack.session.SessionConnection;
import org.osistack.session.SessionListener;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.SessionRefusal;
import org.osistack.session.SessionUser;

/**
 * A session service without a protocol: what one host requests is indicated on the other in its next turn. It counts
 * synchronization points, and a resynchronization or the end of an activity that cuts it off purges what is under way;
 * the rest it believes its users.
 */
public final class FakeDialogue implements DialogueService {
    private static final int WINDOW = 4;

    /** What the hosts share: who is where, and all that was requested, as {@code host primitive octets}. */
    public static final class Net {
        public final List<String> log = new ArrayList<>();
        public final List<End> ends = new ArrayList<>();
        private final Map<NetworkAddress, FakeDialogue> hosts = new HashMap<>();

        /** The octets of the last request, in hexadecimal. */
        public String last() {
            return log.get(log.size() - 1);
        }
    }

    private record Address(String text) implements NetworkAddress {
        @Override
        public String toString() {
            return text;
        }
    }

    private record Sap(Selector session, Selector transport, int port) {
        static Sap of(SessionAddress address) {
            return new Sap(address.selector(), address.transportSelector(), address.port());
        }
    }

    private final Net net;
    private final Host host;
    private final Map<Sap, SessionListener> listeners = new HashMap<>();

    public FakeDialogue(Net net, Host host) {
        this.net = net;
        this.host = host;
        net.hosts.put(new Address(host.name()), this);
    }

    /** How many session addresses somebody is attached to. */
    public int attached() {
        return listeners.size();
    }

    @Override
    public void attach(SessionAddress local, SessionListener listener) {
        if (listeners.putIfAbsent(Sap.of(local), listener) != null) {
            throw new IllegalStateException("attached");
        }
    }

    @Override
    public void detach(SessionAddress local) {
        listeners.remove(Sap.of(local));
    }

    @Override
    public SessionConnection connectRequest(SessionPrimitive.Connect connect, SessionUser user) {
        End calling = new End(host, connect.called());
        calling.user = user;
        calling.log(connect);
        FakeDialogue peer = net.hosts.get(connect.called().host());
        SessionListener listener = peer.listeners.get(Sap.of(connect.called()));
        if (listener == null) {
            calling.hear(answer(SessionRefusal.SELECTOR_UNKNOWN, connect, ""));
        } else {
            SessionAddress from = new SessionAddress(Selector.EMPTY, Selector.EMPTY, 1, new Address(host.name()));
            End called = new End(peer.host, from);
            calling.peer = called;
            called.peer = calling;
            called.requirements = connect.requirements();
            peer.host.loop().defer(() -> {
                called.user = listener.connectIndication(
                        called,
                        new SessionPrimitive.Connect(
                                connect.identifier(),
                                from,
                                connect.called(),
                                connect.requirements(),
                                connect.initialSerialNumber(),
                                connect.tokens(),
                                connect.userData()));
                if (called.user == null) {
                    called.request(answer(SessionRefusal.NOT_SPECIFIED_BY_USER, connect, ""));
                }
            });
        }
        return calling;
    }

    /** An answer to S-CONNECT; accepted if there is no refusal. */
    public static SessionPrimitive.ConnectAnswer answer(
            SessionRefusal refusal, SessionPrimitive.Connect connect, String hex) {
        return new SessionPrimitive.ConnectAnswer(
                refusal,
                ConnectionIdentifier.NONE,
                connect.called(),
                connect.requirements(),
                -1,
                TokenSetting.INITIATOR,
                Tokens.NONE,
                Octets.ofHex(hex));
    }

    @Override
    public NetworkAddress parseAddress(String text) {
        return new Address(text);
    }

    @Override
    public ConnectionlessSession connectionless() {
        return null;
    }

    /** One end of a connection. */
    public final class End implements SessionConnection {
        public boolean hasDataToken = true;
        public boolean hasNegotiatedRelease = true;
        /** Whether it takes no request for now. */
        public boolean takesNothing;
        /** Whether a resynchronization and the like purge what is under way. */
        public boolean purges = true;

        private final Host host;
        private final SessionAddress remote;
        private final ArrayDeque<Object> coming = new ArrayDeque<>();
        private SessionUser user;
        private End peer;
        private FunctionalUnits requirements = FunctionalUnits.KERNEL;
        private long next; // V(M)
        private boolean purging;
        private boolean ended;
        private boolean paused;
        private boolean blocked;

        End(Host host, SessionAddress remote) {
            this.host = host;
            this.remote = remote;
            net.ends.add(this);
        }

        @Override
        public boolean dataRequest(Pdu ssdu) {
            if (!hasDataToken) {
                throw new IllegalStateException("no data token");
            }
            if (ended) {
                ssdu.release();
                return true;
            }
            if (peer.coming.size() >= WINDOW) {
                blocked = true;
                return false;
            }
            net.log.add(host.name() + " S-DATA " + ssdu);
            Pdu arriving = peer.host.pool().takeForReceiving(ssdu.length()).append(ssdu.toByteArray());
            ssdu.release();
            peer.hear(arriving);
            return true;
        }

        @Override
        public boolean request(SessionPrimitive primitive) {
            if (ended) {
                return true;
            }
            if (primitive instanceof SessionPrimitive.ReleaseAnswer answer
                    && !answer.affirmative()
                    && !hasNegotiatedRelease) {
                throw new IllegalStateException("no negotiated release");
            }
            if (takesNothing) {
                return false;
            }
            log(primitive);
            if (primitive instanceof SessionPrimitive.ConnectAnswer answer && answer.isAccepted()) {
                requirements = answer.requirements();
                peer.requirements = answer.requirements();
            }
            SessionPrimitive indication = primitive instanceof SessionPrimitive.Step step ? numbered(step) : primitive;
            if (purges && purges(primitive)) {
                purge();
                peer.purge();
                purging = true;
            }
            if (peer != null) {
                peer.hear(indication);
            }
            if (isEnd(primitive)) {
                end();
            }
            return true;
        }

        /** The step with the serial number that is due, where it leaves that to the provider. */
        private SessionPrimitive.Step numbered(SessionPrimitive.Step primitive) {
            DialogueStep step = primitive.step();
            if (step instanceof DialogueStep.SyncMinor sync && sync.serialNumber() == DialogueStep.NEXT) {
                step = new DialogueStep.SyncMinor(next, sync.explicitConfirmation(), sync.dataSeparation());
            } else if (step instanceof DialogueStep.SyncMajor sync && sync.serialNumber() == DialogueStep.NEXT) {
                step = new DialogueStep.SyncMajor(next);
            } else if (step instanceof DialogueStep.Resynchronize sync && sync.serialNumber() == DialogueStep.NEXT) {
                step = new DialogueStep.Resynchronize(sync.type(), next, sync.tokens());
            }
            count(step);
            return new SessionPrimitive.Step(step, primitive.userData());
        }

        private void count(DialogueStep step) {
            if (step instanceof DialogueStep.SyncMinor
                    || step instanceof DialogueStep.SyncMajor
                    || step instanceof DialogueStep.ActivityEnd) {
                next++;
            } else if (step instanceof DialogueStep.ResynchronizeAnswer answer) {
                next = answer.serialNumber();
            } else if (step instanceof DialogueStep.ActivityStart) {
                next = 1;
            } else if (step instanceof DialogueStep.ActivityResume resume) {
                next = resume.serialNumber() + 1;
            }
        }

        private static boolean purges(SessionPrimitive primitive) {
            return primitive instanceof SessionPrimitive.Step step
                    && (step.step() instanceof DialogueStep.Resynchronize
                            || step.step() instanceof DialogueStep.ActivityInterrupt
                            || step.step() instanceof DialogueStep.ActivityDiscard);
        }

        private static boolean endsPurge(SessionPrimitive primitive) {
            return primitive instanceof SessionPrimitive.Step step
                    && (step.step() instanceof DialogueStep.ResynchronizeAnswer
                            || step.step() instanceof DialogueStep.ActivityInterruptAnswer
                            || step.step() instanceof DialogueStep.ActivityDiscardAnswer);
        }

        private void purge() {
            for (Object item : coming) {
                if (item instanceof Pdu pdu) {
                    pdu.release();
                }
            }
            coming.clear();
        }

        /** Let the user hear this, as if the peer had sent it. */
        public void hear(Object item) {
            if (item instanceof SessionPrimitive primitive && endsPurge(primitive)) {
                purging = false;
            }
            if (ended || purging && !(item instanceof SessionPrimitive.UserAbort)) {
                if (item instanceof Pdu pdu) {
                    pdu.release();
                }
                return;
            }
            coming.add(item);
            host.loop().defer(this::deliver);
        }

        /** Let the user hear data in these octets. */
        public void hearData(String hex) {
            byte[] octets = Octets.ofHex(hex).toByteArray();
            hear(host.pool().takeForReceiving(octets.length).append(octets));
        }

        /** Let both users hear that the connection is lost. */
        public void cut() {
            hear(new SessionPrimitive.ProviderAbort(ProviderAbortReason.TRANSPORT_DISCONNECT));
            peer.hear(new SessionPrimitive.ProviderAbort(ProviderAbortReason.TRANSPORT_DISCONNECT));
        }

        private void deliver() {
            while (!coming.isEmpty() && !paused && !ended && user != null) {
                Object item = coming.poll();
                if (item instanceof Pdu pdu) {
                    user.dataIndication(pdu);
                    if (peer != null && peer.blocked) {
                        peer.blocked = false;
                        peer.host.loop().defer(() -> {
                            if (!peer.ended) {
                                peer.user.readyIndication();
                            }
                        });
                    }
                } else {
                    SessionPrimitive primitive = (SessionPrimitive) item;
                    if (primitive instanceof SessionPrimitive.Step step) {
                        count(step.step());
                    }
                    boolean ends = isEnd(primitive);
                    if (ends) {
                        end();
                    }
                    user.indication(primitive);
                }
            }
        }

        private void end() {
            ended = true;
            purge();
        }

        private static boolean isEnd(SessionPrimitive primitive) {
            return primitive instanceof SessionPrimitive.UserAbort
                    || primitive instanceof SessionPrimitive.ProviderAbort
                    || primitive instanceof SessionPrimitive.ConnectAnswer answer && !answer.isAccepted();
        }

        void log(SessionPrimitive primitive) {
            String kind = primitive instanceof SessionPrimitive.ConnectAnswer answer
                    ? answer.isAccepted() ? "+" : "-"
                    : primitive instanceof SessionPrimitive.ReleaseAnswer answer
                            ? answer.affirmative() ? "+" : "-"
                            : "";
            net.log.add((host.name() + " " + primitive.service() + kind + " " + primitive.userData()).strip());
        }

        @Override
        public FunctionalUnits functionalUnits() {
            return requirements;
        }

        @Override
        public Tokens ownTokens() {
            return Tokens.NONE;
        }

        @Override
        public SerialNumbers serialNumbers() {
            return new SerialNumbers(next, next, 0);
        }

        @Override
        public int number() {
            return 1;
        }

        @Override
        public SessionAddress remote() {
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
