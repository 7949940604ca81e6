package org.osistack.presentation;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.osistack.core.Octets;

/**
 * An object identifier (X.660): the name of an abstract syntax, a transfer syntax, an application context.
 *
 * <p>It is kept as the contents octets of its encoding (X.690 §8.19), since that is how it comes and goes; the form with
 * dots is made when somebody wants to read it.
 */
public final class ObjectIdentifier {
    private static final Pattern COMPONENT = Pattern.compile("0|[1-9][0-9]{0,38}"); // before those that need it

    /** The transfer syntax of the Basic Encoding Rules (X.690 §8, {@code joint-iso-itu-t asn1(1) basic-encoding(1)}). */
    public static final ObjectIdentifier BER = of("2.1.1");
    /** The abstract syntax of ACSE, version 1 (X.227). */
    public static final ObjectIdentifier ACSE = of("2.2.1.0.1");

    private static final int MAX_SUBIDENTIFIERS = 63;
    private static final int MAX_SUBIDENTIFIER_BITS = 128; // a UUID is one (X.667 §6.3)
    private static final int LONGEST = (MAX_SUBIDENTIFIER_BITS + 6) / 7; // octets of one, at 7 bits each

    private final Octets contents;
    private String dotted; // null until somebody asks

    private ObjectIdentifier(Octets contents) {
        this.contents = contents;
    }

    /**
     * The identifier written with dots.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static ObjectIdentifier of(String dotted) {
        String[] components = dotted.split("\\.", -1);
        if (components.length < 2 || !components[0].matches("[0-2]")) {
            throw none(dotted);
        }
        int arc = Integer.parseInt(components[0]);
        ByteArrayOutputStream encoding = new ByteArrayOutputStream();
        for (int i = 1; i < components.length; i++) {
            if (!COMPONENT.matcher(components[i]).matches()) {
                throw none(dotted);
            }
            BigInteger component = new BigInteger(components[i]);
            if (i == 1) {
                if (arc < 2 && component.compareTo(BigInteger.valueOf(39)) > 0) {
                    throw none(dotted);
                }
                component = component.add(BigInteger.valueOf(40L * arc)); // X.690 §8.19.4
            }
            put(component, encoding);
        }
        byte[] octets = encoding.toByteArray();
        ObjectIdentifier identifier = ofContents(octets, 0, octets.length);
        if (identifier == null) {
            throw none(dotted);
        }
        return identifier;
    }

    private static IllegalArgumentException none(String dotted) {
        return new IllegalArgumentException("not an object identifier: " + dotted);
    }

    private static void put(BigInteger subidentifier, ByteArrayOutputStream encoding) {
        int septets = Math.max(1, (subidentifier.bitLength() + 6) / 7);
        for (int i = septets - 1; i >= 0; i--) {
            int septet = subidentifier.shiftRight(7 * i).intValue() & 0x7f;
            encoding.write(i > 0 ? 0x80 | septet : septet);
        }
    }

    /**
     * The identifier whose encoding has these contents octets (X.690 §8.19), which are copied.
     *
     * @return null if they are not of an identifier, or of a longer one than this class can hold
     */
    public static ObjectIdentifier ofContents(byte[] octets, int from, int to) {
        int subidentifiers = 0;
        for (int at = from; at < to; ) {
            int begin = at;
            while (at < to && octets[at] < 0) {
                at++;
            }
            if (at == to
                    || (octets[begin] & 0xff) == 0x80 // X.690 §8.19.2: in the fewest octets
                    || !fits(octets, begin, ++at)
                    || ++subidentifiers > MAX_SUBIDENTIFIERS) {
                return null;
            }
        }
        return subidentifiers == 0 ? null : new ObjectIdentifier(Octets.of(Arrays.copyOfRange(octets, from, to)));
    }

    private static boolean fits(byte[] octets, int from, int to) {
        int leading = octets[from] & 0x7f;
        return to - from < LONGEST || to - from == LONGEST && leading >>> MAX_SUBIDENTIFIER_BITS % 7 == 0;
    }

    /** The contents octets of its encoding. */
    public Octets contents() {
        return contents;
    }

    private String toDotted() {
        StringBuilder text = new StringBuilder();
        BigInteger subidentifier = BigInteger.ZERO;
        for (int i = 0; i < contents.length(); i++) {
            int octet = contents.at(i);
            subidentifier = subidentifier.shiftLeft(7).or(BigInteger.valueOf(octet & 0x7f));
            if ((octet & 0x80) == 0) {
                if (text.isEmpty()) {
                    int arc = subidentifier.min(BigInteger.valueOf(80)).intValue() / 40;
                    text.append(arc);
                    subidentifier = subidentifier.subtract(BigInteger.valueOf(40L * arc));
                }
                text.append('.').append(subidentifier);
                subidentifier = BigInteger.ZERO;
            }
        }
        return text.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ObjectIdentifier that && contents.equals(that.contents);
    }

    @Override
    public int hashCode() {
        return contents.hashCode();
    }

    /** Written with dots. */
    @Override
    public String toString() {
        String text = dotted;
        if (text == null) {
            text = toDotted();
            dotted = text;
        }
        return text;
    }
}
