package org.osistack.presentation.x226;

import java.util.Map;
import java.util.TreeMap;

/**
 * The synchronization points of one activity, or of a connection without activities, and the defined context set that each
 * is associated with (X.226, context restoration). Serial numbers follow one another, and the set seldom changes, so only
 * the points are kept from which on it was another one.
 */
final class SynchronizationPoints {
    /** How many changes of the set are remembered; then the oldest is forgotten. */
    static final int MAX_CHANGES = 1024;

    private final TreeMap<Long, ContextSet> changes = new TreeMap<>();
    private long last = -1;

    /** Associate a new point, which is the last one now: those with higher serial numbers are void. */
    void associate(long serialNumber, ContextSet contexts) {
        changes.tailMap(serialNumber, true).clear();
        if (changes.isEmpty() || !changes.lastEntry().getValue().equals(contexts)) {
            changes.put(serialNumber, contexts);
        }
        if (changes.size() > MAX_CHANGES) {
            changes.pollFirstEntry();
        }
        last = serialNumber;
    }

    /** The set that a point is associated with; null if it is with none. */
    ContextSet at(long serialNumber) {
        Map.Entry<Long, ContextSet> change = serialNumber > last ? null : changes.floorEntry(serialNumber);
        return change == null ? null : change.getValue();
    }

    /** Whether that is before all points that are associated with a set. */
    boolean isBeforeAll(long serialNumber) {
        return !changes.isEmpty() && serialNumber < changes.firstKey();
    }

    /** The dialogue goes on at that serial number: points with higher ones are void. */
    void voidAfter(long serialNumber) {
        changes.tailMap(serialNumber, false).clear();
        last = Math.min(last, serialNumber);
    }

    void clear() {
        changes.clear();
        last = -1;
    }

    /** How many changes of the set are remembered. */
    int size() {
        return changes.size();
    }
}
