package org.osistack.application.cut;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What somebody may have meant who named a point that never came. */
final class Suggestions {
    private static final int MOST = 4;

    private Suggestions() {}

    /** The rest of a sentence: the points that look most like it; empty if there are none. */
    static String of(CutPoint point, List<PointLog.Passed> passed) {
        Map<CutPoint, Long> last = new LinkedHashMap<>(); // by the first occurrence
        for (PointLog.Passed known : passed) {
            CutPoint each = known.point();
            if (each.kind() == CutPoint.Kind.OCTET == (point.kind() == CutPoint.Kind.OCTET)) {
                last.merge(each.withNumber(1), each.number(), Math::max);
            }
        }
        if (last.isEmpty()) {
            return "";
        }
        if (point.kind() == CutPoint.Kind.OCTET) {
            return "; there "
                    + last.entrySet().stream()
                            .map(e -> "are " + e.getValue() + " octets of "
                                    + e.getKey().host())
                            .collect(Collectors.joining(" and "));
        }
        for (Map.Entry<CutPoint, Long> each : last.entrySet()) {
            CutPoint first = each.getKey();
            if (first.kind() == point.kind()
                    && first.name().equalsIgnoreCase(point.name())
                    && point.isAt(first.host())) {
                return "; it comes to " + first.withNumber(each.getValue()) + " at most";
            }
        }
        return last.keySet().stream()
                .sorted(Comparator.comparingInt(each -> distance(point, each)))
                .limit(MOST)
                .map(CutPoint::toString)
                .collect(Collectors.joining(", ", "; there are ", ""));
    }

    private static int distance(CutPoint typed, CutPoint known) {
        int distance = 4 * edits(typed.name(), known.name()) + (typed.kind() == known.kind() ? 0 : 3);
        distance += typed.isAt(known.host()) ? 0 : 2;
        return distance + (typed.owner().isEmpty() || typed.owner().equalsIgnoreCase(known.owner()) ? 0 : 2);
    }

    /** How many letters are to be changed, added or taken away (Levenshtein's distance). */
    private static int edits(String from, String to) {
        String a = from.toLowerCase(Locale.ROOT);
        String b = to.toLowerCase(Locale.ROOT);
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[b.length()];
    }
}
