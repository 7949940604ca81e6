package org.osistack.application.bank;

import org.osistack.application.rose.CodedValue;
import org.osistack.application.rtse.RtseDissector;
import org.osistack.core.Direction;
import org.osistack.core.Dissection;
import org.osistack.core.Dissector;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.Tag;

/** Explains what the bank's associations carry: the APDUs of RTSE, and in them those of ROSE with the bank's own values. */
final class BankDissector implements Dissector {
    private final RtseDissector transfer = new RtseDissector();

    @Override
    public void dissect(Pdu pdu, Object sap, Direction direction, Dissection out) {
        transfer.dissect(pdu, sap, direction, out);
        BerReader segment = new BerReader(pdu);
        if (segment.isAt(Tag.OCTET_STRING)) {
            String text = text(segment.octetString(Tag.OCTET_STRING));
            if (!text.isEmpty()) {
                out.summary(text);
            }
        }
    }

    /** What an APDU says; empty if it is not a whole one. */
    private static String text(Octets apdu) {
        CodedValue part = CodedValue.parse(new BerReader(apdu));
        if (part == null) {
            return "";
        }
        Octets value = part.value();
        String invocation = part.kind() + " " + part.invokeId() + ", ";
        return switch (part.kind()) {
            case ROIV -> invocation + invoked(BankOperation.of(part.code()), value);
            case RORS -> invocation + result(Statement.parse(value));
            case ROER -> invocation + error(BankError.of(part.code()), value);
        };
    }

    private static String invoked(BankOperation operation, Octets argument) {
        if (operation == null) {
            return "unknown operation";
        } else if (!operation.isOrder()) {
            Question question = Question.parse(argument);
            return operation.text() + (question == null ? ": malformed" : " " + question.account());
        }
        Order order = Order.parse(argument);
        if (order == null) {
            return operation.text() + ": malformed";
        }
        return "request " + order.number() + ": " + operation.text() + " " + order.account()
                + (order.to().isEmpty() ? "" : " to " + order.to())
                + (operation == BankOperation.OPEN ? "" : " " + BankApplication.money(order.amount()));
    }

    private static String result(Statement statement) {
        return statement == null
                ? "malformed"
                : statement.account() + " has " + BankApplication.money(statement.balance());
    }

    private static String error(BankError error, Octets parameter) {
        return error == null
                ? "unknown error"
                : Answer.ofParameter(error, parameter).sentence();
    }
}
