package org.osistack.presentation.x226;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.osistack.core.Octets;
import org.osistack.core.dialogue.ActivityIdentifier;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.ExceptionReason;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.OldConnection;
import org.osistack.core.dialogue.ResynchronizeType;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.presentation.Pdv;
import org.osistack.presentation.PresentationPrimitive;
import org.osistack.presentation.PresentationPrimitive.AlterContextAnswer;
import org.osistack.presentation.PresentationRequirements;
import org.osistack.session.SessionPrimitive;

/** The context restoration functional unit: going back means going back to the contexts of then. */
class RestorationTest extends TwoEnds {
    private static final ActivityIdentifier WORK = new ActivityIdentifier(Octets.ofText("work"));
    private static final ActivityIdentifier MORE = new ActivityIdentifier(Octets.ofText("more"));
    private static final ExceptionReason REASON = ExceptionReason.NON_SPECIFIC;

    @BeforeEach
    void begin() {
        establish(PresentationRequirements.CONTEXT_RESTORATION);
    }

    // ---- Resynchronization ----

    @ParameterizedTest
    @EnumSource(ResynchronizeType.class)
    void goesBackToTheContextsOfThePointWhateverTheType(ResynchronizeType type) {
        minor(); // 0: 1 3
        alter(List.of(context(5)), List.of());
        minor(); // 1: 1 3 5
        alter(List.of(), List.of(3));
        minor(); // 2: 1 5
        expectContexts(1, 5);

        resynchronize(type, 1, pdv3());
        assertThat(called.last()).isEqualTo(step(resynchronization(type, 1), pdv3()));
        expectContextsAfterAnswer(1, 1, 3, 5);
        resynchronize(type, 0);
        expectContextsAfterAnswer(0, 1, 3);
    }

    private static Pdv pdv3() {
        return pdv(3, "05 00");
    }

    @Test
    void goesBackToTheContextsOfTheBeginningBeforeTheFirstPoint() {
        alter(List.of(context(5)), List.of(1));
        alice(step(new DialogueStep.SyncMinor(4, false, false)));
        resynchronize(ResynchronizeType.RESTART, 3);
        expectContextsAfterAnswer(3, 1, 3);
    }

    @Test
    void staysWithTheRequestersContextsBehindTheLastPoint() {
        minor();
        alter(List.of(context(5)), List.of(1));
        resynchronize(ResynchronizeType.ABANDON, DialogueStep.NEXT);
        assertThat(called.last()).isEqualTo(step(resynchronization(ResynchronizeType.ABANDON, 1)));
        expectContextsAfterAnswer(9, 3, 5);
        resynchronize(ResynchronizeType.SET, 100);
        expectContextsAfterAnswer(100, 3, 5);
        resynchronize(ResynchronizeType.SET, 0);
        expectContextsAfterAnswer(0, 1, 3);
    }

    @Test
    void numbersPointsAnewAfterARestart() {
        minor(); // 0: 1 3
        alter(List.of(context(5)), List.of());
        minor(); // 1: 1 3 5
        minor(); // 2: 1 3 5
        resynchronize(ResynchronizeType.RESTART, 0);
        expectContextsAfterAnswer(0, 1, 3);
        minor(); // 0: 1 3
        alter(List.of(context(7)), List.of(1));
        resynchronize(ResynchronizeType.RESTART, 1);
        expectContextsAfterAnswer(1, 3, 7);
    }

    @Test
    void forgetsThePointsBeforeAMajorOne() {
        alter(List.of(context(5)), List.of());
        minor(); // 0: 1 3 5
        alter(List.of(), List.of(1));
        alice(step(new DialogueStep.SyncMajor(DialogueStep.NEXT))); // 1: 3 5
        bob(step(new DialogueStep.SyncMajorAnswer()));
        alter(List.of(), List.of(5));
        resynchronize(ResynchronizeType.SET, 1);
        expectContextsAfterAnswer(1, 3, 5);
        resynchronize(ResynchronizeType.SET, 0);
        expectContextsAfterAnswer(0, 1, 3);
    }

    @Test
    void aPointThatWasPurgedOnItsWayCountsAsTheRequesterHasIt() {
        minor(); // 0: 1 3
        alter(List.of(context(5)), List.of());
        minor(); // 1: 1 3 5
        alter(List.of(), List.of(3));
        connection.request(step(new DialogueStep.SyncMinor(DialogueStep.NEXT, false, false))); // 2: 1 5
        connection.request(step(resynchronization(ResynchronizeType.RESTART, 2)));
        settle();
        expectContextsAfterAnswer(2, 1, 5);
        resynchronize(ResynchronizeType.RESTART, 1);
        expectContextsAfterAnswer(1, 1, 3, 5);
    }

    @Test
    void goesByItsOwnMemoryIfThePeerNamesNoContexts() {
        minor(); // 0: 1 3
        alter(List.of(context(5)), List.of(1));
        net.ends.get(1).hear(new SessionPrimitive.Step(resynchronization(ResynchronizeType.RESTART, 0)));
        settle();
        assertThat(called.last()).isEqualTo(step(resynchronization(ResynchronizeType.RESTART, 0)));
        called.connection.request(new PresentationPrimitive.TypedData(List.of(pdv(1, "05 00"))));
        settle();
        assertThat(net.last()).as("the peer did not go back").startsWith("alice S-U-ABORT 300680010681");
    }

    @Test
    void abortsForAValueOfAContextThatIsGone() {
        minor();
        alter(List.of(context(5)), List.of());
        resynchronize(ResynchronizeType.RESTART, 0);
        expectContextsAfterAnswer(0, 1, 3);
        assertThatThrownBy(() -> connection.request(new PresentationPrimitive.Data(List.of(pdv(5, "05 00")))))
                .isInstanceOf(IllegalArgumentException.class);
        net.ends.get(1).hearData("61 09 30 07 02 01 05 a0 02 05 00");
        settle();
        assertThat(net.last()).isEqualTo("bob S-U-ABORT " + hex("30 06 80 01 06 81 01 07"));
    }

    @Test
    void refusesAValueThatDoesNotBelongToThePoint() {
        minor();
        alter(List.of(context(5)), List.of());
        assertThatThrownBy(() ->
                        connection.request(step(resynchronization(ResynchronizeType.RESTART, 0), pdv(5, "05 00"))))
                .isInstanceOf(IllegalArgumentException.class);
        expectContexts(1, 3, 5);
    }

    // ---- Alterations and points ----

    static Stream<DialogueStep> pointsAndActivities() {
        return Stream.of(
                new DialogueStep.SyncMinor(0, true, false),
                new DialogueStep.SyncMajor(0),
                new DialogueStep.ActivityStart(WORK),
                new DialogueStep.ActivityResume(WORK, WORK, 0, null),
                new DialogueStep.ActivityEnd(0));
    }

    @ParameterizedTest
    @MethodSource("pointsAndActivities")
    void setsNoPointWhileItsOwnAlterationIsUnderWay(DialogueStep step) {
        alice(alteration(List.of(context(5)), List.of()));
        assertThatThrownBy(() -> connection.request(step(step))).isInstanceOf(IllegalStateException.class);
        bob(step(step));
        assertThat(calling.last()).isEqualTo(step(step));
        bob(new AlterContextAnswer());

        bob(alteration(List.of(context(6)), List.of()));
        net.ends.get(0).hear(new SessionPrimitive.Step(step));
        settle();
        assertThat(net.last())
                .isEqualTo("alice S-U-ABORT "
                        + hex("30 06 80 01 03 81 01 %02x"
                                .formatted(Event.of(new SessionPrimitive.Step(step))
                                        .ordinal())));
    }

    @Test
    void confirmsNoMajorPointWhileThePeersAlterationIsUnderWay() {
        for (DialogueStep answer : List.of(new DialogueStep.SyncMajorAnswer(), new DialogueStep.ActivityEndAnswer())) {
            begin();
            alice(alteration(List.of(context(5)), List.of()));
            assertThatThrownBy(() -> called.connection.request(step(answer))).isInstanceOf(IllegalStateException.class);
            net.ends.get(net.ends.size() - 2).hear(new SessionPrimitive.Step(answer));
            settle();
            assertThat(net.last()).startsWith("alice S-U-ABORT " + hex("30 06 80 01 03"));
        }
    }

    // ---- Activities ----

    @Test
    void anActivityHasItsOwnContextsWhichEndWithIt() {
        alice(step(new DialogueStep.ActivityStart(WORK)));
        alter(List.of(context(5)), List.of(1));
        expectContexts(3, 5);
        alice(step(new DialogueStep.ActivityEnd(1)));
        expectContexts(3, 5);
        bob(step(new DialogueStep.ActivityEndAnswer(), pdv(5, "05 00")));
        assertThat(calling.last()).isEqualTo(step(new DialogueStep.ActivityEndAnswer(), pdv(5, "05 00")));
        expectContexts(1, 3);
    }

    @Test
    void anActivityThatIsDiscardedTakesItsContextsAlong() {
        alice(step(new DialogueStep.ActivityStart(WORK)));
        alter(List.of(context(5)), List.of(1));
        minor();
        bob(step(new DialogueStep.ActivityDiscard(REASON), pdv(1, "05 00")));
        assertThat(calling.last()).isEqualTo(step(new DialogueStep.ActivityDiscard(REASON), pdv(1, "05 00")));
        alice(step(new DialogueStep.ActivityDiscardAnswer(), pdv(1, "05 00")));
        expectContexts(1, 3);
        alice(step(new DialogueStep.ActivityResume(WORK, WORK, 1, null)));
        expectContexts(1, 3);
    }

    @Test
    void anActivityThatIsResumedFindsTheContextsOfItsPoint() {
        alice(step(new DialogueStep.ActivityStart(WORK)));
        alter(List.of(context(5)), List.of(1));
        minor(); // 1: 3 5
        alter(List.of(context(7)), List.of());
        minor(); // 2: 3 5 7
        alice(step(new DialogueStep.ActivityInterrupt(REASON)));
        bob(step(new DialogueStep.ActivityInterruptAnswer()));
        expectContexts(1, 3);

        bob(step(new DialogueStep.ActivityStart(MORE)));
        minor(); // 1 of another activity: 1 3
        bob(step(new DialogueStep.ActivityEnd(2)));
        alice(step(new DialogueStep.ActivityEndAnswer()));

        alice(step(new DialogueStep.ActivityResume(MORE, WORK, 1, null), pdv(5, "05 00")));
        assertThat(called.last())
                .isEqualTo(step(new DialogueStep.ActivityResume(MORE, WORK, 1, null), pdv(5, "05 00")));
        expectContexts(3, 5);
        alter(List.of(context(9)), List.of(3));
        minor(); // 2: 5 9
        resynchronize(ResynchronizeType.RESTART, 1);
        expectContextsAfterAnswer(1, 3, 5);
        bob(step(new DialogueStep.ActivityInterrupt(REASON)));
        alice(step(new DialogueStep.ActivityInterruptAnswer()));
        expectContexts(1, 3);
        bob(step(new DialogueStep.ActivityResume(WORK, MORE, 1, null)));
        expectContexts(3, 5);
    }

    @Test
    void anActivityFromAnotherConnectionKeepsTheContextsOfThisOne() {
        alter(List.of(context(5)), List.of());
        OldConnection elsewhere = new OldConnection(Octets.EMPTY, Octets.EMPTY, Octets.ofText("noon"), Octets.EMPTY);
        alice(step(new DialogueStep.ActivityResume(WORK, WORK, 7, elsewhere)));
        expectContexts(1, 3, 5);
        alter(List.of(), List.of(5));
        alice(step(new DialogueStep.ActivityDiscard(REASON)));
        bob(step(new DialogueStep.ActivityDiscardAnswer()));
        expectContexts(1, 3, 5);
    }

    @Test
    void anInterruptionMayCrossTheConfirmationOfTheEnd() {
        alice(step(new DialogueStep.ActivityStart(WORK)));
        alter(List.of(context(5)), List.of(1));
        minor(); // 1: 3 5
        alice(step(new DialogueStep.ActivityEnd(2)));
        called.connection.request(step(new DialogueStep.ActivityEndAnswer()));
        connection.request(step(new DialogueStep.ActivityInterrupt(REASON)));
        settle();
        bob(step(new DialogueStep.ActivityInterruptAnswer()));
        expectContexts(1, 3);
        alice(step(new DialogueStep.ActivityResume(WORK, WORK, 1, null)));
        expectContexts(3, 5);
    }

    @Test
    void aResumptionThatSessionDoesNotTakeChangesNothing() {
        alice(step(new DialogueStep.ActivityStart(WORK)));
        alter(List.of(context(5)), List.of());
        minor();
        alice(step(new DialogueStep.ActivityInterrupt(REASON)));
        bob(step(new DialogueStep.ActivityInterruptAnswer()));
        net.ends.get(0).takesNothing = true;
        assertThat(connection.request(step(new DialogueStep.ActivityResume(WORK, WORK, 1, null))))
                .isFalse();
        net.ends.get(0).takesNothing = false;
        expectContexts(1, 3);
        alice(step(new DialogueStep.ActivityResume(WORK, WORK, 1, null)));
        expectContexts(1, 3, 5);
    }

    // ---- Agreement ----

    @Test
    void doesNotGoWithSymmetricSynchronize() {
        units = ALL.with(FunctionalUnit.SYMMETRIC_SYNCHRONIZE);
        requirements = PresentationRequirements.CONTEXT_RESTORATION;
        assertThatThrownBy(() -> caller.connectRequest(request(List.of(ACSE_CONTEXT)), calling))
                .isInstanceOf(IllegalArgumentException.class);
        requirements = PresentationRequirements.CONTEXT_MANAGEMENT;
        establish();
        assertThat(calling.last(PresentationPrimitive.ConnectAnswer.class).presentationRequirements())
                .isEqualTo(requirements);
    }

    @Test
    void withoutItGoingBackLeavesContextsAsTheyAre() {
        establish(PresentationRequirements.CONTEXT_MANAGEMENT);
        minor();
        alter(List.of(context(5)), List.of(1));
        resynchronize(ResynchronizeType.RESTART, 0);
        expectContextsAfterAnswer(0, 3, 5);
        alice(step(new DialogueStep.ActivityStart(WORK)));
        alter(List.of(context(7)), List.of());
        alice(step(new DialogueStep.ActivityInterrupt(REASON)));
        bob(step(new DialogueStep.ActivityInterruptAnswer()));
        expectContexts(3, 5, 7);
    }

    // ---- What is remembered ----

    @Test
    void remembersChangesAndNotPointsAndForgetsTheOldestOfVeryMany() {
        SynchronizationPoints points = new SynchronizationPoints();
        ContextSet first = ContextSet.proposed(List.of(context(1)));
        ContextSet second = ContextSet.proposed(List.of(context(3)));
        for (int serial = 0; serial < 100_000; serial++) {
            points.associate(serial, serial < 50_000 ? first : second);
        }
        assertThat(points.size()).isEqualTo(2);
        assertThat(points.at(49_999)).isSameAs(first);
        assertThat(points.at(50_000)).isSameAs(second);
        assertThat(points.at(100_000)).isNull();
        assertThat(points.isBeforeAll(0)).isFalse();

        for (int serial = 0; serial < 5_000; serial++) {
            points.associate(serial, serial % 2 == 0 ? first : second);
        }
        assertThat(points.size()).isEqualTo(SynchronizationPoints.MAX_CHANGES);
        assertThat(points.isBeforeAll(3_000)).isTrue();
        assertThat(points.at(4_999)).isSameAs(second);
        points.voidAfter(4_500);
        assertThat(points.at(4_501)).isNull();
        assertThat(points.at(4_500)).isSameAs(first);
    }

    @Test
    void remembersSoManyInterruptedActivities() {
        Restoration restoration = new Restoration();
        ContextSet contexts = ContextSet.proposed(List.of(context(1)));
        for (int i = 0; i < 1000; i++) {
            restoration.start(activity(i), ContextSet.EMPTY);
            restoration.points().associate(1, contexts);
            restoration.interrupted();
        }
        assertThat(restoration.remembered()).isEqualTo(Restoration.MAX_INTERRUPTED);
        assertThat(restoration.at(activity(0), 1)).isNull();
        assertThat(restoration.at(activity(999), 1)).isSameAs(contexts);
    }

    private static ActivityIdentifier activity(int number) {
        return new ActivityIdentifier(Octets.ofText("a" + number));
    }

    // ---- Helpers ----

    private void minor() {
        alice(step(new DialogueStep.SyncMinor(DialogueStep.NEXT, false, false)));
    }

    private static DialogueStep resynchronization(ResynchronizeType type, long serialNumber) {
        return new DialogueStep.Resynchronize(type, serialNumber, TokenSetting.INITIATOR);
    }

    private void resynchronize(ResynchronizeType type, long serialNumber, Pdv... values) {
        alice(step(resynchronization(type, serialNumber), values));
    }

    private void expectContextsAfterAnswer(long serialNumber, Integer... ids) {
        bob(step(new DialogueStep.ResynchronizeAnswer(serialNumber, TokenSetting.INITIATOR)));
        expectContexts(ids);
    }
}
