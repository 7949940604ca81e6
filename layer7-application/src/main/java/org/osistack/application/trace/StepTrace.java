package org.osistack.application.trace;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Goes through a trace step by step, as a person asks for it: forward, to the next message, back in what was recorded.
 *
 * <p>In virtual time the hosts wait meanwhile. In real time they go on, and what happens is recorded; when the recording
 * is full, the oldest steps are lost.
 */
final class StepTrace implements TurnPrinter {
    /** How many steps are recorded. */
    static final int MAX_STEPS = 10_000;
    /** How many octets of PDUs are recorded with them. */
    static final long MAX_OCTETS = 64L << 20;

    private static final String HELP = "Enter next step   n next message   b back   f fields   q run on";

    private final Page page;
    private final TraceFilter filter;
    private final StepKeys keys;
    private final TurnPrinter afterwards;
    private final Thread viewer; // null if the hosts wait
    private final ArrayDeque<Step> recording = new ArrayDeque<>();
    private long octets;
    private long first = 1; // the number of the oldest step in the recording
    private long shown; // the number of the step that is shown
    private boolean lost;
    private boolean toMessage;
    private volatile boolean running; // no more stopping
    private boolean ended;

    /**
     * @param waits whether the hosts wait while a person reads
     * @param afterwards tells the rest when the person has seen enough; it hears of everything
     */
    StepTrace(Page page, TraceFilter filter, StepKeys keys, boolean waits, TurnPrinter afterwards) {
        this.page = page;
        this.filter = filter;
        this.keys = keys;
        this.afterwards = afterwards;
        this.viewer = waits ? null : new Thread(this::view, "step view");
        if (viewer != null) {
            viewer.setDaemon(true);
            viewer.start();
        }
    }

    /** Whether the person has let the trace run on. */
    boolean isRunning() {
        return running;
    }

    @Override
    public void turn(List<Step> steps) {
        afterwards.turn(steps);
        if (running) {
            return;
        }
        synchronized (this) {
            for (Step step : steps) {
                if (filter.accepts(step)) {
                    record(step);
                }
            }
            notifyAll();
        }
        if (viewer == null) {
            viewWhatThereIs();
        }
    }

    private void record(Step step) {
        recording.addLast(step);
        octets += length(step);
        while (recording.size() > MAX_STEPS || octets > MAX_OCTETS && recording.size() > 1) {
            octets -= length(recording.pollFirst());
            first++;
            if (shown < first - 1) {
                shown = first - 1;
                lost = true;
            }
        }
    }

    private static int length(Step step) {
        return step.event().octets() == null ? 0 : step.event().octets().length;
    }

    /** In real time: show what is recorded, and wait for more. */
    private void view() {
        while (!running) {
            synchronized (this) {
                while (shown >= first + recording.size() - 1 && !ended) {
                    try {
                        wait();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        return;
                    }
                }
                if (ended && shown >= first + recording.size() - 1) {
                    return;
                }
            }
            viewWhatThereIs();
        }
    }

    private void viewWhatThereIs() {
        while (!running) {
            Step next;
            boolean someLost;
            synchronized (this) {
                if (shown >= first + recording.size() - 1) {
                    return;
                }
                shown++;
                next = at(shown);
                someLost = lost;
                lost = false;
            }
            if (someLost) {
                page.print(new Line().warning(" steps are missing here: the recording was full"));
            }
            if (toMessage && !beginsMessage(next)) {
                continue;
            }
            toMessage = false;
            show(next, 0);
            ask();
        }
    }

    private static boolean beginsMessage(Step step) {
        Message message = step.message();
        return message != null
                && message.layer == 6
                && message.hasPdu()
                && (message.isDown() || message.sent == null)
                && step.story().kind == Story.Kind.MESSAGE;
    }

    private synchronized Step at(long number) {
        return new ArrayList<>(recording).get((int) (number - first));
    }

    /** Do what the person asks for, until it is to go forward. */
    private void ask() {
        while (true) {
            if (keys.isImmediate()) {
                page.prompt(HELP);
            }
            char key = keys.next();
            page.prompt("");
            switch (key) {
                case '\n', ' ' -> {
                    return;
                }
                case 'n' -> {
                    toMessage = true;
                    return;
                }
                case 'q' -> {
                    running = true;
                    keys.close();
                    return;
                }
                case 'b' -> back();
                case 'f' -> show(at(shown), 2);
                default -> page.print(new Line().dim(" " + HELP));
            }
        }
    }

    private void back() {
        synchronized (this) {
            if (shown <= first) {
                page.print(new Line().dim(" this is the first step that is recorded"));
                return;
            }
            shown--;
        }
        show(at(shown), 0);
    }

    private void show(Step step, int verbosity) {
        page.empty();
        String what = step.story().title.isEmpty() ? "" : "   " + step.story().title;
        page.print(
                new Line().dim("[" + shown + "] ").bold(step.event().host()).dim(what),
                new Line().dim("t = " + page.time(step.event().time())));
        FilteredTrace.print(new Blocks(page, verbosity), filter, step);
    }

    @Override
    public void close() {
        synchronized (this) {
            ended = true;
            notifyAll();
        }
        if (viewer != null) {
            try {
                viewer.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (!running) {
            keys.close();
        }
        afterwards.close();
    }
}
