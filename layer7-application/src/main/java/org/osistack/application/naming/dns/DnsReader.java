package org.osistack.application.naming.dns;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.osistack.core.Octets;

/**
 * Reads what stands in a message, from front to back. The first fault makes it bad, and it then reads nothing more.
 *
 * <p>A name may end in a pointer to an earlier name (RFC 1035 §4.1.4). A pointer has to point before the place where the
 * octets it continues began, so no chain of pointers is endless.
 */
final class DnsReader {
    private static final int POINTER = 0xc0;

    private final byte[] octets;
    private int position;
    private boolean good = true;

    DnsReader(byte[] octets, int position) {
        this.octets = octets;
        this.position = position;
    }

    boolean isGood() {
        return good;
    }

    void addQuestion(List<DnsQuestion> questions) {
        DnsName name = name();
        int type = uint16();
        int qclass = uint16();
        int plainClass = qclass & ~DnsRecord.TOP_BIT;
        if (good && (plainClass == DnsRecord.CLASS_IN || plainClass == DnsRecord.CLASS_ANY)) {
            questions.add(new DnsQuestion(name, type, (qclass & DnsRecord.TOP_BIT) != 0));
        }
    }

    /** The records of class IN among the next so many. */
    List<DnsRecord> records(int count) {
        List<DnsRecord> records = new ArrayList<>();
        for (int n = count; n > 0 && good; n--) {
            DnsName name = name();
            int type = uint16();
            int rclass = uint16();
            long ttl = (long) uint16() << 16 | uint16();
            int length = uint16();
            if (!has(length)) {
                break;
            }
            int end = position + length;
            Octets data =
                    type == DnsRecord.PTR ? writtenOut(end) : Octets.of(octets).slice(position, end);
            position = end;
            if (good && (rclass & ~DnsRecord.TOP_BIT) == DnsRecord.CLASS_IN) {
                records.add(new DnsRecord(name, type, (rclass & DnsRecord.TOP_BIT) != 0, ttl, data));
            }
        }
        return records;
    }

    private Octets writtenOut(int end) {
        DnsName name = name();
        good &= position == end;
        return name == null ? Octets.EMPTY : name.encoded();
    }

    /** The name that begins here; null if it is bad. */
    private DnsName name() {
        List<String> labels = new ArrayList<>();
        int encoded = 1;
        int at = position;
        int limit = position; // a pointer has to point before this
        boolean jumped = false;
        while (good) {
            int length = at < octets.length ? octets[at] & 0xff : POINTER - 1;
            if (length == 0) {
                position = jumped ? position : at + 1;
                return labels.isEmpty() ? root() : new DnsName(labels);
            }
            if (length >= POINTER) {
                int target = at + 1 < octets.length ? (length & 0x3f) << 8 | octets[at + 1] & 0xff : limit;
                good = target < limit;
                position = jumped ? position : at + 2;
                jumped = true;
                at = target;
                limit = target;
                continue;
            }
            encoded += 1 + length;
            good = length <= DnsName.MAX_LABEL && at + length < octets.length && encoded <= DnsName.MAX_NAME;
            if (good) {
                labels.add(new String(octets, at + 1, length, StandardCharsets.ISO_8859_1));
                at += 1 + length;
            }
        }
        return null;
    }

    private static DnsName root() {
        return new DnsName(List.of());
    }

    private int uint16() {
        if (!has(2)) {
            return 0;
        }
        int value = (octets[position] & 0xff) << 8 | octets[position + 1] & 0xff;
        position += 2;
        return value;
    }

    private boolean has(int length) {
        good &= octets.length - position >= length;
        return good;
    }
}
