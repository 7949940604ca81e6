package org.osistack.session.mux;

import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.Selector;

/** What OPEN and ACCEPT have in common: four octets, eight lengths, and the parts of these lengths. */
final class UnitParts {
    private static final int LENGTHS = 4;

    private UnitParts() {}

    /** The parts of a unit and, as the last, its user data; null if it is malformed. */
    static Octets[] parse(Pdu body, int[] longest) {
        if (body.length() < OpenUnit.FIXED_LENGTH) {
            return null;
        }
        Octets[] parts = new Octets[longest.length + 1];
        int at = OpenUnit.FIXED_LENGTH;
        for (int i = 0; i < longest.length; i++) {
            int length = body.getUint8(LENGTHS + i);
            if (length > longest[i] || at + length > body.length()) {
                return null;
            }
            parts[i] = octets(body, at, length);
            at += length;
        }
        parts[longest.length] = octets(body, at, body.length() - at);
        return parts;
    }

    static Octets octets(Pdu body, int offset, int length) {
        byte[] octets = new byte[length];
        body.copyTo(offset, octets, 0, length);
        return Octets.of(octets);
    }

    static byte[] head(int requirements, int tokens, int pleased, Octets... parts) {
        int length = OpenUnit.FIXED_LENGTH;
        for (Octets part : parts) {
            length += part.length();
        }
        byte[] head = new byte[length];
        head[0] = (byte) (requirements >>> 8);
        head[1] = (byte) requirements;
        head[2] = (byte) tokens;
        head[3] = (byte) pleased;
        int at = OpenUnit.FIXED_LENGTH;
        for (int i = 0; i < parts.length; i++) {
            head[LENGTHS + i] = (byte) parts[i].length();
            System.arraycopy(parts[i].toByteArray(), 0, head, at, parts[i].length());
            at += parts[i].length();
        }
        return head;
    }

    static Selector selector(Octets octets) {
        return Selector.of(octets.toByteArray());
    }

    static Octets octets(Selector selector) {
        return Octets.of(selector.toByteArray());
    }
}
