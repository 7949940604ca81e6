package org.osistack.application.linux;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Over the kernel's TCP: sends a file, then half-closes, while it receives until the peer has half-closed, and tells the
 * hash of what came. {@code ADDRESS PORT FILE} calls a peer, {@code PORT FILE} waits for one.
 */
final class Exchange {
    private Exchange() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int last = arguments.length - 1;
        int port = Integer.parseInt(arguments[last - 1]);
        Path file = Path.of(arguments[last]);
        if (last == 2) {
            exchange(new Socket(arguments[0], port), file);
        } else {
            try (ServerSocket listener = new ServerSocket(port)) {
                System.out.println("ready");
                exchange(listener.accept(), file);
            }
        }
    }

    private static void exchange(Socket socket, Path file) throws IOException, InterruptedException {
        try (socket) {
            Thread sender = new Thread(() -> send(socket, file));
            sender.start();
            MessageDigest digest = Octets.sha256();
            try (InputStream in = new DigestInputStream(socket.getInputStream(), digest)) {
                long count = in.transferTo(OutputStream.nullOutputStream());
                sender.join();
                System.out.println(
                        "received " + count + " octets " + HexFormat.of().formatHex(digest.digest()));
            }
        }
    }

    private static void send(Socket socket, Path file) {
        try {
            Files.copy(file, socket.getOutputStream());
            socket.shutdownOutput();
        } catch (IOException e) {
            System.out.println("could not send all: " + e.getMessage());
        }
    }
}
