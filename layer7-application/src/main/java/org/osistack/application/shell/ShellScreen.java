package org.osistack.application.shell;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jline.reader.LineReader;
import org.jline.terminal.Terminal;
import org.osistack.application.facade.OpenSystem;
import org.osistack.application.security.Ticket;
import org.osistack.application.store.StoreException;
import org.osistack.core.Octets;

/** The screen of {@code osi shell}: shows what the session says, in its order, and notes how far it is. */
final class ShellScreen implements ShellClient.Listener, AutoCloseable {
    private static final int INTERRUPTED = 130; // as a shell has it: 128 and the number of SIGINT

    private final ShellCommand command;
    private final String server;
    private final ClientMemory memory; // null for none
    private final Progress progress;
    private final CompletableFuture<Void> entered;
    private final CompletableFuture<String> over;
    private final Scribe scribe;
    private volatile Scribe.Sheet sheet;
    private ShellClient client;
    private OpenSystem system;
    private long firstOwn; // the number of the first input of this process; 0 before it is in the session
    private boolean isLost;
    private volatile boolean isTerminal;

    /** How far the session's work is, for those who wait. */
    static final class Progress {
        private final Map<Long, CompletableFuture<Void>> waiting = new TreeMap<>();
        private long last;
        private int exitCode;

        /** Completed when the work on all inputs up to this one is done, and what they said is shown. */
        synchronized CompletableFuture<Void> done(long number) {
            return number <= last
                    ? CompletableFuture.completedFuture(null)
                    : waiting.computeIfAbsent(number, key -> new CompletableFuture<>());
        }

        /** The exit code of the last command that was done, as a process can have it. */
        synchronized int exitCode() {
            return exitCode;
        }

        private synchronized void advance(long number, int code) {
            last = Math.max(last, number);
            exitCode = code & 0xff;
            waiting.entrySet().removeIf(each -> {
                boolean isDone = each.getKey() <= last;
                if (isDone) {
                    each.getValue().complete(null);
                }
                return isDone;
            });
        }
    }

    ShellScreen(
            ShellCommand command,
            String server,
            ClientMemory memory,
            Progress progress,
            CompletableFuture<Void> entered,
            CompletableFuture<String> over) {
        this.command = command;
        this.server = server;
        this.memory = memory;
        this.progress = progress;
        this.entered = entered;
        this.over = over;
        this.sheet = command::write;
        this.scribe = new Scribe((isError, text) -> sheet.write(isError, text), this::hold);
    }

    void use(ShellClient newClient, OpenSystem newSystem) {
        client = newClient;
        system = newSystem;
    }

    private void hold(boolean hold) {
        if (!over.isDone()) {
            system.thread().execute(() -> client.hold(hold));
        }
    }

    /** From now on show it above the line that is being typed. */
    void showBy(LineReader reader) {
        sheet = (isError, text) -> reader.printAbove(text);
    }

    /** From now on show it as it comes. */
    void showDirectly(Terminal terminal) {
        isTerminal = true;
        sheet = (isError, text) -> {
            terminal.writer().print(text);
            terminal.flush();
        };
    }

    private void tell(String line) {
        scribe.write(true, line + "\n");
    }

    @Override
    public void entered(String peer, boolean isKept) {
        if (firstOwn == 0) {
            firstOwn = client.nextNumber();
            long before = client.isIdle() ? firstOwn - 1 : 0;
            tell("at " + peer + "; 'help' lists the commands, Ctrl-D ends the session");
            if (!isKept) {
                tell("there are no activities on this stack: the session ends with its connection");
            }
            keep(isKept);
            scribe.then(() -> {
                progress.advance(before, 0);
                entered.complete(null);
            });
        } else if (isLost) {
            tell("the connection is there again");
        }
        isLost = false;
    }

    private void keep(boolean isKept) {
        try {
            if (memory != null && isKept) {
                memory.keep(client.session());
            }
        } catch (StoreException e) {
            tell("this session cannot be resumed by another process: " + e.getMessage());
        }
    }

    /** Keep a ticket for the next process. */
    void keep(Ticket ticket) {
        try {
            memory.keep(ticket);
        } catch (StoreException e) {
            tell("the ticket could not be kept: " + e.getMessage());
        }
    }

    @Override
    public void started(long number, String line) {
        if (number < firstOwn) { // typed into another process
            scribe.write(false, server + "> " + line + "\n");
        }
    }

    @Override
    public void output(boolean isError, Octets octets) {
        scribe.write(isError, octets);
    }

    @Override
    public void finished(ShellApdu.Finished how) {
        if (!how.text().isEmpty()) {
            tell(how.text());
        } else if (how.code() != 0) {
            tell("exit code " + how.code());
        }
        scribe.then(() -> progress.advance(how.number(), how.code()));
    }

    @Override
    public void interrupted(long number) {
        tell(isTerminal ? "\ninterrupted" : "interrupted"); // a terminal has written ^C
        scribe.then(() -> progress.advance(number, INTERRUPTED));
    }

    @Override
    public void farewell(String text) {
        tell("the server ends the session: " + text);
    }

    @Override
    public void lost(String why, long pauseNanos) {
        if (!isLost) {
            tell("the connection is lost: " + why + "; trying again");
        }
        isLost = true;
    }

    @Override
    public void over(String problem, boolean isGone) {
        try {
            if (memory != null && isGone) {
                memory.forget();
            }
        } catch (StoreException e) {
            tell("the session is not forgotten: " + e.getMessage());
        }
        scribe.then(() -> over.complete(problem));
    }

    @Override
    public void close() {
        scribe.close();
    }
}
