package org.osistack.application.naming;

import java.util.List;
import java.util.StringJoiner;
import org.osistack.application.naming.dns.DnsMessage;
import org.osistack.application.naming.dns.DnsQuestion;
import org.osistack.application.naming.dns.DnsRecord;
import org.osistack.core.Direction;
import org.osistack.core.Dissection;
import org.osistack.core.Dissector;
import org.osistack.core.Pdu;

/** Explains messages of multicast DNS. */
public final class DnsDissector implements Dissector {
    private static final String CLAUSE = "RFC 1035 §4.1.1";
    private static final int HEADER = 12; // octets
    private static final int MAX_LISTED = 4;

    @Override
    public void dissect(Pdu pdu, Object sap, Direction direction, Dissection out) {
        DnsMessage message = DnsMessage.parse(pdu);
        if (message == null) {
            out.pdu("DNS", "message")
                    .summary("not understood")
                    .field("octets", 0, pdu.length(), 0, pdu.length() + " octets");
            return;
        }
        boolean isResponse = message.isResponse();
        out.pdu("DNS", isResponse ? "response" : message.authorities().isEmpty() ? "query" : "probe")
                .summary(isResponse ? records(message.answers()) : questions(message));
        out.field("ID", 0, 2, message.id(), Integer.toString(message.id()), CLAUSE)
                .field("flags", 2, 2, message.flags(), isResponse ? "a response" : "a query", CLAUSE)
                .field("QDCOUNT", 4, 2, pdu.getUint16(4), count(pdu.getUint16(4), "question"), CLAUSE)
                .field("ANCOUNT", 6, 2, pdu.getUint16(6), count(pdu.getUint16(6), "answer"), CLAUSE)
                .field("NSCOUNT", 8, 2, pdu.getUint16(8), count(pdu.getUint16(8), "record") + " to claim", CLAUSE)
                .field("ARCOUNT", 10, 2, pdu.getUint16(10), count(pdu.getUint16(10), "record") + " more", CLAUSE);
        if (pdu.length() > HEADER) {
            String text = pdu.length() - HEADER + " octets";
            out.field("questions and records", HEADER, pdu.length() - HEADER, 0, text, "RFC 1035 §4.1.2, §4.1.3");
        }
    }

    private static String questions(DnsMessage message) {
        StringJoiner text = new StringJoiner(", ");
        List<DnsQuestion> questions = message.questions();
        for (DnsQuestion question : questions.subList(0, Math.min(MAX_LISTED, questions.size()))) {
            text.add("who is " + question.name() + "?" + type(question.type()));
        }
        return text + (questions.size() > MAX_LISTED ? " …" : "");
    }

    private static String records(List<DnsRecord> records) {
        StringJoiner text = new StringJoiner(", ");
        for (DnsRecord record : records.subList(0, Math.min(MAX_LISTED, records.size()))) {
            boolean isAddress = record.type() == DnsRecord.A && record.data().length() == 4;
            text.add(record.name()
                    + (isAddress ? " is " + address(record) : type(record.type()))
                    + (record.ttl() == 0 ? " no longer" : ""));
        }
        return text + (records.size() > MAX_LISTED ? " …" : "");
    }

    private static String address(DnsRecord record) {
        StringJoiner text = new StringJoiner(".");
        for (int i = 0; i < record.data().length(); i++) {
            text.add(Integer.toString(record.data().at(i)));
        }
        return text.toString();
    }

    private static String type(int type) {
        return switch (type) {
            case DnsRecord.A -> " A";
            case DnsRecord.PTR -> " PTR";
            case DnsRecord.NSEC -> " NSEC";
            case DnsRecord.ANY -> " (any record)";
            default -> " type " + type;
        };
    }

    private static String count(int count, String of) {
        return count + " " + of + (count == 1 ? "" : "s");
    }
}
