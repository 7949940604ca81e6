package org.osistack.application.shell;

import java.util.ArrayList;
import java.util.List;
import org.osistack.core.Octets;

/**
 * What the server of a session has to say, as long as it may have to say it again: what the client has not confirmed, and
 * of what it has, the last screenful.
 *
 * <pre>
 *     oldest            confirmed              last
 *        ▼                  ▼                   ▼
 *    ────●─────────●────────●─────────●─────────●──────      ● synchronization points, numbered from 0 on
 *         the screen,         to be sent again   ▲
 *         for a new client    after a cut        sent so far
 * </pre>
 *
 * <p>The numbers of the points follow from that of the last one, so that an {@link #abandon} can leave numbers out: those
 * that are kept from before it are renamed. No client that has seen anything is sent back behind it.
 */
final class OutputLog {
    /** The distance of points, in octets, while output comes without a pause. */
    static final int INTERVAL = 16 << 10;
    /** How much may be unconfirmed before a command has to wait, in octets. */
    static final int WINDOW = 256 << 10;
    /** How much of what is confirmed is kept for the screen of a new client, in octets and in lines. */
    static final int SCREEN = 64 << 10;

    static final int SCREEN_LINES = 200;
    /** The last point of a session; X.225 has serial numbers up to 999,999. */
    static final int LAST_POINT = 999_990;

    private static final int OVERHEAD = 64; // octets that an APDU costs besides its own

    /**
     * A point.
     *
     * @param index of the first APDU behind it, counted from the session's beginning
     * @param octets that are before it
     * @param lines that are before it
     */
    private record Mark(long index, long octets, long lines) {}

    private record Said(Octets apdu, int lines) {}

    private final List<Said> said = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();
    private long first; // index of the first APDU that is kept
    private long octets; // in all
    private long lines;
    private long last; // number of the last mark
    private long confirmed;
    private long sent; // index of the next APDU to send
    private int unsentMarks;

    OutputLog() {
        marks.add(new Mark(0, 0, 0));
    }

    private long end() {
        return first + said.size();
    }

    private Mark mark(long number) {
        return marks.get((int) (marks.size() - 1 - (last - number)));
    }

    private long oldest() {
        return last - marks.size() + 1;
    }

    /** Say this after all that was said. */
    void append(Octets apdu, int newLines) {
        said.add(new Said(apdu, newLines));
        octets += apdu.length() + OVERHEAD;
        lines += newLines;
        if (octets - marks.get(marks.size() - 1).octets >= INTERVAL) {
            mark();
        }
    }

    /** Let there be a point behind all that was said. */
    void mark() {
        if (marks.get(marks.size() - 1).index < end()) {
            marks.add(new Mark(end(), octets, lines));
            last++;
            unsentMarks++;
        }
    }

    /** Whether so much is unconfirmed that nothing more should be said. */
    boolean isFull() {
        return octets - mark(confirmed).octets >= WINDOW;
    }

    /** Whether there are as many points as there can be. */
    boolean isUsedUp() {
        return last >= LAST_POINT;
    }

    /** How many octets are kept. */
    long kept() {
        return octets - marks.get(0).octets;
    }

    // ---- what is sent -----------------------------------------------------------------------------------------------

    /** Whether all is sent. */
    boolean isSent() {
        return sent == end() && unsentMarks == 0;
    }

    /** Whether all is confirmed. */
    boolean isConfirmed() {
        return isSent() && mark(confirmed).index == end();
    }

    /** The number of the point that is to be set now; -1 if an APDU comes first, or nothing. */
    long nextPoint() {
        return unsentMarks > 0 && marks.get(marks.size() - unsentMarks).index == sent ? last - unsentMarks + 1 : -1;
    }

    /** The number of the last point. */
    long lastPoint() {
        return last;
    }

    /** The number of the last point that was set. */
    long lastSentPoint() {
        return last - unsentMarks;
    }

    /** The next APDU, if no point comes first, and not all is sent. */
    Octets nextApdu() {
        return said.get((int) (sent - first)).apdu;
    }

    /** The next point or APDU is sent. */
    void advance() {
        if (nextPoint() >= 0) {
            unsentMarks--;
        } else {
            sent++;
        }
    }

    /**
     * The client has all up to this point.
     *
     * @return whether that can be
     */
    boolean confirm(long number) {
        if (number > lastSentPoint()) {
            return false;
        }
        confirmed = Math.max(confirmed, number);
        trim();
        return true;
    }

    /** Let go of what is beyond a screenful. */
    private void trim() {
        Mark until = mark(confirmed);
        int dropped = 0;
        while (oldest() + dropped < confirmed && isDispensable(marks.get(dropped + 1), until)) {
            dropped++;
        }
        if (dropped > 0) {
            marks.subList(0, dropped).clear();
            long newFirst = marks.get(0).index;
            said.subList(0, (int) (newFirst - first)).clear();
            first = newFirst;
        }
    }

    /** Whether nothing before this mark is needed. */
    private static boolean isDispensable(Mark next, Mark until) {
        return until.lines - next.lines >= SCREEN_LINES || until.octets - next.octets >= SCREEN;
    }

    /**
     * Begin to send from some point again.
     *
     * @param seen the last point that the client has seen; {@link ShellApdu#NOTHING_SEEN} if its screen is empty
     * @return the point from which it is; -1 if the client cannot have seen that
     */
    long resume(long seen) {
        if (seen > last) {
            return -1;
        }
        long from = seen == ShellApdu.NOTHING_SEEN ? oldest() : Math.max(seen, confirmed);
        sent = mark(from).index;
        unsentMarks = (int) (last - from);
        return from;
    }

    /**
     * Nothing of what was said before will be sent any more. What was sent stays for the screen of a new client.
     *
     * @param number of the point that comes next
     */
    void abandon(long number) {
        said.subList((int) (sent - first), said.size()).clear();
        marks.removeIf(mark -> mark.index >= sent && mark.index > first);
        octets = marks.get(0).octets;
        lines = marks.get(0).lines;
        for (Said each : said) {
            octets += each.apdu.length() + OVERHEAD;
            lines += each.lines;
        }
        if (marks.get(marks.size() - 1).index < end()) {
            marks.add(new Mark(end(), octets, lines));
        }
        last = number;
        confirmed = number;
        unsentMarks = 1;
        trim();
    }
}
