package org.osistack.application.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The fields of a message's header section (RFC 9110 §5), in the order in which they came. */
final class Fields {
    static final int MAX_FIELDS = 100;

    private final List<String> names = new ArrayList<>(); // in lower case
    private final List<String> values = new ArrayList<>();

    /**
     * Add the field of one line (RFC 9112 §5).
     *
     * @return whether the line is one
     */
    boolean addLine(String line) {
        int colon = line.indexOf(':');
        if (colon <= 0 || !isToken(line.substring(0, colon))) { // no space before the colon either: RFC 9112 §5.1
            return false;
        }
        String value = strip(line.substring(colon + 1));
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < 0x20 && c != '\t' || c == 0x7f) { // RFC 9110 §5.5
                return false;
            }
        }
        names.add(line.substring(0, colon).toLowerCase(Locale.ROOT));
        values.add(value);
        return true;
    }

    int size() {
        return names.size();
    }

    int count(String name) {
        int count = 0;
        for (String each : names) {
            count += each.equals(name) ? 1 : 0;
        }
        return count;
    }

    /** The value of a field; of all fields of that name as a list (RFC 9110 §5.2); null if there is none. */
    String get(String lowerCaseName) {
        String all = null;
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equals(lowerCaseName)) {
                all = all == null ? values.get(i) : all + ", " + values.get(i);
            }
        }
        return all;
    }

    /** Whether a field that is a list of tokens has this one, in whatever case. */
    boolean hasToken(String lowerCaseName, String token) {
        String value = get(lowerCaseName);
        if (value != null) {
            for (String each : value.split(",")) {
                if (each.strip().equalsIgnoreCase(token)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether the text is a token (RFC 9110 §5.6.2). */
    static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean alphanumeric = c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
            if (!alphanumeric && "!#$%&'*+-.^_`|~".indexOf(c) < 0) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static String strip(String value) {
        int start = 0;
        int end = value.length();
        while (start < end && (value.charAt(start) == ' ' || value.charAt(start) == '\t')) {
            start++;
        }
        while (end > start && (value.charAt(end - 1) == ' ' || value.charAt(end - 1) == '\t')) {
            end--;
        }
        return value.substring(start, end);
    }
}
