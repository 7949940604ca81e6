package org.osistack.application.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** The TCP of this machine's kernel, by its sockets: what ours is compared with. */
final class KernelParticipant implements Participant {
    private static final int BUFFER = 128 * 1024; // octets of one system call
    private static final long CONNECT_LIMIT_SECONDS = 20;

    private final String address;
    private final ServerSocketChannel server;
    private Thread listener;

    private KernelParticipant(String address, ServerSocketChannel server) {
        this.address = address;
        this.server = server;
    }

    /** Listen at an address of the kernel's, on any port if {@code anyPort}. */
    static KernelParticipant open(String host, boolean anyPort) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        server.bind(new InetSocketAddress(host, anyPort ? 0 : Request.PORT), 128);
        int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
        KernelParticipant participant = new KernelParticipant(anyPort ? host + ":" + port : host, server);
        participant.listener = start("kernel listener", participant::acceptAll);
        return participant;
    }

    private static Thread start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Override
    public String address() {
        return address;
    }

    // The side that is measured

    private void acceptAll() {
        try {
            while (true) {
                SocketChannel channel = server.accept();
                start("kernel conversation", () -> respond(channel));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private static void respond(SocketChannel channel) {
        try (channel) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            ByteBuffer head = ByteBuffer.allocate(Request.LENGTH);
            while (head.hasRemaining()) {
                if (channel.read(head) < 0) {
                    return; // a connection without a request: only its opening was measured
                }
            }
            Request request = Request.parse(head.array());
            if (request == null) {
                return;
            }
            if (request.kind() == Request.FLOOD) {
                flood(channel, request.size());
            } else {
                echo(channel, request.size());
            }
        } catch (IOException e) {
            // the side that measures has had enough
        }
    }

    private static void flood(SocketChannel channel, int size) throws IOException {
        ByteBuffer octets = pattern(size * Math.max(1, BUFFER / size));
        while (true) {
            writeAll(channel, octets.clear());
        }
    }

    private static void echo(SocketChannel channel, int size) throws IOException {
        ByteBuffer octets = ByteBuffer.allocateDirect(size);
        while (channel.read(octets) >= 0) {
            writeAll(channel, octets.flip());
            octets.clear();
        }
    }

    private static ByteBuffer pattern(int length) {
        byte[] octets = new byte[length];
        new Random().nextBytes(octets);
        return ByteBuffer.allocateDirect(length).put(octets).clear();
    }

    private static void writeAll(SocketChannel channel, ByteBuffer octets) throws IOException {
        while (octets.hasRemaining()) {
            channel.write(octets);
        }
    }

    // The side that measures

    private static SocketChannel connect(String peer) throws IOException {
        int colon = peer.lastIndexOf(':');
        String host = colon < 0 ? peer : peer.substring(0, colon);
        int port = colon < 0 ? Request.PORT : Integer.parseInt(peer.substring(colon + 1));
        SocketChannel channel = SocketChannel.open();
        boolean complete = false;
        try {
            channel.socket()
                    .connect(new InetSocketAddress(host, port), (int) TimeUnit.SECONDS.toMillis(CONNECT_LIMIT_SECONDS));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            complete = true;
            return channel;
        } finally {
            if (!complete) {
                channel.close();
            }
        }
    }

    private static SocketChannel connect(String peer, int kind, int size) throws IOException {
        SocketChannel channel = connect(peer);
        writeAll(channel, ByteBuffer.wrap(new Request(kind, size).toByteArray()));
        return channel;
    }

    @Override
    public long processorNanos() {
        return ProcessorTime.ofThisProcess();
    }

    @Override
    public Goodput goodput(String peer, Window window) throws IOException {
        try (SocketChannel channel = connect(peer, Request.FLOOD, window.size())) {
            ByteBuffer octets = ByteBuffer.allocateDirect(BUFFER);
            long warm = System.nanoTime() + window.warmUpNanos();
            while (System.nanoTime() < warm) {
                readSome(channel, octets.clear());
            }
            long began = System.nanoTime();
            long count = 0;
            long now = began;
            while (now - began < window.nanos()) {
                count += readSome(channel, octets.clear());
                now = System.nanoTime();
            }
            return new Goodput(count, now - began, 0, 0);
        }
    }

    private static int readSome(SocketChannel channel, ByteBuffer octets) throws IOException {
        int count = channel.read(octets);
        if (count < 0) {
            throw new EOFException("ended by the peer");
        }
        return count;
    }

    @Override
    public RoundTrips roundTrips(String peer, Window window) throws IOException {
        try (SocketChannel channel = connect(peer, Request.ECHO, window.size())) {
            Latencies latencies = new Latencies();
            ByteBuffer octets = pattern(window.size());
            long began = System.nanoTime();
            long sentAt = began;
            while (sentAt - began < window.totalNanos()) {
                writeAll(channel, octets.clear());
                octets.clear();
                while (octets.hasRemaining()) {
                    readSome(channel, octets);
                }
                long now = System.nanoTime();
                if (sentAt - began >= window.warmUpNanos()) {
                    latencies.add(now - sentAt);
                }
                sentAt = now;
            }
            return latencies.roundTrips();
        }
    }

    @Override
    public Connections connections(String peer, Window window) throws IOException {
        long count = 0;
        long began = System.nanoTime();
        long now = began;
        ByteBuffer nothing = ByteBuffer.allocateDirect(1);
        long countingSince = began;
        for (int i = 0; i < ConnectionsMeasurement.MAX && now - began < window.totalNanos(); i++) {
            try (SocketChannel channel = connect(peer)) {
                channel.shutdownOutput();
                if (channel.read(nothing) >= 0) {
                    throw new IOException("octets that nobody asked for");
                }
            }
            now = System.nanoTime();
            count++;
            if (countingSince == began && now - began >= window.warmUpNanos()) {
                countingSince = now;
                count = 0;
            }
        }
        return new Connections(count, Math.max(1, now - countingSince));
    }

    @Override
    public void close() {
        try {
            server.close();
            listener.join(); // the kernel listens until the accept that waits has come back
        } catch (IOException e) {
            // nothing is lost with it
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
