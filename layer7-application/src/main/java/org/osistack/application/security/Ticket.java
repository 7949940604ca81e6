package org.osistack.application.security;

import org.osistack.core.Octets;
import org.osistack.presentation.ObjectIdentifier;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.Tag;

/**
 * What an initiator got from a responder that it has authenticated to, by which it can prove its identity again without
 * the password. Worth nothing without the key, which never was on the wire.
 *
 * <pre>
 *   AARQ  t=ticket,r=nonce                       AARE- authentication required  r=nonce…,o=count
 *   AARQ  r=nonce…,o=count+1,p=proof             AARE+                          v=signature,t=next ticket
 *
 *   AuthMessage = all but proof and signature, joined by commas
 *   proof       = HMAC(key, "initiator", application, AuthMessage)
 *   signature   = HMAC(key, "responder", application, AuthMessage)
 *   next key    = HMAC(key, "next key",  application, AuthMessage)
 * </pre>
 *
 * @param application the application context's name; it is good for no other
 * @param sealed what the responder knows about it, which nobody else can read or change; in Base64
 */
public record Ticket(String user, ObjectIdentifier application, String sealed, Octets key) {
    static final String INITIATOR = "initiator";
    static final String RESPONDER = "responder";
    static final String NEXT_KEY = "next key";
    /** No session is resumed so often. */
    static final long MAX_COUNT = 1L << 50;

    /** What is derived from the key for one use. */
    static byte[] derive(byte[] key, String use, ObjectIdentifier application, String authMessage) {
        return Messages.hmac(key, Messages.octets("osistack ticket " + use + " " + application + " " + authMessage));
    }

    /** All of it, to be kept where nobody else can read it. */
    public Octets toOctets() {
        return new BerWriter()
                .octetString(Tag.OCTET_STRING, key)
                .utf8String(Tag.UTF8_STRING, sealed)
                .objectIdentifier(Tag.OBJECT_IDENTIFIER, application)
                .utf8String(Tag.UTF8_STRING, user)
                .wrap(Tag.SEQUENCE, 0)
                .toOctets();
    }

    /** Read what {@link #toOctets} has written; null if it is something else. */
    public static Ticket of(Octets octets) {
        BerReader in = new BerReader(octets);
        in.enter(Tag.SEQUENCE);
        String user = in.utf8String(Tag.UTF8_STRING);
        ObjectIdentifier application = in.objectIdentifier(Tag.OBJECT_IDENTIFIER);
        String sealed = in.utf8String(Tag.UTF8_STRING);
        Octets key = in.octetString(Tag.OCTET_STRING);
        in.leave();
        in.end();
        return in.isMalformed() ? null : new Ticket(user, application, sealed, key);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "ticket of " + user + " for " + application;
    }
}
