package org.osistack.session.x225;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.osistack.core.dialogue.DialogueStep.NEXT;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osistack.core.Octets;
import org.osistack.core.dialogue.DialogueStep.SyncMajor;
import org.osistack.core.dialogue.DialogueStep.SyncMajorAnswer;
import org.osistack.core.dialogue.DialogueStep.SyncMinor;
import org.osistack.core.dialogue.DialogueStep.SyncMinorAnswer;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.SerialNumbers;
import org.osistack.session.SessionPrimitive;

/** Major synchronization points: all stops until they are confirmed (X.225 §7.20, §7.21). */
class MajorSyncTest {
    private final Pair pair = new Pair();

    @AfterEach
    void nothingIsLeftOver() {
        pair.end();
    }

    @Test
    void theRequesterIsSilentUntilTheConfirmationAndThePeerIsNot() {
        pair.connect(FunctionalUnit.DUPLEX, FunctionalUnit.MINOR_SYNCHRONIZE, FunctionalUnit.MAJOR_SYNCHRONIZE);
        pair.step(pair.caller, new SyncMinor(NEXT, true, false));
        pair.step(pair.caller, new SyncMajor(NEXT), Octets.ofText("so far"));
        pair.run();
        assertThat(pair.called.last()).isEqualTo(new SessionPrimitive.Step(new SyncMajor(2), Octets.ofText("so far")));
        assertThat(pair.states()).isEqualTo("04A 10A");
        assertThatThrownBy(() -> pair.send(pair.caller, "more")).isInstanceOf(IllegalStateException.class);
        pair.send(pair.called, "still talking");
        pair.step(pair.called, new SyncMinorAnswer(1)); // older points may be confirmed by themselves
        assertThat(Pair.last(pair.caller)).isEqualTo(new SyncMinorAnswer(1));
        assertThatThrownBy(() -> pair.step(pair.called, new SyncMinorAnswer(2)))
                .isInstanceOf(IllegalStateException.class); // that is the major one
        pair.step(pair.called, new SyncMajorAnswer());
        assertThat(Pair.last(pair.caller)).isEqualTo(new SyncMajorAnswer());
        assertThat(pair.caller.data).containsExactly(Octets.ofText("still talking"));
        assertThat(pair.states()).isEqualTo("713 713");
        assertThat(pair.caller.connection.serialNumbers()).isEqualTo(new SerialNumbers(3, 3, 3));
        assertThat(pair.called.connection.serialNumbers()).isEqualTo(new SerialNumbers(3, 3, 3));
    }

    @Test
    void aWrongSerialNumberOfThePeerIsAProtocolError() {
        Bench bench = new Bench();
        bench.called();
        bench.receive(Stimuli.connect(0x12, 0));
        bench.request(Primitives.accept(Primitives.DUPLEX.with(FunctionalUnit.MAJOR_SYNCHRONIZE)));
        bench.seen.clear();
        bench.receive("01 00 29 06 0f 01 01 2a 01 35"); // 5, where 1 is due
        assertThat(bench.seen).containsExactly("abort", "AB");
        bench.close();
        assertThat(bench.outstanding()).isZero();
    }
}
