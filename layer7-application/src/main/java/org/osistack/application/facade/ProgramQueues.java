package org.osistack.application.facade;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;

/**
 * Two bounded queues between the threads of a program and the host's: what the program sends waits until the service takes
 * it; what arrives waits until the program asks for it. The {@code lock} guards all of it, and nobody is called with the
 * lock held.
 */
final class ProgramQueues {
    static final int LIMIT = 256 * 1024; // octets each way

    /** Lets the peer go on. */
    interface Resumption {
        /** @throws IOException if the host has ended */
        void resume() throws IOException;
    }

    private final Resumption resumption;
    private final Object lock = new Object();

    // Guarded by the lock.
    private final ArrayDeque<byte[]> outgoing = new ArrayDeque<>();
    private final ArrayDeque<byte[]> incoming = new ArrayDeque<>();
    private int outgoingOctets;
    private int incomingOctets;
    private boolean paused;
    private boolean finishing; // the program sends nothing more
    private boolean peerFinished; // the peer sends nothing more
    private boolean closed; // the program wants no more of it
    private volatile boolean ended; // written with the lock held, on the host's thread
    private volatile String failure = ""; // why the connection broke; empty if it did not

    /** @param resumption run on the program's thread that has made room for what arrives */
    ProgramQueues(Resumption resumption) {
        this.resumption = resumption;
    }

    // What the program's threads call.

    /** Wait for room, and let this value wait to be sent. */
    void put(byte[] value) throws IOException {
        synchronized (lock) {
            while (!ended && !finishing && outgoingOctets > LIMIT) {
                await(Duration.ZERO);
            }
            if (finishing) {
                throw new IOException("this side has finished sending");
            }
            checkNotEnded();
            outgoing.add(value);
            outgoingOctets += value.length;
        }
    }

    /**
     * Wait for a value that has arrived.
     *
     * @param limit zero for none
     * @return null if the peer sends nothing more
     */
    byte[] take(Duration limit) throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        byte[] value;
        boolean resume;
        synchronized (lock) {
            while (incoming.isEmpty() && !peerFinished && !ended) {
                Duration left = limit.isZero() ? limit : Duration.ofNanos(deadline - System.nanoTime());
                if (left.isNegative() || left.isZero() && !limit.isZero()) {
                    throw new SocketTimeoutException("nothing was received in " + limit.toMillis() + " ms");
                }
                await(left);
            }
            value = incoming.poll();
            if (value == null) {
                if (!failure.isEmpty()) {
                    throw new IOException(failure);
                }
                return null;
            }
            incomingOctets -= value.length;
            resume = paused && incomingOctets < LIMIT / 2;
            if (resume) {
                paused = false;
            }
        }
        if (resume) {
            resumption.resume();
        }
        return value;
    }

    /**
     * The program sends nothing more.
     *
     * @return false if it has said so before
     */
    boolean finish() throws IOException {
        synchronized (lock) {
            if (finishing) {
                return false;
            }
            checkNotEnded();
            finishing = true;
        }
        return true;
    }

    /** The program sends nothing more, and wants nothing more. */
    void close() {
        synchronized (lock) {
            finishing = true;
            closed = true;
            incoming.clear();
            incomingOctets = 0;
        }
    }

    /** The host has ended, and the connection with it. */
    void fail(String why) {
        synchronized (lock) {
            failure = why;
            lock.notifyAll();
        }
    }

    private void checkNotEnded() throws IOException {
        if (ended) {
            throw new IOException(failure.isEmpty() ? "the connection has ended" : failure);
        }
    }

    private void await(Duration limit) throws IOException {
        try {
            if (limit.isZero()) {
                lock.wait();
            } else {
                lock.wait(limit.toMillis() + 1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    // What the host's thread calls.

    /** The next value to be sent; null if there is none. */
    byte[] next() {
        synchronized (lock) {
            byte[] next = outgoing.poll();
            if (next != null) {
                outgoingOctets -= next.length;
                lock.notifyAll();
            }
            return next;
        }
    }

    /**
     * A value has arrived; it is thrown away if the program wants none.
     *
     * @return whether the peer is to be held up from now on
     */
    boolean add(byte[] octets) {
        synchronized (lock) {
            if (ended || closed) {
                return false;
            }
            incoming.add(octets);
            incomingOctets += octets.length;
            boolean pause = !paused && incomingOctets > LIMIT;
            paused |= pause;
            lock.notifyAll();
            return pause;
        }
    }

    /** The peer sends nothing more. */
    void peerFinished() {
        synchronized (lock) {
            peerFinished = true;
            lock.notifyAll();
        }
    }

    /**
     * The connection has ended.
     *
     * @param why empty if it did in good order
     */
    void end(String why) {
        synchronized (lock) {
            ended = true;
            peerFinished = true;
            failure = why;
            outgoing.clear();
            lock.notifyAll();
        }
    }

    /** Whether the peer is held up. */
    boolean isPaused() {
        synchronized (lock) {
            return paused;
        }
    }

    /** Whether the program sends nothing more. */
    boolean isFinishing() {
        synchronized (lock) {
            return finishing;
        }
    }

    boolean isEnded() {
        return ended;
    }
}
