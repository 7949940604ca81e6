package org.osistack.physical.impairment;

import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.osistack.core.Discard;
import org.osistack.core.Discards;
import org.osistack.core.EventLoop;
import org.osistack.core.Host;
import org.osistack.core.Pdu;
import org.osistack.core.Timer;

/**
 * One direction of a bad link. Frames go in at {@link #send}, and come out where they are made to, later, or never, or
 * more than once:
 *
 * <pre>
 *   send -> queue -> rate -> lost? -> corrupted? -> duplicated? -> delay, jitter, held up? -> output
 * </pre>
 *
 * <p>Frames that take the same time come out in the order in which they went in. The link belongs to one host: it waits
 * on that host's event loop and takes duplicates from that host's pool. It allocates nothing per frame.
 */
public final class ImpairedLink {
    private static final int MAX_ON_THE_WAY = 1 << 16; // frames: however long the delay, memory has an end

    private final Impairments impairments;
    private final Host host;
    private final Discards discards;
    private final RandomGenerator random;
    private final boolean deferring;
    private final Consumer<Pdu> output;
    private final Timer timer;
    private final EventLoop loop;
    private final DelayLine line = new DelayLine();
    private final TransmitQueue queue;
    private long lastDue = Long.MIN_VALUE;
    private final MediumCounters counters;

    private ImpairedLink(
            Impairments impairments,
            Host host,
            Discards discards,
            MediumCounters counters,
            RandomGenerator random,
            boolean deferring,
            Consumer<Pdu> output) {
        this.impairments = impairments;
        this.host = host;
        this.loop = host.loop();
        this.discards = discards;
        this.counters = counters;
        this.random = random;
        this.deferring = deferring;
        this.output = output;
        this.timer = host.newTimer(this::deliver);
        this.queue = impairments.bitsPerSecond() == 0
                ? null
                : new TransmitQueue(impairments.bitsPerSecond(), impairments.queueFrames(), impairments.queueOctets());
    }

    /**
     * A link to put before a device: a frame that is not held up comes out before {@link #send} returns.
     *
     * @param host on whose event loop frames wait
     * @param discards counts what is {@link Discard#LOST} or finds the {@link Discard#QUEUE_FULL}
     * @param random see {@link Impairments#newRandom}
     * @param output takes each frame over
     */
    public static ImpairedLink direct(
            Impairments impairments, Host host, Discards discards, RandomGenerator random, Consumer<Pdu> output) {
        return direct(impairments, host, discards, new MediumCounters(), random, output);
    }

    /** The same, with counters that the link shares with its station. */
    public static ImpairedLink direct(
            Impairments impairments,
            Host host,
            Discards discards,
            MediumCounters counters,
            RandomGenerator random,
            Consumer<Pdu> output) {
        return new ImpairedLink(impairments, host, discards, counters, random, false, output);
    }

    /**
     * A link between two machines on one thread: a frame never comes out before {@link #send} has returned, so that the
     * two don't call each other ever deeper. The parameters are those of {@link #direct}.
     */
    public static ImpairedLink deferring(
            Impairments impairments,
            Host host,
            Discards discards,
            MediumCounters counters,
            RandomGenerator random,
            Consumer<Pdu> output) {
        return new ImpairedLink(impairments, host, discards, counters, random, true, output);
    }

    /** Put a frame in. It is taken over, whatever becomes of it. */
    public void send(Pdu frame) {
        send(frame, 0);
    }

    /** Put a frame in that is held up for {@code extraNanos} more than others; those overtake it. */
    public void send(Pdu frame, long extraNanos) {
        long now = loop.now();
        long departure = now;
        if (queue != null) {
            departure = queue.join(frame.length(), now);
            if (departure < 0) {
                counters.queueFull++;
                discards.drop(Discard.QUEUE_FULL, frame);
                return;
            }
        }
        if (happens(impairments.loss())) {
            counters.lost++;
            discards.drop(Discard.LOST, frame);
            return;
        }
        if (happens(impairments.corrupt()) && frame.length() > 0) {
            corrupt(frame);
        }
        Pdu second = happens(impairments.duplicate()) ? frame.copy() : null;
        long due = due(departure, extraNanos);
        forward(frame, due, now);
        if (second != null) {
            counters.duplicated++;
            forward(second, due, now);
        }
    }

    private long due(long departure, long extraNanos) {
        long due = departure + impairments.delayNanos();
        if (impairments.jitterNanos() > 0) {
            due += random.nextLong(impairments.jitterNanos() + 1);
        }
        long heldUp = extraNanos;
        if (happens(impairments.reorder())) {
            heldUp += impairments.reorderNanos();
            counters.reordered++;
        }
        if (heldUp > 0) {
            return due + heldUp;
        }
        lastDue = Math.max(lastDue, due); // jitter alone doesn't let frames overtake each other
        return lastDue;
    }

    private boolean happens(double probability) {
        return probability > 0 && random.nextDouble() < probability;
    }

    /** Invert one to three bits; at least one stays inverted, since no second one meets the first. */
    private void corrupt(Pdu frame) {
        int bits = 8 * frame.length();
        int first = random.nextInt(bits);
        int count = 1 + random.nextInt(3);
        flip(frame, first);
        if (count > 1) {
            flip(frame, (first + 1 + random.nextInt(bits - 1)) % bits);
        }
        if (count > 2) {
            flip(frame, random.nextInt(bits));
        }
        counters.corrupted++;
    }

    private static void flip(Pdu frame, int bit) {
        int offset = bit >>> 3;
        frame.putUint8(offset, frame.getUint8(offset) ^ 0x80 >>> (bit & 7));
    }

    private void forward(Pdu frame, long due, long now) {
        if (!deferring && due <= now && (line.size() == 0 || due < line.firstDue())) {
            output.accept(frame);
        } else if (line.size() == MAX_ON_THE_WAY) {
            counters.queueFull++;
            discards.drop(Discard.QUEUE_FULL, frame);
        } else {
            line.put(due, frame);
            timer.armNoLaterThan(due - now);
        }
    }

    /** Frames that are put in while others come out wait for the next turn. */
    private void deliver() {
        long now = loop.now();
        long orderLimit = line.nextOrder();
        while (line.size() > 0 && line.firstDue() <= now && line.firstOrder() < orderLimit) {
            output.accept(line.poll());
        }
        if (line.size() > 0) {
            timer.armNoLaterThan(line.firstDue() - loop.now());
        }
    }

    /** How many frames were duplicated so far. */
    public long duplicated() {
        return counters.duplicated;
    }

    /** How many frames were held up by chance so far. */
    public long reordered() {
        return counters.reordered;
    }

    /** How many frames had bits inverted so far. */
    public long corrupted() {
        return counters.corrupted;
    }

    /** Lose what is on its way, because the link is cut or closed. */
    public void clear() {
        timer.disarm();
        while (line.size() > 0) {
            counters.linkDown++;
            discards.drop(Discard.LINK_DOWN, line.poll());
        }
    }

    /** Whether nothing is on its way. */
    public boolean isEmpty() {
        return line.size() == 0;
    }

    @Override
    public String toString() {
        return "impaired link of " + host;
    }
}
