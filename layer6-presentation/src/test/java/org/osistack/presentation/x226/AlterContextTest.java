package org.osistack.presentation.x226;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osistack.core.Octets;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.ResynchronizeType;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.presentation.ContextResult;
import org.osistack.presentation.ObjectIdentifier;
import org.osistack.presentation.Pdv;
import org.osistack.presentation.PresentationContext;
import org.osistack.presentation.PresentationPrimitive;
import org.osistack.presentation.PresentationPrimitive.AlterContextAnswer;
import org.osistack.presentation.PresentationRequirements;
import org.osistack.session.SessionPrimitive;

/** The context management functional unit: what is proposed, and what is answered. */
class AlterContextTest extends TwoEnds {
    private static final PresentationRequirements MANAGEMENT = PresentationRequirements.CONTEXT_MANAGEMENT;

    @Test
    void proposesTheFunctionalUnitAndTheTypedDataThatItNeeds() {
        units = FunctionalUnits.of(FunctionalUnit.DUPLEX);
        requirements = MANAGEMENT;
        callee.attach(address("mms"), called);
        connect(List.of(ACSE_CONTEXT));
        assertThat(net.last()).endsWith(hex("88 02 06 80 89 03 03 40 00"));
        assertThat(called.connect.presentationRequirements()).isEqualTo(MANAGEMENT);
        assertThat(called.connect.requirements()).isEqualTo(units);
        answer(null, List.of());
        assertThat(net.last()).endsWith(hex("88 02 06 80 89 03 03 40 00"));

        assertThat(net.ends.get(0).functionalUnits()).isEqualTo(DUPLEX);
        assertThat(connection.functionalUnits()).isEqualTo(units);
        assertThat(called.connection.functionalUnits()).isEqualTo(units);
        PresentationPrimitive typed = new PresentationPrimitive.TypedData(List.of(pdv(1, "05 00")));
        assertThatThrownBy(() -> connection.request(typed)).isInstanceOf(IllegalStateException.class);
        alter(List.of(context(5)), List.of());
        connection.dataRequest(5, value(alice, "05 00"));
        settle();
        assertThat(called.data).containsExactly(pdv(5, "05 00"));

        net.ends.get(1).hear(new SessionPrimitive.TypedData(Octets.ofHex("61 09 30 07 02 01 01 a0 02 05 00")));
        settle();
        assertThat(net.last()).isEqualTo("bob S-U-ABORT " + hex("30 06 80 01 02 81 01 08"));
    }

    @Test
    void doesWithoutWhereTheCalledUserDoesNotWantIt() {
        requirements = MANAGEMENT;
        callee.attach(address("mms"), called);
        connect(List.of(ACSE_CONTEXT));
        requirements = PresentationRequirements.KERNEL;
        answer(null, List.of());

        assertThat(calling.last(PresentationPrimitive.ConnectAnswer.class).presentationRequirements())
                .isEqualTo(PresentationRequirements.KERNEL);
        PresentationPrimitive alteration = alteration(List.of(context(5)), List.of());
        assertThatThrownBy(() -> connection.request(alteration)).isInstanceOf(IllegalStateException.class);
        PresentationPrimitive answer = new AlterContextAnswer();
        assertThatThrownBy(() -> called.connection.request(answer)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void abortsWhenMoreIsAcceptedThanWasProposed() {
        for (String cpa : List.of("88 02 06 80", "88 02 06 c0")) {
            confirming(
                    null,
                    "31 1f a0 03 80 01 01 a2 18 a5 12 30 07 80 01 00 81 02 51 01 30 07 80 01 00 81 02 51 01" + cpa);
            assertThat(net.last()).isEqualTo("alice S-U-ABORT " + hex("30 06 80 01 06 81 01 01"));
        }
    }

    @Test
    void addsAndDeletesContexts() {
        establish(MANAGEMENT);
        List<String> alices = states(alice);
        List<String> bobs = states(bob);
        alice(alteration(List.of(context(5)), List.of(3), pdv(1, "05 00")));
        assertThat(net.last())
                .isEqualTo(
                        "alice S-TYPED-DATA "
                                + hex(
                                        "a0 21 a0 0f 30 0d 02 01 05 06 02 2a 05 30 04 06 02 51 01 a1 03 02 01 03 61 09 30 07 02 01 01 a0 02 05 00"));
        assertThat(called.last())
                .isEqualTo(new PresentationPrimitive.AlterContext(
                        List.of(context(5)), List.of(accepted()), List.of(3), List.of(pdv(1, "05 00"))));

        assertThatThrownBy(() -> connection.request(new PresentationPrimitive.Data(List.of(pdv(3, "05 00")))))
                .as("the proposer no longer uses what is to be deleted")
                .isInstanceOf(IllegalArgumentException.class);
        called.connection.dataRequest(3, value(bob, "02 01 09"));
        settle();
        assertThat(calling.data).as("the other side may, until it agrees").containsExactly(pdv(3, "02 01 09"));

        bob(new AlterContextAnswer(List.of(), List.of(), List.of(pdv(5, "05 00"))));
        assertThat(net.last())
                .isEqualTo(
                        "bob S-TYPED-DATA "
                                + hex(
                                        "a1 1b a0 09 30 07 80 01 00 81 02 51 01 a1 03 02 01 00 61 09 30 07 02 01 05 a0 02 05 00"));
        assertThat(calling.last())
                .isEqualTo(new AlterContextAnswer(List.of(accepted()), List.of(true), List.of(pdv(5, "05 00"))));
        expectContexts(1, 5);
        assertThat(alices).containsExactly("STAt0 STAac0 P-ALTER-CONTEXT.request", "STAac0 STAt0 ACA");
        assertThat(bobs).containsExactly("STAt0 STAac1 AC", "STAac1 STAt0 P-ALTER-CONTEXT.response");
    }

    @Test
    void isPartlyRefusedByProviderAndUser() {
        callee = open(bob, bobSession, Map.of("contexts", "4"));
        establish(MANAGEMENT);
        PresentationContext packed = new PresentationContext(5, MMS, List.of(PER));
        alice(alteration(List.of(packed, context(7), context(9), context(11)), List.of(1, 3)));
        List<ContextResult> byProvider =
                called.last(PresentationPrimitive.AlterContext.class).results();
        assertThat(byProvider)
                .containsExactly(
                        ContextResult.rejectedByProvider(ContextResult.Reason.TRANSFER_SYNTAXES_NOT_SUPPORTED),
                        accepted(),
                        accepted(),
                        ContextResult.rejectedByProvider(ContextResult.Reason.LOCAL_LIMIT));
        bob(new AlterContextAnswer(
                List.of(accepted(), accepted(), ContextResult.rejectedByUser(), accepted()),
                List.of(false, true),
                List.of()));

        AlterContextAnswer answer = calling.last(AlterContextAnswer.class);
        assertThat(answer.additionResults())
                .containsExactly(byProvider.get(0), accepted(), ContextResult.rejectedByUser(), byProvider.get(3));
        assertThat(answer.deletionResults()).containsExactly(false, true);
        expectContexts(1, 7);
    }

    @Test
    void encodesFullyWithOneContextToo() {
        establish(MANAGEMENT);
        alter(List.of(), List.of(1));
        connection.dataRequest(3, value(alice, "05 00"));
        settle();
        assertThat(net.last()).isEqualTo("alice S-DATA " + hex("61 09 30 07 02 01 03 a0 02 05 00"));
        assertThat(called.data).containsExactly(pdv(3, "05 00"));
    }

    @Test
    void comesDownToTheDefaultContextAndUpAgain() {
        establish(MANAGEMENT);
        alter(List.of(), List.of(1, 3));
        connection.dataRequest(0, value(alice, "05 00"));
        settle();
        assertThat(net.last()).isEqualTo("alice S-DATA " + hex("05 00"));
        assertThat(called.data).containsExactly(pdv(0, "05 00"));

        alter(List.of(context(5)), List.of());
        expectContexts(5);
        Octets nothingLeft = Octets.ofHex("05 00");
        alice(alteration(List.of(), List.of(5)));
        assertThatThrownBy(() -> connection.request(new PresentationPrimitive.Data(List.of(new Pdv(0, nothingLeft)))))
                .as("the only context is about to go, and the default context is not yet there")
                .isInstanceOf(IllegalArgumentException.class);
        net.ends.get(1).hearData("05 00");
        settle();
        assertThat(net.last()).isEqualTo("bob S-U-ABORT " + hex("30 06 80 01 01 81 01 07"));
    }

    @Test
    void refusesAlterationsThatMakeNoSense() {
        establish(MANAGEMENT);
        alter(List.of(context(5)), List.of());
        alter(List.of(), List.of(5));
        for (PresentationPrimitive wrong : List.of(
                alteration(List.of(), List.of()),
                alteration(List.of(context(6)), List.of()),
                alteration(List.of(context(3)), List.of()),
                alteration(List.of(context(5)), List.of()),
                alteration(List.of(context(7), context(7)), List.of()),
                alteration(List.of(), List.of(7)),
                alteration(List.of(), List.of(3, 3)),
                alteration(List.of(context(7)), List.of(3), pdv(3, "05 00")),
                alteration(List.of(context(7)), List.of(3), pdv(7, "05 00")))) {
            assertThatThrownBy(() -> connection.request(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
        alice(alteration(List.of(context(7)), List.of(3)));
        for (PresentationPrimitive wrong : List.of(
                new AlterContextAnswer(List.of(accepted(), accepted()), List.of(), List.of()),
                new AlterContextAnswer(List.of(), List.of(true, true), List.of()),
                new AlterContextAnswer(List.of(ContextResult.accepted(PER)), List.of(), List.of()),
                new AlterContextAnswer(List.of(), List.of(), List.of(pdv(3, "05 00"))))) {
            assertThatThrownBy(() -> called.connection.request(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
        bob(new AlterContextAnswer());
        expectContexts(1, 7);
        assertThatThrownBy(() -> called.connection.request(new AlterContextAnswer()))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void takesNoMoreContextsThanItsLimit() {
        caller = open(alice, aliceSession, Map.of("contexts", "3"));
        establish(MANAGEMENT);
        assertThatThrownBy(() -> connection.request(alteration(List.of(context(5), context(7)), List.of())))
                .isInstanceOf(IllegalArgumentException.class);
        alter(List.of(context(5)), List.of());
        expectContexts(1, 3, 5);
    }

    @Test
    void abortsForAlterationsThatMakeNoSense() {
        String addition = "a0 %s 30 0d 02 01 %s 06 02 2a 05 30 04 06 02 51 01";
        assertThat(abortFor("a0 11" + addition.formatted("0f", "05"), null))
                .as("an odd identifier")
                .isEqualTo("0605");
        assertThat(abortFor("a0 11" + addition.formatted("0f", "03"), null))
                .as("one that is used")
                .isEqualTo("0605");
        assertThat(abortFor("a0 05 a1 03 02 01 07", null))
                .as("what there is not")
                .isEqualTo("0605");
        assertThat(abortFor("a0 08 a1 06 02 01 03 02 01 03", null)).as("twice").isEqualTo("0605");
        assertThat(abortFor("a0 0b 61 09 30 07 02 01 07 a0 02 05 00", null))
                .as("data")
                .isEqualTo("0605");
        assertThat(abortFor("a0 03 a1 03 02", null)).as("cut off").isEqualTo("0105");
        assertThat(abortFor("a0 00", "a0 00")).as("while one is under way").isEqualTo("0205");
        assertThat(abortFor("a1 00", null))
                .as("an answer that nobody waits for")
                .isEqualTo("0206");
    }

    private String abortFor(String first, String second) {
        establish(MANAGEMENT);
        for (String octets : second == null ? List.of(first) : List.of(first, second)) {
            net.ends.get(net.ends.size() - 2).hear(new SessionPrimitive.TypedData(Octets.ofHex(octets)));
            settle();
        }
        assertThat(calling.last()).isInstanceOf(PresentationPrimitive.ProviderAbort.class);
        return net.last().replaceAll("alice S-U-ABORT 30068001(..)8101(..)", "$1$2");
    }

    @Test
    void abortsForAnswersThatDoNotFit() {
        for (String aca : List.of(
                "a1 00",
                "a1 0b a0 09 30 07 80 01 00 81 02 51 01",
                "a1 05 a1 03 02 01 00",
                "a1 10 a0 09 30 07 80 01 00 81 02 51 02 a1 03 02 01 00",
                "a1 11 a0 0a 30 03 80 01 01 30 03 80 01 01 a1 03 02 01 00",
                "a1 1b a0 09 30 07 80 01 00 81 02 51 01 a1 03 02 01 00 61 09 30 07 02 01 03 a0 02 05 00")) {
            establish(MANAGEMENT);
            alice(alteration(List.of(context(5)), List.of(3)));
            net.ends.get(net.ends.size() - 2).hear(new SessionPrimitive.TypedData(Octets.ofHex(aca)));
            settle();
            assertThat(net.last()).as(aca).startsWith("alice S-U-ABORT " + hex("30 06 80 01"));
            assertThat(net.last()).as(aca).endsWith(hex("81 01 06"));
        }
    }

    @Test
    void abortsForContextsThatNobodyKnows() {
        establish(MANAGEMENT);
        for (String list :
                List.of("30 0b a0 09 30 07 02 01 09 06 02 51 01", "30 0b a0 09 30 07 02 01 03 06 02 51 02")) {
            establish(MANAGEMENT);
            net.ends
                    .get(net.ends.size() - 1)
                    .hear(new SessionPrimitive.Step(
                            new DialogueStep.Resynchronize(ResynchronizeType.SET, 0, TokenSetting.INITIATOR),
                            Octets.ofHex(list)));
            settle();
            assertThat(net.last()).isEqualTo("bob S-U-ABORT " + hex("30 06 80 01 06 81 01 0c"));
        }
    }

    @Test
    void refusesToBeAskedForTheSameIdentifierByBothSides() {
        establish(MANAGEMENT);
        called.connection.request(alteration(
                List.of(new PresentationContext(8, ObjectIdentifier.ACSE, List.of(ObjectIdentifier.BER))), List.of()));
        settle();
        alice(new AlterContextAnswer());
        assertThatThrownBy(() -> called.connection.request(alteration(List.of(context(7)), List.of())))
                .hasMessageContaining("even");
        expectContexts(1, 3, 8);
    }
}
