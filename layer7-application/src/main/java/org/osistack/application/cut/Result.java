package org.osistack.application.cut;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What one run came to.
 *
 * @param ending how it ended
 * @param outcome as the scenario judges it; null if it broke down
 * @param nanos virtual time from the beginning until it was over, or until the limit
 * @param octetsOnCable octets of all frames that came out of the cable in that time
 * @param remark more for a person; may be empty
 * @param picture what a person should see of it, in lines
 * @param figures what can be compared with other runs
 */
record Result(
        Ending ending,
        Outcome outcome,
        long nanos,
        long octetsOnCable,
        String remark,
        List<String> picture,
        Map<String, String> figures) {
    Result(Ending ending, Outcome outcome, long nanos, long octetsOnCable, String remark) {
        this(ending, outcome, nanos, octetsOnCable, remark, List.of(), Map.of());
    }

    /** The same, and what the scenario has to show of it. */
    Result showing(List<String> newPicture, Map<String, String> newFigures) {
        return new Result(ending, outcome, nanos, octetsOnCable, remark, newPicture, newFigures);
    }

    /** How a run ended. */
    enum Ending {
        /** Everything was done, and everybody knows. */
        COMPLETED,
        /** It was given up in the way that the scenario promises. */
        DISCARDED,
        /** It was not over when its time was. */
        HUNG,
        /** Something was lost, halved or said twice, or more was sent again than may be. */
        LOST,
        /** A machine threw an exception, or lost hold of a PDU: a fault of the program. */
        BROKEN,
        /** The point did not come: the run is not the one that was listed. */
        NOT_CUT;

        boolean isGood() {
            return this == COMPLETED || this == DISCARDED;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
