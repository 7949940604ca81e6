package org.osistack.presentation.x226;

import java.util.List;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.presentation.Pdv;
import org.osistack.presentation.ber.BerLength;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.Tag;

/**
 * Writes and reads the values of one connection, in the contexts that it has at the moment.
 *
 * <p>Data comes as PDUs, most of them with one value: it gets its header pushed in front of it, and loses it on
 * receipt, without being copied. All other user data comes as {@link Octets}.
 */
final class ValueCodec {
    /** The longest header of fully encoded user data with one value: {@code 61 L 30 L 02 01 id A0 L}. */
    static final int MAX_HEADER_LENGTH = 6 + 6 + 6 + 6;

    /** What {@link #unwrap} says of a PDU that has not exactly one value. */
    static final int NOT_ONE = -1;
    /** What {@link #unwrap} says of a value that belongs to no context. */
    static final int NO_CONTEXT = -2;

    private final X226Entity entity;
    private ContextSet sending = ContextSet.EMPTY;
    private ContextSet receiving = ContextSet.EMPTY;
    private boolean isManaged;
    private boolean isWrittenSimply = true;
    private boolean isReadSimply = true;

    ValueCodec(X226Entity entity) {
        this.entity = entity;
    }

    /** The contexts in which this side may send values. */
    ContextSet sending() {
        return sending;
    }

    /** The contexts in which the peer may send values. */
    ContextSet receiving() {
        return receiving;
    }

    /** From now on there is context management: values are never simply encoded while there is a context (§8.4.1). */
    void manage() {
        isManaged = true;
    }

    /** From now on values belong to these contexts, in both directions. */
    void use(ContextSet contexts) {
        use(contexts, contexts, contexts);
    }

    /**
     * From now on values belong to these contexts.
     *
     * @param defined the defined context set, of which the others are parts
     */
    void use(ContextSet defined, ContextSet newSending, ContextSet newReceiving) {
        sending = newSending;
        receiving = newReceiving;
        isWrittenSimply = isSimple(defined);
        isReadSimply = isReadSimply(newReceiving);
    }

    /** Whether values are simply encoded with these contexts (§8.4.1). */
    boolean isSimple(ContextSet set) {
        return set.size() == 0 || set.size() == 1 && !isManaged && entity.profile != Profile.MINIMAL;
    }

    /** Whether the peer may have encoded values of these contexts simply. */
    private boolean isReadSimply(ContextSet set) {
        return set.has(ContextSet.DEFAULT_CONTEXT) || set.size() == 1 && !isManaged;
    }

    /** Push the header of P-DATA in front of a value. */
    void wrap(int context, Pdu value) {
        if (!sending.has(context)) {
            throw new IllegalArgumentException("there is no presentation context " + context);
        }
        if (!isWrittenSimply) {
            int form = BerLength.isOne(value) ? UserData.SINGLE_ASN1_TYPE : UserData.OCTET_ALIGNED;
            BerWriter out = entity.writer.before(value);
            out.wrap(form, 0)
                    .integer(Tag.INTEGER, context)
                    .wrap(Tag.SEQUENCE, 0)
                    .wrap(UserData.FULL, 0);
        }
    }

    /**
     * Cut P-DATA's user data to its only value.
     *
     * @return the value's context; {@link #NOT_ONE} or {@link #NO_CONTEXT}, and the PDU is as it was
     */
    int unwrap(Pdu ssdu) {
        if (isReadSimply && !isFullyEncoded(ssdu)) {
            return BerLength.isOne(ssdu) ? receiving.only() : NOT_ONE;
        }
        BerReader reader = entity.reader.over(ssdu).enter(UserData.FULL).enter(Tag.SEQUENCE);
        int context = reader.integer(Tag.INTEGER, 1, UserData.MAX_CONTEXT);
        reader.pass(reader.isAt(UserData.SINGLE_ASN1_TYPE) ? UserData.SINGLE_ASN1_TYPE : UserData.OCTET_ALIGNED);
        int offset = reader.contentsOffset();
        int length = reader.contentsLength();
        reader.end();
        reader.leave().end();
        reader.leave().end();
        if (reader.isMalformed() || !isOne(ssdu, offset, length)) {
            return NOT_ONE;
        }
        if (!receiving.has(context)) {
            return NO_CONTEXT;
        }
        ssdu.truncate(offset + length).pullHeader(offset);
        return context;
    }

    private static boolean isOne(Pdu ssdu, int offset, int length) {
        int from = ssdu.arrayOffset() + offset;
        return length > 0 && BerLength.of(ssdu.array(), from, from + length) == length;
    }

    /** Whether a peer has encoded fully though there is one context only: it is not to, but some do, and it shows. */
    private boolean isFullyEncoded(Pdu ssdu) {
        BerReader reader = entity.reader.over(ssdu).enter(UserData.FULL).enter(Tag.SEQUENCE);
        int context = reader.integer(Tag.INTEGER, 1, UserData.MAX_CONTEXT);
        return !reader.isMalformed()
                && receiving.has(context)
                && (reader.isAt(UserData.SINGLE_ASN1_TYPE) || reader.isAt(UserData.OCTET_ALIGNED));
    }

    /** User data inside another PPDU; null if there are no values. */
    UserData nested(List<Pdv> values, ContextSet set) {
        return UserData.of(values, set, isSimple(set));
    }

    /** The values of user data inside another PPDU; null if they cannot be read. */
    List<Pdv> nested(UserData userData, ContextSet set) {
        return userData == null ? List.of() : userData.values(set);
    }

    /** Values of the contexts in which this side may send, as {@link #whole(List, ContextSet)}. */
    Octets whole(List<Pdv> values) {
        return whole(values, sending);
    }

    /** Values as all the user data of a session primitive: simply encoded, they go without tag and length (§8.4.1). */
    Octets whole(List<Pdv> values, ContextSet set) {
        UserData data = nested(values, set);
        if (data == null) {
            return Octets.EMPTY;
        }
        return data.simple() != null ? data.simple() : octets(data);
    }

    static Octets octets(UserData data) {
        BerWriter out = new BerWriter();
        data.emit(out);
        return out.toOctets();
    }

    /**
     * Read the values that are all the user data of a session primitive.
     *
     * @return null if they cannot be read; {@link #reasonAgainst} says why
     */
    List<Pdv> whole(Octets octets, ContextSet set) {
        if (octets.isEmpty()) {
            return List.of();
        }
        List<Pdv> values = octets.at(0) == UserData.FULL ? typed(octets, set) : null;
        if (values != null || !isReadSimply(set)) {
            return values;
        }
        return UserData.simply(octets).values(set);
    }

    /** Read the values of typed data, which keep their tag and length; null if they cannot be read. */
    List<Pdv> typed(Octets octets, ContextSet set) {
        BerReader reader = new BerReader(octets);
        UserData data = UserData.parse(reader);
        reader.end();
        return reader.isMalformed() ? null : data.values(set);
    }

    /** Why values cannot be read: they are none, or not of these contexts. */
    static AbortReason reasonAgainst(Octets octets) {
        BerReader reader = new BerReader(octets);
        UserData.parse(reader);
        reader.end();
        return reader.isMalformed() ? AbortReason.UNRECOGNIZED_PPDU : AbortReason.INVALID_PARAMETER_VALUE;
    }
}
