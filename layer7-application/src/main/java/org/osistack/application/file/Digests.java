package org.osistack.application.file;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

final class Digests {
    /** The length of a SHA-256 in octets. */
    static final int LENGTH = 32;

    private Digests() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
