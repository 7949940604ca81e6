package org.osistack.application.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a representation (RFC 9110 §14).
 *
 * @param first the offset of its first octet
 * @param length in octets; 0 if what was asked for does not exist
 */
record Range(long first, long length) {
    private static final Pattern SINGLE =
            Pattern.compile("bytes=\\s*([0-9]{0,18})-([0-9]{0,18})\\s*", Pattern.CASE_INSENSITIVE);

    /**
     * Read the value of a Range field.
     *
     * @param total the length of the whole
     * @return null if the whole is to be sent: it asks for several ranges, which a server may decline, or is not
     *     understood, which it has to ignore (RFC 9110 §14.2)
     */
    static Range parse(String value, long total) {
        Matcher matcher = SINGLE.matcher(value);
        if (!matcher.matches() || matcher.group(1).isEmpty() && matcher.group(2).isEmpty()) {
            return null;
        }
        if (matcher.group(1).isEmpty()) {
            long length = Math.min(Long.parseLong(matcher.group(2)), total);
            return new Range(total - length, length);
        }
        long first = Long.parseLong(matcher.group(1));
        long last = matcher.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(matcher.group(2));
        if (last < first) {
            return null;
        }
        return first >= total ? new Range(first, 0) : new Range(first, Math.min(last, total - 1) - first + 1);
    }

    boolean isSatisfiable() {
        return length > 0;
    }
}
