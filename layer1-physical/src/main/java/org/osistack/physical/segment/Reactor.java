package org.osistack.physical.segment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * The thread that waits for the sockets of all segments of this process. It starts with the first station and ends
 * after the last.
 */
final class Reactor {
    /** Is told when its channel can be read, written, or accepted from; on the reactor's thread. */
    interface Handler {
        void ready(SelectionKey key);
    }

    /** Something to do at a given time of {@link System#nanoTime()}. */
    private record Task(long time, Runnable action) {}

    private static Reactor current;
    private static int users;

    private final Selector selector;
    private final ConcurrentLinkedQueue<Runnable> commands = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Task> tasks = new PriorityQueue<>(Comparator.comparingLong(Task::time));
    private final Map<SegmentPlace, Integer> members = new HashMap<>();
    private final Map<SegmentPlace, Hub> hubs = new ConcurrentHashMap<>();
    private final List<SelectionKey> ready = new ArrayList<>();
    private volatile boolean running = true;

    private Reactor() throws IOException {
        selector = Selector.open();
        Thread thread = new Thread(this::run, "segments");
        thread.setDaemon(true);
        thread.start();
    }

    /** The reactor of this process, for one more user, who is to {@link #release} it. */
    static synchronized Reactor acquire() throws IOException {
        if (users == 0) {
            current = new Reactor();
        }
        users++;
        return current;
    }

    /** One user less. What it has asked for before is still done. */
    void release() {
        synchronized (Reactor.class) {
            if (--users == 0) {
                execute(() -> running = false);
            }
        }
    }

    /** Run this on the reactor's thread. */
    void execute(Runnable command) {
        commands.add(command);
        selector.wakeup();
    }

    /** Make it notice that what a key is interested in has changed. */
    void wakeUp() {
        selector.wakeup();
    }

    /** Run this later. To be called on the reactor's thread. */
    void schedule(long delayNanos, Runnable action) {
        tasks.add(new Task(System.nanoTime() + delayNanos, action));
    }

    /** Begin to watch a channel. To be called on the reactor's thread. */
    SelectionKey register(SelectableChannel channel, int operations, Handler handler) throws IOException {
        channel.configureBlocking(false);
        return channel.register(selector, operations, handler);
    }

    /** A station of this process comes to the segment. To be called on the reactor's thread. */
    void join(SegmentPlace place) {
        members.merge(place, 1, Integer::sum);
    }

    /** A station leaves; after the last one this process is no hub any more. To be called on the reactor's thread. */
    void leave(SegmentPlace place) {
        if (members.merge(place, -1, Integer::sum) == 0) {
            members.remove(place);
            Hub hub = hubs.get(place);
            if (hub != null) {
                hub.close();
            }
        }
    }

    void add(SegmentPlace place, Hub hub) {
        hubs.put(place, hub);
    }

    void remove(SegmentPlace place) {
        hubs.remove(place);
    }

    /** The hub of the segment if this process is it; null otherwise. From any thread. */
    Hub hubOf(SegmentPlace place) {
        return hubs.get(place);
    }

    private void run() {
        try (selector) {
            while (running) {
                for (Runnable command = commands.poll(); command != null; command = commands.poll()) {
                    command.run();
                }
                long now = System.nanoTime();
                while (!tasks.isEmpty() && tasks.peek().time() - now <= 0) {
                    tasks.poll().action().run();
                }
                select();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the segments' selector failed", e);
        }
    }

    private void select() throws IOException {
        if (!running) {
            return;
        }
        if (tasks.isEmpty()) {
            selector.select(this::sort);
        } else {
            long nanos = tasks.peek().time() - System.nanoTime();
            if (nanos <= 0) {
                selector.selectNow(this::sort);
            } else {
                selector.select(this::sort, TimeUnit.NANOSECONDS.toMillis(nanos) + 1);
            }
        }
        for (int i = 0; i < ready.size(); i++) {
            dispatch(ready.get(i));
        }
        ready.clear();
        for (Hub hub : hubs.values()) {
            hub.flush();
        }
    }

    /** Who has come to a segment before a frame was sent is to hear it, so those who come are let in first. */
    private void sort(SelectionKey key) {
        if (key.isValid() && key.isAcceptable()) {
            dispatch(key);
        } else {
            ready.add(key);
        }
    }

    private static void dispatch(SelectionKey key) {
        try {
            ((Handler) key.attachment()).ready(key);
        } catch (CancelledKeyException e) {
            // the channel was closed by the other thread in this very moment; its user knows
            key.cancel();
        }
    }
}
