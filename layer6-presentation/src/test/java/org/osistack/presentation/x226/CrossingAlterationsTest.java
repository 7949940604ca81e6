package org.osistack.presentation.x226;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.ExceptionReason;
import org.osistack.core.dialogue.ResynchronizeType;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.presentation.ContextResult;
import org.osistack.presentation.PresentationPrimitive;
import org.osistack.presentation.PresentationPrimitive.AlterContextAnswer;
import org.osistack.presentation.PresentationRequirements;

/** Alterations of contexts that cross each other, or what purges them. */
class CrossingAlterationsTest extends TwoEnds {
    private static final PresentationRequirements MANAGEMENT = PresentationRequirements.CONTEXT_MANAGEMENT;

    @Test
    void letsAlterationsCross() {
        establish(MANAGEMENT);
        List<String> alices = states(alice);
        connection.request(alteration(List.of(context(5)), List.of(1)));
        called.connection.request(alteration(List.of(context(6)), List.of(1, 3)));
        settle();
        assertThatThrownBy(() -> connection.request(alteration(List.of(context(9)), List.of())))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() ->
                        connection.request(new AlterContextAnswer(List.of(), List.of(), List.of(pdv(1, "05 00")))))
                .as("what this side wants to be deleted, too")
                .isInstanceOf(IllegalArgumentException.class);
        alice(new AlterContextAnswer(List.of(), List.of(true, false), List.of(pdv(6, "05 00"))));
        assertThat(calling.last()).isInstanceOf(PresentationPrimitive.AlterContext.class);
        bob(new AlterContextAnswer(List.of(), List.of(false), List.of()));

        expectContexts(3, 5, 6);
        assertThat(alices)
                .containsExactly(
                        "STAt0 STAac0 P-ALTER-CONTEXT.request",
                        "STAac0 STAac2 AC",
                        "STAac2 STAac0 P-ALTER-CONTEXT.response",
                        "STAac0 STAt0 ACA");
    }

    @Test
    void hearsTheAnswerToItsOwnBeforeItAnswers() {
        establish(MANAGEMENT);
        connection.request(alteration(List.of(context(5)), List.of()));
        called.connection.request(alteration(List.of(context(6)), List.of(3)));
        settle();
        List<String> alices = states(alice);
        bob(new AlterContextAnswer());
        assertThatThrownBy(() -> called.connection.request(new PresentationPrimitive.Data(List.of(pdv(3, "05 00")))))
                .isInstanceOf(IllegalArgumentException.class);
        alice(new AlterContextAnswer(List.of(ContextResult.rejectedByUser()), List.of(), List.of()));

        expectContexts(1, 5);
        assertThat(alices).containsExactly("STAac2 STAac1 ACA", "STAac1 STAt0 P-ALTER-CONTEXT.response");
    }

    @Test
    void changesNothingWhenSessionDoesNotTakeIt() {
        establish(MANAGEMENT);
        net.ends.get(0).takesNothing = true;
        assertThat(connection.request(alteration(List.of(context(5)), List.of(3))))
                .isFalse();
        net.ends.get(0).takesNothing = false;
        expectContexts(1, 3);
        alice(alteration(List.of(context(5)), List.of(3)));
        net.ends.get(1).takesNothing = true;
        assertThat(called.connection.request(new AlterContextAnswer())).isFalse();
        net.ends.get(1).takesNothing = false;
        bob(new AlterContextAnswer());
        expectContexts(1, 5);
    }

    @Test
    void givesUpAlterationsForWhatPurges() {
        DialogueStep resynchronize =
                new DialogueStep.Resynchronize(ResynchronizeType.RESTART, 0, TokenSetting.INITIATOR);
        for (DialogueStep step : List.of(
                resynchronize,
                new DialogueStep.UserExceptionReport(ExceptionReason.LOCAL_USER_ERROR),
                new DialogueStep.ActivityInterrupt(ExceptionReason.LOCAL_USER_ERROR),
                new DialogueStep.ActivityDiscard(ExceptionReason.LOCAL_USER_ERROR))) {
            establish(MANAGEMENT);
            net.ends.forEach(end -> end.purges = false);
            List<String> alices = states(alice);
            List<String> bobs = states(bob);
            connection.request(alteration(List.of(context(5)), List.of(3)));
            called.connection.request(alteration(List.of(context(6)), List.of(3)));
            settle();
            bob(step(step));
            assertThat(calling.last()).isEqualTo(step(step));
            expectContexts(1, 3);
            assertThat(alices).last().isEqualTo("STAac2 STAt0 S-" + step.service() + ".indication");
            assertThat(bobs).last().isEqualTo("STAac2 STAt0 P-" + step.service() + ".request");
            assertThatThrownBy(() -> connection.request(new AlterContextAnswer()))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void goesByTheRequestersContextsAfterAResynchronizationThatOvertookTheAnswer() {
        establish(MANAGEMENT);
        alice(alteration(List.of(context(5)), List.of(3)));
        called.connection.request(new AlterContextAnswer());
        connection.request(step(new DialogueStep.Resynchronize(ResynchronizeType.SET, 7, TokenSetting.INITIATOR)));
        assertThat(net.last())
                .isEqualTo("alice S-RESYNCHRONIZE "
                        + hex("30 14 a0 12 30 07 02 01 01 06 02 51 01 30 07 02 01 03 06 02 51 01"));
        settle();
        bob(step(new DialogueStep.ResynchronizeAnswer(7, TokenSetting.INITIATOR)));
        expectContexts(1, 3);

        called.connection.request(alteration(List.of(context(6)), List.of(1)));
        settle();
        connection.request(new AlterContextAnswer());
        connection.request(step(new DialogueStep.Resynchronize(ResynchronizeType.SET, 7, TokenSetting.INITIATOR)));
        settle();
        bob(step(new DialogueStep.ResynchronizeAnswer(7, TokenSetting.INITIATOR)));
        expectContexts(3, 6);
    }

    @Test
    void aCollisionOfReleasesGivesAlterationsUp() {
        establish(MANAGEMENT);
        alice(alteration(List.of(context(5)), List.of()));
        connection.request(new PresentationPrimitive.Release(List.of()));
        called.connection.request(new PresentationPrimitive.Release(List.of()));
        settle();
        List<String> alices = states(alice);
        alice(new PresentationPrimitive.ReleaseAnswer(true, List.of()));
        bob(new PresentationPrimitive.ReleaseAnswer(true, List.of()));
        assertThat(alices).containsExactly("STAac0 STAt0 P-RELEASE.response", "STAt0 STAI0 S-RELEASE.confirm");
    }
}
