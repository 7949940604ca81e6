package org.osistack.application.security;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osistack.core.Host;

/**
 * The challenges that await their answers, by nonce: each for a short time and once, so many of one caller and so many in
 * all. A caller that asks for more loses its oldest; it cannot take the place of others.
 *
 * @param <T> what is remembered of an exchange
 */
final class Outstanding<T> {
    static final long LIFETIME_NANOS = 30_000_000_000L;
    static final int MAX_OF_CALLER = 16;
    static final int MAX = 1024;

    private record Entry<T>(String caller, long deadline, T exchange) {}

    private final Host host;
    private final Map<String, Entry<T>> entries = new LinkedHashMap<>(); // in the order of their deadlines

    Outstanding(Host host) {
        this.host = host;
    }

    /**
     * Remember an exchange.
     *
     * @return false if there are too many
     */
    boolean add(String nonce, String caller, T exchange) {
        dropExpired();
        List<String> ofCaller = new ArrayList<>();
        entries.forEach((key, entry) -> {
            if (entry.caller.equals(caller)) {
                ofCaller.add(key);
            }
        });
        if (ofCaller.size() >= MAX_OF_CALLER) {
            entries.remove(ofCaller.get(0));
        }
        if (entries.size() >= MAX) {
            return false;
        }
        entries.put(nonce, new Entry<>(caller, host.now() + LIFETIME_NANOS, exchange));
        return true;
    }

    /** Take an exchange away; null if there is none, or no longer. */
    T take(String nonce) {
        dropExpired();
        Entry<T> entry = entries.remove(nonce);
        return entry == null ? null : entry.exchange;
    }

    private void dropExpired() {
        Iterator<Entry<T>> all = entries.values().iterator();
        while (all.hasNext() && all.next().deadline - host.now() <= 0) {
            all.remove();
        }
    }

    int size() {
        return entries.size();
    }
}
