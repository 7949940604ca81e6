package org.osistack.presentation.x226;

import java.util.LinkedHashMap;
import java.util.Map;
import org.osistack.core.dialogue.ActivityIdentifier;

/**
 * What the context restoration functional unit remembers of one connection: the defined context set at each
 * synchronization point to which the dialogue may go back, in the activity that is under way and in those interrupted, and
 * the inter-activity set that holds between activities (X.226 Annex A, actions [13] to [22]).
 */
final class Restoration {
    /** How many interrupted activities are remembered; then the one interrupted first is forgotten. */
    static final int MAX_INTERRUPTED = 64;

    private SynchronizationPoints points = new SynchronizationPoints(); // of no activity, as long as there is none
    private ActivityIdentifier activity; // null if none is under way
    private ContextSet interActivity; // null before the first activity
    private final Map<ActivityIdentifier, SynchronizationPoints> interrupted = new LinkedHashMap<>();

    /** The points of the activity under way, or of the connection. */
    SynchronizationPoints points() {
        return points;
    }

    /** The set to which the end of the activity under way leads back; null if none is under way. */
    ContextSet interActivity() {
        return activity == null ? null : interActivity;
    }

    /** An activity starts. */
    void start(ActivityIdentifier identifier, ContextSet defined) {
        interActivity = defined;
        activity = identifier;
        points = new SynchronizationPoints();
    }

    /** The set at the point at which an activity is to go on; null if it is not known here. */
    ContextSet at(ActivityIdentifier identifier, long serialNumber) {
        SynchronizationPoints known = interrupted.get(identifier);
        return known == null ? null : known.at(serialNumber);
    }

    /**
     * An activity goes on.
     *
     * @param old under which it was interrupted here; null if it was elsewhere
     */
    void resume(ActivityIdentifier old, ActivityIdentifier identifier, long serialNumber, ContextSet defined) {
        SynchronizationPoints known = old == null ? null : interrupted.remove(old);
        start(identifier, defined);
        if (known != null) {
            known.voidAfter(serialNumber);
            points = known;
        }
    }

    /** The activity is interrupted for both sides: its points are kept for its resumption. */
    void interrupted() {
        if (activity != null) {
            interrupted.remove(activity);
            interrupted.put(activity, points);
            if (interrupted.size() > MAX_INTERRUPTED) {
                interrupted.remove(interrupted.keySet().iterator().next());
            }
        }
        over();
    }

    /** The activity has ended, or is discarded, for both sides. */
    void over() {
        activity = null;
        points = new SynchronizationPoints();
    }

    /** How many interrupted activities are remembered. */
    int remembered() {
        return interrupted.size();
    }
}
