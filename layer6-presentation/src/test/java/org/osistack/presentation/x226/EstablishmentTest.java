package org.osistack.presentation.x226;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osistack.core.Pdu;
import org.osistack.core.Selector;
import org.osistack.presentation.ContextResult;
import org.osistack.presentation.FakeDialogue;
import org.osistack.presentation.PresentationContext;
import org.osistack.presentation.PresentationPrimitive;
import org.osistack.presentation.PresentationRefusal;
import org.osistack.presentation.RecordingUser;
import org.osistack.session.SessionRefusal;

class EstablishmentTest extends TwoEnds {
    @Test
    void connectsAndAgreesOnContexts() {
        callee.attach(address("mms"), called);
        connect(List.of(ACSE_CONTEXT, MMS_CONTEXT), pdv(1, "60 00"));
        assertThat(net.last())
                .isEqualTo("alice S-CONNECT "
                        + hex("31 42 a0 03 80 01 01 a2 3b 82 03 6d 6d 73"
                                + "a4 29 30 0f 02 01 01 06 04 52 01 00 01 30 04 06 02 51 01"
                                + "30 16 02 01 03 06 05 28 ca 22 02 01 30 0a 06 04 51 03 00 00 06 02 51 01"
                                + "61 09 30 07 02 01 01 a0 02 60 00"));

        assertThat(called.connect.called().presentation()).isEqualTo(Selector.ofText("mms"));
        assertThat(called.connect.contexts()).containsExactly(ACSE_CONTEXT, MMS_CONTEXT);
        assertThat(called.connect.results()).containsExactly(accepted(), accepted());
        assertThat(called.connect.userData()).containsExactly(pdv(1, "60 00"));
        answer(null, List.of(), pdv(1, "61 00"));
        assertThat(net.last())
                .isEqualTo("bob S-CONNECT+ "
                        + hex("31 26 a0 03 80 01 01 a2 1f"
                                + "a5 12 30 07 80 01 00 81 02 51 01 30 07 80 01 00 81 02 51 01"
                                + "61 09 30 07 02 01 01 a0 02 61 00"));

        PresentationPrimitive.ConnectAnswer answer = calling.last(PresentationPrimitive.ConnectAnswer.class);
        assertThat(answer.isAccepted()).isTrue();
        assertThat(answer.userData()).containsExactly(pdv(1, "61 00"));
        assertThat(answer.results()).containsExactly(accepted(), accepted());
        assertThat(connection.functionalUnits()).isEqualTo(DUPLEX);
        assertThat(connection.remote().presentation()).isEqualTo(Selector.ofText("mms"));
    }

    @Test
    void rejectsAContextThatItCannotWriteAndLetsTheUserRejectMore() {
        callee.attach(address("mms"), called);
        PresentationContext packed = new PresentationContext(5, MMS, List.of(PER));
        connect(List.of(ACSE_CONTEXT, packed, MMS_CONTEXT));
        assertThat(called.connect.results())
                .containsExactly(
                        accepted(),
                        ContextResult.rejectedByProvider(ContextResult.Reason.TRANSFER_SYNTAXES_NOT_SUPPORTED),
                        accepted());
        answer(null, List.of(accepted(), accepted(), ContextResult.rejectedByUser()));

        List<ContextResult> results =
                calling.last(PresentationPrimitive.ConnectAnswer.class).results();
        assertThat(results.get(1).reason()).isEqualTo(ContextResult.Reason.TRANSFER_SYNTAXES_NOT_SUPPORTED);
        assertThat(results.get(2).result()).isEqualTo(ContextResult.Result.USER_REJECTION);
        Pdu value = value(alice, "02 01 05");
        assertThatThrownBy(() -> connection.dataRequest(3, value)).isInstanceOf(IllegalArgumentException.class);
        value.release();
    }

    @Test
    void rejectsMoreContextsThanItsLimit() {
        callee = open(bob, new FakeDialogue(net, bob), Map.of("contexts", "1"));
        callee.attach(address("mms"), called);
        connect(List.of(ACSE_CONTEXT, MMS_CONTEXT));

        assertThat(called.connect.results())
                .containsExactly(accepted(), ContextResult.rejectedByProvider(ContextResult.Reason.LOCAL_LIMIT));
    }

    @Test
    void usersWithDifferentSelectorsShareASessionAddress() {
        RecordingUser other = new RecordingUser();
        callee.attach(address("mms"), called);
        callee.attach(address("ftam"), other);
        assertThat(bobSession.attached()).isOne();
        assertThatThrownBy(() -> callee.attach(address("mms"), other)).isInstanceOf(IllegalStateException.class);

        connect(List.of(ACSE_CONTEXT));
        assertThat(called.connect).isNotNull();
        assertThat(other.connect).isNull();

        callee.detach(address("mms"));
        callee.detach(address("ftam"));
        assertThat(bobSession.attached()).isZero();
    }

    @Test
    void refusesASelectorThatNobodyHas() {
        callee.attach(address("ftam"), called);
        connect(List.of(ACSE_CONTEXT));

        assertThat(net.last()).isEqualTo("bob S-CONNECT- " + hex("30 03 8a 01 03"));
        assertThat(calling.last(PresentationPrimitive.ConnectAnswer.class).refusal())
                .isEqualTo(PresentationRefusal.CALLED_ADDRESS_UNKNOWN);
    }

    @Test
    void givesAnUnknownSelectorToTheOnlyUserIfToldTo() {
        callee = open(bob, new FakeDialogue(net, bob), Map.of("unknown-selector", "any"));
        callee.attach(address("ftam"), called);
        connect(List.of(ACSE_CONTEXT));

        assertThat(called.connect.called().presentation()).isEqualTo(Selector.ofText("mms"));
    }

    @Test
    void tellsWhetherTheUserOrALowerLayerRefused() {
        callee.attach(address("mms"), called);
        connect(List.of(ACSE_CONTEXT, MMS_CONTEXT));
        answer(PresentationRefusal.USER, List.of(), pdv(1, "61 00"));
        PresentationPrimitive.ConnectAnswer byUser = calling.last(PresentationPrimitive.ConnectAnswer.class);
        assertThat(byUser.refusal()).isEqualTo(PresentationRefusal.USER);
        assertThat(byUser.userData()).containsExactly(pdv(1, "61 00"));
        assertThat(byUser.results()).hasSize(2);

        callee.detach(address("mms"));
        connect(List.of(ACSE_CONTEXT));
        PresentationPrimitive.ConnectAnswer byProvider = calling.last(PresentationPrimitive.ConnectAnswer.class);
        assertThat(byProvider.refusal()).isEqualTo(PresentationRefusal.LOWER_LAYER);
        assertThat(byProvider.detail()).isEqualTo(SessionRefusal.SELECTOR_UNKNOWN.text());

        callee.attach(address("mms"), (newConnection, connect) -> null);
        connect(List.of(ACSE_CONTEXT));
        assertThat(calling.last(PresentationPrimitive.ConnectAnswer.class).refusal())
                .isEqualTo(PresentationRefusal.USER);
    }

    @Test
    void refusesAConnectThatItCannotRead() {
        callee.attach(address("mms"), called);

        assertThat(refusalOf("68 65 6c 6c 6f")).isEqualTo(hex("30 03 8a 01 00"));
        assertThat(refusalOf("")).isEqualTo(hex("30 03 8a 01 00"));
        assertThat(refusalOf("31 05 a0 03 80 01 00")).as("X.410 mode").isEqualTo(hex("30 03 8a 01 04"));
        assertThat(refusalOf("31 0b a0 03 80 01 01 a2 04 80 02 06 40"))
                .as("no version 1")
                .isEqualTo(hex("30 03 8a 01 04"));
        assertThat(refusalOf("31 12 a0 03 80 01 01 a2 0b a6 09 80 02 51 01 81 03 51 03 00"))
                .as("a default context in PER")
                .isEqualTo(hex("30 03 8a 01 05"));
        assertThat(refusalOf("31 12 a0 03 80 01 01 a2 0b 61 09 30 07 02 01 07 a0 02 60 00"))
                .as("user data of no context")
                .isEqualTo(hex("30 03 8a 01 06"));
        assertThat(called.connect).isNull();
    }

    @Test
    void abortsWhenTheAnswerDoesNotFitTheQuestion() {
        for (String cpa : List.of(
                "31 05 a0 03 80 01 01",
                "31 12 a0 03 80 01 01 a2 0b a5 09 30 07 80 01 00 81 02 51 01",
                "31 1c a0 03 80 01 01 a2 15 a5 13 30 07 80 01 00 81 02 51 01 30 08 80 01 00 81 03 51 02 00")) {
            RecordingUser confirming = confirming(null, cpa);
            assertThat(net.last()).isEqualTo("alice S-U-ABORT " + hex("30 06 80 01 06 81 01 01"));
            assertThat(confirming
                            .last(PresentationPrimitive.ProviderAbort.class)
                            .reason())
                    .contains("invalid PPDU parameter value, at CPA PPDU");
        }
        confirming(null, "ff");
        assertThat(net.last()).isEqualTo("alice S-U-ABORT " + hex("30 06 80 01 01 81 01 01"));
        RecordingUser refused = confirming(SessionRefusal.REJECTED_BY_USER, "ff");
        assertThat(refused.last(PresentationPrimitive.ConnectAnswer.class).refusal())
                .isEqualTo(PresentationRefusal.NOT_SPECIFIED);
    }

    @Test
    void writesOutTheDefaultsInTheStrictProfile() {
        caller = open(alice, aliceSession, Map.of("profile", "strict"));
        callee.attach(address("mms"), called);
        connect(List.of(ACSE_CONTEXT));

        assertThat(net.last()).contains(hex("80 02 07 80 82 03 6d 6d 73")).endsWith(hex("88 02 06 00"));
    }
}
