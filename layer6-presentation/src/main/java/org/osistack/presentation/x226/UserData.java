package org.osistack.presentation.x226;

import java.util.ArrayList;
import java.util.List;
import org.osistack.core.Octets;
import org.osistack.presentation.ObjectIdentifier;
import org.osistack.presentation.Pdv;
import org.osistack.presentation.ber.BerLength;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.BitString;
import org.osistack.presentation.ber.Tag;

/**
 * User-data (X.226 §8.4): presentation data values as they travel.
 *
 * <pre>
 *   40 L  octets                                   simply encoded: values of the only context, one after another
 *   61 L  PDV-list…                                fully encoded
 *         30 L [06 transfer syntax] 02 context
 *              A0 L one value                      single-ASN1-type: one BER encoding
 *            | 81 L octets                         octet-aligned: values, one after another
 *            | 82 L bits                           arbitrary
 * </pre>
 *
 * <p>Where simply encoded user data is all that a session primitive carries, it travels without its tag and length
 * (§8.4.1), except in typed data.
 *
 * @param simple the octets of simply encoded data; null if fully encoded
 * @param pdvLists of fully encoded data
 */
record UserData(Octets simple, List<PdvList> pdvLists) {
    static final int SIMPLE = 0x40;
    static final int FULL = 0x61;
    static final int SINGLE_ASN1_TYPE = 0xa0;
    static final int OCTET_ALIGNED = 0x81;
    static final int ARBITRARY = 0x82;

    /** The largest context identifier that is understood. */
    static final int MAX_CONTEXT = Integer.MAX_VALUE;

    /** How many values one PPDU may carry. */
    static final int MAX_VALUES = 1024;

    private static final int SIMPLE_CONSTRUCTED = 0x60; // as if it were EXPLICIT: seen, though not after the book

    /**
     * Values of one context.
     *
     * @param transferSyntax only where several were proposed; null otherwise
     * @param form one of {@link #SINGLE_ASN1_TYPE}, {@link #OCTET_ALIGNED}, {@link #ARBITRARY}
     * @param unusedBits of the last octet, in the arbitrary form
     */
    record PdvList(ObjectIdentifier transferSyntax, int context, int form, Octets values, int unusedBits) {}

    static UserData simply(Octets octets) {
        return new UserData(octets, List.of());
    }

    static UserData fully(List<PdvList> pdvLists) {
        return new UserData(null, List.copyOf(pdvLists));
    }

    /** Whether the next encoding is User-data. */
    static boolean isAt(BerReader reader) {
        int tag = reader.tag();
        return tag == FULL || tag == SIMPLE || tag == SIMPLE_CONSTRUCTED;
    }

    /** Read User-data; the reader is malformed if there is none. */
    static UserData parse(BerReader reader) {
        switch (reader.tag()) {
            case SIMPLE:
                return simply(reader.octetString(SIMPLE));
            case SIMPLE_CONSTRUCTED:
                Octets contents = reader.contents(SIMPLE_CONSTRUCTED);
                BerReader segments = new BerReader(new BerWriter()
                        .element(contents)
                        .wrap(SIMPLE_CONSTRUCTED, 0)
                        .toOctets());
                Octets joined = segments.octetString(SIMPLE);
                return simply(segments.isMalformed() ? contents : joined);
            default:
                return fully(parsePdvLists(reader));
        }
    }

    private static List<PdvList> parsePdvLists(BerReader reader) {
        List<PdvList> lists = new ArrayList<>();
        reader.enter(FULL);
        while (reader.hasMore()) {
            reader.enter(Tag.SEQUENCE);
            ObjectIdentifier transferSyntax =
                    reader.isAt(Tag.OBJECT_IDENTIFIER) ? reader.objectIdentifier(Tag.OBJECT_IDENTIFIER) : null;
            int context = reader.integer(Tag.INTEGER, 1, MAX_CONTEXT);
            int form = reader.tag();
            Octets values = Octets.EMPTY;
            int unusedBits = 0;
            switch (form) {
                case SINGLE_ASN1_TYPE -> values = reader.contents(SINGLE_ASN1_TYPE);
                case ARBITRARY -> {
                    BitString bits = reader.bitString(ARBITRARY);
                    values = bits.octets();
                    unusedBits = bits.unusedBits();
                }
                default -> {
                    form = OCTET_ALIGNED;
                    values = reader.octetString(OCTET_ALIGNED);
                }
            }
            reader.leave();
            lists.add(new PdvList(transferSyntax, context, form, values, unusedBits));
            if (lists.size() > MAX_VALUES) {
                reader.fail();
            }
        }
        reader.leave();
        return lists;
    }

    void emit(BerWriter out) {
        int end = out.mark();
        if (simple != null) {
            out.octetString(SIMPLE, simple);
            return;
        }
        for (int i = pdvLists.size() - 1; i >= 0; i--) {
            emit(pdvLists.get(i), out);
        }
        out.wrap(FULL, end);
    }

    private static void emit(PdvList list, BerWriter out) {
        int end = out.mark();
        if (list.form() == ARBITRARY) {
            out.bitString(ARBITRARY, new BitString(list.values(), list.unusedBits()));
        } else {
            out.octetString(list.form(), list.values());
        }
        out.integer(Tag.INTEGER, list.context());
        if (list.transferSyntax() != null) {
            out.objectIdentifier(Tag.OBJECT_IDENTIFIER, list.transferSyntax());
        }
        out.wrap(Tag.SEQUENCE, end);
    }

    /**
     * The values as they travel.
     *
     * @param contexts that they may belong to
     * @param simply whether to encode them simply, since there is one context at most
     * @return null if there are no values
     * @throws IllegalArgumentException if a value belongs to none of the contexts
     */
    static UserData of(List<Pdv> values, ContextSet contexts, boolean simply) {
        if (values.isEmpty()) {
            return null;
        }
        for (Pdv value : values) {
            if (!contexts.has(value.context())) {
                throw new IllegalArgumentException("there is no presentation context " + value.context());
            }
        }
        if (simply) {
            BerWriter joined = new BerWriter();
            for (int i = values.size() - 1; i >= 0; i--) {
                joined.element(values.get(i).value());
            }
            return simply(joined.toOctets());
        }
        List<PdvList> lists = new ArrayList<>();
        for (Pdv value : values) {
            ContextSet.Context context = contexts.get(value.context());
            byte[] octets = value.value().toByteArray();
            boolean one = octets.length > 0 && BerLength.of(octets, 0, octets.length) == octets.length;
            lists.add(new PdvList(
                    context != null && context.isNamed() ? context.transferSyntax() : null,
                    value.context(),
                    one ? SINGLE_ASN1_TYPE : OCTET_ALIGNED,
                    value.value(),
                    0));
        }
        return fully(lists);
    }

    /**
     * The values one by one, each a whole BER encoding.
     *
     * @param contexts that they may belong to
     * @return null if one belongs to none of them, names a transfer syntax other than BER, or is no BER encoding
     */
    List<Pdv> values(ContextSet contexts) {
        List<Pdv> values = new ArrayList<>();
        if (simple != null) {
            return contexts.hasOnly() && split(contexts.only(), simple, values) ? values : null;
        }
        for (PdvList list : pdvLists) {
            boolean isReadable = contexts.has(list.context())
                    && (list.transferSyntax() == null || list.transferSyntax().equals(ObjectIdentifier.BER))
                    && list.unusedBits() == 0
                    && split(list.context(), list.values(), values);
            if (!isReadable || list.form() == SINGLE_ASN1_TYPE && isSeveral(list.values())) {
                return null;
            }
        }
        return values;
    }

    private static boolean isSeveral(Octets values) {
        byte[] octets = values.toByteArray();
        return BerLength.of(octets, 0, octets.length) != octets.length;
    }

    /** Cut octets into BER encodings; false if they are none. */
    static boolean split(int context, Octets octets, List<Pdv> into) {
        byte[] array = octets.toByteArray();
        for (int at = 0; at < array.length; ) {
            int length = BerLength.of(array, at, array.length);
            if (length < 0 || length > array.length - at || into.size() == MAX_VALUES) {
                return false;
            }
            into.add(new Pdv(context, octets.slice(at, at + length)));
            at += length;
        }
        return array.length > 0;
    }
}
