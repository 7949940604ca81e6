package org.osistack.session.echo;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.osistack.core.Host;
import org.osistack.core.Selector;
import org.osistack.core.Stack;
import org.osistack.core.management.ServiceEcho;
import org.osistack.transport.RecordTransport;
import org.osistack.transport.TransportAddress;
import org.osistack.transport.TransportConnection;
import org.osistack.transport.TransportUser;

/** The echo right on the transport service of one host: at transport selectors. */
final class TransportEcho implements ServiceEcho, Stack.Closeable {
    private static final int MAX_CONNECTIONS = 1000;

    private final Host host;
    private final RecordTransport transport;
    private final List<TransportAddress> attached = new ArrayList<>();
    private final Set<TransportEchoConnection> open = new HashSet<>();

    TransportEcho(Host host, RecordTransport transport) {
        this.host = host;
        this.transport = transport;
    }

    @Override
    public void serve(Consumer<String> log) {
        attach(ECHO, false, log);
        attach(SINK, true, log);
    }

    private void attach(Selector selector, boolean sink, Consumer<String> log) {
        TransportAddress address = new TransportAddress(null, 0, selector);
        transport.attach(address, (connection, expedited) -> connectIndication(connection, expedited, sink, log));
        attached.add(address);
    }

    private TransportUser connectIndication(
            TransportConnection connection, boolean expedited, boolean sink, Consumer<String> log) {
        if (open.size() >= MAX_CONNECTIONS) {
            return null;
        }
        String name = (sink ? "T-sink, " : "T-echo, ") + connection.remote() + ": ";
        log.accept(name + (expedited ? "with expedited data" : "without expedited data"));
        TransportEchoConnection echo = new TransportEchoConnection(connection, sink);
        echo.whenEnded(reason -> {
            open.remove(echo);
            log.accept(name + reason.text());
        });
        open.add(echo);
        connection.connectResponse(expedited);
        return echo;
    }

    @Override
    public Runnable walk(Walk walk, Listener listener) {
        TransportWalker walker = new TransportWalker(host, walk, listener);
        walker.connection(
                transport.connectRequest(null, new TransportAddress(walk.host(), 0, walk.selector()), true, walker));
        return walker::abort;
    }

    @Override
    public void close() {
        attached.forEach(transport::detach);
        attached.clear();
        for (TransportEchoConnection echo : List.copyOf(open)) {
            echo.disconnect();
        }
        open.clear();
    }
}
