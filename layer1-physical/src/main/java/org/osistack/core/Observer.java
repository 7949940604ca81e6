package org.osistack.core;

import org.osistack.core.dialogue.SerialNumbers;
import org.osistack.core.dialogue.Tokens;

/**
 * Is told what happens inside the protocol machines of a host, between the primitives. Machines report rare events
 * only, never each PDU; when nobody watches, the calls go to empty methods of one shared object.
 */
public interface Observer {
    /** Nobody watches. */
    Observer NONE = new Observer() {};

    /** Whether anybody watches: ask before building a text for the methods below. */
    default boolean isWatching() {
        return false;
    }

    /**
     * A machine went from one state to another.
     *
     * @param from the state by its standard's name
     * @param to the state by its standard's name
     * @param cause the event that made it, such as {@code SYN} or {@code S-RELEASE.request}
     */
    default void stateChanged(Origin origin, String from, String to, String cause) {}

    /**
     * A timer was started.
     *
     * @param clause where the standard says so, such as {@code RFC 6298 §5.1}
     */
    default void timerArmed(Origin origin, String timer, long nanos, String clause) {}

    /** A timer fired. */
    default void timerExpired(Origin origin, String timer) {}

    /** A timer was stopped before it fired. */
    default void timerStopped(Origin origin, String timer) {}

    /**
     * Something is sent again.
     *
     * @param what what is sent again, such as {@code seq 1021, 512 octets}
     * @param why such as {@code timer} or {@code third duplicate acknowledgement}
     */
    default void retransmitted(Origin origin, String what, String why) {}

    /** A PDU that arrived is thrown away. It still belongs to the caller, who releases it. */
    default void discarded(Origin origin, Discard reason, Pdu pdu) {}

    /** Who holds which tokens has changed. */
    default void tokensMoved(Origin origin, String positions, String cause) {}

    /**
     * Who holds which tokens of a session connection has changed, or which there are.
     *
     * @param own those that this side holds
     * @param available all that there are; those that are not held here are at the peer
     */
    default void tokensMoved(Origin origin, Tokens own, Tokens available, String cause) {
        tokensMoved(origin, own.placesAmong(available), cause);
    }

    /** The serial numbers of synchronization points have changed: V(M), V(A) and V(R) of X.225 §5.8. */
    default void serialNumbersMoved(Origin origin, SerialNumbers numbers, String cause) {
        note(
                origin,
                "V(M) = " + numbers.next() + ", V(A) = " + numbers.lowestUnconfirmed() + ", V(R) = "
                        + numbers.lowestRestart());
    }

    /**
     * The serial numbers of either flow have changed, where symmetric synchronize counts each by itself.
     *
     * @param sending V(Ms), V(As) and V(Rs), of the flow that this side sends
     * @param receiving V(Mr), V(Ar) and V(Rr), of the other
     */
    default void serialNumbersMoved(Origin origin, SerialNumbers sending, SerialNumbers receiving, String cause) {
        note(
                origin,
                "V(Ms) = " + sending.next() + ", V(As) = " + sending.lowestUnconfirmed() + ", V(Rs) = "
                        + sending.lowestRestart());
        note(
                origin,
                "V(Mr) = " + receiving.next() + ", V(Ar) = " + receiving.lowestUnconfirmed() + ", V(Rr) = "
                        + receiving.lowestRestart());
    }

    /** Anything else that a reader should know, in one line. */
    default void note(Origin origin, String text) {}
}
