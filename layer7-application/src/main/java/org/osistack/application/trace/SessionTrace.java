package org.osistack.application.trace;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osistack.core.TraceEvent;
import org.osistack.core.TraceEvent.Kind;

/**
 * Tells the story of dialogues, a line a step of a session protocol machine: the primitive on the user's side, the SPDU on
 * the peer's, the change of states, and how the dialogue stands behind it. All other layers are silent.
 */
final class SessionTrace implements TurnPrinter {
    private static final int TRANSPORT = 4;
    private static final int SESSION = 5;
    private static final String ACTIVITY = "the activity "; // begins and ends: the SPDUs tell it

    private final SessionRows rows;
    private final TraceFilter filter;
    private final Standings standings = new Standings();
    private final List<SessionRow> told = new ArrayList<>(); // of the present turn
    private final Map<Message, SessionRow> rowOf = new HashMap<>();

    SessionTrace(Page page, int verbosity, TraceFilter filter) {
        this.rows = new SessionRows(page, verbosity);
        this.filter = filter;
    }

    @Override
    public void turn(List<Step> steps) {
        for (Step step : steps) {
            TraceEvent event = step.event();
            if (step.message() != null) {
                primitive(step);
            } else if (Chapters.begins(event)) {
                tell();
                rows.chapter(event);
            } else {
                inside(step);
            }
        }
        tell();
    }

    private void tell() {
        for (SessionRow row : told) {
            if (filter.accepts(row.begin) || row.spdu != null && filter.accepts(row.spdu)) {
                rows.print(row);
            }
        }
        told.clear();
        rowOf.clear();
    }

    private SessionRow begin(Step step) {
        SessionRow row = new SessionRow(step);
        told.add(row);
        return row;
    }

    /** The row that something is a consequence of; null if of none. */
    private SessionRow nearest(Message cause) {
        for (Message each = cause; each != null; each = each.parent) {
            SessionRow row = rowOf.get(each);
            if (row != null) {
                return row;
            }
        }
        return null;
    }

    private void primitive(Step step) {
        Message message = step.message();
        if (message.layer == SESSION) {
            SessionRow row = message.isDown() ? null : nearest(step.cause());
            row = row == null || row.primitive != null ? begin(step) : row;
            row.primitive = step;
            place(row, message);
        } else if (message.layer == TRANSPORT && message.pduLayer == SESSION) {
            SessionRow row = message.isDown() ? nearest(step.cause()) : null;
            row = row == null || row.spdu != null ? begin(step) : row;
            row.spdu = step;
            place(row, message);
        } else if (message.layer == TRANSPORT && message.isDown() && !message.hasPdu()) {
            SessionRow row = rowOf.get(step.cause());
            if (row != null && row.transport == null) {
                row.transport = message;
            }
        }
    }

    private void place(SessionRow row, Message message) {
        rowOf.put(message, row);
        Standing standing = standings.of(message);
        if (standing != null && row.standing == null) {
            row.standing = standing.copy();
        }
    }

    private void inside(Step step) {
        Standing standing = standings.hear(step);
        Kind kind = step.event().kind();
        boolean isTold = kind == Kind.STATE
                || kind == Kind.TOKEN
                || kind == Kind.CHECKPOINT
                || kind == Kind.NOTE && !step.event().name().startsWith(ACTIVITY)
                || kind == Kind.TIMER && Blocks.isNotable(step.event());
        if (standing == null || !isTold) {
            return;
        }
        SessionRow row = nearest(step.cause());
        if (row == null) {
            row = begin(step);
            row.transport = step.cause();
            rowOf.put(step.cause(), row);
        }
        if (kind == Kind.STATE && row.from.isEmpty()) {
            row.from = Standing.from(step.event());
        } else if (kind == Kind.NOTE || kind == Kind.TIMER) {
            row.notes.add(step.event());
        }
        row.standing = standing.copy();
    }
}
