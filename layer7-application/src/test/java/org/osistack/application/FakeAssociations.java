package org.osistack.application;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Simulation;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.presentation.PresentationService;

/**
 * Associations between hosts of a simulation without any layer below, and with little credit. Of the functional units they
 * have half-duplex with its token, typed data, negotiated release, and of activity management S-CONTROL-GIVE alone.
 */
public final class FakeAssociations implements AssociationService {
    private static final int CREDIT = 3;
    private static final long DELAY_NANOS = 1_000_000;

    private final Map<String, Attached> listeners;
    private final Host host;
    private final Host peer;

    private record Attached(FunctionalUnits supported, AssociationListener listener) {}

    private FakeAssociations(Map<String, Attached> listeners, Host host, Host peer) {
        this.listeners = listeners;
        this.host = host;
        this.peer = peer;
    }

    /** Those of another host that calls the same server. */
    public FakeAssociations of(Host another) {
        return new FakeAssociations(listeners, another, peer);
    }

    /** The client's service and the server's. */
    public static FakeAssociations[] between(Host client, Host server) {
        Map<String, Attached> listeners = new HashMap<>();
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
        listeners.put(context.application(), new Attached(supported, listener));
    }

    @Override
    public FunctionalUnits functionalUnits() {
        return FunctionalUnits.of(
                FunctionalUnit.HALF_DUPLEX,
                FunctionalUnit.DUPLEX,
                FunctionalUnit.TYPED_DATA,
                FunctionalUnit.NEGOTIATED_RELEASE);
    }

    @Override
    public void detach(ApplicationContext context) {
        listeners.remove(context.application());
    }

    @Override
    public Association associateRequest(AssociationRequest request, AssociationUser user) {
        FakeAssociation calling = new FakeAssociation(host, peer.name());
        FakeAssociation called = new FakeAssociation(peer, host.name());
        calling.other = called;
        called.other = calling;
        calling.user = user;
        called.later(() -> {
            Attached attached = listeners.get(request.context().application());
            if (attached != null) {
                called.agree(request.requirements().and(attached.supported()), request.tokens());
                called.user = attached.listener().associateIndication(called);
            }
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
