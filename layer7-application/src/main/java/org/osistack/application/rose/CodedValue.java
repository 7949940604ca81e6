package org.osistack.application.rose;

import org.osistack.core.Octets;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.Tag;

/**
 * What an APDU of ROSE (X.229 §9) carries for its user, and what that belongs to: for dissectors of abstract syntaxes whose
 * operations and errors have numbers.
 *
 * @param kind which APDU it is
 * @param code the operation's, of a ROER the error's
 * @param value the argument, the result or the parameter: one encoding
 */
public record CodedValue(Kind kind, long invokeId, Code code, Octets value) {
    /** The APDUs that carry a value of the user. */
    public enum Kind {
        /** RO-INVOKE. */
        ROIV,
        /** RO-RESULT. */
        RORS,
        /** RO-ERROR. */
        ROER
    }

    /**
     * Read an APDU.
     *
     * @param reader at the first octet of the APDU
     * @return null if it is another APDU, is linked, has an object identifier for a code, or is not whole
     */
    public static CodedValue parse(BerReader reader) {
        int tag = reader.tag();
        Kind kind = kind(tag);
        if (kind == null) {
            return null;
        }
        reader.enter(tag);
        long invokeId = reader.integer(Tag.INTEGER);
        if (kind == Kind.RORS && reader.isAt(Tag.SEQUENCE)) {
            reader.enter(Tag.SEQUENCE);
        }
        long code = reader.integer(Tag.INTEGER);
        Octets value = reader.element();
        return reader.isMalformed() ? null : new CodedValue(kind, invokeId, Code.of(code), value);
    }

    private static Kind kind(int tag) {
        return switch (tag) {
            case RoseApdu.ROIV -> Kind.ROIV;
            case RoseApdu.RORS -> Kind.RORS;
            case RoseApdu.ROER -> Kind.ROER;
            default -> null;
        };
    }
}
