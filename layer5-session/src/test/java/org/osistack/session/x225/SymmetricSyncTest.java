package org.osistack.session.x225;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.osistack.core.dialogue.DialogueStep.NEXT;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osistack.core.Octets;
import org.osistack.core.dialogue.ConnectionIdentifier;
import org.osistack.core.dialogue.DialogueStep.ActivityEnd;
import org.osistack.core.dialogue.DialogueStep.ActivityEndAnswer;
import org.osistack.core.dialogue.DialogueStep.ActivityResume;
import org.osistack.core.dialogue.DialogueStep.ActivityStart;
import org.osistack.core.dialogue.DialogueStep.Resynchronize;
import org.osistack.core.dialogue.DialogueStep.ResynchronizeAnswer;
import org.osistack.core.dialogue.DialogueStep.SyncMajor;
import org.osistack.core.dialogue.DialogueStep.SyncMajorAnswer;
import org.osistack.core.dialogue.DialogueStep.SyncMinor;
import org.osistack.core.dialogue.DialogueStep.SyncMinorAnswer;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.ResynchronizeType;
import org.osistack.core.dialogue.SerialNumbers;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.dialogue.Tokens;
import org.osistack.session.SessionPrimitive;

/** Symmetric synchronize: both users set minor points when they like, and each flow counts its own. */
class SymmetricSyncTest {
    private static final FunctionalUnit[] UNITS = {
        FunctionalUnit.DUPLEX,
        FunctionalUnit.SYMMETRIC_SYNCHRONIZE,
        FunctionalUnit.MAJOR_SYNCHRONIZE,
        FunctionalUnit.RESYNCHRONIZE
    };

    private final Pair pair = new Pair();

    @AfterEach
    void nothingIsLeftOver() {
        pair.end();
    }

    private static SerialNumbers numbers(long next, long unconfirmed, long restart) {
        return new SerialNumbers(next, unconfirmed, restart);
    }

    @Test
    void bothSetPointsAtTheSameTimeWithoutAToken() {
        pair.connect(UNITS);
        assertThat(pair.caller.connection.ownTokens().tokens()).hasSize(1); // major/activity

        pair.step(pair.caller, new SyncMinor(NEXT, true, false), Octets.EMPTY);
        pair.step(pair.called, new SyncMinor(NEXT, true, false), Octets.EMPTY);
        pair.step(pair.called, new SyncMinor(NEXT, true, false), Octets.EMPTY);
        pair.run();

        assertThat(Pair.last(pair.called)).isEqualTo(new SyncMinor(1, true, false));
        assertThat(Pair.last(pair.caller)).isEqualTo(new SyncMinor(2, true, false));
        assertThat(pair.caller.connection.serialNumbers()).isEqualTo(numbers(2, 1, 0));
        assertThat(pair.caller.connection.receivedSerialNumbers()).isEqualTo(numbers(3, 1, 0));
        assertThat(pair.called.connection.serialNumbers()).isEqualTo(numbers(3, 1, 0));

        pair.step(pair.caller, new SyncMinorAnswer(NEXT));
        assertThat(Pair.last(pair.called)).isEqualTo(new SyncMinorAnswer(2));
        assertThat(pair.called.connection.serialNumbers()).isEqualTo(numbers(3, 3, 0));
        assertThat(pair.called.connection.receivedSerialNumbers()).isEqualTo(numbers(2, 1, 0));
        assertThat(pair.told).contains("V(Ms) = 2, V(As) = 1, V(Rs) = 0", "V(Mr) = 3, V(Ar) = 3, V(Rr) = 0");
    }

    @Test
    void aPointThatWasNotSetCannotBeConfirmed() {
        pair.connect(UNITS);
        pair.step(pair.caller, new SyncMinor(NEXT, true, false));
        assertThatThrownBy(() -> pair.step(pair.called, new SyncMinorAnswer(2), Octets.EMPTY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("where 1 is possible");
        assertThatThrownBy(() -> pair.step(pair.caller, new SyncMinorAnswer(NEXT), Octets.EMPTY))
                .isInstanceOf(RuntimeException.class);
    }

    @Test
    void aMajorPointHasANumberInEachFlow() {
        pair.connect(UNITS);
        pair.step(pair.called, new SyncMinor(NEXT, true, false));
        pair.step(pair.caller, new SyncMajor(NEXT));
        assertThat(Pair.last(pair.called)).isEqualTo(new SyncMajor(1));
        assertThatThrownBy(() -> pair.step(pair.called, new SyncMajorAnswer(7), Octets.EMPTY))
                .isInstanceOf(IllegalArgumentException.class);

        pair.step(pair.called, new SyncMajorAnswer());
        assertThat(Pair.last(pair.caller)).isEqualTo(new SyncMajorAnswer(2));
        assertThat(pair.caller.connection.serialNumbers()).isEqualTo(numbers(2, 2, 2));
        assertThat(pair.caller.connection.receivedSerialNumbers()).isEqualTo(numbers(3, 3, 3));
        assertThat(pair.called.connection.serialNumbers()).isEqualTo(numbers(3, 3, 3));
    }

    @Test
    void aMinorPointCrossesAMajorOne() {
        pair.connect(UNITS);
        pair.step(pair.caller, new SyncMajor(NEXT), Octets.EMPTY);
        pair.step(pair.called, new SyncMinor(NEXT, true, false), Octets.EMPTY);
        pair.run();
        assertThat(pair.states()).isEqualTo("04A 10A");
        assertThat(Pair.last(pair.caller)).isEqualTo(new SyncMinor(1, true, false));
        pair.step(pair.called, new SyncMajorAnswer());
        assertThat(Pair.last(pair.caller)).isEqualTo(new SyncMajorAnswer(2));
        assertThat(pair.states()).isEqualTo("713 713");
    }

    @Test
    void eachFlowIsResynchronizedInItsOwnWay() {
        pair.connect(UNITS);
        for (int i = 0; i < 3; i++) {
            pair.step(pair.caller, new SyncMinor(NEXT, true, false));
        }
        pair.step(pair.called, new SyncMinor(NEXT, true, false));
        Resynchronize back = new Resynchronize(
                ResynchronizeType.RESTART, 2, TokenSetting.INITIATOR, ResynchronizeType.ABANDON, NEXT);
        pair.step(pair.caller, back);
        assertThat(Pair.last(pair.called))
                .isEqualTo(new Resynchronize(
                        ResynchronizeType.RESTART, 2, TokenSetting.INITIATOR, ResynchronizeType.ABANDON, 2));
        assertThatThrownBy(() -> pair.step(pair.called, new ResynchronizeAnswer(NEXT, null, 1), Octets.EMPTY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 is possible");

        pair.step(pair.called, new ResynchronizeAnswer(NEXT, null));
        assertThat(Pair.last(pair.caller)).isEqualTo(new ResynchronizeAnswer(2, TokenSetting.INITIATOR, 2));
        assertThat(pair.caller.connection.serialNumbers()).isEqualTo(numbers(2, 2, 0));
        assertThat(pair.called.connection.receivedSerialNumbers()).isEqualTo(numbers(2, 2, 0));
        assertThat(pair.caller.connection.receivedSerialNumbers()).isEqualTo(numbers(2, 2, 0));
    }

    @Test
    void ofTwoRestartsTheLowerOneInTheFlowOfTheInitiatorWins() {
        pair.connect(UNITS);
        for (int i = 0; i < 3; i++) {
            pair.step(pair.caller, new SyncMinor(NEXT, true, false));
            pair.step(pair.called, new SyncMinor(NEXT, true, false));
        }
        Resynchronize callers =
                new Resynchronize(ResynchronizeType.RESTART, 3, TokenSetting.INITIATOR, ResynchronizeType.RESTART, 1);
        Resynchronize calleds =
                new Resynchronize(ResynchronizeType.RESTART, 3, TokenSetting.INITIATOR, ResynchronizeType.RESTART, 2);
        pair.step(pair.caller, callers, Octets.EMPTY);
        pair.step(pair.called, calleds, Octets.EMPTY);
        pair.run();
        assertThat(pair.states()).isEqualTo("11A 05A");
        pair.step(pair.caller, new ResynchronizeAnswer(NEXT, null));
        assertThat(pair.caller.connection.serialNumbers()).isEqualTo(numbers(2, 2, 0));
        assertThat(pair.called.connection.serialNumbers()).isEqualTo(numbers(3, 3, 0));
    }

    @Test
    void anActivityCountsBothFlowsAndIsResumedInBoth() {
        pair.connect(FunctionalUnit.DUPLEX, FunctionalUnit.SYMMETRIC_SYNCHRONIZE, FunctionalUnit.ACTIVITY_MANAGEMENT);
        pair.step(pair.caller, new ActivityStart(Primitives.activity("A")));
        pair.step(pair.called, new SyncMinor(NEXT, true, false));
        pair.step(pair.caller, new ActivityEnd(NEXT));
        pair.step(pair.called, new ActivityEndAnswer());
        assertThat(Pair.last(pair.caller)).isEqualTo(new ActivityEndAnswer(2));

        ActivityResume resume = new ActivityResume(Primitives.activity("B"), Primitives.activity("A"), 7, null, 4);
        pair.step(pair.caller, resume);
        assertThat(Pair.last(pair.called)).isEqualTo(resume);
        assertThat(pair.caller.connection.serialNumbers()).isEqualTo(numbers(8, 8, 1));
        assertThat(pair.called.connection.serialNumbers()).isEqualTo(numbers(5, 5, 1));
    }

    @Test
    void eachFlowBeginsWithItsOwnNumber() {
        pair.accepts = false;
        pair.caller.connection = pair.alices.connectRequest(
                new SessionPrimitive.Connect(
                        ConnectionIdentifier.NONE,
                        null,
                        Primitives.address("bob", "S"),
                        FunctionalUnits.of(UNITS),
                        10,
                        TokenSetting.INITIATOR,
                        Octets.EMPTY,
                        20),
                pair.caller);
        pair.run();
        SessionPrimitive.Connect asked = pair.called.last(SessionPrimitive.Connect.class);
        assertThat(asked.initialSerialNumber()).isEqualTo(10);
        assertThat(asked.secondInitialSerialNumber()).isEqualTo(20);
        pair.called.connection.request(new SessionPrimitive.ConnectAnswer(
                null,
                ConnectionIdentifier.NONE,
                null,
                FunctionalUnits.of(UNITS),
                25,
                TokenSetting.INITIATOR,
                Tokens.NONE,
                Octets.EMPTY));
        pair.run();
        SessionPrimitive.ConnectAnswer answer = pair.caller.last(SessionPrimitive.ConnectAnswer.class);
        assertThat(answer.initialSerialNumber()).isEqualTo(25);
        assertThat(answer.secondInitialSerialNumber()).isEqualTo(10);
        assertThat(pair.caller.connection.serialNumbers()).isEqualTo(numbers(10, 10, 0));
        assertThat(pair.called.connection.serialNumbers()).isEqualTo(numbers(25, 25, 0));
    }

    @Test
    void whereBothWouldHaveEitherUnitMinorSynchronizeRemains() {
        pair.connect(FunctionalUnit.DUPLEX, FunctionalUnit.SYMMETRIC_SYNCHRONIZE, FunctionalUnit.MINOR_SYNCHRONIZE);
        assertThat(pair.caller.connection.functionalUnits())
                .isEqualTo(FunctionalUnits.of(FunctionalUnit.DUPLEX, FunctionalUnit.MINOR_SYNCHRONIZE));
    }

    @Test
    void withoutItThereIsNoSecondNumber() {
        pair.connect(FunctionalUnit.DUPLEX, FunctionalUnit.MINOR_SYNCHRONIZE, FunctionalUnit.RESYNCHRONIZE);
        assertThat(pair.caller.connection.receivedSerialNumbers()).isEqualTo(pair.caller.connection.serialNumbers());
        assertThatThrownBy(() -> pair.step(
                        pair.caller,
                        new Resynchronize(ResynchronizeType.SET, 3, TokenSetting.INITIATOR, null, 3),
                        Octets.EMPTY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("without symmetric synchronize");
    }
}
