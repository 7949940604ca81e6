package org.osistack.presentation.x226;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.Options;
import org.osistack.core.Pdu;
import org.osistack.core.Selector;
import org.osistack.core.Simulation;
import org.osistack.core.dialogue.ConnectionIdentifier;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.Token;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.dialogue.Tokens;
import org.osistack.presentation.ContextResult;
import org.osistack.presentation.FakeDialogue;
import org.osistack.presentation.NegotiatedPresentation;
import org.osistack.presentation.ObjectIdentifier;
import org.osistack.presentation.Pdv;
import org.osistack.presentation.PresentationAddress;
import org.osistack.presentation.PresentationConnection;
import org.osistack.presentation.PresentationContext;
import org.osistack.presentation.PresentationPrimitive;
import org.osistack.presentation.PresentationRefusal;
import org.osistack.presentation.RecordingUser;
import org.osistack.session.SessionAddress;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.SessionRefusal;
import org.osistack.session.SessionUser;

class X226Test {
    private static final ObjectIdentifier MMS = ObjectIdentifier.of("1.0.9506.2.1");
    private static final ObjectIdentifier PER = ObjectIdentifier.of("2.1.3.0.0");
    private static final FunctionalUnits DUPLEX = FunctionalUnits.of(FunctionalUnit.DUPLEX, FunctionalUnit.TYPED_DATA);
    private static final PresentationContext ACSE_CONTEXT =
            new PresentationContext(1, ObjectIdentifier.ACSE, List.of(ObjectIdentifier.BER));
    private static final PresentationContext MMS_CONTEXT =
            new PresentationContext(3, MMS, List.of(PER, ObjectIdentifier.BER));

    private final Simulation simulation = new Simulation(1);
    private final Host alice = simulation.newHost("alice");
    private final Host bob = simulation.newHost("bob");
    private final FakeDialogue.Net net = new FakeDialogue.Net();
    private final FakeDialogue aliceSession = new FakeDialogue(net, alice);
    private final FakeDialogue bobSession = new FakeDialogue(net, bob);
    private NegotiatedPresentation caller = open(alice, aliceSession, Map.of());
    private NegotiatedPresentation callee = open(bob, bobSession, Map.of());
    private final RecordingUser calling = new RecordingUser();
    private final RecordingUser called = new RecordingUser();
    private PresentationConnection connection;

    @AfterEach
    void noPduLeaks() {
        settle();
        assertThat(alice.pool().outstanding()).isZero();
        assertThat(bob.pool().outstanding()).isZero();
    }

    // ---- Establishment ----

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
            Confirming confirming = confirming(null, cpa);
            assertThat(net.last()).isEqualTo("alice S-U-ABORT " + hex("30 06 80 01 06 81 01 01"));
            assertThat(confirming
                            .user
                            .last(PresentationPrimitive.ProviderAbort.class)
                            .reason())
                    .contains("invalid PPDU parameter value, at CPA PPDU");
        }
        confirming(null, "ff");
        assertThat(net.last()).isEqualTo("alice S-U-ABORT " + hex("30 06 80 01 01 81 01 01"));
        Confirming refused = confirming(SessionRefusal.REJECTED_BY_USER, "ff");
        assertThat(refused.user.last(PresentationPrimitive.ConnectAnswer.class).refusal())
                .isEqualTo(PresentationRefusal.NOT_SPECIFIED);
    }

    @Test
    void writesOutTheDefaultsInTheStrictProfile() {
        caller = open(alice, aliceSession, Map.of("profile", "strict"));
        callee.attach(address("mms"), called);
        connect(List.of(ACSE_CONTEXT));

        assertThat(net.last()).contains(hex("80 02 07 80 82 03 6d 6d 73")).endsWith(hex("88 02 06 00"));
    }

    // ---- Data ----

    @Test
    void carriesAValueWithoutCopyingIt() {
        establish();
        Pdu value = value(alice, "a1 03 02 01 05");
        byte[] array = value.array();
        assertThat(connection.dataRequest(3, value)).isTrue();
        settle();

        assertThat(net.last()).isEqualTo("alice S-DATA " + hex("61 0c 30 0a 02 01 03 a0 05 a1 03 02 01 05"));
        assertThat(called.data).containsExactly(pdv(3, "a1 03 02 01 05"));
        assertThat(value.array()).isSameAs(array);
    }

    @Test
    void copiesAValueThatHasNoRoomForHeaders() {
        establish();
        Pdu received = alice.pool().takeForReceiving(3).append(new byte[] {2, 1, 5});
        assertThat(connection.dataRequest(3, received)).isTrue();
        settle();
        assertThat(called.data).containsExactly(pdv(3, "02 01 05"));

        net.ends.get(0).hasDataToken = false;
        Pdu withoutToken = alice.pool().takeForReceiving(3).append(new byte[] {2, 1, 5});
        assertThatThrownBy(() -> connection.dataRequest(3, withoutToken)).isInstanceOf(IllegalStateException.class);
        assertThat(withoutToken).hasToString("020105");
        withoutToken.release();
    }

    @Test
    void carriesValuesOfSeveralContextsAtOnce() {
        establish();
        connection.request(new PresentationPrimitive.Data(List.of(pdv(1, "02 01 01"), pdv(3, "02 01 02 02 01 03"))));
        settle();

        assertThat(net.last())
                .isEqualTo("alice S-DATA "
                        + hex("61 17 30 08 02 01 01 a0 03 02 01 01 30 0b 02 01 03 81 06 02 01 02 02 01 03"));
        assertThat(called.last(PresentationPrimitive.Data.class).userData())
                .containsExactly(pdv(1, "02 01 01"), pdv(3, "02 01 02"), pdv(3, "02 01 03"));
    }

    @Test
    void encodesSimplyWhereThereIsOneContext() {
        callee.attach(address("mms"), called);
        connect(List.of(MMS_CONTEXT));
        answer(null, List.of());
        connection.dataRequest(3, value(alice, "a1 03 02 01 05"));
        connection.request(new PresentationPrimitive.TypedData(List.of(pdv(3, "02 01 01"))));
        connection.request(new PresentationPrimitive.Data(List.of(pdv(3, "02 01 02"), pdv(3, "02 01 03"))));
        settle();

        assertThat(net.log.subList(2, 5))
                .containsExactly(
                        "alice S-DATA " + hex("a1 03 02 01 05"),
                        "alice S-TYPED-DATA " + hex("40 03 02 01 01"),
                        "alice S-DATA " + hex("02 01 02 02 01 03"));
        assertThat(called.data).containsExactly(pdv(3, "a1 03 02 01 05"));
        assertThat(called.heard)
                .containsExactly(
                        new PresentationPrimitive.TypedData(List.of(pdv(3, "02 01 01"))),
                        new PresentationPrimitive.Data(List.of(pdv(3, "02 01 02"), pdv(3, "02 01 03"))));

        net.ends.get(1).hearData("61 0a 30 08 02 01 03 a0 03 02 01 07"); // though it should be simple
        settle();
        assertThat(called.data).endsWith(pdv(3, "02 01 07"));
    }

    @Test
    void encodesFullyWithOneContextTooInTheMinimalProfile() {
        caller = open(alice, aliceSession, Map.of("profile", "minimal"));
        callee.attach(address("mms"), called);
        connect(List.of(MMS_CONTEXT));
        answer(null, List.of());
        connection.dataRequest(3, value(alice, "02 01 05"));
        connection.request(new PresentationPrimitive.Release(List.of(pdv(3, "02 01 06"))));
        settle();

        assertThat(net.log.get(2)).isEqualTo("alice S-DATA " + hex("61 0a 30 08 02 01 03 a0 03 02 01 05"));
        assertThat(called.data).containsExactly(pdv(3, "02 01 05"));
        assertThat(called.heard).containsExactly(new PresentationPrimitive.Release(List.of(pdv(3, "02 01 06"))));
    }

    @Test
    void usesTheDefaultContextWhereNoneIsDefined() {
        callee.attach(address("mms"), called);
        connect(List.of(), pdv(0, "04 01 09"));
        assertThat(net.last()).endsWith(hex("82 03 6d 6d 73 40 03 04 01 09"));
        assertThat(called.connect.userData()).containsExactly(pdv(0, "04 01 09"));
        answer(null, List.of());
        connection.dataRequest(0, value(alice, "04 01 01"));
        settle();

        assertThat(called.data).containsExactly(pdv(0, "04 01 01"));
    }

    @Test
    void leavesTheValueAsItWasWhenTheSessionTakesNoMore() {
        establish();
        net.ends.get(1).pause();
        int taken = 0;
        Pdu value = value(alice, "02 01 05");
        while (connection.dataRequest(3, value)) {
            taken++;
            value = value(alice, "02 01 05");
        }
        assertThat(value).hasToString("020105");
        net.ends.get(1).resume();
        settle();
        assertThat(called.data).hasSize(taken);
        assertThat(calling.ready).isOne();
        assertThat(connection.dataRequest(3, value)).isTrue();
        settle();

        net.ends.get(0).hasDataToken = false;
        Pdu withoutToken = value(alice, "02 01 05");
        assertThatThrownBy(() -> connection.dataRequest(3, withoutToken)).isInstanceOf(IllegalStateException.class);
        assertThat(withoutToken).hasToString("020105");
        withoutToken.release();
    }

    @Test
    void acceptsIndefiniteLengthsAndLongOnes() {
        establish();
        net.ends.get(1).hearData("61 80 30 80 02 01 03 a0 80 30 80 02 01 05 00 00 00 00 00 00 00 00");
        net.ends.get(1).hearData("61 81 0f 30 82 00 0b 02 01 03 a0 83 00 00 03 02 01 06");
        settle();

        assertThat(called.data).containsExactly(pdv(3, "30 80 02 01 05 00 00"), pdv(3, "02 01 06"));
    }

    @Test
    void abortsForDataThatIsNone() {
        assertThat(abortFor("61 62 63")).isEqualTo(hex("30 06 80 01 01 81 01 07"));
        assertThat(abortFor("61 0a 30 08 02 01 05 a0 03 02 01 01")).isEqualTo(hex("30 06 80 01 06 81 01 07"));
        assertThat(abortFor("61 0a 30 08 02 01 03 a0 03 02 02 01")).isEqualTo(hex("30 06 80 01 06 81 01 07"));
        assertThat(abortFor("40 03 02 01 01")).isEqualTo(hex("30 06 80 01 06 81 01 07"));
        assertThat(abortFor("61 00")).isEqualTo(hex("30 06 80 01 06 81 01 07"));
        assertThat(abortFor("")).isEqualTo(hex("30 06 80 01 01 81 01 07"));
        assertThat(bob.discards(6, "X.226").total()).isEqualTo(6);
    }

    @Test
    void abortsForAnAlterContextThatWasNotAgreedOn() {
        establish();
        net.ends
                .get(1)
                .hear(new SessionPrimitive.TypedData(
                        Octets.ofHex("A0 12 A0 10 30 0E 02 01 05 06 03 28 00 00 30 04 06 02 51 01")));
        settle();

        assertThat(net.last()).isEqualTo("bob S-U-ABORT " + hex("30 06 80 01 02 81 01 05"));
        assertThat(calling.last(PresentationPrimitive.ProviderAbort.class).reason())
                .contains("unexpected PPDU, at AC PPDU");
        assertThat(called.last()).isInstanceOf(PresentationPrimitive.ProviderAbort.class);
    }

    // ---- Tokens, release, abort ----

    @Test
    void handsTokensThrough() {
        establish();
        connection.request(new PresentationPrimitive.Step(new DialogueStep.TokenGive(Tokens.of(Token.DATA))));
        called.connection.request(new PresentationPrimitive.Step(
                new DialogueStep.TokenPlease(Tokens.of(Token.RELEASE)), List.of(pdv(1, "02 01 01"))));
        settle();

        assertThat(called.heard)
                .containsExactly(new PresentationPrimitive.Step(new DialogueStep.TokenGive(Tokens.of(Token.DATA))));
        assertThat(calling.last())
                .isEqualTo(new PresentationPrimitive.Step(
                        new DialogueStep.TokenPlease(Tokens.of(Token.RELEASE)), List.of(pdv(1, "02 01 01"))));
    }

    @Test
    void releases() {
        establish();
        connection.request(new PresentationPrimitive.Release(List.of(pdv(1, "62 03 80 01 00"))));
        settle();
        assertThat(net.last()).isEqualTo("alice S-RELEASE " + hex("61 0c 30 0a 02 01 01 a0 05 62 03 80 01 00"));
        called.connection.request(new PresentationPrimitive.ReleaseAnswer(true, List.of(pdv(1, "63 03 80 01 00"))));
        settle();

        assertThat(calling.last())
                .isEqualTo(new PresentationPrimitive.ReleaseAnswer(true, List.of(pdv(1, "63 03 80 01 00"))));
        assertThat(connection.dataRequest(3, value(alice, "02 01 01")))
                .as("a request after the end is ignored")
                .isTrue();
        assertThat(net.last()).contains("S-RELEASE+");
    }

    @Test
    void goesOnAfterAReleaseThatWasRefused() {
        establish();
        connection.request(new PresentationPrimitive.Release(List.of()));
        settle();
        called.connection.request(new PresentationPrimitive.ReleaseAnswer(false, List.of()));
        settle();
        assertThat(calling.last()).isEqualTo(new PresentationPrimitive.ReleaseAnswer(false, List.of()));

        connection.dataRequest(3, value(alice, "02 01 01"));
        connection.request(new PresentationPrimitive.Release(List.of()));
        settle();
        net.ends.get(1).hasNegotiatedRelease = false;
        assertThatThrownBy(() -> called.connection.request(new PresentationPrimitive.ReleaseAnswer(false, List.of())))
                .isInstanceOf(IllegalStateException.class);
        called.connection.request(new PresentationPrimitive.ReleaseAnswer(true, List.of()));
        settle();
        assertThat(called.data).hasSize(1);
        assertThat(calling.last()).isEqualTo(new PresentationPrimitive.ReleaseAnswer(true, List.of()));
    }

    @Test
    void endsWithTheSecondAnswerWhenReleasesCollide() {
        establish();
        connection.request(new PresentationPrimitive.Release(List.of()));
        called.connection.request(new PresentationPrimitive.Release(List.of()));
        settle();
        connection.request(new PresentationPrimitive.ReleaseAnswer(true, List.of()));
        settle();
        called.connection.request(new PresentationPrimitive.ReleaseAnswer(true, List.of()));
        settle();

        assertThat(calling.heard.subList(1, 3))
                .containsExactly(
                        new PresentationPrimitive.Release(List.of()),
                        new PresentationPrimitive.ReleaseAnswer(true, List.of()));
        assertThat(called.heard)
                .containsExactly(
                        new PresentationPrimitive.Release(List.of()),
                        new PresentationPrimitive.ReleaseAnswer(true, List.of()));
    }

    @Test
    void abortsForItsUser() {
        establish();
        connection.request(new PresentationPrimitive.UserAbort(List.of(pdv(1, "64 03 80 01 00"))));
        connection.request(new PresentationPrimitive.UserAbort(List.of()));
        settle();

        assertThat(net.last())
                .isEqualTo("alice S-U-ABORT "
                        + hex("A0 19 A0 09 30 07 02 01 01 06 02 51 01" + "61 0C 30 0A 02 01 01 A0 05 64 03 80 01 00"));
        assertThat(called.heard)
                .containsExactly(new PresentationPrimitive.UserAbort(List.of(pdv(1, "64 03 80 01 00"))));
    }

    @Test
    void tellsTheUserOfAnAbortByWhomever() {
        establish();
        net.ends.get(0).cut();
        settle();
        assertThat(calling.last(PresentationPrimitive.ProviderAbort.class).reason())
                .isEqualTo("the transport connection was lost");

        for (Map.Entry<String, String> abort : Map.of(
                        "", "UserAbort[userData=[]]",
                        "a0 00", "UserAbort[userData=[]]",
                        "30 00", "ProviderAbort[reason=the peer's presentation layer: no reason given]",
                        "ff", "ProviderAbort[reason=an abort that cannot be read]")
                .entrySet()) {
            establish();
            net.ends.get(net.ends.size() - 1).hear(new SessionPrimitive.UserAbort(Octets.ofHex(abort.getKey())));
            settle();
            assertThat(called.last()).hasToString(abort.getValue());
        }
    }

    @Test
    void copesWithAnyPpduInAnyState() {
        SplittableRandom random = new SplittableRandom(6);
        List<Octets> samples =
                PpduTest.samples().filter(octets -> octets.length() < 300).toList();
        callee = open(bob, bobSession, Map.of("unknown-selector", "any"));
        callee.attach(address("mms"), called);
        int indicated = 0;
        int data = 0;
        for (int i = 0; i < 20_000; i++) {
            called.connect = null;
            switch (random.nextInt(4)) {
                case 0 -> {
                    refusalOf(mutate(random, samples).toString());
                    indicated += called.connect == null ? 0 : 1;
                }
                case 1 ->
                    confirming(
                            random.nextBoolean() ? null : SessionRefusal.REJECTED_BY_USER,
                            mutate(random, samples).toString());
                default -> {
                    establish();
                    hearAnything(random, samples);
                    data += called.data.size();
                }
            }
            called.data.clear();
            called.heard.clear();
            calling.heard.clear();
            net.log.clear();
            net.ends.clear();
        }
        assertThat(indicated).isGreaterThan(100);
        assertThat(data).isGreaterThan(100);
    }

    private void hearAnything(SplittableRandom random, List<Octets> samples) {
        for (int n = 0; n < 4; n++) {
            FakeDialogue.End end = net.ends.get(net.ends.size() - 1 - random.nextInt(2));
            Octets octets = mutate(random, samples);
            switch (random.nextInt(5)) {
                case 0 -> end.hear(new SessionPrimitive.TypedData(octets));
                case 1 -> end.hear(new SessionPrimitive.Release(octets));
                case 2 -> end.hear(new SessionPrimitive.Step(new DialogueStep.TokenPlease(Tokens.NONE), octets));
                case 3 -> end.hear(new SessionPrimitive.UserAbort(octets));
                default -> end.hearData(octets.toString());
            }
            settle();
        }
    }

    private static Octets mutate(SplittableRandom random, List<Octets> samples) {
        byte[] octets = samples.get(random.nextInt(samples.size())).toByteArray();
        for (int n = random.nextInt(4); n > 0; n--) {
            octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
        }
        return Octets.of(octets).slice(0, random.nextInt(4) == 0 ? random.nextInt(octets.length) : octets.length);
    }

    // ---- Helpers ----

    private void establish() {
        if (bobSession.attached() == 0) {
            callee.attach(address("mms"), called);
        }
        connect(List.of(ACSE_CONTEXT, MMS_CONTEXT));
        answer(null, List.of());
    }

    private void connect(List<PresentationContext> contexts, Pdv... userData) {
        connection = caller.connectRequest(request(contexts, userData), calling);
        settle();
    }

    private PresentationPrimitive.Connect request(List<PresentationContext> contexts, Pdv... userData) {
        return new PresentationPrimitive.Connect(
                null,
                new PresentationAddress(
                        Selector.ofText("mms"), Selector.EMPTY, Selector.EMPTY, 0, caller.parseAddress("bob")),
                contexts,
                List.of(),
                ConnectionIdentifier.NONE,
                DUPLEX,
                -1,
                TokenSetting.INITIATOR,
                List.of(userData));
    }

    private void answer(PresentationRefusal refusal, List<ContextResult> results, Pdv... userData) {
        called.connection.request(new PresentationPrimitive.ConnectAnswer(
                refusal,
                "",
                null,
                results,
                ConnectionIdentifier.NONE,
                DUPLEX,
                -1,
                TokenSetting.INITIATOR,
                Tokens.NONE,
                List.of(userData)));
        settle();
    }

    /** The CPR with which bob answers these octets. */
    private String refusalOf(String hex) {
        SessionAddress address = new SessionAddress(Selector.EMPTY, Selector.EMPTY, 0, caller.parseAddress("bob"));
        aliceSession.connectRequest(
                new SessionPrimitive.Connect(
                        ConnectionIdentifier.NONE,
                        null,
                        address,
                        DUPLEX,
                        -1,
                        TokenSetting.INITIATOR,
                        Octets.ofHex(hex)),
                new IgnoringUser());
        settle();
        return net.last().replaceFirst(".* ", "");
    }

    private record Confirming(RecordingUser user) {}

    /** A connection that alice wants, and whose S-CONNECT confirm carries these octets. */
    private Confirming confirming(SessionRefusal refusal, String hex) {
        RecordingUser user = new RecordingUser();
        if (bobSession.attached() == 0) {
            callee.attach(address("mms"), called);
        }
        caller.connectRequest(request(List.of(ACSE_CONTEXT, MMS_CONTEXT)), user);
        settle();
        SessionPrimitive.Connect connect = new SessionPrimitive.Connect(
                ConnectionIdentifier.NONE,
                null,
                new SessionAddress(Selector.EMPTY, Selector.EMPTY, 0, caller.parseAddress("bob")),
                DUPLEX,
                -1,
                TokenSetting.INITIATOR,
                Octets.EMPTY);
        net.ends.get(net.ends.size() - 2).hear(FakeDialogue.answer(refusal, connect, hex));
        settle();
        return new Confirming(user);
    }

    /** The ARP with which bob answers data in these octets. */
    private String abortFor(String hex) {
        establish();
        net.ends.get(net.ends.size() - 1).hearData(hex);
        settle();
        assertThat(called.last()).isInstanceOf(PresentationPrimitive.ProviderAbort.class);
        assertThat(calling.last()).isInstanceOf(PresentationPrimitive.ProviderAbort.class);
        return net.last().replace("bob S-U-ABORT ", "");
    }

    private void settle() {
        simulation.run(Duration.ofMillis(1));
    }

    private static NegotiatedPresentation open(Host host, FakeDialogue below, Map<String, String> options) {
        return new X226Provider().open(host, below, new Options("x226", null, options));
    }

    private static PresentationAddress address(String selector) {
        return new PresentationAddress(Selector.ofText(selector), Selector.EMPTY, Selector.EMPTY, 0, null);
    }

    private static ContextResult accepted() {
        return ContextResult.accepted(ObjectIdentifier.BER);
    }

    private static Pdv pdv(int context, String hex) {
        return new Pdv(context, Octets.ofHex(hex));
    }

    private static Pdu value(Host host, String hex) {
        return host.pool().take().append(Octets.ofHex(hex).toByteArray());
    }

    private static String hex(String spaced) {
        return Octets.ofHex(spaced).toString();
    }

    private static final class IgnoringUser implements SessionUser {
        @Override
        public void dataIndication(Pdu ssdu) {
            ssdu.release();
        }

        @Override
        public void indication(SessionPrimitive primitive) {
            // What bob answers is in the log.
        }
    }
}
