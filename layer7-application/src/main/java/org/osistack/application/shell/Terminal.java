package org.osistack.application.shell;

import java.util.ArrayDeque;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.Timer;

/**
 * The terminal of a session at the server, whoever looks at it: takes what is typed, in its order and each input once, runs
 * one command after another, and says what comes of it into an {@link OutputLog}.
 */
final class Terminal implements Execution.User {
    /** How many lines may wait while a command runs. */
    static final int MAX_WAITING = 64;

    private static final long POINT_NANOS = 1_000_000_000L; // behind output that comes slowly

    /** Who the terminal is for. */
    interface User {
        /** There is something new to say, or to do. */
        void changed();
    }

    private final Host host;
    private final CommandBook book;
    private final BuiltIns.About about;
    private final User user;
    private final OutputLog log = new OutputLog();
    private final ArrayDeque<ShellApdu.Input> waiting = new ArrayDeque<>();
    private final Timer point;
    private Execution running; // null if nothing runs
    private long interrupt; // to be answered when nothing runs any more; 0 for none
    private long taken;
    private long over;
    private boolean exited;

    Terminal(Host host, CommandBook book, BuiltIns.About about, User user) {
        this.host = host;
        this.book = book;
        this.about = about;
        this.user = user;
        this.point = host.newTimer(() -> {
            log.mark();
            user.changed();
        });
    }

    OutputLog log() {
        return log;
    }

    /** The number of the last input that has arrived. */
    long taken() {
        return taken;
    }

    /** The number of the last input whose work is done. */
    long over() {
        return over;
    }

    /** Whether all is done, and the person wants to leave. */
    boolean isExited() {
        return exited;
    }

    /** Whether a command runs. */
    boolean isBusy() {
        return running != null;
    }

    // ---- what is typed ----------------------------------------------------------------------------------------------

    /**
     * A line, or the wish to leave, has arrived. What was there before is not taken again.
     *
     * @return false if there are too many
     */
    boolean type(ShellApdu.Input input) {
        if (input.number() <= taken || exited) {
            return true;
        }
        taken = input.number();
        waiting.addLast(input);
        runNext();
        return waiting.size() <= MAX_WAITING;
    }

    /**
     * An interrupt has arrived: what runs is stopped, what waits is forgotten, and what is not sent is never said.
     *
     * @param point the number of the next synchronization point
     */
    void interrupt(long number, long nextPoint) {
        log.abandon(nextPoint);
        if (number > taken) {
            taken = number;
            waiting.clear();
            interrupt = number;
        }
        if (running != null && interrupt > 0) {
            running.interrupt();
        } else {
            answerInterrupt();
        }
    }

    private void answerInterrupt() {
        long number = interrupt;
        interrupt = 0;
        if (number > 0) {
            over = number;
            say(new ShellApdu.Interrupted(number), 1);
            log.mark();
        }
        runNext();
    }

    private void runNext() {
        while (running == null && interrupt == 0 && !exited && !waiting.isEmpty()) {
            ShellApdu.Input next = waiting.pollFirst();
            if (next instanceof ShellApdu.Line line) {
                run(line);
            } else {
                over = next.number();
                exited = true;
            }
        }
        user.changed();
    }

    private void run(ShellApdu.Line line) {
        say(new ShellApdu.Started(line.number(), line.text()), 1);
        if (line.text().isBlank()) {
            finish(new ShellApdu.Finished(line.number(), ShellApdu.Finished.Outcome.EXITED, 0, ""));
            return;
        }
        CommandBook.Order order = book.understand(line.text(), about.user());
        if (order.objection() != null) {
            finish(new ShellApdu.Finished(line.number(), ShellApdu.Finished.Outcome.NOT_RUN, 1, order.objection()));
            return;
        }
        running = new Execution(host, line.number(), order.command(), this);
        running.use(book.start(order, about, running));
    }

    /** Stop what runs, for good. */
    void close() {
        point.disarm();
        waiting.clear();
        exited = true;
        if (running != null) {
            running.interrupt();
        }
    }

    // ---- what is said -----------------------------------------------------------------------------------------------

    private void say(ShellApdu apdu, int lines) {
        log.append(apdu.toOctets(), lines);
        if (!point.isArmed()) {
            point.arm(POINT_NANOS);
        }
    }

    @Override
    public void output(boolean isError, Octets octets) {
        int lines = 0;
        for (int i = 0; i < octets.length(); i++) {
            lines += octets.at(i) == '\n' ? 1 : 0;
        }
        say(new ShellApdu.Output(isError, octets), lines);
        user.changed();
        holdBack();
    }

    /** Let the command wait while too much is unconfirmed. */
    void holdBack() {
        if (running != null) {
            running.hold(log.isFull());
        }
    }

    @Override
    public void over(Execution execution, ShellApdu.Finished how) {
        running = null;
        if (exited) {
            return; // it was stopped for the session ends, and nothing more is said
        }
        if (interrupt > 0) {
            answerInterrupt();
        } else {
            finish(how);
            runNext();
        }
    }

    private void finish(ShellApdu.Finished how) {
        over = how.number();
        say(how, how.text().isEmpty() ? 0 : 1);
        log.mark();
    }

    /** The server ends the session: say why. */
    void sayFarewell(String why) {
        say(new ShellApdu.Farewell(why), 1);
        log.mark();
    }
}
