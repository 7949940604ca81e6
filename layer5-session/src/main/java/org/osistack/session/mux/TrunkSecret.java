package org.osistack.session.mux;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What the two sides of a trunk have told each other when it began, and nobody else who has not listened then: the proof,
 * on another transport connection, that one is still the same (mux §6.2).
 */
final class TrunkSecret {
    static final int SHARE_LENGTH = 16;
    static final int PROOF_LENGTH = 16;

    private static final String MAC = "HmacSHA256";

    private final SecretKeySpec key;

    /** The secret of both shares, the caller's first. */
    TrunkSecret(byte[] callingShare, byte[] calledShare) {
        byte[] both = new byte[2 * SHARE_LENGTH];
        System.arraycopy(callingShare, 0, both, 0, SHARE_LENGTH);
        System.arraycopy(calledShare, 0, both, SHARE_LENGTH, SHARE_LENGTH);
        key = new SecretKeySpec(both, MAC);
    }

    /** Octets that nobody can guess. The generator's own output does not show, since its state could be told from it. */
    static byte[] share(RandomGenerator random) {
        ByteBuffer drawn = ByteBuffer.allocate(32);
        while (drawn.hasRemaining()) {
            drawn.putLong(random.nextLong());
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(drawn.array());
            return ByteBuffer.allocate(SHARE_LENGTH)
                    .put(digest, 0, SHARE_LENGTH)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** A number that nobody can guess, and not 0. */
    static long number(RandomGenerator random) {
        long number = longAt(share(random), 0);
        return number == 0 ? 1 : number;
    }

    static long longAt(byte[] octets, int offset) {
        return ByteBuffer.wrap(octets).getLong(offset);
    }

    /**
     * What a side says in its JOIN: that it knows the secret, now, on this path.
     *
     * @param byCaller whether the side that calls says it
     */
    byte[] proof(boolean byCaller, long trunk, int path, byte[] callingChallenge, byte[] calledChallenge) {
        ByteBuffer said = ByteBuffer.allocate(1 + 8 + 4 + 2 * SHARE_LENGTH)
                .put((byte) (byCaller ? 1 : 2))
                .putLong(trunk)
                .putInt(path)
                .put(callingChallenge)
                .put(calledChallenge);
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            return ByteBuffer.allocate(PROOF_LENGTH)
                    .put(mac.doFinal(said.array()), 0, PROOF_LENGTH)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has " + MAC, e);
        }
    }
}
