package org.osistack.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * One open system: a name, a clock with timers, a pool of PDUs, a source of randomness, and somebody who watches. All
 * its protocol machines run on one thread, in turns that its {@link HostGroup} gives it.
 */
public final class Host {
    static final int HEADROOM = 256; // octets; Stack.plan checks that the headers of all layers fit

    private final HostGroup group;
    private final String name;
    private final RandomGenerator random;
    private final EventLoop loop;
    private final PduPool pool = new PduPool(HEADROOM);
    private final Map<Origin, Discards> discards = new LinkedHashMap<>();
    private Observer observer = Observer.NONE;

    Host(HostGroup group, String name, RandomGenerator random) {
        this.group = group;
        this.name = name;
        this.random = random;
        this.loop = new EventLoop(group::now);
    }

    public String name() {
        return name;
    }

    public EventLoop loop() {
        return loop;
    }

    /** The time in nanoseconds since some instant. */
    public long now() {
        return loop.now();
    }

    public Timer newTimer(Runnable onExpiry) {
        return loop.newTimer(onExpiry);
    }

    public PduPool pool() {
        return pool;
    }

    /** The only source of randomness for protocols; in a simulation it comes from the seed. */
    public RandomGenerator random() {
        return random;
    }

    /** The group of hosts that this one shares its thread and its virtual media with. */
    public HostGroup group() {
        return group;
    }

    /** Who is told what happens inside the protocol machines. */
    public Observer observer() {
        return observer;
    }

    /** Let somebody watch. To be called before the stack is opened, since machines ask once who watches. */
    public void observe(Observer newObserver) {
        this.observer = newObserver;
    }

    /** The count of what the given protocol threw away on this host. */
    public Discards discards(int layer, String protocol) {
        return discards.computeIfAbsent(new Origin(layer, protocol), origin -> new Discards(this, origin));
    }

    /** The counts of all protocols that asked for one, in the order of their asking. */
    public List<Discards> allDiscards() {
        return new ArrayList<>(discards.values());
    }

    /** An object that all hosts of the group see under the same name, such as a virtual medium. */
    public <T> T shared(Class<T> type, String key, Supplier<T> factory) {
        return group.shared(type, key, factory);
    }

    @Override
    public String toString() {
        return name;
    }
}
