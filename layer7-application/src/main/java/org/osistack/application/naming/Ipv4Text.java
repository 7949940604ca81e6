package org.osistack.application.naming;

import org.osistack.core.Octets;

/**
 * IPv4 addresses as DNS writes them. The layers below hand addresses up as values whose only common form is text, so
 * that is what is read and written here.
 */
final class Ipv4Text {
    static final int LENGTH = 4;

    private Ipv4Text() {}

    static byte[] octets(String dotted) {
        String[] parts = dotted.split("\\.");
        byte[] octets = new byte[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            octets[i] = (byte) Integer.parseInt(parts[i]);
        }
        return octets;
    }

    /** Whether these are the octets of an address that one host may have. */
    static boolean isHostAddress(Octets address) {
        return address.length() == LENGTH && address.at(0) > 0 && address.at(0) < 224; // RFC 1122 §3.2.1.3
    }

    static String text(Octets address) {
        return address.at(0) + "." + address.at(1) + "." + address.at(2) + "." + address.at(3);
    }

    /** The name under which the owner of an address is looked up (RFC 1035 §3.5). */
    static String reverseName(byte[] address) {
        return (address[3] & 0xff)
                + "." + (address[2] & 0xff)
                + "." + (address[1] & 0xff)
                + "." + (address[0] & 0xff)
                + ".in-addr.arpa";
    }
}
