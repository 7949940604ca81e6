package org.osistack.application.naming;

import java.util.List;
import org.osistack.application.naming.dns.DnsMessage;
import org.osistack.application.naming.dns.DnsQuestion;
import org.osistack.application.naming.dns.DnsRecord;
import org.osistack.core.Direction;
import org.osistack.core.Dissection;
import org.osistack.core.Dissector;
import org.osistack.core.Pdu;

/** Explains messages of multicast DNS. */
public final class DnsDissector implements Dissector {
    private static final int HEADER = 12;

    @Override
    public void dissect(Pdu pdu, Object sap, Direction direction, Dissection out) {
        DnsMessage message = DnsMessage.parse(pdu);
        if (message == null) {
            out.pdu("MDNS", "message").summary("not understood").sdu(0, pdu.length());
            return;
        }
        out.pdu(
                        "MDNS",
                        message.isResponse()
                                ? "response"
                                : message.authorities().isEmpty() ? "query" : "probe")
                .summary(summary(message))
                .field("ID", 0, 2, message.id(), Integer.toString(message.id()), "RFC 6762 §18.1")
                .field("flags", 2, 2, message.flags(), String.format("%04x", message.flags()), "RFC 6762 §18.2");
        count(pdu, out, "QDCOUNT", 4);
        count(pdu, out, "ANCOUNT", 6);
        count(pdu, out, "NSCOUNT", 8);
        count(pdu, out, "ARCOUNT", 10);
        out.field("sections", HEADER, pdu.length() - HEADER, 0, sections(message), "RFC 1035 §4.1");
    }

    /** Whether the octets are a message of at least one question or record. */
    public static boolean isMessage(Pdu pdu) {
        DnsMessage message = DnsMessage.parse(pdu);
        return message != null && !sections(message).isEmpty();
    }

    private static void count(Pdu pdu, Dissection out, String name, int offset) {
        int count = pdu.getUint16(offset);
        out.field(name, offset, 2, count, Integer.toString(count), "RFC 1035 §4.1.1");
    }

    private static String summary(DnsMessage message) {
        if (!message.questions().isEmpty()) {
            return message.questions().get(0).name() + " "
                    + type(message.questions().get(0).type()) + "?";
        }
        return message.answers().isEmpty() ? "" : text(message.answers().get(0));
    }

    private static String sections(DnsMessage message) {
        StringBuilder text = new StringBuilder();
        for (DnsQuestion question : message.questions()) {
            add(text, question.name() + " " + type(question.type()) + "?");
        }
        for (List<DnsRecord> records : List.of(message.answers(), message.authorities(), message.additionals())) {
            for (DnsRecord record : records) {
                add(text, text(record));
            }
        }
        return text.toString();
    }

    private static void add(StringBuilder text, String more) {
        text.append(text.isEmpty() ? "" : "; ").append(more);
    }

    private static String text(DnsRecord record) {
        boolean isAddress = record.type() == DnsRecord.A && record.data().length() == Ipv4Text.LENGTH;
        return record.name() + " " + type(record.type())
                + (isAddress ? " " + Ipv4Text.text(record.data()) : "")
                + (record.ttl() == 0 ? ", good-bye" : ", " + record.ttl() + " s");
    }

    private static String type(int type) {
        return switch (type) {
            case DnsRecord.A -> "A";
            case DnsRecord.PTR -> "PTR";
            case DnsRecord.NSEC -> "NSEC";
            case DnsRecord.ANY -> "ANY";
            case 28 -> "AAAA"; // RFC 3596 §2.1
            default -> "type " + type;
        };
    }
}
