package org.osistack.application.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.osistack.application.ApplicationContext;
import org.osistack.application.security.Authenticator.Claim;
import org.osistack.application.security.Authenticator.Decision;
import org.osistack.application.store.Store;
import org.osistack.application.store.StoreException;
import org.osistack.core.Host;
import org.osistack.core.Simulation;
import org.osistack.presentation.ObjectIdentifier;

/** A gatekeeper with its files, in a simulation, and what a caller would do with it, without anything between. */
final class Lab implements AutoCloseable {
    static final ApplicationContext CHAT =
            new ApplicationContext("chat", ObjectIdentifier.of("1.2.3"), ObjectIdentifier.of("1.2.4"), 2000);
    static final ApplicationContext FILE =
            new ApplicationContext("file", ObjectIdentifier.of("1.2.5"), ObjectIdentifier.of("1.2.6"), 2001);

    final Simulation simulation;
    final Host host;
    final Path folder;
    final UsersFile users;
    final List<String> log = new ArrayList<>();
    Instant wallClock = Instant.parse("2026-03-01T12:00:00Z");
    Store store;
    TicketOffice office;
    Gatekeeper gate;

    Lab(Path folder, Simulation simulation, Host host) {
        this.folder = folder;
        this.simulation = simulation;
        this.host = host;
        this.users = new UsersFile(folder.resolve("users"));
        try {
            users.add("alice", "wonderland".toCharArray(), "");
            users.add("carol", "christmas".toCharArray(), "chat");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start();
    }

    Lab(Path folder) {
        this(folder, new Simulation(11));
    }

    private Lab(Path folder, Simulation simulation) {
        this(folder, simulation, simulation.newHost("bob"));
    }

    /** Start the server, again if it is running. */
    void start() {
        close();
        try {
            store = Store.open(folder.resolve("store"));
            office = new TicketOffice(
                    store, host.random(), () -> wallClock, Duration.ofHours(1), Duration.ofHours(12), log::add);
            gate = new Gatekeeper(host, new UsersFile(folder.resolve("users")), store, office, true, log::add)
                    .limit(Integer.MAX_VALUE); // decisions without associations that end
        } catch (StoreException e) {
            throw new AssertionError(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Identity alice() {
        return Identity.of("alice", "wonderland".toCharArray());
    }

    Claim claim(AuthenticationValue value) {
        return new Claim(CHAT, "10.0.0.1", "", value);
    }

    Decision decide(AuthenticationValue value) {
        return decide(claim(value));
    }

    /** What comes of it at once. */
    Decision decide(Claim claim) {
        AtomicReference<Decision> decision = new AtomicReference<>();
        gate.decide(claim, decision::set);
        return decision.get();
    }

    /** The first half of a proof: the challenge. */
    AuthenticationValue challenge(Credentials.Proof proof) {
        return ((Authenticator.Challenge) decide(proof.first())).value();
    }

    /** Both halves: what comes of it, and, if it is an admission, whether the initiator believes the responder. */
    Decision authenticate(Credentials.Proof proof) throws AuthenticationException {
        Decision decision = decide(proof.answer(challenge(proof)));
        if (decision instanceof Authenticator.Admission admission) {
            proof.check(admission.response());
        }
        return decision;
    }

    Credentials.Proof prove(Credentials credentials) {
        return credentials.prove(CHAT, host.random());
    }

    void pass(Duration time) {
        simulation.run(time);
        wallClock = wallClock.plus(time);
    }

    @Override
    public void close() {
        if (store != null) {
            store.close();
        }
    }
}
