package org.osistack.application.security;

import com.ongres.scram.common.ScramFunctions;
import com.ongres.scram.common.ScramMechanism;
import com.ongres.scram.common.StringPreparation;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osistack.core.Octets;

/**
 * What a responder keeps of a password: enough to check a proof, not enough to make one (RFC 5802 §3).
 *
 * @param storedKey the hash of the key that a proof is made with
 * @param serverKey the key by which the responder proves that it keeps this
 */
record ScramKeys(int iterations, Octets salt, Octets storedKey, Octets serverKey) {
    static final ScramMechanism MECHANISM = ScramMechanism.SCRAM_SHA_256;
    static final int KEY_LENGTH = 32; // octets of a SHA-256
    static final int SALT_LENGTH = 16;
    static final int MIN_ITERATIONS = 4096; // RFC 7677 §4
    static final int MAX_ITERATIONS = 200_000; // a fifth of a second
    static final int STANDARD_ITERATIONS = 20_000;

    private static final int MAX_SALT_LENGTH = 64;
    private static final Pattern FORM =
            Pattern.compile("SCRAM-SHA-256\\$([0-9]{1,9}):([A-Za-z0-9+/=]+)\\$([A-Za-z0-9+/=]+):([A-Za-z0-9+/=]+)");

    static ScramKeys of(char[] password, Octets salt, int iterations) {
        byte[] salted = salted(password, salt.toByteArray(), iterations);
        byte[] clientKey = ScramFunctions.clientKey(MECHANISM, salted);
        return new ScramKeys(
                iterations,
                salt,
                Octets.of(ScramFunctions.storedKey(MECHANISM, clientKey)),
                Octets.of(ScramFunctions.serverKey(MECHANISM, salted)));
    }

    static byte[] salted(char[] password, byte[] salt, int iterations) {
        return ScramFunctions.saltedPassword(MECHANISM, StringPreparation.SASL_PREPARATION, password, salt, iterations);
    }

    /**
     * See that a password can be one.
     *
     * @throws IllegalArgumentException with a sentence, if it is empty or SASLprep (RFC 4013) forbids it
     */
    static void checkPassword(char[] password) {
        if (password.length == 0) {
            throw new IllegalArgumentException("the password is empty");
        }
        try {
            StringPreparation.SASL_PREPARATION.normalize(password);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the password has characters that passwords cannot have", e);
        }
    }

    static boolean areUsable(int iterations, byte[] salt) {
        return iterations >= MIN_ITERATIONS
                && iterations <= MAX_ITERATIONS
                && salt != null
                && salt.length > 0
                && salt.length <= MAX_SALT_LENGTH;
    }

    /**
     * The key that both sides have after an exchange and nobody else, as RFC 5802 §8 makes one; here for a ticket.
     */
    static byte[] sessionKey(byte[] storedKey, byte[] clientKey, String authMessage) {
        return Messages.hmac(
                storedKey, Messages.octets("osistack ticket key"), clientKey, Messages.octets(authMessage));
    }

    /** Read what {@link #toString} writes; null if it is something else. */
    static ScramKeys parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        int iterations = Integer.parseInt(matcher.group(1));
        byte[] salt = Messages.fromBase64(matcher.group(2));
        byte[] stored = Messages.fromBase64(matcher.group(3));
        byte[] server = Messages.fromBase64(matcher.group(4));
        boolean isUsable = areUsable(iterations, salt)
                && stored != null
                && stored.length == KEY_LENGTH
                && server != null
                && server.length == KEY_LENGTH;
        return isUsable ? new ScramKeys(iterations, Octets.of(salt), Octets.of(stored), Octets.of(server)) : null;
    }

    /** The form that RFC 5803 has for directories: {@code SCRAM-SHA-256$iterations:salt$StoredKey:ServerKey}. */
    @Override
    public String toString() {
        return "SCRAM-SHA-256$" + iterations + ":" + Messages.base64(salt.toByteArray()) + "$"
                + Messages.base64(storedKey.toByteArray()) + ":" + Messages.base64(serverKey.toByteArray());
    }
}
