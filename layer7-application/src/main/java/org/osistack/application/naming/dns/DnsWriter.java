package org.osistack.application.naming.dns;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osistack.core.Pdu;

/** Writes a message, and each name's known end as a pointer (RFC 1035 §4.1.4). */
final class DnsWriter {
    private static final int POINTER = 0xc000;
    private static final int MAX_POINTER = 0x3fff;

    private final Pdu pdu;
    private final Map<DnsName, Integer> written = new HashMap<>(); // names, and ends of names, by their offset

    DnsWriter(Pdu pdu) {
        this.pdu = pdu;
    }

    Pdu pdu() {
        return pdu;
    }

    DnsWriter uint16(int value) {
        pdu.appendUint8(value >> 8).appendUint8(value);
        return this;
    }

    void question(DnsQuestion question) {
        name(question.name());
        uint16(question.type());
        uint16(DnsRecord.CLASS_IN | (question.unicastResponse() ? DnsRecord.TOP_BIT : 0));
    }

    void record(DnsRecord record) {
        name(record.name());
        uint16(record.type());
        uint16(DnsRecord.CLASS_IN | (record.cacheFlush() ? DnsRecord.TOP_BIT : 0));
        uint16((int) (record.ttl() >> 16)).uint16((int) record.ttl());
        uint16(record.data().length());
        record.data().appendTo(pdu);
    }

    private void name(DnsName name) {
        List<String> labels = name.labels();
        for (int i = 0; i < labels.size(); i++) {
            DnsName end = new DnsName(labels.subList(i, labels.size()));
            Integer offset = written.get(end);
            if (offset != null) {
                uint16(POINTER | offset);
                return;
            }
            if (pdu.length() <= MAX_POINTER) {
                written.put(end, pdu.length());
            }
            label(pdu, labels.get(i));
        }
        pdu.appendUint8(0);
    }

    private static void label(Pdu pdu, String label) {
        pdu.appendUint8(label.length()).append(label.getBytes(StandardCharsets.ISO_8859_1));
    }
}
