package org.osistack.application.trace;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A name for a frame that both ends find from its octets alone. */
final class FrameIdentity {
    private static final int LENGTH = 8; // octets of the digest

    private FrameIdentity() {}

    /** {@code frame:} and the first 16 hexadecimal digits of the SHA-256 of the octets. */
    static String of(byte[] frame) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(frame);
            return "frame:" + HexFormat.of().formatHex(digest, 0, LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
