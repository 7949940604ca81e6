package org.osistack.session.x225;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.osistack.core.dialogue.DialogueStep.NEXT;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.osistack.core.Octets;
import org.osistack.core.dialogue.DialogueStep.Resynchronize;
import org.osistack.core.dialogue.DialogueStep.ResynchronizeAnswer;
import org.osistack.core.dialogue.DialogueStep.SyncMinor;
import org.osistack.core.dialogue.DialogueStep.SyncMinorAnswer;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.ResynchronizeType;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.session.SessionPrimitive;

/**
 * Data separation: what comes before the confirmation of such a point is not thrown away by a resynchronization of who
 * has set it (X.225 §5.8, V(Ado)).
 */
class DataSeparationTest {
    private static final FunctionalUnit[] UNITS = {
        FunctionalUnit.DUPLEX,
        FunctionalUnit.MINOR_SYNCHRONIZE,
        FunctionalUnit.RESYNCHRONIZE,
        FunctionalUnit.DATA_SEPARATION
    };
    private static final Resynchronize ABANDON =
            new Resynchronize(ResynchronizeType.ABANDON, NEXT, TokenSetting.INITIATOR);

    private void resynchronizesWhileTheAnswerIsUnderWay(Pair pair, boolean separated) {
        pair.connect(UNITS);
        pair.step(pair.caller, new SyncMinor(NEXT, true, separated));
        assertThat(Pair.last(pair.called)).isEqualTo(new SyncMinor(1, true, separated));
        pair.send(pair.called, "before");
        pair.step(pair.called, new SyncMinorAnswer(NEXT), Octets.EMPTY);
        pair.send(pair.called, "after");
        pair.step(pair.caller, ABANDON, Octets.EMPTY);
        pair.run();
    }

    private void goesOn(Pair pair) {
        pair.step(pair.called, new ResynchronizeAnswer(NEXT, null));
        assertThat(pair.states()).isEqualTo("713 713");
        pair.end();
    }

    @Test
    void whatComesBeforeTheConfirmationIsDelivered() {
        Pair pair = new Pair();
        resynchronizesWhileTheAnswerIsUnderWay(pair, true);
        assertThat(pair.caller.data).containsExactly(Octets.ofText("before"));
        assertThat(Pair.last(pair.caller)).isEqualTo(new SyncMinorAnswer(1));
        goesOn(pair);
    }

    @Test
    void anExpeditedFlowChangesNothing() {
        Pair pair = Pair.expedited("expedited", "yes");
        resynchronizesWhileTheAnswerIsUnderWay(pair, true);
        assertThat(pair.caller.data).containsExactly(Octets.ofText("before"));
        goesOn(pair);
    }

    @Test
    void withoutSeparationAllIsThrownAway() {
        Pair pair = new Pair();
        resynchronizesWhileTheAnswerIsUnderWay(pair, false);
        assertThat(pair.caller.data).isEmpty();
        goesOn(pair);
    }

    /** PREPARE overtakes all, but this side may still say what its peer waits for. */
    @Test
    void whoHasToConfirmMayDoSoUntilTheResynchronizationComes() {
        Pair pair = Pair.expedited("expedited", "yes");
        pair.connect(UNITS);
        pair.step(pair.caller, new SyncMinor(NEXT, true, true));
        pair.send(pair.caller, "one");
        pair.step(pair.caller, ABANDON, Octets.EMPTY);
        pair.simulation.run(Duration.ofMillis(1)); // the PREPARE is there, the data and the RS are not
        assertThat(pair.states()).isEqualTo("05A 713");
        pair.step(pair.called, new SyncMinorAnswer(NEXT), Octets.EMPTY);
        pair.run();
        assertThat(pair.caller.heard).contains(new SessionPrimitive.Step(new SyncMinorAnswer(1)));
        assertThat(pair.called.data).hasSize(1);
        goesOn(pair);
    }

    @Test
    void itNeedsMinorPoints() {
        Pair pair = new Pair();
        assertThatThrownBy(() -> pair.connect(FunctionalUnit.DUPLEX, FunctionalUnit.DATA_SEPARATION))
                .isInstanceOf(IllegalArgumentException.class);
        pair.connect(FunctionalUnit.DUPLEX, FunctionalUnit.MINOR_SYNCHRONIZE);
        assertThat(pair.caller.connection.functionalUnits())
                .isEqualTo(FunctionalUnits.of(FunctionalUnit.DUPLEX, FunctionalUnit.MINOR_SYNCHRONIZE));
        assertThatThrownBy(() -> pair.step(pair.caller, new SyncMinor(NEXT, true, true), Octets.EMPTY))
                .isInstanceOf(IllegalStateException.class);
        pair.end();
    }
}
