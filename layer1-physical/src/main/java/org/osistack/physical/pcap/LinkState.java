package org.osistack.physical.pcap;

import java.io.IOException;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the operating system says of an interface at one moment. No library and no rights are needed to ask.
 *
 * <p>Linux tells it in {@code /sys/class/net}; {@link NetworkInterface}, which serves the other systems, does not see
 * an interface without a network address there, and such an interface is just what a stack of our own wants.
 *
 * @param index the system's number for it; another one under the same name is another interface
 * @param enabled whether it has been switched on
 * @param connected whether it is on and the other end of the link is there
 * @param ethernet whether it carries Ethernet frames
 * @param mtu the longest SDU of the data link layer, in octets
 * @param address its own address in the low 48 bits; -1 if it has none
 */
record LinkState(
        int index, boolean enabled, boolean connected, boolean loopback, boolean ethernet, int mtu, long address) {
    static final Path SYSTEM_INTERFACES = Path.of("/sys/class/net");

    private static final int IFF_UP = 0x1; // linux/if.h
    private static final int ARPHRD_ETHER = 1; // linux/if_arp.h
    private static final int ARPHRD_LOOPBACK = 772;

    /** Ask the system; null if it knows no interface of that name. */
    static LinkState of(String name) {
        return of(name, SYSTEM_INTERFACES);
    }

    static LinkState of(String name, Path systemInterfaces) {
        if (!name.isEmpty() && name.indexOf('/') < 0) {
            Path directory = systemInterfaces.resolve(name);
            if (Files.exists(directory.resolve("ifindex"))) {
                return fromFiles(directory);
            }
        }
        try {
            NetworkInterface there = NetworkInterface.getByName(name);
            return there == null ? null : fromJava(there);
        } catch (IOException e) {
            return null; // it has gone away in between
        }
    }

    private static LinkState fromFiles(Path directory) {
        try {
            int type = number(directory, "type");
            boolean enabled = (number(directory, "flags") & IFF_UP) != 0;
            boolean loopback = type == ARPHRD_LOOPBACK;
            return new LinkState(
                    number(directory, "ifindex"),
                    enabled,
                    enabled && hasCarrier(directory),
                    loopback,
                    type == ARPHRD_ETHER,
                    number(directory, "mtu"),
                    loopback ? -1 : parseAddress(text(directory, "address")));
        } catch (IOException | NumberFormatException e) {
            return null; // it has gone away in between
        }
    }

    private static boolean hasCarrier(Path directory) {
        try {
            return number(directory, "carrier") == 1;
        } catch (IOException e) {
            return false; // reading it is an error while the interface is off
        }
    }

    private static String text(Path directory, String file) throws IOException {
        return Files.readString(directory.resolve(file)).strip();
    }

    private static int number(Path directory, String file) throws IOException {
        return Integer.decode(text(directory, file));
    }

    private static long parseAddress(String text) {
        return text.matches("([0-9a-f]{2}:){5}[0-9a-f]{2}") ? Long.parseLong(text.replace(":", ""), 16) : -1;
    }

    private static LinkState fromJava(NetworkInterface there) throws IOException {
        byte[] octets = there.getHardwareAddress();
        boolean hasAddress = octets != null && octets.length == 6;
        boolean up = there.isUp();
        return new LinkState(
                there.getIndex(),
                up,
                up,
                there.isLoopback(),
                hasAddress && !there.isPointToPoint(),
                there.getMTU(),
                hasAddress ? toLong(octets) : -1);
    }

    private static long toLong(byte[] octets) {
        long bits = 0;
        for (byte octet : octets) {
            bits = bits << 8 | octet & 0xff;
        }
        return bits;
    }
}
