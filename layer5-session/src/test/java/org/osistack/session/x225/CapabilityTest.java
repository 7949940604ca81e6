package org.osistack.session.x225;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osistack.core.Octets;
import org.osistack.core.dialogue.DialogueStep.ActivityStart;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.session.SessionPrimitive.CapabilityData;
import org.osistack.session.SessionPrimitive.CapabilityDataAnswer;
import org.osistack.session.SessionPrimitive.TypedData;

/** Capability data: a question and its answer between activities (X.225 §7.14, §7.15). */
class CapabilityTest {
    private final Pair pair = new Pair();

    @AfterEach
    void nothingIsLeftOver() {
        pair.end();
    }

    @Test
    void betweenActivitiesUsersAskWhatTheOtherCanDo() {
        pair.connect(
                FunctionalUnit.HALF_DUPLEX,
                FunctionalUnit.ACTIVITY_MANAGEMENT,
                FunctionalUnit.CAPABILITY_DATA,
                FunctionalUnit.TYPED_DATA);
        assertThatThrownBy(() -> pair.called.connection.request(new CapabilityData(Octets.EMPTY)))
                .isInstanceOf(IllegalStateException.class);
        pair.caller.connection.request(new CapabilityData(Octets.ofText("can you?")));
        pair.run();
        assertThat(pair.called.last()).isEqualTo(new CapabilityData(Octets.ofText("can you?")));
        assertThat(pair.states()).isEqualTo("21 22");
        pair.called.connection.request(new TypedData(Octets.ofText("hm")));
        pair.called.connection.request(new CapabilityDataAnswer(Octets.ofText("I can")));
        pair.run();
        assertThat(pair.caller.last()).isEqualTo(new CapabilityDataAnswer(Octets.ofText("I can")));
        assertThat(pair.states()).isEqualTo("713 713");
        pair.step(pair.caller, new ActivityStart(Primitives.activity("A")));
        assertThatThrownBy(() -> pair.caller.connection.request(new CapabilityData(Octets.EMPTY)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void itNeedsActivities() {
        assertThatThrownBy(() -> pair.connect(FunctionalUnit.DUPLEX, FunctionalUnit.CAPABILITY_DATA))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("capability data exchange is asked for without activity management");
    }
}
