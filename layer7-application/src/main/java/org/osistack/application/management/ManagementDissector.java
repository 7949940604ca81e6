package org.osistack.application.management;

import org.osistack.application.rose.Code;
import org.osistack.application.rose.RoseDissector;
import org.osistack.core.Direction;
import org.osistack.core.Dissection;
import org.osistack.core.Dissector;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.presentation.ObjectIdentifier;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.Tag;

/** Explains the APDUs of session management: those of ROSE, with the values of its operations. */
public final class ManagementDissector implements Dissector {
    private static final int ROIV = 0xa1;
    private static final int RORS = 0xa2;
    private static final int ROER = 0xa3;

    private final RoseDissector rose = new RoseDissector();

    /** The abstract syntax of what it explains. */
    public static ObjectIdentifier abstractSyntax() {
        return ManagementApplication.CONTEXT.abstractSyntax();
    }

    @Override
    public void dissect(Pdu pdu, Object sap, Direction direction, Dissection out) {
        rose.dissect(pdu, sap, direction, out);
        String text = text(pdu);
        if (!text.isEmpty()) {
            out.summary(text);
        }
    }

    /** What an APDU says; empty if ROSE says all. */
    private static String text(Pdu apdu) {
        BerReader reader = new BerReader(apdu);
        int tag = reader.tag();
        if (tag != ROIV && tag != RORS && tag != ROER) {
            return "";
        }
        reader.enter(tag);
        long invokeId = reader.integer(Tag.INTEGER);
        if (tag == RORS && reader.isAt(Tag.SEQUENCE)) {
            reader.enter(Tag.SEQUENCE);
        }
        long code = reader.integer(Tag.INTEGER);
        Octets value = reader.element();
        if (reader.isMalformed()) {
            return "";
        }
        return "invocation " + invokeId
                + switch (tag) {
                    case ROIV -> ": " + invoked(ManagementOperation.of(Code.of(code)), value);
                    case RORS -> ": " + result(SessionPage.parse(value));
                    default -> ", not ended: " + sentence(value);
                };
    }

    private static String invoked(ManagementOperation operation, Octets argument) {
        if (operation == ManagementOperation.LIST) {
            SessionQuery query = SessionQuery.parse(argument);
            return query == null
                    ? "list, malformed"
                    : "list " + query.maximum() + " sessions after number " + query.after();
        } else if (operation == ManagementOperation.END) {
            EndOrder order = EndOrder.parse(argument);
            return order == null
                    ? "end, malformed"
                    : "end session " + order.number() + (order.isAbrupt() ? " abruptly" : "");
        }
        return "unknown operation";
    }

    private static String result(SessionPage page) {
        return page == null
                ? "malformed"
                : page.sessions().size() + " sessions" + (page.hasMore() ? ", and there are more" : "");
    }

    private static String sentence(Octets parameter) {
        BerReader reader = new BerReader(parameter);
        String sentence = reader.utf8String(Tag.UTF8_STRING);
        return reader.isMalformed() ? "malformed" : sentence;
    }
}
