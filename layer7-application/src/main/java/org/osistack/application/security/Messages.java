package org.osistack.application.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What the messages of SCRAM and of tickets have in common: attributes such as {@code r=nonce}, separated by commas. */
final class Messages {
    /** Octets of randomness in a nonce. */
    static final int NONCE_LENGTH = 18;

    private static final int MIN_FOREIGN_NONCE = 8; // characters
    private static final int MAX_FOREIGN_NONCE = 128;

    private Messages() {}

    static String nonce(RandomGenerator random) {
        return base64(randomOctets(random, NONCE_LENGTH));
    }

    static byte[] randomOctets(RandomGenerator random, int length) {
        byte[] octets = new byte[length];
        random.nextBytes(octets);
        return octets;
    }

    static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }

    /** The octets that a text stands for; null if it is no Base64. */
    static byte[] fromBase64(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /**
     * The value of an attribute.
     *
     * @param index its place in the message
     * @return null if there is none of this name in that place
     */
    static String attribute(String message, int index, char name) {
        int from = 0;
        for (int i = 0; i < index; i++) {
            from = message.indexOf(',', from) + 1;
            if (from == 0) {
                return null;
            }
        }
        int comma = message.indexOf(',', from);
        String attribute = message.substring(from, comma < 0 ? message.length() : comma);
        return attribute.length() >= 2 && attribute.charAt(0) == name && attribute.charAt(1) == '='
                ? attribute.substring(2)
                : null;
    }

    /** Whether the peer's nonce is long enough to be one, and of printable characters (RFC 5802 §7). */
    static boolean isNonce(String nonce) {
        return nonce != null
                && nonce.length() >= MIN_FOREIGN_NONCE
                && nonce.length() <= MAX_FOREIGN_NONCE
                && nonce.chars().allMatch(c -> c > ' ' && c < 0x7f && c != ',');
    }

    /** The HMAC with SHA-256 of what the parts are together. */
    static byte[] hmac(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
