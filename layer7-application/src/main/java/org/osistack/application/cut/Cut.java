package org.osistack.application.cut;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.osistack.core.ConfigurationException;
import org.osistack.core.Options;

/**
 * What is done at a point: the cable is cut, or a host is killed, for a while or for good. It is written
 * {@code POINT[,for=TIME][,kill=HOST]}, such as {@code alice>DT#3,for=2s}.
 *
 * @param forNanos when the cable is joined again, or the host begins anew, counted from the cut; {@link #FOR_GOOD} for never
 * @param kill the host that is killed instead; empty to cut the cable
 */
public record Cut(CutPoint point, long forNanos, String kill) {
    /** Never joined, never begun anew. */
    public static final long FOR_GOOD = Long.MAX_VALUE;

    private static final List<String> KEYS = List.of("for", "kill");

    public Cut {
        Objects.requireNonNull(point);
        Objects.requireNonNull(kill);
    }

    /**
     * Read a cut as it is typed.
     *
     * @throws ConfigurationException if it is none; the message is a sentence
     */
    public static Cut parse(String text) {
        String[] parts = text.split(",", -1);
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 1; i < parts.length; i++) {
            String[] pair = parts[i].split("=", 2);
            String key = pair[0].strip();
            if (pair.length != 2 || !KEYS.contains(key) || pair[1].isBlank()) {
                throw new ConfigurationException(
                        "behind the point to cut at come for=TIME and kill=HOST, and not \"" + parts[i].strip() + '"');
            }
            if (values.put(key, pair[1].strip()) != null) {
                throw new ConfigurationException(key + "= is given twice in " + text.strip());
            }
        }
        return new Cut(CutPoint.parse(parts[0]), duration(values.get("for")), values.getOrDefault("kill", ""));
    }

    /**
     * Read how long a cut lasts: a time, or {@code good}; null is for good, too.
     *
     * @throws ConfigurationException if it is neither
     */
    static long duration(String text) {
        if (text == null || text.equalsIgnoreCase("good")) {
            return FOR_GOOD;
        }
        return new Options("cut", null, Map.of("for", text)).nanos("for", Duration.ZERO);
    }

    boolean isForGood() {
        return forNanos == FOR_GOOD;
    }

    boolean isKill() {
        return !kill.isEmpty();
    }

    /** What is done, as a sentence without the point. */
    public String deed() {
        String what = isKill() ? kill + " is killed" : "the cable is cut";
        return what + (isForGood() ? " for good" : isKill() ? " and begins anew after " + time() : " for " + time());
    }

    /** What a trace says when it is done. */
    String note() {
        String what = isKill() ? kill + " killed" : "cut";
        return what + (isForGood() ? " for good" : " for " + time()) + " (" + point + ")";
    }

    private String time() {
        return forNanos % 1_000_000_000 == 0
                ? forNanos / 1_000_000_000 + "s"
                : forNanos % 1_000_000 == 0
                        ? forNanos / 1_000_000 + "ms"
                        : forNanos % 1000 == 0 ? forNanos / 1000 + "us" : forNanos + "ns";
    }

    /** As it is typed; {@link #parse} reads it. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%s%s%s", point, isForGood() ? "" : ",for=" + time(), isKill() ? ",kill=" + kill : "");
    }
}
