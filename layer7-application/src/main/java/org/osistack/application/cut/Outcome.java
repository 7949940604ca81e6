package org.osistack.application.cut;

/**
 * What has become of one run of a scenario, as the scenario judges it.
 *
 * @param completed whether everything was done that was to be done, and whoever asked for it knows
 * @param contentEqual whether what is there at the end is what was sent, as far as anything is there
 * @param discardedAsDocumented whether it was not completed, and that in the way that the scenario promises
 * @param octetsSent octets of content that the users wanted to send, counted once
 * @param octetsSentAgain octets of content that were sent more than once
 * @param octetsUnconfirmedAtCut octets of content that had been sent and not been confirmed when the cut came, or was noticed;
 *     0 if none came
 * @param window how many octets may be sent again beyond those: what can be under way without confirmation
 * @param duplicatesSeenByUser how often a user got something twice
 * @param remark what a person should know of it, such as what the users were told; may be empty
 */
public record Outcome(
        boolean completed,
        boolean contentEqual,
        boolean discardedAsDocumented,
        long octetsSent,
        long octetsSentAgain,
        long octetsUnconfirmedAtCut,
        long window,
        int duplicatesSeenByUser,
        String remark) {

    /** Whether it is what the scenario promises of every run, wherever it is cut. */
    public boolean keepsPromise() {
        return (completed && contentEqual || discardedAsDocumented && !completed)
                && duplicatesSeenByUser == 0
                && isWithinBound();
    }

    /** Whether no more was sent again than what was unconfirmed when the cut came, and one window. */
    public boolean isWithinBound() {
        return octetsSentAgain <= bound();
    }

    /** How many octets may be sent again. */
    public long bound() {
        return octetsUnconfirmedAtCut + window;
    }
}
