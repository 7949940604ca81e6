package org.osistack.application.acse;

import org.osistack.application.ForeignText;
import org.osistack.core.Octets;
import org.osistack.presentation.ObjectIdentifier;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.Tag;

/**
 * Who an application entity is: the title of its application process, its qualifier, and the numbers of the
 * invocations. All four have neighbouring tags wherever they occur in an APDU.
 *
 * @param apTitle the AP-title, a whole encoding: an OBJECT IDENTIFIER (form 2) or a Name (form 1); null if absent
 * @param aeQualifier the AE-qualifier, a whole encoding: an INTEGER (form 2) or a relative distinguished name (form 1);
 *     null if absent
 * @param apInvocation null if absent
 * @param aeInvocation null if absent
 */
public record AeTitle(Octets apTitle, Octets aeQualifier, Long apInvocation, Long aeInvocation) {
    private static final ObjectIdentifier COMMON_NAME = ObjectIdentifier.of("2.5.4.3"); // X.520

    /** Nothing is said. */
    public static final AeTitle NONE = new AeTitle(null, null, null, null);

    /** A title of form 2. */
    public static AeTitle of(ObjectIdentifier apTitle, long aeQualifier) {
        return new AeTitle(
                new BerWriter().objectIdentifier(Tag.OBJECT_IDENTIFIER, apTitle).toOctets(),
                new BerWriter().integer(Tag.INTEGER, aeQualifier).toOctets(),
                null,
                null);
    }

    /**
     * A title of form 1: a Name (X.501) of one relative distinguished name, the common name.
     *
     * @param commonName such as the name of a host; at most 64 characters (X.520, ub-common-name)
     */
    public static AeTitle named(String commonName) {
        String name = commonName.length() > 64 ? commonName.substring(0, 64) : commonName;
        Octets title = new BerWriter()
                .utf8String(Tag.UTF8_STRING, name)
                .objectIdentifier(Tag.OBJECT_IDENTIFIER, COMMON_NAME)
                .wrap(Tag.SEQUENCE, 0)
                .wrap(Tag.SET, 0)
                .wrap(Tag.SEQUENCE, 0)
                .toOctets();
        return new AeTitle(title, null, null, null);
    }

    public boolean isEmpty() {
        return equals(NONE);
    }

    /** Whether the next parameter is one of the four, whose first has this tag. */
    static boolean isAt(BerReader reader, int firstTag) {
        int tag = reader.tag();
        return tag >= firstTag && tag < firstTag + 4;
    }

    /** This title with the next parameter. */
    AeTitle with(BerReader reader, int firstTag) {
        int tag = reader.tag();
        reader.enter(tag);
        AeTitle title = switch (tag - firstTag) {
            case 0 -> new AeTitle(reader.element(), aeQualifier, apInvocation, aeInvocation);
            case 1 -> new AeTitle(apTitle, reader.element(), apInvocation, aeInvocation);
            case 2 -> new AeTitle(apTitle, aeQualifier, reader.integer(Tag.INTEGER), aeInvocation);
            default -> new AeTitle(apTitle, aeQualifier, apInvocation, reader.integer(Tag.INTEGER));
        };
        reader.leave();
        return title;
    }

    void emit(BerWriter out, int firstTag) {
        emit(out, firstTag + 3, aeInvocation);
        emit(out, firstTag + 2, apInvocation);
        emit(out, firstTag + 1, aeQualifier);
        emit(out, firstTag, apTitle);
    }

    private static void emit(BerWriter out, int tag, Octets element) {
        if (element != null) {
            out.octetString(tag, element);
        }
    }

    private static void emit(BerWriter out, int tag, Long number) {
        if (number != null) {
            int end = out.mark();
            out.integer(Tag.INTEGER, number).wrap(tag, end);
        }
    }

    /** For a person, such as {@code 1.1.1.999.1, 12}; empty if nothing is said. */
    @Override
    public String toString() {
        String title = apTitle == null ? "" : text(apTitle);
        String qualifier = aeQualifier == null ? "" : text(aeQualifier);
        return title + (title.isEmpty() || qualifier.isEmpty() ? "" : ", ") + qualifier;
    }

    private static String text(Octets element) {
        BerReader reader = new BerReader(element);
        return switch (reader.tag()) {
            case Tag.OBJECT_IDENTIFIER ->
                reader.objectIdentifier(Tag.OBJECT_IDENTIFIER).toString();
            case Tag.INTEGER -> Long.toString(reader.integer(Tag.INTEGER));
            case Tag.SEQUENCE -> commonName(reader, element);
            default -> "0x" + element;
        };
    }

    /** The name in a title as {@link #named} makes it; of any other, its octets. */
    private static String commonName(BerReader reader, Octets element) {
        reader.enter(Tag.SEQUENCE).enter(Tag.SET).enter(Tag.SEQUENCE);
        ObjectIdentifier attribute = reader.objectIdentifier(Tag.OBJECT_IDENTIFIER);
        String name = reader.utf8String(Tag.UTF8_STRING);
        reader.end();
        boolean isCommonName = !reader.isMalformed() && attribute.equals(COMMON_NAME);
        return isCommonName ? ForeignText.harmless(name) : "0x" + element;
    }
}
