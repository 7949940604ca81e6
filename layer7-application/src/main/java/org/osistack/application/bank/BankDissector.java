package org.osistack.application.bank;

import org.osistack.application.rose.Code;
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
    private static final int ROIV = 0xa1;
    private static final int RORS = 0xa2;
    private static final int ROER = 0xa3;

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
        return switch (tag) {
            case ROIV -> "ROIV " + invokeId + ", " + invoked(BankOperation.of(code), value);
            case RORS -> "RORS " + invokeId + ", " + result(Statement.parse(value));
            default -> "ROER " + invokeId + ", " + error(BankError.of(Code.of(code)), value);
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
