package org.osistack.application.trace;

import java.util.HashMap;
import java.util.Map;
import org.osistack.core.TraceEvent;

/** Prints the lines of a {@link SessionTrace}: columns that stay where they are, and more below where there is more. */
final class SessionRows {
    private static final int PRIMITIVE = 7; // column
    private static final int PRIMITIVE_WIDTH = 34;
    private static final int STATE_WIDTH = 16;
    private static final int TOKENS_WIDTH = 6;
    private static final int NUMBER_WIDTH = 5;
    private static final int MIN_SPDU_WIDTH = 20;
    private static final long PAUSE_NANOS = 1_000_000; // after so long a silence something new begins
    private static final int MAX_TEXT_COLUMNS = 88; // longer lines are hard to read

    private final Page page;
    private final Blocks blocks;
    private final int spdu; // column
    private final int state; // column
    private final Map<String, Standing> last = new HashMap<>(); // of each session, as it was told last
    private boolean isExplained;
    private boolean isHeaded;
    private long lastTime = Long.MIN_VALUE / 2;

    SessionRows(Page page, int verbosity) {
        this.page = page;
        this.blocks = new Blocks(page, verbosity);
        this.state = page.columns() - STATE_WIDTH - TOKENS_WIDTH - 3 * NUMBER_WIDTH;
        boolean hasRoom = state - PRIMITIVE - PRIMITIVE_WIDTH >= MIN_SPDU_WIDTH;
        this.spdu = hasRoom ? PRIMITIVE + PRIMITIVE_WIDTH : state;
    }

    /** Begin a chapter. */
    void chapter(TraceEvent event) {
        explain();
        Chapters.print(page, event);
        isHeaded = false;
    }

    private void explain() {
        if (isExplained) {
            return;
        }
        isExplained = true;
        Chapters.wrap(
                page,
                "Each line is a step of one side's session protocol machine: the primitive that its user gives (▼) or"
                        + " gets (▲), the SPDU that goes to the peer (→) or comes from it (←), the state by its name in"
                        + " X.225 Annex A, and then how the dialogue stands on that side.",
                1,
                Math.min(page.columns(), MAX_TEXT_COLUMNS),
                true);
        Chapters.wrap(
                page,
                "Tokens: d data, m synchronize-minor, a major/activity, r release; the letter if this side has it, · if"
                        + " the peer has it. Serial numbers: V(A) the first point that is not confirmed, V(M) the next one,"
                        + " V(R) the first that a restart may go back to; with symmetric synchronize 3/2, of what this side"
                        + " sends and of what it receives.",
                1,
                Math.min(page.columns(), MAX_TEXT_COLUMNS),
                true);
    }

    private void heading() {
        if (!isExplained) {
            explain();
            page.empty();
        }
        if (!isHeaded) {
            isHeaded = true;
            Line line = new Line().dim(" host").to(PRIMITIVE + 2).dim("primitive");
            if (spdu < state) {
                line.to(spdu + 2).dim("SPDU");
            }
            line.to(state).dim("state").to(state + STATE_WIDTH).dim("tokens");
            page.print(line.to(state + STATE_WIDTH + TOKENS_WIDTH).dim("V(A) V(M) V(R)"));
        } else {
            page.empty();
        }
    }

    void print(SessionRow row) {
        if (row.time - lastTime > PAUSE_NANOS || !isHeaded) {
            heading();
        }
        lastTime = row.time;
        Line line = new Line().add(" ").bold(Texts.cut(row.host, PRIMITIVE - 2)).to(PRIMITIVE);
        primitive(line, row);
        String detail = spdu < state ? spdu(line, row, state - spdu - 1) : "";
        page.print(standing(line, row).cut(page.columns()));
        if (spdu == state) {
            below(row);
        } else if (!detail.isEmpty()) {
            Chapters.wrap(page, detail, spdu + 2, page.columns(), true);
        }
        for (TraceEvent note : row.notes) {
            page.print(new Line()
                    .add(" ".repeat(PRIMITIVE + 2))
                    .and(Blocks.insideLine(note))
                    .cut(page.columns()));
        }
        if (row.standing != null && !fit(row.standing)) {
            Standing now = row.standing;
            page.print(new Line()
                    .add(" ".repeat(PRIMITIVE + 2))
                    .add("V(A) " + now.va() + ", V(M) " + now.vm() + ", V(R) " + now.vr())
                    .cut(page.columns()));
        }
        if (blocks.verbosity() > 0 && row.spdu != null && row.spdu.message().isDown()) {
            blocks.pdu(row.spdu, true);
            page.empty();
        }
    }

    private static void primitive(Line line, SessionRow row) {
        if (row.primitive != null) {
            Message message = row.primitive.message();
            String result = row.primitive.event().parameter("result");
            boolean isNegative = result.equals("negative") || result.startsWith("refused");
            line.of(message.layer, message.isDown() ? "▼ " : "▲ ")
                    .of(message.layer, message.primitive + (isNegative ? " −" : ""));
        } else if (row.transport != null && !row.transport.isDown()) {
            line.of(row.transport.layer, "▲ " + row.transport.primitive);
        } else {
            line.dim("·");
        }
    }

    /**
     * The SPDU, or what the transport is asked for, and what matters in it.
     *
     * @return what there is no room for
     */
    private static String spdu(Line line, SessionRow row, int room) {
        int begin = PRIMITIVE + PRIMITIVE_WIDTH;
        line.to(begin);
        if (row.spdu == null) {
            if (row.transport != null && row.transport.isDown()) {
                line.of(row.transport.layer, "▼ " + row.transport.primitive);
            }
            return "";
        }
        Message message = row.spdu.message();
        line.of(message.pduLayer, message.isDown() ? "→ " : "← ").boldOf(message.pduLayer, message.title());
        String detail = detail(message);
        if (detail.isEmpty() || line.columns() + 2 + detail.length() > begin + room) {
            return detail;
        }
        line.add("  " + detail);
        return "";
    }

    /** On a narrow page what the SPDU is stands below. */
    private void below(SessionRow row) {
        if (row.spdu == null && (row.transport == null || !row.transport.isDown())) {
            return;
        }
        Line line = new Line().add(" ".repeat(PRIMITIVE));
        if (row.spdu == null) {
            page.print(line.of(row.transport.layer, "▼ " + row.transport.primitive));
            return;
        }
        Message message = row.spdu.message();
        line.of(message.pduLayer, message.isDown() ? "→ " : "← ").boldOf(message.pduLayer, message.title());
        String detail = detail(message);
        if (line.columns() + 2 + detail.length() <= page.columns()) {
            page.print(detail.isEmpty() ? line : line.add("  " + detail));
        } else {
            page.print(line);
            Chapters.wrap(page, detail, PRIMITIVE + 2, page.columns(), true);
        }
    }

    /** What matters in an SPDU: the user's words, or its parameters; if it was seen when it was sent, that was told. */
    private static String detail(Message message) {
        if (message.sent != null) {
            return "";
        }
        Story story = message.story;
        if (story != null && story.kind == Story.Kind.MESSAGE && message.sduLength > 0) {
            boolean isSpoken = !story.title.equals(Texts.octets(story.userOctets))
                    && (story.pdu.isEmpty() || !story.title.startsWith(story.pdu));
            return isSpoken ? '"' + story.title + '"' : story.title;
        }
        boolean isOne = message.pdu.indexOf('·') == message.pdu.lastIndexOf('·');
        int begin = message.summary.indexOf(": ");
        return !isOne ? message.summary : begin < 0 ? "" : message.summary.substring(begin + 2);
    }

    private Line standing(Line line, SessionRow row) {
        line.to(state);
        Standing now = row.standing;
        if (now == null) {
            return line;
        }
        Standing before = last.put(row.host + now.session, now);
        if (row.from.isEmpty() || row.from.equals(now.state())) {
            line.dim(now.state());
        } else {
            line.dim(row.from + " → ").boldOf(5, now.state());
        }
        line.to(state + STATE_WIDTH);
        changed(line, now.tokens(), before == null ? "" : before.tokens());
        if (!fit(now)) {
            return line;
        }
        line.to(state + STATE_WIDTH + TOKENS_WIDTH);
        changed(line, number(now.va()), before == null ? "" : number(before.va()));
        changed(line, number(now.vm()), before == null ? "" : number(before.vm()));
        changed(line, number(now.vr()), before == null ? "" : number(before.vr()));
        return line;
    }

    /** Whether its serial numbers are short enough for their columns, with a blank between them. */
    private static boolean fit(Standing standing) {
        int longest = Math.max(
                standing.va().length(),
                Math.max(standing.vm().length(), standing.vr().length()));
        return longest < NUMBER_WIDTH;
    }

    private static String number(String serial) {
        return String.format("%" + NUMBER_WIDTH + "s", serial);
    }

    private static void changed(Line line, String now, String before) {
        if (now.equals(before)) {
            line.add(now);
        } else {
            line.bold(now);
        }
    }
}
