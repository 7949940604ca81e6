package org.osistack.application.acse;

import java.nio.charset.StandardCharsets;
import org.osistack.application.security.AuthenticationValue;
import org.osistack.core.Octets;
import org.osistack.presentation.ObjectIdentifier;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.BitString;

/**
 * The parameters of the authentication functional unit in AARQ and AARE.
 *
 * @param requirements the functional units that the sender wants or agrees to, bit 0 being authentication; null if
 *     absent
 * @param mechanism how the value is to be understood; null if absent
 * @param value the authentication value, a whole encoding: 80 charstring, 81 bitstring, A2 external, A3 other; null if
 *     absent
 */
record Authentication(BitString requirements, ObjectIdentifier mechanism, Octets value) {
    static final Authentication NONE = new Authentication(null, null, null);
    /** The bit of the authentication functional unit in the requirements. */
    static final int FUNCTIONAL_UNIT = 0;

    private static final int CHARSTRING = 0x80;
    private static final int FUNCTIONAL_UNITS = 4; // that X.227 knows, of which the real peers write all

    /** The authentication functional unit with a value that is a charstring, such as a password; NONE of null. */
    static Authentication of(AuthenticationValue value) {
        return value == null
                ? NONE
                : new Authentication(
                        BitString.ofNamed(1 << FUNCTIONAL_UNIT, FUNCTIONAL_UNITS),
                        value.mechanism(),
                        new BerWriter().asciiString(CHARSTRING, value.text()).toOctets());
    }

    /** What is said by these; null if the functional unit is not wanted, without which they mean nothing. */
    AuthenticationValue claimed() {
        if (!isWanted() || value == null) {
            return null;
        }
        String text = charstring();
        return new AuthenticationValue(mechanism, text == null ? "" : text);
    }

    /** Whether the functional unit is wanted, or agreed to. */
    boolean isWanted() {
        return requirements != null && requirements.has(FUNCTIONAL_UNIT);
    }

    /** The value, if it is a charstring; null otherwise. */
    String charstring() {
        if (value == null) {
            return null;
        }
        BerReader reader = new BerReader(value);
        String text = new String(reader.octetString(CHARSTRING).toByteArray(), StandardCharsets.ISO_8859_1);
        return reader.isMalformed() ? null : text;
    }

    /**
     * This with the next parameter, if it is one of the three.
     *
     * @param firstTag the tag of the requirements; mechanism and value follow
     * @return null if it is none of them
     */
    Authentication with(BerReader reader, int firstTag) {
        int tag = reader.tag();
        if (tag == firstTag) {
            return new Authentication(reader.bitString(tag), mechanism, value);
        }
        if (tag == firstTag + 1) {
            return new Authentication(requirements, reader.objectIdentifier(tag), value);
        }
        if (tag == valueTag(firstTag)) {
            reader.enter(tag);
            Octets element = reader.element();
            reader.leave();
            return new Authentication(requirements, mechanism, element);
        }
        return null;
    }

    void emit(BerWriter out, int firstTag) {
        if (value != null) {
            out.octetString(valueTag(firstTag), value);
        }
        if (mechanism != null) {
            out.objectIdentifier(firstTag + 1, mechanism);
        }
        if (requirements != null) {
            out.bitString(firstTag, requirements);
        }
    }

    private static int valueTag(int firstTag) {
        return firstTag + 2 | 0x20; // the value's tag is explicit
    }
}
