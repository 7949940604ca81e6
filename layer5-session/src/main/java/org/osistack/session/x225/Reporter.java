package org.osistack.session.x225;

import org.osistack.core.Observer;
import org.osistack.core.Origin;
import org.osistack.core.dialogue.ActivityIdentifier;
import org.osistack.core.dialogue.SerialNumbers;
import org.osistack.core.dialogue.Tokens;

/**
 * Tells the host's observer what changes in one machine between primitives and SPDUs: state, timers, tokens, serial
 * numbers, the activity. Nothing is made into text while nobody watches.
 */
final class Reporter {
    private final Observer observer;
    private Origin origin;

    private int owned;
    private int units;
    private long vm;
    private long va;
    private long vr;
    private ActivityIdentifier activity;
    private SerialNumbers sending = SerialNumbers.NONE;
    private SerialNumbers receiving = SerialNumbers.NONE;

    Reporter(Observer observer) {
        this.observer = observer;
    }

    /** What follows is of the session connection with that number. */
    void session(int number) {
        origin = new Origin(5, "X.225", "session " + number);
    }

    void stateChanged(State before, State next, Event cause) {
        if (next != before && observer.isWatching()) {
            observer.stateChanged(origin, before.name(), next.name(), cause.toString());
        }
    }

    void timerArmed(String timer, long nanos) {
        observer.timerArmed(origin, timer, nanos, "X.225 §4.3");
    }

    void timerExpired(String timer) {
        observer.timerExpired(origin, timer);
    }

    void timerStopped(String timer) {
        observer.timerStopped(origin, timer);
    }

    /** Something worth knowing has happened. */
    void note(String text) {
        observer.note(origin, text);
    }

    /** The actions of a row are about to be done. */
    void remember(Variables v) {
        owned = v.owned;
        units = v.units;
        vm = v.vm;
        va = v.va;
        vr = v.vr;
        activity = v.activity;
        if (v.isSymmetric() && observer.isWatching()) {
            sending = v.sending.serialNumbers();
            receiving = v.receiving.serialNumbers();
        }
    }

    /** They are done: tell what has changed. */
    void changes(Variables v, Event cause) {
        if (!observer.isWatching()) {
            return;
        }
        if (v.owned != owned || v.available() != Variables.available(units)) {
            observer.tokensMoved(origin, new Tokens(v.owned), new Tokens(v.available()), cause.toString());
        }
        ActivityIdentifier before = activity;
        if (v.activity != null && !v.activity.equals(before)) {
            observer.note(origin, "the activity " + text(v.activity) + " is in progress");
        } else if (v.activity == null && before != null) {
            observer.note(origin, "the activity " + text(before) + " is no longer in progress");
        }
        boolean begins = v.units != units && Proposal.needsSerialNumber(v.functionalUnits());
        if (v.isSymmetric()) {
            SerialNumbers sent = v.sending.serialNumbers();
            SerialNumbers received = v.receiving.serialNumbers();
            if (begins || !sent.equals(sending) || !received.equals(receiving)) {
                observer.serialNumbersMoved(origin, sent, received, cause.toString());
            }
        } else if (begins || v.vm != vm || v.va != va || v.vr != vr) {
            observer.serialNumbersMoved(origin, new SerialNumbers(v.vm, v.va, v.vr), cause.toString());
        }
    }

    private static String text(ActivityIdentifier identifier) {
        return ParameterText.readable(identifier.octets());
    }
}
