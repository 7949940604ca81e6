package org.osistack.core.management;

import java.util.List;
import java.util.Set;

/**
 * A protocol's state table for people to read: in which state, upon which event, under which condition, what is done.
 *
 * @param standard where the table is from
 * @param states in the order of the standard
 * @param events in the order of the standard
 * @param predicates what the conditions of the rows are made of
 * @param actions what the rows do besides what they say
 * @param notation how predicates and actions are written, in a few sentences
 * @param rows in the order of the table; the rules for what no row covers come last
 */
public record StateTable(
        String standard,
        List<Term> states,
        List<Event> events,
        List<Term> predicates,
        List<Term> actions,
        String notation,
        List<Row> rows) {
    /**
     * A name of the table, and what it means.
     *
     * @param name as rows have it
     * @param text in a few words
     */
    public record Term(String name, String text) {}

    /** Where an event comes from. */
    public enum Source {
        /** A request or a response of the service's user. */
        USER,
        /** A PDU of the peer. */
        PEER,
        /** A service primitive of the layer below, or a timer. */
        BELOW
    }

    /**
     * Something that may happen.
     *
     * @param name as the table has it
     * @param text its name in full
     */
    public record Event(String name, String text, Source source) {}

    /**
     * One row.
     *
     * @param event as the table has it; {@code *} in front of what no other row covers
     * @param events the names of the events that it is for
     * @param states the names of the states that it is for
     * @param inStates the same as the table has it, shortened
     * @param condition predicates joined by {@code &}, {@code |} and {@code ¬}; empty if there is none
     * @param outputs the names of what is said to the user, the peer and the layer below
     * @param actions the names of what is done
     * @param next the name of the next state; empty to stay
     * @param isRule whether it is a rule for what no row covers
     */
    public record Row(
            String event,
            Set<String> events,
            Set<String> states,
            String inStates,
            String condition,
            List<String> outputs,
            List<String> actions,
            String next,
            boolean isRule) {}
}
