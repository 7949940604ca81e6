package org.osistack.application;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.Simulation;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.SerialNumbers;
import org.osistack.core.dialogue.Tokens;
import org.osistack.presentation.PresentationService;

/** Associations between two hosts of a simulation without any layer below, and with little credit. */
public final class FakeAssociations implements AssociationService {
    private static final int CREDIT = 3;
    private static final long DELAY_NANOS = 1_000_000;

    private final Map<String, AssociationListener> listeners;
    private final Host host;
    private final Host peer;

    private FakeAssociations(Map<String, AssociationListener> listeners, Host host, Host peer) {
        this.listeners = listeners;
        this.host = host;
        this.peer = peer;
    }

    /** The client's service and the server's. */
    public static FakeAssociations[] between(Host client, Host server) {
        Map<String, AssociationListener> listeners = new HashMap<>();
        return new FakeAssociations[] {
            new FakeAssociations(listeners, client, server), new FakeAssociations(listeners, server, client)
        };
    }

    /** What a served application stands on. */
    public ApplicationProvider.Environment environment(Consumer<String> log) {
        return new ApplicationProvider.Environment() {
            @Override
            public Host host() {
                return host;
            }

            @Override
            public AssociationService associations() {
                return FakeAssociations.this;
            }

            @Override
            public PresentationService presentation() {
                throw new IllegalStateException("there is none");
            }

            @Override
            public Consumer<String> log() {
                return log;
            }

            @Override
            public void onLine(Consumer<String> listener) {}
        };
    }

    @Override
    public void attach(ApplicationContext context, FunctionalUnits supported, AssociationListener listener) {
        listeners.put(context.application(), listener);
    }

    @Override
    public void detach(ApplicationContext context) {
        listeners.remove(context.application());
    }

    @Override
    public Association associateRequest(AssociationRequest request, AssociationUser user) {
        End calling = new End(host, "server");
        End called = new End(peer, "client");
        calling.other = called;
        called.other = calling;
        calling.user = user;
        called.later(() -> {
            AssociationListener listener = listeners.get(request.context().application());
            called.user = listener == null ? null : listener.associateIndication(called);
            if (called.user == null) {
                calling.end(AssociationUser.Ending.REFUSED, "refused");
            }
        });
        return calling;
    }

    @Override
    public NetworkAddress parseAddress(String text) {
        throw new IllegalArgumentException(text);
    }

    private static final class End implements Association {
        private final Host host;
        private final String peer;
        private End other;
        private AssociationUser user;
        private int underWay;
        private boolean wanting;
        private boolean releasing;
        private boolean ended;

        End(Host host, String peer) {
            this.host = host;
            this.peer = peer;
        }

        void later(Runnable task) {
            host.newTimer(task).arm(DELAY_NANOS);
        }

        void end(AssociationUser.Ending ending, String detail) {
            later(() -> {
                if (!ended && user != null) { // null: the called side refused, and has no user
                    ended = true;
                    user.ended(ending, detail);
                }
            });
        }

        @Override
        public void accept(Octets userInformation) {
            other.later(() -> other.user.associateConfirm(other));
        }

        @Override
        public Octets userInformation() {
            return Octets.EMPTY;
        }

        @Override
        public void refuse(String reason) {
            ended = true;
            other.end(AssociationUser.Ending.REFUSED, reason);
        }

        @Override
        public boolean dataRequest(Pdu apdu) {
            if (ended) {
                apdu.release();
                return true;
            }
            checkOpen();
            if (underWay == CREDIT) {
                wanting = true;
                return false;
            }
            underWay++;
            Octets octets = Octets.of(apdu);
            apdu.release();
            other.later(() -> {
                if (!other.ended) {
                    Pdu copy = other.host.pool().take(octets.length());
                    octets.appendTo(copy);
                    other.user.dataIndication(copy);
                }
                later(this::credit);
            });
            return true;
        }

        private void checkOpen() {
            if (releasing) {
                throw new IllegalStateException("about to end");
            }
        }

        private void credit() {
            underWay--;
            if (wanting && !ended) {
                wanting = false;
                user.readyIndication();
            }
        }

        @Override
        public boolean typedDataRequest(Octets apdu) {
            throw new IllegalStateException("no typed data");
        }

        @Override
        public boolean expeditedDataRequest(Octets apdu) {
            throw new IllegalStateException("no expedited data");
        }

        @Override
        public boolean stepRequest(DialogueStep step, Octets apdu) {
            throw new IllegalStateException("no control of the dialogue");
        }

        @Override
        public void releaseRequest() {
            if (!ended) {
                checkOpen();
                releasing = true;
                other.later(() -> {
                    if (!other.ended) {
                        other.user.releaseIndication();
                    }
                });
            }
        }

        @Override
        public void releaseResponse(boolean affirmative) {
            end(AssociationUser.Ending.RELEASED, "");
            other.end(AssociationUser.Ending.RELEASED, "");
        }

        @Override
        public void abortRequest() {
            ended = true;
            other.end(AssociationUser.Ending.ABORTED, "aborted by the peer");
        }

        @Override
        public FunctionalUnits functionalUnits() {
            return FunctionalUnits.KERNEL;
        }

        @Override
        public SerialNumbers serialNumbers() {
            return SerialNumbers.NONE;
        }

        @Override
        public Tokens ownTokens() {
            return Tokens.NONE;
        }

        @Override
        public String peer() {
            return peer;
        }

        @Override
        public void pause() {}

        @Override
        public void resume() {}
    }

    /** A simulation with two hosts, and the associations between them. */
    public static final class Pair {
        public final Simulation simulation = new Simulation(1);
        public final Host client = simulation.newHost("client");
        public final Host server = simulation.newHost("server");
        public final FakeAssociations calling;
        public final FakeAssociations called;

        public Pair() {
            FakeAssociations[] both = between(client, server);
            calling = both[0];
            called = both[1];
        }

        /** How many PDUs are in nobody's hands. */
        public long outstanding() {
            return client.pool().outstanding() + server.pool().outstanding();
        }
    }
}
