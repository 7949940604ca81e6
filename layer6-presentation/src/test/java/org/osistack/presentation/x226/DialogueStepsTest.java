package org.osistack.presentation.x226;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.osistack.core.Octets;
import org.osistack.core.dialogue.ActivityIdentifier;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.ExceptionReason;
import org.osistack.core.dialogue.OldConnection;
import org.osistack.core.dialogue.ResynchronizeType;
import org.osistack.core.dialogue.Token;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.dialogue.Tokens;
import org.osistack.presentation.Pdv;
import org.osistack.presentation.PresentationPrimitive;
import org.osistack.session.SessionPrimitive;

/** The services that X.216 offers as X.215 has them, each in both directions. */
class DialogueStepsTest extends TwoEnds {
    private static final ActivityIdentifier WORK = new ActivityIdentifier(Octets.ofText("work"));
    private static final ActivityIdentifier MORE = new ActivityIdentifier(Octets.ofText("more"));
    private static final OldConnection ELSEWHERE =
            new OldConnection(Octets.ofText("bob"), Octets.ofText("alice"), Octets.ofText("noon"), Octets.ofText("1"));
    private static final String VALUE = "02 01 07";
    private static final String FULL = "61 0a 30 08 02 01 03 a0 03 02 01 07";
    private static final String LIST = "a0 12 30 07 02 01 01 06 02 51 01 30 07 02 01 03 06 02 51 01";

    static Stream<DialogueStep> steps() {
        return Stream.of(
                new DialogueStep.TokenGive(Tokens.of(Token.DATA)),
                new DialogueStep.TokenPlease(Tokens.of(Token.DATA, Token.RELEASE)),
                new DialogueStep.ControlGive(),
                new DialogueStep.SyncMinor(5, true, true),
                new DialogueStep.SyncMinorAnswer(5),
                new DialogueStep.SyncMajor(6),
                new DialogueStep.SyncMajor(6, 7),
                new DialogueStep.SyncMajorAnswer(),
                new DialogueStep.UserExceptionReport(ExceptionReason.DEMAND_DATA_TOKEN),
                new DialogueStep.ProviderExceptionReport(),
                new DialogueStep.ActivityStart(WORK),
                new DialogueStep.ActivityResume(MORE, WORK, 4, null),
                new DialogueStep.ActivityResume(MORE, WORK, 4, ELSEWHERE),
                new DialogueStep.ActivityInterrupt(ExceptionReason.LOCAL_USER_ERROR),
                new DialogueStep.ActivityInterruptAnswer(),
                new DialogueStep.ActivityDiscard(ExceptionReason.NON_SPECIFIC),
                new DialogueStep.ActivityDiscardAnswer(),
                new DialogueStep.ActivityEnd(8),
                new DialogueStep.ActivityEndAnswer());
    }

    static Stream<DialogueStep> resynchronizations() {
        return Stream.concat(
                Stream.of(ResynchronizeType.values())
                        .map(type -> new DialogueStep.Resynchronize(type, 3, TokenSetting.RESPONDER)),
                Stream.of(
                        new DialogueStep.Resynchronize(
                                ResynchronizeType.SET, 3, TokenSetting.INITIATOR, ResynchronizeType.RESTART, 4),
                        new DialogueStep.ResynchronizeAnswer(3, TokenSetting.RESPONDER)));
    }

    @ParameterizedTest
    @MethodSource({"steps", "resynchronizations"})
    void handsEveryStepThroughWithAndWithoutValues(DialogueStep step) {
        establish();
        PresentationPrimitive.Step empty = step(step);
        if (step.isAnswer()) {
            bob(empty);
        } else {
            alice(empty);
        }
        assertThat(net.last()).isEqualTo((step.isAnswer() ? "bob" : "alice") + " S-" + step.service());
        assertThat(step.isAnswer() ? calling.last() : called.last()).isEqualTo(empty);

        establish();
        PresentationPrimitive.Step full = step(step, pdv(3, VALUE));
        boolean isResynchronization = step.service().equals("RESYNCHRONIZE");
        String octets = hex(isResynchronization ? "30 20" + LIST + FULL : FULL);
        if (step.isAnswer()) {
            alice(full);
            assertThat(net.last()).isEqualTo("alice S-" + step.service() + " " + octets);
            assertThat(called.last()).isEqualTo(full);
        } else {
            bob(full);
            assertThat(net.last()).isEqualTo("bob S-" + step.service() + " " + octets);
            assertThat(calling.last()).isEqualTo(full);
        }
    }

    @Test
    void encodesTheValuesOfStepsSimplyWhereThereIsOneContext() {
        callee.attach(address("mms"), called);
        connect(List.of(MMS_CONTEXT));
        answer(null, List.of());
        PresentationPrimitive.Step minor =
                step(new DialogueStep.SyncMinor(0, false, false), pdv(3, "40 03 02 01 01"), pdv(3, "61 03 02 01 01"));
        alice(minor);
        assertThat(net.last()).isEqualTo("alice S-SYNC-MINOR " + hex("40 03 02 01 01 61 03 02 01 01"));
        assertThat(called.last()).isEqualTo(minor);

        PresentationPrimitive.Step back = step(
                new DialogueStep.Resynchronize(ResynchronizeType.RESTART, 0, TokenSetting.INITIATOR), pdv(3, VALUE));
        alice(back);
        assertThat(net.last())
                .isEqualTo("alice S-RESYNCHRONIZE " + hex("30 10 a0 09 30 07 02 01 03 06 02 51 01 40 03 02 01 07"));
        assertThat(called.last()).isEqualTo(back);
    }

    @Test
    void writesTheResynchronizePpduOutInTheStrictProfile() {
        caller = open(alice, aliceSession, Map.of("profile", "strict"));
        establish();
        alice(step(new DialogueStep.Resynchronize(ResynchronizeType.SET, 3, TokenSetting.INITIATOR)));
        assertThat(net.last()).isEqualTo("alice S-RESYNCHRONIZE " + hex("30 14" + LIST));
    }

    @Test
    void ignoresTheContextsInAResynchronizationWithoutContextManagement() {
        establish();
        net.ends
                .get(1)
                .hear(new SessionPrimitive.Step(
                        new DialogueStep.Resynchronize(ResynchronizeType.SET, 3, TokenSetting.INITIATOR),
                        Octets.ofHex("30 14" + LIST.replace("02 01 03", "02 01 09"))));
        settle();
        assertThat(called.last()).isInstanceOf(PresentationPrimitive.Step.class);
        bob(new PresentationPrimitive.TypedData(List.of(pdv(3, VALUE))));
        assertThat(calling.last()).isEqualTo(new PresentationPrimitive.TypedData(List.of(pdv(3, VALUE))));
    }

    @Test
    void carriesExpeditedDataInTheDefaultContextWithoutAnyHeader() {
        establish();
        PresentationPrimitive.ExpeditedData longest =
                new PresentationPrimitive.ExpeditedData(List.of(pdv(0, "04 0c 01 02 03 04 05 06 07 08 09 0a 0b 0c")));
        alice(longest);
        assertThat(net.last()).isEqualTo("alice S-EXPEDITED-DATA " + hex("04 0c 01 02 03 04 05 06 07 08 09 0a 0b 0c"));
        assertThat(called.last()).isEqualTo(longest);
        PresentationPrimitive.ExpeditedData two =
                new PresentationPrimitive.ExpeditedData(List.of(pdv(0, "40 00"), pdv(0, "61 00")));
        bob(two);
        assertThat(calling.last()).isEqualTo(two);

        for (List<Pdv> wrong : List.of(
                List.of(pdv(0, "04 0d 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d")),
                List.<Pdv>of(),
                List.of(pdv(3, "02 01 01")))) {
            assertThatThrownBy(() -> connection.request(new PresentationPrimitive.ExpeditedData(wrong)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        net.ends.get(1).hear(new SessionPrimitive.ExpeditedData(Octets.ofHex("02 02 01")));
        settle();
        assertThat(net.last()).isEqualTo("bob S-U-ABORT " + hex("30 06 80 01 01 81 01 09"));
    }

    @Test
    void carriesCapabilityDataAndItsConfirmation() {
        establish();
        alice(new PresentationPrimitive.CapabilityData(List.of(pdv(3, VALUE), pdv(1, "05 00"))));
        assertThat(net.last())
                .isEqualTo("alice S-CAPABILITY-DATA "
                        + hex("61 13 30 08 02 01 03 a0 03 02 01 07 30 07 02 01 01 a0 02 05 00"));
        assertThat(called.last())
                .isEqualTo(new PresentationPrimitive.CapabilityData(List.of(pdv(3, VALUE), pdv(1, "05 00"))));
        bob(new PresentationPrimitive.CapabilityDataAnswer(List.of(pdv(3, VALUE))));
        assertThat(net.last()).isEqualTo("bob S-CAPABILITY-DATA " + hex(FULL));
        assertThat(calling.last()).isEqualTo(new PresentationPrimitive.CapabilityDataAnswer(List.of(pdv(3, VALUE))));

        net.ends.get(1).hear(new SessionPrimitive.CapabilityData(Octets.ofHex("61 00 00")));
        settle();
        assertThat(net.last()).isEqualTo("bob S-U-ABORT " + hex("30 06 80 01 01 81 01 0a"));
    }

    @ParameterizedTest
    @MethodSource({"steps", "resynchronizations"})
    void namesTheStepForWhichItAborts(DialogueStep step) {
        establish();
        net.ends.get(1).hear(new SessionPrimitive.Step(step, Octets.ofHex("61 01 00")));
        settle();
        SessionPrimitive heard = new SessionPrimitive.Step(step, Octets.EMPTY);
        assertThat(net.last())
                .isEqualTo("bob S-U-ABORT "
                        + hex("30 06 80 01 01 81 01 %02x"
                                .formatted(Event.of(heard).ordinal())));
        assertThat(Event.of(heard)).isNotEqualTo(Event.CP);
    }

    @Test
    void abortsForAStepBeforeTheConnectionIsThere() {
        callee.attach(address("mms"), called);
        connect(List.of(ACSE_CONTEXT));
        net.ends.get(1).hear(new SessionPrimitive.Step(new DialogueStep.SyncMajor(0)));
        settle();
        assertThat(net.last()).isEqualTo("bob S-U-ABORT " + hex("30 06 80 01 03 81 01 15"));
    }
}
