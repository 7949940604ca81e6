package org.osistack.application.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.osistack.core.Direction;
import org.osistack.core.Dissection;
import org.osistack.core.Dissector;
import org.osistack.core.Pdu;

/**
 * Explains what an HTTP connection carries: the lines of a head, and content. A head is known by how it begins, since a
 * piece of a stream doesn't say what went before it.
 */
public final class HttpDissector implements Dissector {
    private static final List<String> BEGINNINGS =
            List.of("HTTP/1.", "GET ", "HEAD ", "POST ", "PUT ", "DELETE ", "OPTIONS ", "CONNECT ", "TRACE ", "PATCH ");
    private static final int MAX_HEAD = 64 * 1024;

    /** Whether the octets begin as a request or a response does. */
    public static boolean isHead(Pdu pdu) {
        for (String beginning : BEGINNINGS) {
            if (pdu.length() >= beginning.length()
                    && text(pdu, 0, beginning.length()).equals(beginning)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void dissect(Pdu pdu, Object sap, Direction direction, Dissection out) {
        if (!isHead(pdu)) {
            out.pdu("HTTP", "content").summary(pdu.length() + " octets").sdu(0, pdu.length());
            return;
        }
        int position = 0;
        int end = Math.min(pdu.length(), MAX_HEAD);
        boolean inHead = true;
        while (inHead && position < end) {
            int next = lineEnd(pdu, position, end);
            String line = text(pdu, position, next - position).strip();
            if (position == 0) {
                out.pdu("HTTP", line.startsWith("HTTP/") ? "response" : "request")
                        .summary(line);
                out.field("start-line", 0, next, 0, line, "RFC 9112 §2.1");
            } else if (line.isEmpty()) {
                out.field("end of the head", position, next - position, 0, "an empty line", "RFC 9112 §2.1");
                inHead = false;
            } else {
                int colon = line.indexOf(':');
                String name = colon < 0 ? "field-line" : line.substring(0, colon);
                String value = colon < 0 ? line : line.substring(colon + 1).strip();
                out.field(name, position, next - position, 0, value, "RFC 9112 §5");
            }
            position = next;
        }
        if (position < pdu.length()) {
            out.sdu(position, pdu.length() - position);
        }
    }

    private static int lineEnd(Pdu pdu, int from, int limit) {
        for (int i = from; i < limit; i++) {
            if (pdu.getUint8(i) == '\n') {
                return i + 1;
            }
        }
        return limit;
    }

    private static String text(Pdu pdu, int offset, int length) {
        return new String(pdu.array(), pdu.arrayOffset() + offset, length, StandardCharsets.ISO_8859_1)
                .replaceAll("[^ -~\r\n\t]", "?");
    }
}
