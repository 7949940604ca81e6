package org.osistack.application.net;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Over the kernel's TCP: with a port, answers one client with what it says; with a port and an address, is one. */
final class EchoOnce {
    private EchoOnce() {}

    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[0]);
        if (arguments.length == 1) {
            try (ServerSocket listener = new ServerSocket(port)) {
                System.out.println("ready");
                try (Socket socket = listener.accept()) {
                    socket.getInputStream().transferTo(socket.getOutputStream());
                }
            }
        } else {
            try (Socket socket = new Socket(arguments[1], port)) {
                socket.getOutputStream().write("hello".getBytes(StandardCharsets.UTF_8));
                socket.shutdownOutput();
                System.out.println(
                        "echoed " + new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            }
        }
    }
}
