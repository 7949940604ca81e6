package org.osistack.physical.pcap;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Lets the system's own TCP send a megabyte: {@code receive PORT}, or {@code send ADDRESS PORT}. */
final class KernelTransfer {
    private static final int LENGTH = 1 << 20;

    private KernelTransfer() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments[0].equals("receive")) {
            try (ServerSocket listener = new ServerSocket(Integer.parseInt(arguments[1]))) {
                System.out.println("ready");
                try (Socket socket = listener.accept()) {
                    System.out.println("received " + socket.getInputStream().readAllBytes().length);
                }
            }
        } else {
            try (Socket socket = new Socket(InetAddress.getByName(arguments[1]), Integer.parseInt(arguments[2]));
                    OutputStream stream = socket.getOutputStream()) {
                stream.write(new byte[LENGTH]);
            }
        }
    }
}
