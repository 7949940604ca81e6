package org.osistack.application.cut;

import java.util.Locale;

/** Figures as people read them. */
final class Words {
    private Words() {}

    static String result(Result result) {
        StringBuilder text = new StringBuilder(result.ending().toString());
        text.append(" after ").append(time(result.nanos()));
        Outcome outcome = result.outcome();
        if (outcome != null) {
            text.append("; content: ").append(octets(outcome.octetsSent())).append(" to send, ");
            text.append(count(outcome.octetsSentAgain())).append(" sent again, ");
            text.append(count(outcome.octetsUnconfirmedAtCut())).append(" unconfirmed at the cut, ");
            text.append(outcome.duplicatesSeenByUser() == 0 ? "nothing" : outcome.duplicatesSeenByUser() + " things");
            text.append(" twice; cable: ").append(octets(result.octetsOnCable()));
        }
        return text.append(result.remark().isEmpty() ? "" : System.lineSeparator() + result.remark())
                .toString();
    }

    private static String octets(long octets) {
        return count(octets) + (octets == 1 ? " octet" : " octets");
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Three digits and a unit; a minus in front of what is negative. */
    static String time(long nanos) {
        double size = Math.abs((double) nanos);
        if (size >= 1e9) {
            return String.format(
                    Locale.ROOT, size >= 100e9 ? "%.0f s" : size >= 10e9 ? "%.1f s" : "%.2f s", nanos / 1e9);
        }
        return size >= 1e6
                ? String.format(Locale.ROOT, size >= 10e6 ? "%.1f ms" : "%.2f ms", nanos / 1e6)
                : String.format(Locale.ROOT, size >= 10e3 ? "%.0f µs" : "%.1f µs", nanos / 1e3);
    }
}
