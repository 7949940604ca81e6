package org.osistack.session.x225;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.osistack.core.dialogue.DialogueStep.NEXT;
import static org.osistack.core.dialogue.ResynchronizeType.ABANDON;
import static org.osistack.core.dialogue.ResynchronizeType.RESTART;
import static org.osistack.core.dialogue.ResynchronizeType.SET;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osistack.core.Octets;
import org.osistack.core.dialogue.DialogueStep.Resynchronize;
import org.osistack.core.dialogue.DialogueStep.ResynchronizeAnswer;
import org.osistack.core.dialogue.DialogueStep.SyncMajor;
import org.osistack.core.dialogue.DialogueStep.SyncMajorAnswer;
import org.osistack.core.dialogue.DialogueStep.SyncMinor;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.ResynchronizeType;
import org.osistack.core.dialogue.SerialNumbers;
import org.osistack.core.dialogue.Token;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.dialogue.Tokens;
import org.osistack.session.RecordingUser;
import org.osistack.session.SessionPrimitive;

/** Resynchronization: where it goes to, what it purges, where the tokens are, who wins a collision (X.225 §7.24). */
class ResynchronizeTest {
    private static final FunctionalUnit[] UNITS = {
        FunctionalUnit.HALF_DUPLEX,
        FunctionalUnit.MINOR_SYNCHRONIZE,
        FunctionalUnit.MAJOR_SYNCHRONIZE,
        FunctionalUnit.RESYNCHRONIZE
    };

    private Pair pair = new Pair();

    @AfterEach
    void nothingIsLeftOver() {
        pair.end();
    }

    private void points(int number) {
        for (int i = 0; i < number; i++) {
            pair.step(pair.caller, new SyncMinor(NEXT, true, false));
        }
    }

    @Test
    void aRestartGoesBackToAPointAfterTheLastMajorOne() {
        pair.connect(UNITS);
        points(1);
        pair.step(pair.caller, new SyncMajor(NEXT));
        pair.step(pair.called, new SyncMajorAnswer());
        points(3);
        assertThat(pair.caller.connection.serialNumbers()).isEqualTo(new SerialNumbers(6, 3, 3));
        assertThatThrownBy(() -> pair.step(pair.called, new Resynchronize(RESTART, 2, null)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("S-RESYNCHRONIZE.request, restart with the serial number 2, where 3 to 6 are possible");
        pair.step(pair.called, new Resynchronize(RESTART, 4, TokenSetting.RESPONDER), Octets.ofText("again"));
        pair.run();
        assertThat(Pair.last(pair.caller)).isEqualTo(new Resynchronize(RESTART, 4, new TokenSetting(0x15)));
        pair.step(pair.caller, new ResynchronizeAnswer(4, TokenSetting.INITIATOR)); // not its choice
        assertThat(Pair.last(pair.called)).isEqualTo(new ResynchronizeAnswer(4, new TokenSetting(0x15)));
        assertThat(pair.called.connection.ownTokens())
                .isEqualTo(Tokens.of(Token.DATA, Token.SYNCHRONIZE_MINOR, Token.MAJOR_ACTIVITY));
        assertThat(pair.caller.connection.ownTokens()).isEqualTo(Tokens.NONE);
        assertThat(pair.caller.connection.serialNumbers()).isEqualTo(new SerialNumbers(4, 4, 3));
        assertThat(pair.told).contains("data at the peer, synchronize-minor at the peer, major/activity at the peer");
    }

    @Test
    void abandonAndSetLeaveNothingToGoBackTo() {
        pair.connect(UNITS);
        points(2);
        pair.step(pair.caller, new Resynchronize(ABANDON, NEXT, TokenSetting.CALLED_USERS_CHOICE));
        assertThat(Pair.last(pair.called)).isEqualTo(new Resynchronize(ABANDON, 3, new TokenSetting(0x2a)));
        pair.step(
                pair.called,
                new ResynchronizeAnswer(NEXT, TokenSetting.INITIATOR.with(Token.DATA, TokenSetting.Side.RESPONDER)));
        assertThat(Pair.last(pair.caller)).isEqualTo(new ResynchronizeAnswer(3, new TokenSetting(0x01)));
        assertThat(pair.caller.connection.ownTokens())
                .isEqualTo(Tokens.of(Token.SYNCHRONIZE_MINOR, Token.MAJOR_ACTIVITY));
        assertThat(pair.caller.connection.serialNumbers()).isEqualTo(new SerialNumbers(3, 3, 0));
        pair.step(pair.called, new Resynchronize(SET, 700, null));
        pair.step(pair.caller, new ResynchronizeAnswer(NEXT, null));
        assertThat(pair.called.connection.serialNumbers()).isEqualTo(new SerialNumbers(700, 700, 0));
        assertThat(pair.called.connection.ownTokens()).isEqualTo(Tokens.of(Token.DATA)); // where it was
        assertThatThrownBy(() -> pair.step(pair.called, new Resynchronize(SET, 1_000_000, null)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> pair.step(pair.called, new Resynchronize(RESTART, NEXT, null)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        // what the caller asks for, with which number, what the called asks for, whose request is confirmed
        "ABANDON, 3, SET,     9, caller",
        "SET,     9, ABANDON, 3, called",
        "RESTART, 1, SET,     9, called",
        "RESTART, 1, ABANDON, 3, called",
        "ABANDON, 3, ABANDON, 3, caller",
        "SET,     7, SET,     9, caller",
        "RESTART, 2, RESTART, 1, called",
        "RESTART, 1, RESTART, 2, caller",
        "RESTART, 2, RESTART, 2, caller"
    })
    void theHigherRankWinsACollision(
            ResynchronizeType callers,
            long callersNumber,
            ResynchronizeType calleds,
            long calledsNumber,
            String winner) {
        for (Pair each : List.of(new Pair(), Pair.expedited("expedited", "yes"))) {
            pair.end();
            pair = each.connect(UNITS);
            points(2);
            pair.step(pair.caller, new Resynchronize(callers, callersNumber, null), Octets.EMPTY);
            pair.step(pair.called, new Resynchronize(calleds, calledsNumber, null), Octets.EMPTY);
            pair.run();
            RecordingUser won = winner.equals("caller") ? pair.caller : pair.called;
            RecordingUser lost = won == pair.caller ? pair.called : pair.caller;
            assertThat(Pair.last(lost)).isInstanceOf(Resynchronize.class);
            pair.step(lost, new ResynchronizeAnswer(NEXT, null));
            assertThat(Pair.last(won)).isInstanceOf(ResynchronizeAnswer.class);
            long number = won == pair.caller ? callersNumber : calledsNumber;
            assertThat(won.connection.serialNumbers().next()).isEqualTo(number);
            assertThat(lost.connection.serialNumbers().next()).isEqualTo(number);
            assertThat(pair.states()).isEqualTo("713 713");
        }
    }

    @Test
    void anAnswerMayBeARequestOfHigherRank() {
        pair.connect(UNITS);
        points(2);
        pair.step(pair.caller, new Resynchronize(RESTART, 1, null));
        assertThatThrownBy(() -> pair.step(pair.called, new Resynchronize(RESTART, 2, null)))
                .isInstanceOf(IllegalStateException.class);
        pair.step(pair.called, new Resynchronize(SET, 5, null));
        assertThat(Pair.last(pair.caller)).isInstanceOf(Resynchronize.class);
        pair.step(pair.caller, new ResynchronizeAnswer(NEXT, null));
        assertThat(Pair.last(pair.called)).isEqualTo(new ResynchronizeAnswer(5, TokenSetting.INITIATOR));
    }

    @Test
    void whatIsUnderWayIsPurgedInBothDirections() {
        pair = new Pair("max-tsdu", "64");
        pair.connect(FunctionalUnit.DUPLEX, FunctionalUnit.MINOR_SYNCHRONIZE, FunctionalUnit.RESYNCHRONIZE);
        pair.send(pair.caller, "a".repeat(2000)); // more segments than the transport takes at once
        pair.send(pair.called, "b".repeat(2000));
        pair.step(pair.caller, new Resynchronize(SET, 5, null), Octets.ofText("stop".repeat(40)));
        pair.run();
        assertThat(Pair.last(pair.called)).isInstanceOf(Resynchronize.class);
        pair.step(pair.called, new ResynchronizeAnswer(NEXT, null), Octets.ofText("well".repeat(40)));
        pair.run();
        assertThat(pair.caller.last())
                .isEqualTo(new SessionPrimitive.Step(
                        new ResynchronizeAnswer(5, TokenSetting.INITIATOR), Octets.ofText("well".repeat(40))));
        assertThat(pair.caller.data).isEmpty();
        assertThat(pair.called.data).isEmpty();
        pair.send(pair.caller, "c".repeat(200));
        pair.run();
        assertThat(pair.called.data).containsExactly(Octets.ofText("c".repeat(200)));
    }

    @Test
    void prepareOvertakesTheDataThatWouldBeThrownAway() {
        pair = Pair.expedited("expedited", "yes");
        pair.connect(FunctionalUnit.DUPLEX, FunctionalUnit.MINOR_SYNCHRONIZE, FunctionalUnit.RESYNCHRONIZE);
        pair.step(pair.called, new Resynchronize(SET, 5, null), Octets.EMPTY);
        pair.simulation.run(java.time.Duration.ofMillis(1));
        assertThat(pair.states()).isEqualTo("15B 05A"); // PREPARE has come, RESYNCHRONIZE not yet
        pair.send(pair.caller, "nobody hears this"); // the user does not know yet
        pair.run();
        assertThat(pair.states()).isEqualTo("11A 05A");
        pair.step(pair.caller, new ResynchronizeAnswer(NEXT, null));
        assertThat(pair.called.data).isEmpty();
        assertThat(pair.states()).isEqualTo("713 713");
    }

    @Test
    void anAnswerThatPutsATokenElsewhereIsAProtocolError() {
        Bench bench = new Bench();
        bench.called();
        bench.receive(Stimuli.connect(0x29, 0x55));
        bench.request(Primitives.accept(Proposal.SUPPORTED));
        bench.request(new SessionPrimitive.Step(new Resynchronize(SET, 5, TokenSetting.INITIATOR)));
        assertThat(bench.octets.get(1)).isEqualTo("0100" + "3509" + "1a0100" + "1b0102" + "2a0135");
        bench.seen.clear();
        bench.receive("02 00 22 06 1a 01 01 2a 01 35");
        assertThat(bench.seen).containsExactly("abort", "AB");
        bench.close();
        assertThat(bench.outstanding()).isZero();
    }
}
