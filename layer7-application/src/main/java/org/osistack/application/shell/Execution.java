package org.osistack.application.shell;

import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.Timer;

/** The one command of a session that runs now, with its limits. */
final class Execution implements CommandRunner.Listener {
    /** What becomes of it. */
    interface User {
        /** It has written something. */
        void output(boolean isError, Octets octets);

        /** It is over, and says nothing more. */
        void over(Execution execution, ShellApdu.Finished how);
    }

    private static final long SECOND_NANOS = 1_000_000_000L;

    private final long number;
    private final AllowedCommand command;
    private final User user;
    private final Timer limit;
    private CommandRunner.Running running; // null before it is started
    private long octets;
    private String stopped; // why; null while it was not stopped
    private boolean silent;
    private boolean held;

    Execution(Host host, long number, AllowedCommand command, User user) {
        this.number = number;
        this.command = command;
        this.user = user;
        this.limit = host.newTimer(() -> stop("it took longer than " + command.limitSeconds() + " s"));
    }

    /** The command runs. To be called once. */
    void use(CommandRunner.Running newRunning) {
        running = newRunning;
        limit.arm(command.limitSeconds() * SECOND_NANOS);
    }

    /** Let it wait with what it says, or not. */
    void hold(boolean hold) {
        if (hold != held) {
            held = hold;
            if (hold) {
                running.hold();
            } else {
                running.goOn();
            }
        }
    }

    /** Stop it. It says nothing more, and is over a little later. */
    void interrupt() {
        silent = true;
        stop("it was interrupted");
    }

    private void stop(String why) {
        limit.disarm();
        if (stopped == null) {
            stopped = why;
            running.kill();
        }
    }

    @Override
    public void output(boolean isError, Octets piece) {
        if (silent || stopped != null) {
            return;
        }
        long room = command.limitOctets() - octets;
        octets += piece.length();
        if (room > 0) {
            user.output(isError, piece.slice(0, (int) Math.min(room, piece.length())));
        }
        if (octets > command.limitOctets()) {
            stop("it wrote more than " + command.limitOctets() + " octets");
        }
    }

    @Override
    public void ended(int exitCode) {
        end(
                stopped == null
                        ? new ShellApdu.Finished(number, ShellApdu.Finished.Outcome.EXITED, exitCode, "")
                        : new ShellApdu.Finished(number, ShellApdu.Finished.Outcome.STOPPED, exitCode, stopped));
    }

    @Override
    public void failed(String why) {
        end(new ShellApdu.Finished(number, ShellApdu.Finished.Outcome.NOT_RUN, 1, why));
    }

    private void end(ShellApdu.Finished how) {
        limit.disarm();
        user.over(this, how);
    }
}
