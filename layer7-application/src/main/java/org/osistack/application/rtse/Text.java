package org.osistack.application.rtse;

import org.osistack.core.Octets;

/** Octets from a peer as a person reads them. */
final class Text {
    private Text() {}

    /** The printable characters of ASCII as they are, any other octet as a dot. */
    static String ascii(Octets octets) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < octets.length(); i++) {
            int octet = octets.at(i);
            text.append(octet >= 0x20 && octet < 0x7f ? (char) octet : '.');
        }
        return text.toString();
    }
}
