package org.osistack.application.trace;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.osistack.application.ApplicationContexts;

/** How names, times and octets are put in words. */
final class Texts {
    private static final int MAX_WORDS = 60; // characters of a user's words that are quoted

    private static final Pattern MAC_ADDRESS = Pattern.compile("([0-9a-f]{2}):(?:[0-9a-f]{2}:){4}([0-9a-f]{2})");

    private Texts() {}

    /** A text that can play no tricks on a terminal, with our own object identifiers by their names. */
    static String clean(String text) {
        StringBuilder clean = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean bad = Character.isISOControl(c) || Character.getType(c) == Character.FORMAT;
            if (bad && clean == null) {
                clean = new StringBuilder(text.length()).append(text, 0, i);
            }
            if (clean != null) {
                clean.append(bad ? '·' : c);
            }
        }
        return ApplicationContexts.readable(clean == null ? text : clean.toString());
    }

    /** The beginning of a text, with an ellipsis if something is missing. */
    static String cut(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(max - 2)) ? max - 2 : max - 1;
        return text.substring(0, end) + "…";
    }

    /** A PDU's name as a person says it: with the protocol where the name alone does not tell. */
    static String title(String protocol, String pdu) {
        return switch (protocol) {
            case "" -> pdu;
            case "Ethernet" -> "Ethernet";
            case "IPv4" -> pdu.equals("datagram") ? "IPv4" : "IPv4 " + pdu;
            case "UDP" -> pdu.equals("datagram") ? "UDP" : "UDP " + pdu;
            case "X.225", "X.226", "ACSE" -> pdu;
            case "TPKT" -> "TPKT·" + pdu;
            default ->
                pdu.toLowerCase(Locale.ROOT).startsWith(protocol.toLowerCase(Locale.ROOT))
                        ? pdu
                        : (protocol + " " + pdu).strip();
        };
    }

    /** A summary in so many columns: addresses are shortened before anything is cut off. */
    static String fit(String summary, int columns) {
        return summary.length() <= columns
                ? summary
                : MAC_ADDRESS.matcher(summary).replaceAll("$1:…:$2");
    }

    /** Octets in words if they are a text; otherwise null. */
    static String words(byte[] octets, int offset, int length) {
        if (length == 0 || length > 1 << 16) {
            return null;
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets, offset, length))
                    .toString();
            boolean readable = text.chars().noneMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t');
            return readable ? cut(clean(text.strip()), MAX_WORDS) : null;
        } catch (CharacterCodingException e) {
            return null; // not a text
        }
    }

    /** A point in time, in the unit that suits traces. */
    static String time(long nanos) {
        return nanos < 10_000_000_000L
                ? String.format(Locale.ROOT, "%.3f ms", nanos / 1e6)
                : String.format(Locale.ROOT, "%.6f s", nanos / 1e9);
    }

    /** How long something takes. */
    static String duration(long nanos) {
        if (nanos < 1_000) {
            return nanos + " ns";
        }
        double value = nanos;
        String[] units = {"µs", "ms", "s"};
        int unit = -1;
        while (unit < 2 && value >= 1_000) {
            value /= 1_000;
            unit++;
        }
        String text = value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, text, value).replaceAll("\\.0+$|(\\.[0-9]*?)0+$", "$1") + " " + units[unit];
    }

    static String octets(long count) {
        return number(count) + (count == 1 ? " octet" : " octets");
    }

    /** A number with its thousands apart. */
    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String plural(int count, String one) {
        return count + " " + one + (count == 1 ? "" : "s");
    }

    static String layer(int layer) {
        return switch (layer) {
            case 1 -> "physical";
            case 2 -> "data link";
            case 3 -> "network";
            case 4 -> "transport";
            case 5 -> "session";
            case 6 -> "presentation";
            case 7 -> "application";
            default -> "yours";
        };
    }
}
