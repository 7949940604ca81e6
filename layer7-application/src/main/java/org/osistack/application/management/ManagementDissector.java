package org.osistack.application.management;

import org.osistack.application.rose.CodedValue;
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
        CodedValue part = CodedValue.parse(new BerReader(apdu));
        if (part == null) {
            return "";
        }
        Octets value = part.value();
        return "invocation " + part.invokeId()
                + switch (part.kind()) {
                    case ROIV -> ": " + invoked(ManagementOperation.of(part.code()), value);
                    case RORS -> ": " + result(SessionPage.parse(value));
                    case ROER -> ", not ended: " + sentence(value);
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
