package org.osistack.presentation;

import java.math.BigInteger;
import java.util.Arrays;

/** An object identifier (X.660): the name of an abstract syntax, a transfer syntax, an application context. */
public final class ObjectIdentifier {
    /** The transfer syntax of the Basic Encoding Rules (X.690 §8, {@code joint-iso-itu-t asn1(1) basic-encoding(1)}). */
    public static final ObjectIdentifier BER = of("2.1.1");
    /** The abstract syntax of ACSE, version 1 (X.227). */
    public static final ObjectIdentifier ACSE = of("2.2.1.0.1");

    private static final int MAX_COMPONENTS = 64;

    private final String dotted;

    private ObjectIdentifier(String dotted) {
        this.dotted = dotted;
    }

    /**
     * The identifier written with dots.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static ObjectIdentifier of(String dotted) {
        if (!dotted.matches("[0-2](\\.(0|[1-9][0-9]{0,38})){1," + MAX_COMPONENTS + "}")) {
            throw new IllegalArgumentException("not an object identifier: " + dotted);
        }
        String[] components = dotted.split("\\.");
        if (!components[0].equals("2") && new BigInteger(components[1]).compareTo(BigInteger.valueOf(39)) > 0) {
            throw new IllegalArgumentException("not an object identifier: " + dotted);
        }
        return new ObjectIdentifier(dotted);
    }

    /** The components, first to last. */
    public BigInteger[] components() {
        return Arrays.stream(dotted.split("\\.")).map(BigInteger::new).toArray(BigInteger[]::new);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ObjectIdentifier that && dotted.equals(that.dotted);
    }

    @Override
    public int hashCode() {
        return dotted.hashCode();
    }

    /** Written with dots. */
    @Override
    public String toString() {
        return dotted;
    }
}
