package org.osistack.application.rose;

import org.osistack.presentation.ObjectIdentifier;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.Tag;

/**
 * The name of an operation or an error: a number within its abstract syntax, or an object identifier that is good
 * everywhere (X.229 §9).
 *
 * @param local the number; 0 if it has an object identifier
 * @param global the object identifier; null if it has a number
 */
public record Code(long local, ObjectIdentifier global) {
    /** A number. */
    public static Code of(long local) {
        return new Code(local, null);
    }

    /** An object identifier. */
    public static Code of(ObjectIdentifier global) {
        return new Code(0, global);
    }

    static Code parse(BerReader reader) {
        return reader.isAt(Tag.OBJECT_IDENTIFIER)
                ? of(reader.objectIdentifier(Tag.OBJECT_IDENTIFIER))
                : of(reader.integer(Tag.INTEGER));
    }

    void emit(BerWriter out) {
        if (global == null) {
            out.integer(Tag.INTEGER, local);
        } else {
            out.objectIdentifier(Tag.OBJECT_IDENTIFIER, global);
        }
    }

    @Override
    public String toString() {
        return global == null ? Long.toString(local) : global.toString();
    }
}
