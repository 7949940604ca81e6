package org.osistack.session.mux;

import java.util.EnumMap;
import java.util.Map;

/**
 * The state table of a session (mux §7): in which state an event is allowed, and which state follows. What has no entry is
 * the user's mistake if it is a request, and the peer's fault if it is a frame.
 */
final class StateTable {
    private static final Map<Event, Map<State, State>> TABLE = new EnumMap<>(Event.class);

    static {
        on(Event.CONNECT_ACCEPT, State.ANSWERING, State.OPEN);
        on(Event.CONNECT_REFUSE, State.ANSWERING, State.ENDING);
        stay(Event.DATA_REQUEST, State.OPEN, State.ASKED);
        stay(Event.TYPED_REQUEST, State.OPEN, State.ASKED);
        stay(Event.GIVE_REQUEST, State.OPEN);
        stay(Event.PLEASE_REQUEST, State.OPEN, State.ASKED);
        on(Event.RELEASE_REQUEST, State.OPEN, State.RELEASING);
        on(Event.RELEASE_REQUEST, State.ASKED, State.COLLIDED);
        on(Event.RELEASE_ACCEPT, State.ASKED, State.ENDING);
        on(Event.RELEASE_ACCEPT, State.COLLIDED, State.ANSWERED);
        on(Event.RELEASE_ACCEPT, State.CONFIRMED, State.ENDING);
        on(Event.RELEASE_REFUSE, State.ASKED, State.OPEN);
        on(Event.ACCEPT, State.OPENING, State.OPEN);
        on(Event.REFUSE, State.OPENING, State.ENDED);
        stay(Event.DATA, State.OPEN, State.RELEASING);
        stay(Event.TYPED, State.OPEN, State.RELEASING);
        stay(Event.GIVE, State.OPEN, State.RELEASING);
        stay(Event.PLEASE, State.OPEN, State.RELEASING);
        on(Event.RELEASE, State.OPEN, State.ASKED);
        on(Event.RELEASE, State.RELEASING, State.COLLIDED);
        on(Event.RELEASED, State.RELEASING, State.ENDED);
        on(Event.RELEASED, State.COLLIDED, State.CONFIRMED);
        on(Event.RELEASED, State.ANSWERED, State.ENDING);
        on(Event.NOT_RELEASED, State.RELEASING, State.OPEN);
        for (State state : State.values()) {
            boolean ends = state == State.ENDING || state == State.ENDED;
            if (!ends) {
                on(Event.ABORT_REQUEST, state, State.ENDING);
                on(Event.FAULT, state, State.ENDING);
                on(Event.ALL_ACKNOWLEDGED, state, state);
            }
            on(Event.ABORT, state, State.ENDED);
            on(Event.GONE, state, State.ENDED);
            on(Event.TRUNK_ENDED, state, State.ENDED);
        }
        on(Event.ALL_ACKNOWLEDGED, State.ENDING, State.ENDED);
        for (Event event : Event.values()) {
            if (!event.isRequest()) {
                for (State state : new State[] {State.ENDING, State.ENDED}) {
                    TABLE.computeIfAbsent(event, e -> new EnumMap<>(State.class))
                            .putIfAbsent(state, state); // too late to matter
                }
            }
        }
    }

    private StateTable() {}

    private static void on(Event event, State state, State next) {
        TABLE.computeIfAbsent(event, e -> new EnumMap<>(State.class)).put(state, next);
    }

    private static void stay(Event event, State... states) {
        for (State state : states) {
            on(event, state, state);
        }
    }

    /** The state that follows; null if the event must not be. */
    static State next(State state, Event event) {
        return TABLE.get(event).get(state);
    }
}
