package org.osistack.application.isode;

import java.util.List;
import org.osistack.core.Octets;
import org.osistack.presentation.ObjectIdentifier;
import org.osistack.presentation.Pdv;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.Tag;

/**
 * As much of ACSE's APDUs (X.227 §9) as an echo needs: it sends user information back as it stands, of however many
 * contexts, which the association service has no room for.
 */
final class AcseCodec {
    static final int AARQ = 0x60;
    static final int AARE = 0x61;
    static final int RLRQ = 0x62;
    static final int RLRE = 0x63;

    private static final int REASON = 0x80;
    private static final int APPLICATION_CONTEXT = 0xa1;
    private static final int RESULT = 0xa2;
    private static final int DIAGNOSTIC = 0xa3;
    private static final int SERVICE_USER = 0xa1;
    private static final int SINGLE_ASN1_TYPE = 0xa0;
    private static final int USER_INFORMATION = 0xbe;

    private AcseCodec() {}

    /** The APDU of that kind among some values; null if there is none. */
    static Pdv find(int tag, List<Pdv> values) {
        for (Pdv value : values) {
            if (!value.value().isEmpty() && value.value().at(0) == tag && fields(value.value(), tag) != null) {
                return value;
            }
        }
        return null;
    }

    /** The user-information of an APDU, as it stands; empty if there is none. */
    static Octets userInformation(Octets apdu) {
        Fields fields = fields(apdu, apdu.at(0));
        return fields == null ? Octets.EMPTY : fields.userInformation();
    }

    private record Fields(Octets applicationContext, Octets userInformation) {}

    /** Null if it is no such APDU. */
    private static Fields fields(Octets apdu, int tag) {
        BerReader reader = new BerReader(apdu);
        Octets context = Octets.EMPTY;
        Octets information = Octets.EMPTY;
        reader.enter(tag);
        while (reader.hasMore()) {
            if (reader.isAt(APPLICATION_CONTEXT)) {
                context = reader.element();
            } else if (reader.isAt(USER_INFORMATION)) {
                information = reader.element();
            } else {
                reader.skip();
            }
        }
        reader.leave();
        reader.end();
        return reader.isMalformed() ? null : new Fields(context, information);
    }

    /** The AARE that accepts an AARQ. */
    static Octets accept(Octets aarq, boolean sink) {
        Fields fields = fields(aarq, AARQ);
        BerWriter out = new BerWriter().element(sink ? Octets.EMPTY : fields.userInformation());
        int mark = out.mark();
        out.integer(Tag.INTEGER, 0).wrap(SERVICE_USER, mark).wrap(DIAGNOSTIC, mark);
        mark = out.mark();
        out.integer(Tag.INTEGER, 0).wrap(RESULT, mark);
        return out.element(fields.applicationContext()).wrap(AARE, 0).toOctets();
    }

    /** The RLRE that agrees to an RLRQ. */
    static Octets agree(Octets rlrq, boolean sink) {
        return release(RLRE, sink ? Octets.EMPTY : userInformation(rlrq));
    }

    /** RLRQ or RLRE. */
    static Octets release(int tag, Octets userInformation) {
        return new BerWriter()
                .element(userInformation)
                .integer(REASON, 0)
                .wrap(tag, 0)
                .toOctets();
    }

    static Octets request(ObjectIdentifier applicationContext, Octets userInformation) {
        BerWriter out = new BerWriter().element(userInformation);
        int mark = out.mark();
        out.objectIdentifier(Tag.OBJECT_IDENTIFIER, applicationContext).wrap(APPLICATION_CONTEXT, mark);
        return out.wrap(AARQ, 0).toOctets();
    }

    /**
     * User information of one EXTERNAL for each value.
     *
     * @param direct whether the transfer syntax is named, as it has to be before it has been agreed on
     */
    static Octets userInformation(List<Pdv> values, boolean direct) {
        if (values.isEmpty()) {
            return Octets.EMPTY;
        }
        BerWriter out = new BerWriter();
        for (int i = values.size() - 1; i >= 0; i--) {
            int mark = out.mark();
            out.element(values.get(i).value()).wrap(SINGLE_ASN1_TYPE, mark);
            out.integer(Tag.INTEGER, values.get(i).context());
            if (direct) {
                out.objectIdentifier(Tag.OBJECT_IDENTIFIER, ObjectIdentifier.BER);
            }
            out.wrap(Tag.EXTERNAL, mark);
        }
        return out.wrap(USER_INFORMATION, 0).toOctets();
    }

    /** Whether an AARE accepts. */
    static boolean isAccepting(Octets aare) {
        BerReader reader = new BerReader(aare);
        long result = -1;
        reader.enter(AARE);
        while (reader.hasMore()) {
            if (reader.isAt(RESULT)) {
                reader.enter(RESULT);
                result = reader.integer(Tag.INTEGER);
                reader.leave();
            } else {
                reader.skip();
            }
        }
        return !reader.isMalformed() && result == 0;
    }
}
