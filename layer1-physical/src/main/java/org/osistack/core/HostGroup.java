package org.osistack.core;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Hosts that run on the same thread and by the same clock, in real or in virtual time. */
public abstract class HostGroup {
    private record SharedKey(Class<?> type, String name) {}

    private final List<Host> hosts = new CopyOnWriteArrayList<>(); // a host thread runs before it has hosts
    private final Map<SharedKey, Object> shared = new HashMap<>();

    private long turn;

    HostGroup() {}

    /** Add a host. Hosts take their turns in the order in which they were added. */
    public Host newHost(String name) {
        Host host = new Host(this, name, newRandom());
        hosts.add(host);
        return host;
    }

    /**
     * Take a host out of the group: it takes no more turns, so its timers never fire and what it put off is never done.
     * Nothing is told to its machines. Nothing happens if it is not in the group. To be called on the group's thread.
     */
    public void remove(Host host) {
        hosts.remove(host);
    }

    /** The hosts in the order of their adding. */
    public List<Host> hosts() {
        return Collections.unmodifiableList(hosts);
    }

    /** The time in nanoseconds since some instant. */
    public abstract long now();

    /** Whether time is virtual: it stands still while work is done, and jumps to the next deadline. */
    public abstract boolean isVirtual();

    /** A new source of randomness, for a host or a medium. */
    public abstract RandomGenerator newRandom();

    /** Make sure that the group takes a turn soon, though no deadline has come. May be called from any thread. */
    public abstract void wakeUp();

    <T> T shared(Class<T> type, String name, Supplier<T> factory) {
        SharedKey key = new SharedKey(type, name);
        Object object = shared.get(key);
        if (object == null) { // not computeIfAbsent: a factory may ask for other shared objects
            object = factory.get();
            shared.put(key, object);
        }
        return type.cast(object);
    }

    /** How many turns there have been. A call that was under way in an earlier turn has returned. */
    final long turn() {
        return turn;
    }

    final int runOnce() {
        turn++;
        int work = 0;
        for (int i = 0; i < hosts.size(); i++) {
            work += hosts.get(i).loop().runOnce();
        }
        return work;
    }

    final long nextDeadline() {
        long next = Long.MAX_VALUE;
        for (int i = 0; i < hosts.size(); i++) {
            next = Math.min(next, hosts.get(i).loop().nextDeadline());
        }
        return next;
    }
}
