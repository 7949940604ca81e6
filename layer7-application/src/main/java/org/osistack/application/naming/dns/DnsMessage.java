package org.osistack.application.naming.dns;

import java.util.ArrayList;
import java.util.List;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;

/**
 * A DNS message (RFC 1035 §4.1).
 *
 * <pre>
 *   octet  0    2       4         6         8           10           12
 *          | ID | flags | QDCOUNT | ANCOUNT | NSCOUNT   | ARCOUNT    | questions, answers, authorities, additionals
 *
 *   flags  | QR |  opcode  | AA | TC | RD | RA |    Z    |  RCODE   |
 *            15   14 - 11    10   9    8    7    6 - 4     3 - 0
 * </pre>
 *
 * @param id repeats that of the query in an answer to one; 0 in multicast DNS (RFC 6762 §18.1)
 * @param answers in a query: what the asker knows already (RFC 6762 §7.1)
 * @param authorities in a query: what the asker would like to claim (RFC 6762 §8.2)
 */
public record DnsMessage(
        int id,
        int flags,
        List<DnsQuestion> questions,
        List<DnsRecord> answers,
        List<DnsRecord> authorities,
        List<DnsRecord> additionals) {
    /** The longest message of multicast DNS, in octets (RFC 6762 §17). */
    public static final int MAX_LENGTH = 9000;

    private static final int HEADER = 12;
    private static final int RESPONSE = 0x8000;
    private static final int AUTHORITATIVE = 0x0400;
    private static final int OPCODE_AND_RCODE = 0x780f; // both 0, or the message is ignored: RFC 6762 §18.3, §18.11

    /** A multicast query (RFC 6762 §18). */
    public static DnsMessage query(
            List<DnsQuestion> questions, List<DnsRecord> knownAnswers, List<DnsRecord> authorities) {
        return new DnsMessage(0, 0, questions, knownAnswers, authorities, List.of());
    }

    /** A multicast response: no questions, the authoritative bit set (RFC 6762 §18.4). */
    public static DnsMessage response(List<DnsRecord> answers, List<DnsRecord> additionals) {
        return new DnsMessage(0, RESPONSE | AUTHORITATIVE, List.of(), answers, List.of(), additionals);
    }

    /** The answer that a resolver of the unicast kind understands (RFC 6762 §6.7). */
    public static DnsMessage legacyResponse(DnsMessage query, List<DnsRecord> answers, List<DnsRecord> additionals) {
        return new DnsMessage(query.id, RESPONSE | AUTHORITATIVE, query.questions, answers, List.of(), additionals);
    }

    public boolean isResponse() {
        return (flags & RESPONSE) != 0;
    }

    /**
     * Read a message. The PDU remains the caller's.
     *
     * @return null if it is not well formed, or of a kind that multicast DNS ignores
     */
    public static DnsMessage parse(Pdu pdu) {
        int length = pdu.length();
        if (length < HEADER || length > MAX_LENGTH || (pdu.getUint16(2) & OPCODE_AND_RCODE) != 0) {
            return null;
        }
        DnsReader reader = new DnsReader(pdu.toByteArray(), HEADER);
        List<DnsQuestion> questions = new ArrayList<>();
        for (int n = pdu.getUint16(4); n > 0 && reader.isGood(); n--) {
            reader.addQuestion(questions);
        }
        List<DnsRecord> answers = reader.records(pdu.getUint16(6));
        List<DnsRecord> authorities = reader.records(pdu.getUint16(8));
        List<DnsRecord> additionals = reader.records(pdu.getUint16(10));
        return reader.isGood()
                ? new DnsMessage(pdu.getUint16(0), pdu.getUint16(2), questions, answers, authorities, additionals)
                : null;
    }

    /** Write the message into a PDU of the pool, which is the caller's. Names that occur again are compressed. */
    public Pdu emit(PduPool pool) {
        DnsWriter writer = new DnsWriter(pool.take(MAX_LENGTH));
        writer.uint16(id)
                .uint16(flags)
                .uint16(questions.size())
                .uint16(answers.size())
                .uint16(authorities.size())
                .uint16(additionals.size());
        questions.forEach(writer::question);
        answers.forEach(writer::record);
        authorities.forEach(writer::record);
        additionals.forEach(writer::record);
        return writer.pdu();
    }
}
