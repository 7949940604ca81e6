package org.osistack.presentation.x226;

/** How far a release has come: the variables rl and cr of X.226 Annex A. */
final class ReleasePhase {
    private boolean isReleasing; // rl
    private boolean isCollision; // cr

    /** What it was, to go back to. */
    record Moment(boolean isReleasing, boolean isCollision) {}

    Moment moment() {
        return new Moment(isReleasing, isCollision);
    }

    void backTo(Moment moment) {
        isReleasing = moment.isReleasing();
        isCollision = moment.isCollision();
    }

    /** A release was asked for by one side; if the other has asked already, they collide. */
    void asked() {
        isCollision |= isReleasing;
        isReleasing = true;
    }

    /** What the answer to a release leads to. */
    enum Outcome {
        GOES_ON,
        /** The first of the two answers of a collision: the second one ends it. */
        HALF_WAY,
        ENDS
    }

    /** One side has answered a release. */
    Outcome answered(boolean affirmative) {
        Outcome outcome = !affirmative ? Outcome.GOES_ON : isCollision ? Outcome.HALF_WAY : Outcome.ENDS;
        isCollision &= !affirmative;
        isReleasing = false;
        return outcome;
    }
}
