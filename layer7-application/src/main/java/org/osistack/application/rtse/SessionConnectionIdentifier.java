package org.osistack.application.rtse;

import java.nio.charset.StandardCharsets;
import org.osistack.application.ForeignText;
import org.osistack.core.Octets;
import org.osistack.core.dialogue.ConnectionIdentifier;
import org.osistack.core.dialogue.OldConnection;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.Tag;

/**
 * The name of a session connection (X.228 §8), by which a later association is said to continue it:
 *
 * <pre>
 *   SessionConnectionIdentifier ::= SEQUENCE {
 *     CallingSSuserReference,                             -- 04 OCTET STRING; 14 T61String in X.410 mode
 *     CommonReference,                                    -- 17 UTCTime
 *     [0] IMPLICIT AdditionalReferenceInformation OPTIONAL }  -- 80 T61String
 * </pre>
 *
 * <p>In S-CONNECT each part is the whole encoding of its value. ISODE's reference is a T61String there and stands inside
 * the OCTET STRING here; so does ours, and a reference is kept in the form that both have in common.
 *
 * @param callingReference the contents of an OCTET STRING, or any other encoding as a whole
 * @param commonReference the contents of a UTCTime
 * @param additionalInformation at most 4 octets; empty if absent
 */
public record SessionConnectionIdentifier(
        Octets callingReference, Octets commonReference, Octets additionalInformation) {
    private static final int T61_STRING = 0x14;
    private static final int UTC_TIME = 0x17;
    private static final int ADDITIONAL = 0x80;
    private static final int MAX_REFERENCE = 62; // octets, so that it fits into 64 with its header
    private static final int MAX_ADDITIONAL = 4;

    public SessionConnectionIdentifier {
        if (!fits(callingReference, commonReference, additionalInformation)) {
            throw new IllegalArgumentException("a part of the session connection identifier is too long");
        }
    }

    private static boolean fits(Octets calling, Octets common, Octets additional) {
        return calling.length() <= MAX_REFERENCE
                && common.length() <= MAX_REFERENCE
                && additional.length() <= MAX_ADDITIONAL;
    }

    /** The name that a caller gave to its session connection; null if it gave none, or one that cannot be said again. */
    static SessionConnectionIdentifier of(ConnectionIdentifier identifier) {
        return of(identifier.userReference(), identifier.commonReference(), identifier.additionalInformation());
    }

    /** The name of the connection on which an activity was; null if none is given. */
    static SessionConnectionIdentifier of(OldConnection old) {
        return of(old.callingReference(), old.commonReference(), old.additionalInformation());
    }

    private static SessionConnectionIdentifier of(Octets calling, Octets common, Octets additional) {
        Octets bareCalling = bare(calling, Tag.OCTET_STRING);
        Octets bareCommon = bare(common, UTC_TIME);
        return bareCalling.isEmpty() || !fits(bareCalling, bareCommon, additional)
                ? null
                : new SessionConnectionIdentifier(bareCalling, bareCommon, additional);
    }

    /** As S-CONNECT has it. */
    ConnectionIdentifier identifier() {
        return new ConnectionIdentifier(
                encoded(callingReference), encoding(UTC_TIME, commonReference), additionalInformation);
    }

    /** As S-ACTIVITY-RESUME has it. */
    OldConnection oldConnection() {
        ConnectionIdentifier identifier = identifier();
        return new OldConnection(
                Octets.EMPTY,
                identifier.userReference(),
                identifier.commonReference(),
                identifier.additionalInformation());
    }

    private static Octets bare(Octets encoding, int tag) {
        BerReader reader = new BerReader(encoding);
        Octets contents = reader.contents(tag);
        reader.end();
        return reader.isMalformed() ? encoding : contents;
    }

    private static Octets encoded(Octets reference) {
        return isT61String(reference) ? reference : encoding(Tag.OCTET_STRING, reference);
    }

    private static boolean isT61String(Octets octets) {
        BerReader reader = new BerReader(octets);
        reader.contents(T61_STRING);
        reader.end();
        return !reader.isMalformed();
    }

    private static Octets encoding(int tag, Octets contents) {
        return new BerWriter().octetString(tag, contents).toOctets();
    }

    /** Write the contents of the SEQUENCE. */
    void emit(BerWriter out) {
        if (!additionalInformation.isEmpty()) {
            out.octetString(ADDITIONAL, additionalInformation);
        }
        out.octetString(UTC_TIME, commonReference).octetString(Tag.OCTET_STRING, callingReference);
    }

    /** Read the contents of the SEQUENCE; a malformed reader is the caller's to notice. */
    static SessionConnectionIdentifier parse(BerReader reader) {
        Octets calling = reader.isAt(T61_STRING) ? reader.element() : reader.octetString(Tag.OCTET_STRING);
        Octets common = reader.octetString(UTC_TIME);
        Octets additional = reader.isAt(ADDITIONAL) ? reader.octetString(ADDITIONAL) : Octets.EMPTY;
        if (calling.isEmpty() || !fits(calling, common, additional)) {
            reader.fail();
            return null;
        }
        return new SessionConnectionIdentifier(calling, common, additional);
    }

    /** For a person. */
    @Override
    public String toString() {
        String common = new String(commonReference.toByteArray(), StandardCharsets.ISO_8859_1);
        return callingReference + " of " + ForeignText.harmless(common);
    }
}
