package org.osistack.application.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.function.UnaryOperator;

/**
 * A socket at which a running server answers this user's {@code osi session list} and {@code end}. A caller writes one
 * line; the answer is a line {@code ok} or a sentence that says what failed, what was asked for, and the end.
 */
final class ControlSocket implements AutoCloseable {
    private static final int MAX_LINE = 200;
    private static final int MAX_CALLERS = 16;
    private static final String OK = "ok";

    private final Path path;
    private final ServerSocketChannel socket;
    private final UnaryOperator<String> answerer;
    private final Semaphore callers = new Semaphore(MAX_CALLERS);

    private ControlSocket(Path path, ServerSocketChannel socket, UnaryOperator<String> answerer) {
        this.path = path;
        this.socket = socket;
        this.answerer = answerer;
    }

    /**
     * Listen.
     *
     * @param answerer makes the answer to a line, on a thread of its own; what it throws as {@link CommandFailure} is told
     *     the caller
     * @throws IOException if the socket cannot be had
     */
    static ControlSocket open(Path path, UnaryOperator<String> answerer) throws IOException {
        Files.deleteIfExists(path); // of a process that had the same number
        ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            socket.bind(UnixDomainSocketAddress.of(path));
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        ControlSocket control = new ControlSocket(path, socket, answerer);
        start("control", control::accept);
        return control;
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel caller = socket.accept();
                callers.acquireUninterruptibly();
                start("control caller", () -> serve(caller));
            }
        } catch (IOException e) {
            close(); // closed, or of no more use
        }
    }

    private void serve(SocketChannel caller) {
        try (caller) {
            String line = readLine(caller);
            String answer;
            try {
                answer = OK + "\n" + answerer.apply(line);
            } catch (CommandFailure e) {
                answer = e.getMessage() + "\n";
            }
            ByteBuffer octets = ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8));
            while (octets.hasRemaining()) {
                caller.write(octets);
            }
        } catch (IOException e) {
            // the caller has gone, and nobody is left to be told
        } finally {
            callers.release();
        }
    }

    private static String readLine(SocketChannel caller) throws IOException {
        ByteBuffer octets = ByteBuffer.allocate(MAX_LINE);
        while (octets.hasRemaining() && caller.read(octets) >= 0) {
            String text = new String(octets.array(), 0, octets.position(), StandardCharsets.UTF_8);
            if (text.contains("\n")) {
                return text.substring(0, text.indexOf('\n'));
            }
        }
        return "";
    }

    /**
     * Ask a server.
     *
     * @return what it answers
     * @throws IOException if it has ended
     * @throws CommandFailure with the server's sentence
     */
    static String ask(Path path, String line) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            PrintWriter out = new PrintWriter(Channels.newWriter(channel, StandardCharsets.UTF_8), true);
            out.print(line + "\n");
            out.flush();
            String answer = new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
            String first = new BufferedReader(new StringReader(answer)).readLine();
            if (!OK.equals(first)) {
                throw new CommandFailure(first == null ? "the server has ended" : first);
            }
            return answer.substring(OK.length() + 1);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new CommandFailure("the socket " + path + " cannot be removed: " + e.getMessage(), e);
        }
    }
}
