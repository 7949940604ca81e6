package org.osistack.application.shell;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.osistack.core.EventLoop;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.Timer;

/**
 * A process whose output comes to the host's thread: a thread for each of its two pipes reads, and waits while {@value
 * #PIECES} pieces wait for the host. Then the pipe fills, and with it the process waits.
 */
final class RunningProcess implements CommandRunner.Running {
    private static final int PIECES = 8;
    private static final int PIPES = 2;
    private static final long PATIENCE_NANOS = 2_000_000_000L; // between the request to end and the end by force

    /**
     * From a pipe.
     *
     * @param octets null at its end
     */
    private record Piece(boolean isError, Octets octets) {}

    private final Host host;
    private final Process process;
    private final CommandRunner.Listener listener;
    private final ArrayBlockingQueue<Piece> pieces = new ArrayBlockingQueue<>(PIECES);
    private final EventLoop.Poller poller = this::poll;
    private final Timer force;
    private int open = PIPES;
    private boolean held;
    private boolean killed;
    private volatile boolean over; // the readers look at it

    RunningProcess(Host host, Process process, CommandRunner.Listener listener) {
        this.host = host;
        this.process = process;
        this.listener = listener;
        this.force = host.newTimer(() -> killAtOnce(process));
        host.loop().addPoller(poller);
        read(process.getInputStream(), false);
        read(process.getErrorStream(), true);
        process.onExit().thenRun(host.group()::wakeUp);
    }

    private void read(InputStream pipe, boolean isError) {
        Thread reader = new Thread(() -> readAll(pipe, isError), "output of " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    private void readAll(InputStream pipe, boolean isError) {
        try {
            byte[] octets = new byte[ShellApdu.MAX_OUTPUT];
            for (int length = pipe.read(octets); length >= 0; length = pipe.read(octets)) {
                if (length > 0) {
                    put(new Piece(isError, Octets.of(Arrays.copyOf(octets, length))));
                }
            }
            put(new Piece(isError, null));
        } catch (IOException e) { // the pipe was closed on our side: it is over
            put(new Piece(isError, null));
        }
    }

    private void put(Piece piece) {
        try {
            while (!over && !pieces.offer(piece, 1, TimeUnit.SECONDS)) {
                Thread.onSpinWait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        host.group().wakeUp();
    }

    private int poll() {
        int work = 0;
        while (work < PIECES && (!held || killed)) {
            Piece piece = pieces.poll();
            if (piece == null) {
                break;
            }
            work++;
            if (piece.octets == null) {
                open--;
            } else {
                listener.output(piece.isError, piece.octets);
            }
        }
        boolean isDone = open == 0 || killed; // what it has started may keep the pipes open
        if (isDone && !process.isAlive() && !over) {
            over = true;
            force.disarm();
            host.loop().removePoller(poller);
            release();
            listener.ended(process.exitValue());
            work++;
        }
        return work;
    }

    /** Let the readers come to their end. */
    private void release() {
        held = false;
        pieces.clear();
        for (InputStream pipe : new InputStream[] {process.getInputStream(), process.getErrorStream()}) {
            try {
                pipe.close();
            } catch (IOException e) {
                host.observer().note(ShellApplication.ORIGIN, "a pipe does not close: " + e.getMessage());
            }
        }
    }

    @Override
    public void kill() {
        if (!over && !killed) {
            killed = true;
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            force.arm(PATIENCE_NANOS);
        }
    }

    /** Kill a process and all that it has started. */
    static void killAtOnce(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    @Override
    public void hold() {
        held = true;
    }

    @Override
    public void goOn() {
        held = false;
    }
}
