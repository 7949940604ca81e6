package org.osistack.application.security;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.random.RandomGenerator;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.osistack.core.Octets;
import org.osistack.presentation.ObjectIdentifier;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.Tag;

/**
 * What a ticket says to the responder that issued it.
 *
 * <pre>
 *   octet  0        1        13
 *          | form 1 | nonce  | sealed by AES-256 in GCM, with its tag of 16 octets |
 * </pre>
 *
 * @param session the identifier of the session
 * @param expires in seconds since 1970
 * @param key the ticket's
 * @param password what tells whether the user still has the password by which the session began
 */
record SealedTicket(
        String session, String user, ObjectIdentifier application, long expires, Octets key, Octets password) {
    static final int KEY_LENGTH = 32;

    private static final byte FORM = 1;
    private static final int NONCE_LENGTH = 12;
    private static final int TAG_BITS = 128;

    /** In Base64. */
    String seal(byte[] sealKey, RandomGenerator random) {
        byte[] plain = new BerWriter()
                .octetString(Tag.OCTET_STRING, password)
                .octetString(Tag.OCTET_STRING, key)
                .integer(Tag.INTEGER, expires)
                .objectIdentifier(Tag.OBJECT_IDENTIFIER, application)
                .utf8String(Tag.UTF8_STRING, user)
                .utf8String(Tag.UTF8_STRING, session)
                .wrap(Tag.SEQUENCE, 0)
                .toOctets()
                .toByteArray();
        byte[] nonce = Messages.randomOctets(random, NONCE_LENGTH);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, sealKey, nonce);
            byte[] sealed = new byte[1 + NONCE_LENGTH + cipher.getOutputSize(plain.length)];
            sealed[0] = FORM;
            System.arraycopy(nonce, 0, sealed, 1, NONCE_LENGTH);
            cipher.doFinal(plain, 0, plain.length, sealed, 1 + NONCE_LENGTH);
            return Base64.getEncoder().withoutPadding().encodeToString(sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES in GCM", e);
        }
    }

    /** Open what was sealed; null if it was not sealed by this key, or is damaged. */
    static SealedTicket open(String text, byte[] sealKey) {
        byte[] sealed = Messages.fromBase64(text);
        if (sealed == null || sealed.length < 1 + NONCE_LENGTH + TAG_BITS / Byte.SIZE || sealed[0] != FORM) {
            return null;
        }
        try {
            byte[] nonce = Arrays.copyOfRange(sealed, 1, 1 + NONCE_LENGTH);
            byte[] plain = cipher(Cipher.DECRYPT_MODE, sealKey, nonce)
                    .doFinal(sealed, 1 + NONCE_LENGTH, sealed.length - 1 - NONCE_LENGTH);
            return read(Octets.of(plain));
        } catch (AEADBadTagException e) {
            return null;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES in GCM", e);
        }
    }

    private static Cipher cipher(int mode, byte[] key, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(new byte[] {FORM});
        return cipher;
    }

    private static SealedTicket read(Octets plain) {
        BerReader in = new BerReader(plain);
        in.enter(Tag.SEQUENCE);
        String session = in.utf8String(Tag.UTF8_STRING);
        String user = in.utf8String(Tag.UTF8_STRING);
        ObjectIdentifier application = in.objectIdentifier(Tag.OBJECT_IDENTIFIER);
        long expires = in.integer(Tag.INTEGER);
        Octets key = in.octetString(Tag.OCTET_STRING);
        Octets password = in.octetString(Tag.OCTET_STRING);
        in.leave();
        in.end();
        return in.isMalformed() ? null : new SealedTicket(session, user, application, expires, key, password);
    }
}
