package org.osistack.application.acse;

import org.osistack.core.Direction;
import org.osistack.core.Dissection;
import org.osistack.core.Dissector;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.Tag;

/** Explains the APDU of connectionless ACSE. What the application put into it is shown as the SDU. */
public final class AudtDissector implements Dissector {
    private static final String CLAUSE = "X.237 §9";
    private static final String[] TITLE = {
        "AP-title", "AE-qualifier", "AP-invocation-identifier", "AE-invocation-identifier"
    };

    @Override
    public void dissect(Pdu pdu, Object sap, Direction direction, Dissection out) {
        out.pdu("ACSE", "AUDT");
        Audt audt = Audt.parse(Octets.of(pdu));
        out.summary(audt == null ? "not an APDU of ACSE" : "application context " + audt.applicationContext());
        BerReader in = new BerReader(pdu).enter(Audt.TAG);
        while (in.hasMore()) {
            int offset = in.offset();
            int length = in.length();
            int tag = in.tag();
            BerReader value = new BerReader(in.element());
            if (in.isMalformed()) {
                return;
            }
            if (tag == AcseApdu.USER_INFORMATION) {
                userInformation(value, offset, length, out);
            } else {
                out.field(name(tag), offset, length, 0, text(value, tag), CLAUSE);
            }
        }
    }

    private static void userInformation(BerReader in, int offset, int length, Dissection out) {
        out.group("user-information", offset, length, "");
        in.enter(AcseApdu.USER_INFORMATION).enter(Tag.EXTERNAL);
        while (in.hasMore()) {
            int at = offset + in.offset();
            int itemLength = in.length();
            int tag = in.tag();
            if (tag == Tag.INTEGER) {
                long context = in.integer(tag);
                out.field("indirect-reference", at, itemLength, context, "context " + context, CLAUSE);
                continue;
            }
            in.pass(tag);
            if (in.isMalformed()) {
                break;
            }
            if (tag == External.SINGLE_ASN1_TYPE && !out.hasSdu()) {
                out.field("single-ASN1-type", at, itemLength, 0, in.contentsLength() + " octets", CLAUSE);
                out.sdu(offset + in.contentsOffset(), in.contentsLength());
            } else {
                out.field(Tag.name(tag), at, itemLength, 0, "", CLAUSE);
            }
        }
        out.end();
    }

    private static String name(int tag) {
        if (tag >= Audt.CALLED && tag < Audt.CALLED + TITLE.length) {
            return "called-" + TITLE[tag - Audt.CALLED];
        }
        if (tag >= Audt.CALLING && tag < Audt.CALLING + TITLE.length) {
            return "calling-" + TITLE[tag - Audt.CALLING];
        }
        return switch (tag) {
            case 0x80 -> "protocol-version";
            case 0xa1 -> "application-context-name";
            case AcseApdu.IMPLEMENTATION_INFORMATION -> "implementation-information";
            default -> "unknown parameter " + Tag.name(tag);
        };
    }

    /** The value of a parameter as a person reads it. */
    private static String text(BerReader value, int tag) {
        if (tag == Audt.CALLED || tag == Audt.CALLING) {
            return AeTitle.NONE.with(value, tag).toString();
        }
        if (!Tag.isConstructed(tag)) {
            return "";
        }
        value.enter(tag);
        return switch (value.tag()) {
            case Tag.OBJECT_IDENTIFIER ->
                value.objectIdentifier(Tag.OBJECT_IDENTIFIER).toString();
            case Tag.INTEGER -> Long.toString(value.integer(Tag.INTEGER));
            default -> "";
        };
    }
}
