package org.osistack.core;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** Some octets as a value: immutable, compared by content. For what is rare or small; a flow of data goes in PDUs. */
public final class Octets {
    public static final Octets EMPTY = new Octets(new byte[0]);

    private final byte[] octets;

    private Octets(byte[] octets) {
        this.octets = octets;
    }

    /** These octets, which are copied. */
    public static Octets of(byte... octets) {
        return octets.length == 0 ? EMPTY : new Octets(octets.clone());
    }

    /** The data of a PDU, which is copied and remains the caller's. */
    public static Octets of(Pdu pdu) {
        return pdu.length() == 0 ? EMPTY : new Octets(pdu.toByteArray());
    }

    /** The octets of a text in UTF-8. */
    public static Octets ofText(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Octets written in hexadecimal; spaces between them don't matter. */
    public static Octets ofHex(String hex) {
        return of(HexFormat.of().parseHex(hex.replaceAll("\\s+", "")));
    }

    public int length() {
        return octets.length;
    }

    public boolean isEmpty() {
        return octets.length == 0;
    }

    /** The octet at this place, from 0 to 255. */
    public int at(int index) {
        return octets[index] & 0xff;
    }

    public byte[] toByteArray() {
        return octets.clone();
    }

    /** The octets from one place up to, and without, another. */
    public Octets slice(int from, int to) {
        return from == to ? EMPTY : new Octets(Arrays.copyOfRange(octets, from, to));
    }

    /** Copy the octets behind the data of a PDU. */
    public void appendTo(Pdu pdu) {
        pdu.append(octets);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Octets that && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    /** In hexadecimal, without spaces. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(octets);
    }
}
