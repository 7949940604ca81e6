package org.osistack.presentation.echo;

import java.util.ArrayList;
import java.util.List;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;

/** The kinds of data, and the order in which a walk takes them for its lines. */
enum LineService {
    DATA,
    EXPEDITED_DATA,
    CAPABILITY_DATA,
    TYPED_DATA;

    /**
     * Chooses for one line after the other: all that were agreed on in turn, and at the end of each round expedited data once
     * more, or data if there is none. A line that is too long for expedited data takes the next kind, and leaves the round
     * where it would have been.
     */
    static final class Rounds {
        private final List<LineService> round = new ArrayList<>();
        private final boolean hasExpedited;
        private final int maxExpedited;
        private int position;

        Rounds(FunctionalUnits units, int maxExpedited) {
            this.maxExpedited = maxExpedited;
            this.hasExpedited = units.has(FunctionalUnit.EXPEDITED_DATA);
            round.add(DATA);
            if (hasExpedited) {
                round.add(EXPEDITED_DATA);
            }
            if (units.has(FunctionalUnit.CAPABILITY_DATA) && units.has(FunctionalUnit.ACTIVITY_MANAGEMENT)) {
                round.add(CAPABILITY_DATA);
            }
            if (units.has(FunctionalUnit.TYPED_DATA)) {
                round.add(TYPED_DATA);
            }
        }

        LineService next(int length) {
            LineService service = position >= round.size() ? EXPEDITED_DATA : round.get(position++);
            if (service == EXPEDITED_DATA && length > maxExpedited) {
                service = inTurn();
                if (service == EXPEDITED_DATA) {
                    service = inTurn();
                }
            }
            if (service != EXPEDITED_DATA) {
                return service;
            }
            position = position >= round.size() ? position % round.size() : position;
            return hasExpedited ? EXPEDITED_DATA : DATA;
        }

        private LineService inTurn() {
            return round.get(position++ % round.size());
        }
    }
}
