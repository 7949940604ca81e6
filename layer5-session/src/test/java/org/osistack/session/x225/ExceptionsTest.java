package org.osistack.session.x225;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.osistack.core.dialogue.DialogueStep.NEXT;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osistack.core.Octets;
import org.osistack.core.dialogue.DialogueStep.ActivityInterrupt;
import org.osistack.core.dialogue.DialogueStep.ActivityInterruptAnswer;
import org.osistack.core.dialogue.DialogueStep.ActivityStart;
import org.osistack.core.dialogue.DialogueStep.ProviderExceptionReport;
import org.osistack.core.dialogue.DialogueStep.SyncMinor;
import org.osistack.core.dialogue.DialogueStep.TokenGive;
import org.osistack.core.dialogue.DialogueStep.UserExceptionReport;
import org.osistack.core.dialogue.ExceptionReason;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.Token;
import org.osistack.core.dialogue.Tokens;
import org.osistack.session.SessionPrimitive;

/** Exceptions: the side that may not speak says that something is wrong (X.225 §7.27, §7.28). */
class ExceptionsTest {
    private final Pair pair = new Pair();

    @AfterEach
    void nothingIsLeftOver() {
        pair.end();
    }

    @Test
    void theDataTokenClearsAnException() {
        pair.connect(FunctionalUnit.HALF_DUPLEX, FunctionalUnit.EXCEPTIONS);
        assertThatThrownBy(() -> pair.step(pair.caller, new UserExceptionReport(ExceptionReason.NON_SPECIFIC)))
                .isInstanceOf(IllegalStateException.class); // it may speak
        pair.step(
                pair.called, new UserExceptionReport(ExceptionReason.DEMAND_DATA_TOKEN), Octets.ofText("let me speak"));
        pair.send(pair.caller, "lost"); // crosses the report
        pair.run();
        assertThat(pair.called.data).isEmpty();
        assertThat(pair.caller.last())
                .isEqualTo(new SessionPrimitive.Step(
                        new UserExceptionReport(ExceptionReason.DEMAND_DATA_TOKEN), Octets.ofText("let me speak")));
        assertThat(pair.states()).isEqualTo("20 19");
        assertThatThrownBy(() -> pair.send(pair.caller, "more")).isInstanceOf(IllegalStateException.class);
        pair.step(pair.caller, new TokenGive(Tokens.of(Token.DATA)));
        assertThat(pair.states()).isEqualTo("713 713");
        pair.send(pair.called, "thanks");
        pair.run();
        assertThat(pair.caller.data).containsExactly(Octets.ofText("thanks"));
    }

    @Test
    void orTheActivityIsInterrupted() {
        pair.connect(
                FunctionalUnit.HALF_DUPLEX,
                FunctionalUnit.EXCEPTIONS,
                FunctionalUnit.MINOR_SYNCHRONIZE,
                FunctionalUnit.ACTIVITY_MANAGEMENT);
        pair.step(pair.caller, new ActivityStart(Primitives.activity("A")));
        pair.step(pair.called, new UserExceptionReport(ExceptionReason.RECEIVING_JEOPARDIZED), Octets.EMPTY);
        pair.step(pair.caller, new SyncMinor(NEXT, true, false), Octets.EMPTY); // crosses: counted, not heard
        pair.run();
        assertThat(pair.called.last()).isInstanceOf(SessionPrimitive.Step.class);
        assertThat(Pair.last(pair.called)).isInstanceOf(ActivityStart.class);
        pair.step(pair.caller, new ActivityInterrupt(null));
        pair.step(pair.called, new ActivityInterruptAnswer());
        assertThat(pair.states()).isEqualTo("713 713");
    }

    @Test
    void aReportOfTheProviderIsHeardToo() {
        Bench bench = new Bench();
        bench.called();
        bench.receive(Stimuli.connect(0x201, 0x55));
        bench.request(Primitives.accept(FunctionalUnits.of(FunctionalUnit.HALF_DUPLEX, FunctionalUnit.EXCEPTIONS)));
        bench.receive("02 00 00 06 31 04 01 00 01 00");
        assertThat(((SessionPrimitive.Step) bench.primitives.get(1)).step()).isEqualTo(new ProviderExceptionReport());
        assertThat(bench.machine.state()).isEqualTo(State.STA20);
        bench.close();
        assertThat(bench.outstanding()).isZero();
    }

    @Test
    void exceptionsNeedHalfDuplex() {
        assertThatThrownBy(() -> pair.connect(FunctionalUnit.DUPLEX, FunctionalUnit.EXCEPTIONS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("exceptions are asked for without half-duplex");
    }
}
