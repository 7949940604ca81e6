package org.osistack.application.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.osistack.application.facade.Connection;
import org.osistack.application.facade.Datagrams;
import org.osistack.application.facade.Listener;
import org.osistack.application.facade.PlainDissector;
import org.osistack.core.NetworkAddress;
import org.osistack.presentation.PresentationAddress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code osi connect}: octets from the standard input to a peer, and from the peer to the standard output. */
@Command(
        name = "connect",
        description =
                "Talk to a port, as nc does: standard input goes to the peer, what comes goes to standard output.",
        footer = {
            "",
            "The end of the input releases this direction; what the peer still sends is received.",
            "",
            "Examples:",
            "  osi connect bob 7",
            "  osi connect --l1 pcap:eth1 --l3 ipv4:10.4.0.2/24 10.4.0.1 80",
            "  osi connect -l 7000 > received",
            "  osi connect -u bob 13"
        })
final class ConnectCommand extends OsiCommand {
    private static final int CHUNK = 16 * 1024;
    private static final int MAX_PORT = 0xffff;

    @Mixin
    private HostOptions hostOptions;

    @Option(
            names = {"-l", "--listen"},
            description = "Wait for a peer instead of looking for one; PORT is this host's.")
    private boolean listen;

    @Option(
            names = {"-u", "--udp"},
            description = "Datagrams instead of a connection; one for each piece of input.")
    private boolean datagrams;

    @Option(
            names = {"-w", "--wait"},
            paramLabel = "SECONDS",
            defaultValue = "1",
            description = "With -u: how long to wait for more after the input's end (default: ${DEFAULT-VALUE}).")
    private double wait;

    @Parameters(paramLabel = "[HOST] PORT", arity = "1..2", description = "A name or an address, and a port.")
    private String[] target;

    private final InputStream input = System.in;
    private final PrintStream output = System.out;

    @Override
    public Integer call() throws IOException {
        if (listen ? target.length != 1 : target.length != 2) {
            throw usage(listen ? "with -l, connect takes a port and no host" : "connect takes a host and a port");
        }
        int port = port(target[target.length - 1]);
        try (RunningHost running = hostOptions.open(listen ? "bob" : "alice", Preset.INTERNET, PlainDissector::new)) {
            try {
                if (datagrams) {
                    exchangeDatagrams(running, port);
                } else if (listen) {
                    listen(running, port);
                } else {
                    running.awaitAddress();
                    talk(running.system().connect(target[0], port));
                }
                return Main.SUCCESS;
            } catch (IOException e) {
                throw running.failure(e);
            }
        }
    }

    private int port(String text) {
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > MAX_PORT || Integer.parseInt(text) == 0) {
            throw usage(text + " is not a port from 1 to " + MAX_PORT);
        }
        return Integer.parseInt(text);
    }

    private void listen(RunningHost running, int port) throws IOException {
        try (Listener listener = running.system().listen(port)) {
            announce(running, port);
            talk(listener.accept());
        }
    }

    private void announce(RunningHost running, int port) {
        NetworkAddress address = running.awaitAddress();
        err().println("ready: " + running.system().name() + " (" + address + ") waits at port " + port);
    }

    private void talk(Connection connection) throws IOException {
        try (connection) {
            AtomicReference<IOException> failure = new AtomicReference<>();
            Thread sender = new Thread(() -> send(connection, failure), "standard input");
            sender.setDaemon(true);
            sender.start();
            for (byte[] octets = connection.receive(); octets != null; octets = connection.receive()) {
                write(octets);
            }
            if (System.console() == null) { // nobody is typing: the rest of the input is still for the peer
                join(sender);
            }
            if (failure.get() != null) {
                throw failure.get();
            }
        }
    }

    private void send(Connection connection, AtomicReference<IOException> failure) {
        try (OutputStream peer = connection.output()) {
            byte[] chunk = new byte[CHUNK];
            for (int count = input.read(chunk); count >= 0; count = input.read(chunk)) {
                peer.write(chunk, 0, count);
            }
        } catch (IOException e) {
            failure.set(e);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void exchangeDatagrams(RunningHost running, int port) throws IOException {
        AtomicReference<PresentationAddress> peer = new AtomicReference<>();
        if (!listen) {
            peer.set(new PresentationAddress(running.resolve(target[0]), port));
        }
        try (Datagrams own = running.system().datagrams(listen ? port : 0)) {
            if (listen) {
                announce(running, port);
                show(own.receive(Duration.ofNanos(Long.MAX_VALUE)), peer);
            }
            Thread receiver = new Thread(() -> receive(own, peer), "datagrams");
            receiver.setDaemon(true);
            receiver.start();
            byte[] chunk = new byte[CHUNK];
            for (int count = input.read(chunk); count >= 0; count = input.read(chunk)) {
                own.send(peer.get(), Arrays.copyOf(chunk, count));
            }
            Thread.sleep((long) (wait * 1000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void receive(Datagrams own, AtomicReference<PresentationAddress> peer) {
        try {
            while (true) {
                show(own.receive(Duration.ofNanos(Long.MAX_VALUE)), peer);
            }
        } catch (IOException e) {
            err().println("osi: " + e.getMessage());
        }
    }

    private void show(Datagrams.Datagram datagram, AtomicReference<PresentationAddress> peer) throws IOException {
        peer.compareAndSet(null, datagram.source());
        write(datagram.octets());
    }

    private void write(byte[] octets) throws IOException {
        output.write(octets, 0, octets.length);
        if (output.checkError()) { // which flushes, too
            throw new IOException("cannot write to the standard output");
        }
    }
}
