package org.osistack.application.cut;

/**
 * Thrown through whatever a host is in the middle of when it is killed, as {@code kill -9} would end it there and then. No
 * part of the stack catches it; {@link Saboteur#runUntil} does.
 */
final class HostKilled extends Error {
    private static final long serialVersionUID = 1;

    HostKilled(String host) {
        super(host + " was killed", null, false, false);
    }
}
