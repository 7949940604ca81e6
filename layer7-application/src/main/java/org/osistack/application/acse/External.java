package org.osistack.application.acse;

import java.util.ArrayList;
import java.util.List;
import org.osistack.core.Octets;
import org.osistack.presentation.ObjectIdentifier;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.Tag;

/**
 * A value of EXTERNAL (X.690 §8.18): a value of another abstract syntax inside an APDU.
 *
 * <pre>
 *   28 L [06 direct-reference] [02 indirect-reference] (A0 L single-ASN1-type | 81 octet-aligned | 82 arbitrary)
 * </pre>
 *
 * @param transferSyntax the direct reference; null if absent
 * @param context the indirect reference, a presentation context; 0 if absent
 * @param form the tag of the value
 * @param value its contents as they stand
 */
record External(ObjectIdentifier transferSyntax, int context, int form, Octets value) {
    static final int SINGLE_ASN1_TYPE = 0xa0;

    private static final int OBJECT_DESCRIPTOR = 0x07;

    /** A value of one presentation context. */
    static External of(int context, Octets value) {
        return new External(null, context, SINGLE_ASN1_TYPE, value);
    }

    /** User information of one value, or of none if it is empty. */
    static List<External> listOf(int context, Octets value) {
        return value.isEmpty() ? List.of() : List.of(of(context, value));
    }

    /** The first value of that presentation context, as one encoding; empty if there is none. */
    static Octets valueOf(List<External> list, int context) {
        for (External external : list) {
            if (external.form == SINGLE_ASN1_TYPE && (external.context == context || external.context == 0)) {
                return external.value;
            }
        }
        return Octets.EMPTY;
    }

    private static External parse(BerReader reader) {
        reader.enter(Tag.EXTERNAL);
        ObjectIdentifier transferSyntax =
                reader.isAt(Tag.OBJECT_IDENTIFIER) ? reader.objectIdentifier(Tag.OBJECT_IDENTIFIER) : null;
        int context = reader.isAt(Tag.INTEGER) ? reader.integer(Tag.INTEGER, 0, Integer.MAX_VALUE) : 0;
        if (reader.isAt(OBJECT_DESCRIPTOR)) {
            reader.skip();
        }
        int form = reader.tag();
        Octets value = reader.contents(form);
        reader.leave();
        return new External(transferSyntax, context, form, value);
    }

    /** Read user-information, {@code BE L {28 …}}; one EXTERNAL without the list, as old stacks send it, is a list too. */
    static List<External> parseList(BerReader reader) {
        List<External> list = new ArrayList<>();
        reader.enter(AcseApdu.USER_INFORMATION);
        while (reader.hasMore()) {
            if (reader.isAt(Tag.SEQUENCE)) {
                reader.enter(Tag.SEQUENCE);
                list.add(parse(reader));
                reader.leave();
            } else {
                list.add(parse(reader));
            }
        }
        reader.leave();
        return List.copyOf(list);
    }

    static void emitList(BerWriter out, List<External> list) {
        if (list.isEmpty()) {
            return;
        }
        int listEnd = out.mark();
        for (int i = list.size() - 1; i >= 0; i--) {
            External external = list.get(i);
            int end = out.mark();
            out.octetString(external.form, external.value);
            if (external.context != 0) {
                out.integer(Tag.INTEGER, external.context);
            }
            if (external.transferSyntax != null) {
                out.objectIdentifier(Tag.OBJECT_IDENTIFIER, external.transferSyntax);
            }
            out.wrap(Tag.EXTERNAL, end);
        }
        out.wrap(AcseApdu.USER_INFORMATION, listEnd);
    }
}
