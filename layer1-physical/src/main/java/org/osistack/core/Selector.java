package org.osistack.core;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A transport, session or presentation selector (X.650): octets that tell apart the users of one service in one system.
 * The empty selector is a value like any other.
 */
public final class Selector {
    /** The selector of no octets. */
    public static final Selector EMPTY = new Selector(new byte[0]);

    /** The longest selector that any layer allows, in octets (X.224 §13.3.4 b: 32). */
    public static final int MAX_LENGTH = 32;

    private final byte[] octets;

    private Selector(byte[] octets) {
        this.octets = octets;
    }

    /** The selector of these octets, which are copied. */
    public static Selector of(byte... octets) {
        if (octets.length > MAX_LENGTH) {
            throw new IllegalArgumentException("a selector of " + octets.length + " octets");
        }
        return octets.length == 0 ? EMPTY : new Selector(octets.clone());
    }

    /** The selector whose octets are these ASCII characters. */
    public static Selector ofText(String text) {
        return of(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Read a selector as a person writes it: {@code 0x0080}, or text. */
    public static Selector parse(String text) {
        if (text.startsWith("0x")) {
            try {
                return of(HexFormat.of().parseHex(text, 2, text.length()));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("not a selector: " + text, e);
            }
        }
        return ofText(text);
    }

    public boolean isEmpty() {
        return octets.length == 0;
    }

    public int length() {
        return octets.length;
    }

    public byte[] toByteArray() {
        return octets.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Selector selector && Arrays.equals(octets, selector.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    /** Text in quotes where all octets are printable, hexadecimal otherwise, {@code (empty)} if there are none. */
    @Override
    public String toString() {
        if (octets.length == 0) {
            return "(empty)";
        }
        for (byte octet : octets) {
            if (octet < 0x20 || octet > 0x7e) {
                return "0x" + HexFormat.of().formatHex(octets);
            }
        }
        return '"' + new String(octets, StandardCharsets.US_ASCII) + '"';
    }
}
