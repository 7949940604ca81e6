package org.osistack.session.x225;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntSupplier;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Observer;
import org.osistack.core.Origin;

/**
 * How many session connections there may be at a time, in all and of one peer, and the count of what was refused or ended
 * because of a limit.
 *
 * <p>A peer counts with the transport connections that it has opened, with a session connection or without: each can have
 * one. Up to twice as many as allowed are taken, so that the peer can be told the reason, REFUSE 131; beyond, they are
 * disconnected without a word.
 */
final class Quotas {
    private static final Origin ORIGIN = new Origin(5, "X.225", "quotas");

    /** What is counted. */
    enum Event {
        BEGUN("session connections begun"),
        TOO_MANY("refused, 131: too many in all"),
        TOO_MANY_OF_PEER("refused, 131: too many of one peer"),
        DISCONNECTED("disconnected without a word: more than twice too many"),
        IDLE("ended: idle too long"),
        LIFETIME("ended: lifetime over"),
        PEER_LOST("ended: transport connection lost");

        private final String text;

        Event(String text) {
            this.text = text;
        }
    }

    private final Observer observer;
    private final Settings settings;
    private final IntSupplier sessions;
    private final Map<NetworkAddress, Integer> peers = new HashMap<>();
    private final long[] counts = new long[Event.values().length];

    /**
     * Begin with nothing counted.
     *
     * @param sessions how many machines there are
     */
    Quotas(Observer observer, Settings settings, IntSupplier sessions) {
        this.observer = observer;
        this.settings = settings;
        this.sessions = sessions;
    }

    /**
     * A peer opens a transport connection.
     *
     * @return whether it is taken; then {@link #leave} must follow
     */
    boolean enter(NetworkAddress peer) {
        int before = peers.getOrDefault(peer, 0);
        if (sessions.getAsInt() >= 2 * settings.maxSessions()
                || settings.maxSessionsPerPeer() > 0 && before >= 2 * settings.maxSessionsPerPeer()) {
            count(Event.DISCONNECTED);
            return false;
        }
        peers.put(peer, before + 1);
        return true;
    }

    /** A transport connection that the peer opened is gone. */
    void leave(NetworkAddress peer) {
        peers.computeIfPresent(peer, (key, count) -> count == 1 ? null : count - 1);
    }

    /** Whether a CONNECT of that peer, whose transport connection has entered, is one too many. It is counted. */
    boolean isRefused(NetworkAddress peer) {
        if (sessions.getAsInt() > settings.maxSessions()) {
            refuse(Event.TOO_MANY, peer, "max-sessions=" + settings.maxSessions());
            return true;
        }
        if (settings.maxSessionsPerPeer() > 0 && peers.getOrDefault(peer, 0) > settings.maxSessionsPerPeer()) {
            refuse(Event.TOO_MANY_OF_PEER, peer, "max-sessions-per-peer=" + settings.maxSessionsPerPeer());
            return true;
        }
        return false;
    }

    private void refuse(Event event, NetworkAddress peer, String limit) {
        count(event);
        if (observer.isWatching()) {
            observer.note(ORIGIN, "no room for another session connection of " + peer + ": " + limit);
        }
    }

    void count(Event event) {
        counts[event.ordinal()]++;
    }

    Map<String, Long> counters() {
        Map<String, Long> counters = new LinkedHashMap<>();
        for (Event event : Event.values()) {
            counters.put(event.text, counts[event.ordinal()]);
        }
        return counters;
    }
}
