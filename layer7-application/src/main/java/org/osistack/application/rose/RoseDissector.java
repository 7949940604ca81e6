package org.osistack.application.rose;

import org.osistack.core.Direction;
import org.osistack.core.Dissection;
import org.osistack.core.Dissector;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.Tag;

/** Explains the APDUs of ROSE. Arguments, results and parameters are the user's. */
public final class RoseDissector implements Dissector {
    private static final String CLAUSE = "X.229 §9";
    private static final int LINKED_ID = 0x80;

    @Override
    public void dissect(Pdu pdu, Object sap, Direction direction, Dissection out) {
        RoseApdu.Parsed parsed = RoseApdu.parse(Octets.of(pdu));
        BerReader in = new BerReader(pdu);
        int tag = in.tag();
        out.pdu("ROSE", name(tag));
        out.summary(parsed.apdu() == null ? parsed.problem().text() : summary(parsed.apdu()));
        if (tag >= RoseApdu.ROIV && tag <= RoseApdu.RORJ) {
            in.enter(tag);
            invokeId(in, out);
            fields(tag, in, out);
        }
    }

    private static String name(int tag) {
        return switch (tag) {
            case RoseApdu.ROIV -> "ROIV";
            case RoseApdu.RORS -> "RORS";
            case RoseApdu.ROER -> "ROER";
            case RoseApdu.RORJ -> "RORJ";
            default -> "unknown";
        };
    }

    private static String summary(RoseApdu apdu) {
        if (apdu instanceof RoseApdu.Roiv roiv) {
            String parent = roiv.linkedId() == null ? "" : " for invocation " + roiv.linkedId();
            return "invocation " + roiv.invokeId() + ": operation " + roiv.operation() + parent;
        } else if (apdu instanceof RoseApdu.Rors rors) {
            return "result of invocation " + rors.invokeId();
        } else if (apdu instanceof RoseApdu.Roer roer) {
            return "error " + roer.error() + " of invocation " + roer.invokeId();
        }
        RoseApdu.Rorj rorj = (RoseApdu.Rorj) apdu;
        return (rorj.invokeId() == null ? "" : "invocation " + rorj.invokeId() + ": ")
                + rorj.problem().text();
    }

    private static void invokeId(BerReader in, Dissection out) {
        int offset = in.offset();
        int length = in.length();
        if (in.isAt(Tag.NULL)) {
            in.nul(Tag.NULL);
            out.field("invokeID", offset, length, 0, "not known", CLAUSE);
            return;
        }
        long invokeId = in.integer(Tag.INTEGER);
        if (!in.isMalformed()) {
            out.field("invokeID", offset, length, invokeId, Long.toString(invokeId), CLAUSE);
        }
    }

    private static void fields(int apdu, BerReader in, Dissection out) {
        if (apdu == RoseApdu.ROIV && in.isAt(LINKED_ID)) {
            int offset = in.offset();
            int length = in.length();
            long linkedId = in.integer(LINKED_ID);
            out.field("linked-ID", offset, length, linkedId, Long.toString(linkedId), CLAUSE);
        }
        switch (apdu) {
            case RoseApdu.ROIV -> codeAndValue("operation-value", in, out);
            case RoseApdu.ROER -> codeAndValue("error-value", in, out);
            case RoseApdu.RORS -> {
                if (in.isAt(Tag.SEQUENCE)) {
                    in.enter(Tag.SEQUENCE);
                    codeAndValue("operation-value", in, out);
                }
            }
            default -> problem(in, out);
        }
    }

    private static void codeAndValue(String name, BerReader in, Dissection out) {
        int offset = in.offset();
        int length = in.length();
        Code code = Code.parse(in);
        if (in.isMalformed()) {
            return;
        }
        out.field(name, offset, length, code.local(), code.toString(), CLAUSE);
        if (in.length() > 0) {
            out.sdu(in.offset(), in.length());
        }
    }

    private static void problem(BerReader in, Dissection out) {
        int offset = in.offset();
        int length = in.length();
        int tag = in.tag();
        long value = in.integer(tag);
        Problem problem = Problem.of(tag, value);
        if (!in.isMalformed()) {
            out.field("problem", offset, length, value, problem == null ? "unknown" : problem.text(), CLAUSE);
        }
    }
}
