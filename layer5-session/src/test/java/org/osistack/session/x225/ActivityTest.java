package org.osistack.session.x225;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.osistack.core.dialogue.DialogueStep.NEXT;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osistack.core.Octets;
import org.osistack.core.dialogue.DialogueStep.ActivityDiscard;
import org.osistack.core.dialogue.DialogueStep.ActivityDiscardAnswer;
import org.osistack.core.dialogue.DialogueStep.ActivityEnd;
import org.osistack.core.dialogue.DialogueStep.ActivityEndAnswer;
import org.osistack.core.dialogue.DialogueStep.ActivityInterrupt;
import org.osistack.core.dialogue.DialogueStep.ActivityInterruptAnswer;
import org.osistack.core.dialogue.DialogueStep.ActivityResume;
import org.osistack.core.dialogue.DialogueStep.ActivityStart;
import org.osistack.core.dialogue.DialogueStep.ControlGive;
import org.osistack.core.dialogue.DialogueStep.SyncMinor;
import org.osistack.core.dialogue.DialogueStep.TokenGive;
import org.osistack.core.dialogue.DialogueStep.TokenPlease;
import org.osistack.core.dialogue.ExceptionReason;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.OldConnection;
import org.osistack.core.dialogue.SerialNumbers;
import org.osistack.core.dialogue.Token;
import org.osistack.core.dialogue.Tokens;
import org.osistack.session.SessionPrimitive;

/** Activities: pieces of work with a name, which can be broken off and resumed (X.225 §7.29 to §7.36). */
class ActivityTest {
    private static final FunctionalUnit[] UNITS = {
        FunctionalUnit.HALF_DUPLEX, FunctionalUnit.MINOR_SYNCHRONIZE, FunctionalUnit.ACTIVITY_MANAGEMENT
    };

    private final Pair pair = new Pair();

    @AfterEach
    void nothingIsLeftOver() {
        pair.end();
    }

    @Test
    void anActivityCountsFromOneAndEndsWithAMajorPoint() {
        pair.connect(UNITS);
        assertThatThrownBy(() -> pair.step(pair.caller, new SyncMinor(NEXT, true, false)))
                .isInstanceOf(IllegalStateException.class); // there is no activity
        pair.step(pair.caller, new ActivityStart(Primitives.activity("job 1")), Octets.ofText("a file"));
        pair.run();
        assertThat(pair.called.last())
                .isEqualTo(new SessionPrimitive.Step(
                        new ActivityStart(Primitives.activity("job 1")), Octets.ofText("a file")));
        assertThat(pair.bobs.sessions().get(0).activity()).isEqualTo(Primitives.activity("job 1"));
        assertThat(pair.bobs.sessions().get(0).serialNumbers()).isEqualTo(new SerialNumbers(1, 1, 1));
        pair.send(pair.caller, "part");
        pair.step(pair.caller, new SyncMinor(NEXT, true, false));
        assertThatThrownBy(() -> pair.caller.connection.request(new SessionPrimitive.Release(Octets.EMPTY)))
                .isInstanceOf(IllegalStateException.class);
        pair.step(pair.caller, new ActivityEnd(NEXT));
        assertThat(Pair.last(pair.called)).isEqualTo(new ActivityEnd(2));
        assertThat(pair.states()).isEqualTo("04B 10B");
        pair.step(pair.called, new ActivityEndAnswer());
        assertThat(Pair.last(pair.caller)).isEqualTo(new ActivityEndAnswer());
        assertThat(pair.alices.sessions().get(0).activity()).isNull();
        assertThat(pair.told)
                .contains(
                        "the activity \"job 1\" is in progress",
                        "the activity \"job 1\" is no longer in progress",
                        "V(M) = 3, V(A) = 3, V(R) = 3");
    }

    @Test
    void whatIsInterruptedCanBeResumedAndAllTokensGoToWhoInterrupts() {
        pair.connect(UNITS);
        pair.step(pair.caller, new ActivityStart(Primitives.activity("A")));
        pair.step(pair.caller, new SyncMinor(NEXT, true, false));
        pair.step(pair.caller, new TokenGive(Tokens.of(Token.DATA, Token.MAJOR_ACTIVITY)));
        pair.step(pair.called, new ActivityInterrupt(ExceptionReason.LOCAL_USER_ERROR));
        assertThat(Pair.last(pair.caller)).isEqualTo(new ActivityInterrupt(ExceptionReason.LOCAL_USER_ERROR));
        pair.step(pair.caller, new ActivityInterruptAnswer());
        assertThat(Pair.last(pair.called)).isEqualTo(new ActivityInterruptAnswer());
        assertThat(pair.called.connection.ownTokens())
                .isEqualTo(Tokens.of(Token.DATA, Token.SYNCHRONIZE_MINOR, Token.MAJOR_ACTIVITY));
        assertThat(pair.caller.connection.ownTokens()).isEqualTo(Tokens.NONE);
        ActivityResume resume = new ActivityResume(Primitives.activity("B"), Primitives.activity("A"), 1, null);
        pair.step(pair.called, resume);
        assertThat(Pair.last(pair.caller)).isEqualTo(resume);
        assertThat(pair.caller.connection.serialNumbers()).isEqualTo(new SerialNumbers(2, 2, 1));
        assertThat(pair.called.connection.serialNumbers()).isEqualTo(new SerialNumbers(2, 2, 1));
    }

    @Test
    void anActivityOfAnotherConnectionIsResumedByTheNameOfThat() {
        pair.connect(UNITS);
        ActivityResume resume = new ActivityResume(
                Primitives.activity("new"),
                Primitives.activity("old"),
                999,
                new OldConnection(
                        Octets.ofText("bob"), Octets.ofText("alice"), Octets.ofText("261122"), Octets.ofText("x")));
        pair.step(pair.caller, resume);
        assertThat(Pair.last(pair.called)).isEqualTo(resume);
        assertThat(pair.called.connection.serialNumbers()).isEqualTo(new SerialNumbers(1000, 1000, 1));
    }

    @Test
    void aDiscardMayCrossTheAnswerToTheEnd() {
        pair.connect(UNITS);
        pair.step(pair.caller, new ActivityStart(Primitives.activity("A")));
        pair.step(pair.caller, new ActivityEnd(NEXT));
        pair.step(pair.called, new ActivityEndAnswer(), Octets.EMPTY);
        pair.step(pair.caller, new ActivityDiscard(ExceptionReason.USER_SEQUENCE_ERROR), Octets.EMPTY);
        pair.run();
        assertThat(Pair.last(pair.called)).isEqualTo(new ActivityDiscard(ExceptionReason.USER_SEQUENCE_ERROR));
        pair.step(pair.called, new ActivityDiscardAnswer());
        assertThat(Pair.last(pair.caller)).isEqualTo(new ActivityDiscardAnswer()); // the end was never confirmed
        assertThat(pair.states()).isEqualTo("713 713");
    }

    @Test
    void soItDoesOnAnExpeditedFlow() {
        Pair fast = Pair.expedited("expedited", "yes").connect(UNITS);
        fast.step(fast.caller, new ActivityStart(Primitives.activity("A")));
        fast.step(fast.caller, new ActivityEnd(NEXT));
        fast.step(fast.called, new ActivityEndAnswer(), Octets.EMPTY);
        fast.step(fast.caller, new ActivityDiscard(ExceptionReason.USER_SEQUENCE_ERROR), Octets.EMPTY);
        fast.run();
        assertThat(Pair.last(fast.called)).isEqualTo(new ActivityDiscard(ExceptionReason.USER_SEQUENCE_ERROR));
        fast.step(fast.called, new ActivityDiscardAnswer());
        assertThat(Pair.last(fast.caller)).isEqualTo(new ActivityDiscardAnswer());
        assertThat(fast.states()).isEqualTo("713 713");
        fast.end();
    }

    @Test
    void controlIsGivenBetweenActivities() {
        pair.connect(UNITS);
        pair.step(pair.caller, new ControlGive());
        assertThat(Pair.last(pair.called)).isEqualTo(new ControlGive());
        assertThat(pair.called.connection.ownTokens())
                .isEqualTo(Tokens.of(Token.DATA, Token.SYNCHRONIZE_MINOR, Token.MAJOR_ACTIVITY));
        assertThat(pair.states()).isEqualTo("713 713");
        pair.step(pair.called, new ActivityStart(Primitives.activity("mine")));
        assertThatThrownBy(() -> pair.step(pair.called, new ControlGive())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void versionOneHasNoUserDataForInterruptions() {
        Bench bench = new Bench();
        bench.called();
        bench.receive("0d 0f 05 09 13 01 00 16 01 01 1a 01 55 14 02 00 41");
        bench.request(Primitives.accept(new FunctionalUnits(0x41)));
        bench.request(new SessionPrimitive.Step(new ActivityStart(Primitives.activity("A"))));
        assertThatThrownBy(() ->
                        bench.request(new SessionPrimitive.Step(new ActivityInterrupt(null), Octets.ofText("why"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("version 1");
        bench.request(new SessionPrimitive.Step(new ActivityInterrupt(null)));
        assertThat(bench.octets.subList(1, 3)).containsExactly("01002d03290141", "01001903320100");
        bench.close();
        assertThat(bench.outstanding()).isZero();
    }

    @Test
    void whoHasGivenControlIsPutOffUntilItIsAcknowledged() {
        pair.connect(UNITS);
        pair.step(pair.caller, new ControlGive(), Octets.EMPTY);
        assertThat(pair.states()).isEqualTo("18 713");
        TokenPlease please = new TokenPlease(Tokens.of(Token.DATA));
        assertThat(pair.caller.connection.request(new SessionPrimitive.Step(please)))
                .isFalse();
        assertThat(pair.caller.ready).isZero();

        pair.run();
        assertThat(pair.caller.ready).isEqualTo(1);
        assertThat(pair.caller.connection.request(new SessionPrimitive.Step(please)))
                .isTrue();
        pair.run();
        assertThat(Pair.last(pair.called)).isEqualTo(please);

        pair.step(pair.called, new ControlGive());
        assertThat(pair.called.ready).isZero(); // nobody was put off
    }

    @Test
    void whoHasGivenControlMayNotAskForATokenThatThereIsNot() {
        pair.connect(UNITS);
        pair.step(pair.caller, new ControlGive(), Octets.EMPTY);
        assertThatThrownBy(() -> pair.caller.connection.request(
                        new SessionPrimitive.Step(new TokenPlease(Tokens.of(Token.RELEASE)))))
                .isInstanceOf(IllegalStateException.class);
    }
}
