package org.osistack.application.inetd;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.osistack.core.Discard;
import org.osistack.core.Discards;
import org.osistack.core.Host;
import org.osistack.core.Pdu;
import org.osistack.presentation.ConnectionlessPresentation;
import org.osistack.presentation.PresentationAddress;
import org.osistack.presentation.PresentationService;

/** Attaches the services to their ports and keeps them within limits. */
final class Inetd {
    /** How many connections all services have together. */
    static final int MAX_CONNECTIONS = 256;
    /** How many datagrams are answered in a second. */
    static final int MAX_ANSWERS = 1000;
    /**
     * Datagrams from ports below this one are not answered: they come from services, not from clients, and two services
     * that answer one another never end.
     */
    static final int FIRST_CLIENT_PORT = 1024;

    private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();

    private final Host host;
    private final InstantSource wallClock;
    private final Discards discards;
    private int connections;
    private long second;
    private int answers; // in this second

    Inetd(Host host, InstantSource wallClock) {
        this.host = host;
        this.wallClock = wallClock;
        this.discards = host.discards(7, "inetd");
        this.second = host.now();
    }

    void attach(PresentationService service) {
        attach(service, SmallService.Echo.PORT, SmallService.Echo::new);
        attach(service, SmallService.Discard.PORT, SmallService.Discard::new);
        attach(service, SmallService.Daytime.PORT, () -> new SmallService.Daytime(wallClock));
        attach(service, SmallService.Chargen.PORT, SmallService.Chargen::new);
    }

    private void attach(PresentationService service, int port, Supplier<SmallService> factory) {
        PresentationAddress local = new PresentationAddress(null, port);
        service.attach(local, (connection, connect) -> {
            if (connections == MAX_CONNECTIONS) {
                return null;
            }
            connections++;
            InetdConnection user = new InetdConnection(this, host, connection, factory.get());
            user.accept(connect);
            return user;
        });
        ConnectionlessPresentation datagrams = service.connectionless();
        if (datagrams != null) {
            SmallService server = factory.get();
            datagrams.attach(local, (source, destination, value) -> answer(datagrams, local, server, source, value));
        }
    }

    private void answer(
            ConnectionlessPresentation datagrams,
            PresentationAddress local,
            SmallService server,
            PresentationAddress source,
            Pdu value) {
        if (source.port() < FIRST_CLIENT_PORT) {
            discards.drop(Discard.BAD_SOURCE, value);
            return;
        }
        if (host.now() - second >= SECOND_NANOS) {
            second = host.now();
            answers = 0;
        }
        if (answers >= MAX_ANSWERS) {
            discards.drop(Discard.RATE_LIMITED, value);
            return;
        }
        Pdu answer = server.answer(host.pool(), value);
        value.release();
        if (answer == null) {
            answer = server instanceof SmallService.Chargen chargen
                    ? chargen.datagram(host.pool())
                    : server.greeting(host.pool());
        }
        if (answer != null) {
            answers++;
            datagrams.unitDataRequest(local, source, -1, answer);
        }
    }

    void connectionEnded() {
        connections--;
    }

    int connections() {
        return connections;
    }
}
