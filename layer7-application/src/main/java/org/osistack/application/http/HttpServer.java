package org.osistack.application.http;

import java.time.InstantSource;
import java.util.function.Consumer;
import org.osistack.core.Host;
import org.osistack.core.Origin;
import org.osistack.presentation.PresentationConnection;
import org.osistack.presentation.PresentationListener;
import org.osistack.presentation.PresentationPrimitive.Connect;
import org.osistack.presentation.PresentationUser;

/** Accepts the connections of clients, up to a limit. */
final class HttpServer implements PresentationListener {
    static final int MAX_CONNECTIONS = 1000;

    private final Host host;
    private final Site site;
    private final InstantSource wallClock;
    private final Consumer<String> log;
    private int connections;

    /**
     * Make a server.
     *
     * @param wallClock for the Date field
     * @param log takes a line for each request
     */
    HttpServer(Host host, Site site, InstantSource wallClock, Consumer<String> log) {
        this.host = host;
        this.site = site;
        this.wallClock = wallClock;
        this.log = log;
    }

    @Override
    public PresentationUser connectIndication(PresentationConnection connection, Connect connect) {
        if (connections == MAX_CONNECTIONS) {
            host.observer()
                    .note(new Origin(7, "HTTP"), "a client is refused: there are " + MAX_CONNECTIONS + " already");
            return null;
        }
        connections++;
        HttpServerConnection user = new HttpServerConnection(this, host, connection);
        user.accept(connect);
        return user;
    }

    void connectionEnded() {
        connections--;
    }

    int connections() {
        return connections;
    }

    Site site() {
        return site;
    }

    /** The date for a response. */
    String date() {
        return HttpDate.format(wallClock.instant());
    }

    void log(String line) {
        log.accept(line);
    }
}
