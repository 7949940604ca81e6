package org.osistack.application.http;

import java.nio.charset.StandardCharsets;
import org.osistack.core.Pdu;

/** Collects the octets that come from a client and cuts them into requests. */
final class RequestReader {
    /** The most octets that the head of a request may have. */
    static final int MAX_HEAD = 16 * 1024;
    /** The most octets of a target. */
    static final int MAX_TARGET = 8000; // RFC 9112 §3 asks for at least 8,000 octets of a request line
    /** From so many octets on, the client had better wait. */
    static final int ENOUGH = 2 * MAX_HEAD;

    private static final byte LF = '\n';
    private static final byte CR = '\r';

    private byte[] octets = new byte[1024];
    private int start;
    private int end;
    private int searched; // up to here there is no end of a head
    private long skip; // octets of content that nobody wants

    /** Take what has arrived. The PDU remains the caller's. */
    void add(Pdu pdu) {
        int length = pdu.length();
        int skipped = (int) Math.min(skip, length);
        skip -= skipped;
        length -= skipped;
        if (octets.length - end < length) {
            int used = end - start;
            byte[] target = used + length <= octets.length ? octets : new byte[(used + length) * 2];
            System.arraycopy(octets, start, target, 0, used);
            octets = target;
            searched -= start;
            start = 0;
            end = used;
        }
        pdu.copyTo(skipped, octets, end, length);
        end += length;
    }

    /** Throw away the next so many octets: a content that nobody wants. */
    void skip(long length) {
        int here = (int) Math.min(length, end - start);
        start += here;
        searched = start;
        skip = length - here;
    }

    /** Whether a request has begun. */
    boolean isInside() {
        return end > start || skip > 0;
    }

    boolean hasEnough() {
        return end - start >= ENOUGH;
    }

    /** The next request; null if it has not arrived in full. */
    Request next() {
        skipEmptyLines();
        int headEnd = findHeadEnd();
        if (headEnd < 0) {
            return end - start > MAX_HEAD ? tooLarge() : null;
        }
        if (headEnd - start > MAX_HEAD) {
            return tooLarge();
        }
        String head = new String(octets, start, headEnd - start, StandardCharsets.ISO_8859_1);
        start = headEnd;
        searched = start;
        if (start == end) {
            start = 0;
            end = 0;
            searched = 0;
            if (octets.length > ENOUGH) {
                octets = new byte[1024];
            }
        }
        return parse(head.split("\r?\n"));
    }

    /** Empty lines before a request are ignored (RFC 9112 §2.2). */
    private void skipEmptyLines() {
        while (start < end
                && (octets[start] == CR && start + 1 < end && octets[start + 1] == LF || octets[start] == LF)) {
            start += octets[start] == CR ? 2 : 1;
        }
        searched = Math.max(searched, start);
    }

    /** Where the octets after the head begin; -1 if it is not whole. A line may end without CR (RFC 9112 §2.2). */
    private int findHeadEnd() {
        for (int i = searched; i < end; i++) {
            if (octets[i] == LF) {
                int next = i + 1 < end && octets[i + 1] == CR ? i + 2 : i + 1;
                if (next >= end) {
                    break; // the next line has only begun
                }
                if (octets[next] == LF) {
                    return next + 1;
                }
            }
            searched = i + 1;
        }
        return -1;
    }

    private Request tooLarge() {
        for (int i = start; i < end; i++) {
            if (octets[i] == LF) {
                return Request.refused(Status.HEADER_FIELDS_TOO_LARGE);
            }
        }
        return Request.refused(Status.URI_TOO_LONG); // it is still the first line
    }

    private static Request parse(String[] lines) {
        String[] words = lines[0].split(" ", -1);
        if (words.length != 3 || !Fields.isToken(words[0]) || !isVisible(words[1])) {
            return Request.refused(Status.BAD_REQUEST);
        }
        String version = words[2];
        if (!version.matches("HTTP/[0-9]\\.[0-9]")) {
            return Request.refused(Status.BAD_REQUEST);
        }
        if (version.charAt(5) != '1') {
            return Request.refused(Status.HTTP_VERSION_NOT_SUPPORTED);
        }
        if (words[1].length() > MAX_TARGET) {
            return Request.refused(Status.URI_TOO_LONG);
        }
        if (lines.length - 1 > Fields.MAX_FIELDS) {
            return Request.refused(Status.HEADER_FIELDS_TOO_LARGE);
        }
        Fields fields = new Fields();
        for (int i = 1; i < lines.length; i++) {
            if (!fields.addLine(lines[i])) {
                return Request.refused(Status.BAD_REQUEST);
            }
        }
        return check(words[0], words[1], version.charAt(7) - '0', fields);
    }

    private static Request check(String method, String target, int minorVersion, Fields fields) {
        int hosts = fields.count("host");
        boolean isHostGood = hosts == 1 || hosts == 0 && minorVersion == 0; // RFC 9112 §3.2
        String length = fields.get("content-length");
        String coding = fields.get("transfer-encoding");
        if (!isHostGood
                || length != null && (coding != null || !length.matches("[0-9]{1,18}")) // RFC 9112 §6.3
                || coding != null && minorVersion == 0) { // RFC 9112 §6.1
            return Request.refused(Status.BAD_REQUEST);
        }
        if (coding != null && !coding.equalsIgnoreCase("chunked")) {
            return Request.refused(Status.NOT_IMPLEMENTED); // RFC 9112 §6.1
        }
        long contentLength = coding != null ? -1 : length == null ? 0 : Long.parseLong(length);
        return new Request(null, method, target, minorVersion, fields, contentLength);
    }

    private static boolean isVisible(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= 0x20 || text.charAt(i) >= 0x7f) {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
