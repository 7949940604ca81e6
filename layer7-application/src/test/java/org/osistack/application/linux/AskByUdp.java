package org.osistack.application.linux;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/**
 * Over the kernel's UDP: {@code ADDRESS MILLIS PORT:TEXT…} sends each text to its port and prints the port and what
 * comes back within that time: the answer in quotes, {@code refused} or {@code silence}.
 */
final class AskByUdp {
    private AskByUdp() {}

    public static void main(String[] arguments) throws IOException {
        InetAddress address = InetAddress.getByName(arguments[0]);
        for (int i = 2; i < arguments.length; i++) {
            String[] parts = arguments[i].split(":", 2);
            System.out.println(parts[0] + ": "
                    + ask(
                            address,
                            Integer.parseInt(parts[0]),
                            parts[1].getBytes(StandardCharsets.US_ASCII),
                            Integer.parseInt(arguments[1])));
        }
    }

    private static String ask(InetAddress address, int port, byte[] text, int millis) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(address, port);
            socket.setSoTimeout(millis);
            socket.send(new DatagramPacket(text, text.length));
            DatagramPacket answer = new DatagramPacket(new byte[0x10000], 0x10000);
            socket.receive(answer);
            return '"' + new String(answer.getData(), 0, answer.getLength(), StandardCharsets.US_ASCII) + '"';
        } catch (PortUnreachableException e) {
            return "refused";
        } catch (SocketTimeoutException e) {
            return "silence";
        }
    }
}
