package org.osistack.application.acse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osistack.application.ApplicationContext;
import org.osistack.application.Association;
import org.osistack.application.AssociationRequest;
import org.osistack.application.AssociationService;
import org.osistack.application.LoggedPresentation;
import org.osistack.application.RecordingAssociationUser;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.Simulation;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.Token;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.dialogue.Tokens;
import org.osistack.presentation.ObjectIdentifier;
import org.osistack.presentation.Pdv;
import org.osistack.presentation.PresentationPrimitive;

class AcseServiceTest {
    private static final ApplicationContext CHAT =
            new ApplicationContext("chat", ObjectIdentifier.of("1.2.3"), ObjectIdentifier.of("1.2.4"), 2000);
    private static final FunctionalUnits DUPLEX = FunctionalUnits.of(FunctionalUnit.DUPLEX);
    private static final FunctionalUnits ALL = FunctionalUnits.of(
            FunctionalUnit.EXPEDITED_DATA,
            FunctionalUnit.DUPLEX,
            FunctionalUnit.HALF_DUPLEX,
            FunctionalUnit.TYPED_DATA,
            FunctionalUnit.NEGOTIATED_RELEASE);

    private final Simulation simulation = new Simulation(1);
    private final Host alice = simulation.newHost("alice");
    private final Host bob = simulation.newHost("bob");
    private final LoggedPresentation.Net net = new LoggedPresentation.Net();
    private final AssociationService caller =
            new AcseService(alice, new LoggedPresentation.Negotiated(net, alice), AeTitle.NONE);
    private final AssociationService callee = new AcseService(
            bob, new LoggedPresentation.Negotiated(net, bob), AeTitle.of(ObjectIdentifier.of("1.1.999"), 12));
    private final RecordingAssociationUser calling = new RecordingAssociationUser();
    private final RecordingAssociationUser called = new RecordingAssociationUser();
    private Association association;

    @AfterEach
    void noPduLeaks() {
        settle();
        assertThat(alice.pool().outstanding()).isZero();
        assertThat(bob.pool().outstanding()).isZero();
    }

    // ---- A-ASSOCIATE ----

    @Test
    void associates() {
        callee.attach(CHAT, DUPLEX, called);
        request(CHAT, DUPLEX);
        assertThat(called.news()).containsExactly("associate?");
        called.association.accept();
        settle();

        assertThat(net.log.get(0)).isEqualTo("alice P-CONNECT 1 6006a10406022a03");
        assertThat(net.log.get(1)).startsWith("bob P-CONNECT+ 1 61");
        assertThat(AcseApdu.parse(Octets.ofHex(net.log.get(1).substring(17))))
                .isEqualTo(AcseApdu.Aare.of(
                        CHAT.name(),
                        AcseApdu.Result.ACCEPTED,
                        Diagnostic.NULL,
                        AeTitle.of(ObjectIdentifier.of("1.1.999"), 12),
                        Authentication.NONE,
                        null,
                        List.of()));
        assertThat(calling.news()).containsExactly("associated");
        assertThat(association.peer()).isEqualTo("1.1.999, 12 (bob)");
        assertThat(association.functionalUnits()).isEqualTo(DUPLEX);
    }

    @Test
    void userInformationGoesAlongBothWays() {
        callee.attach(CHAT, DUPLEX, called);
        association = caller.associateRequest(
                new AssociationRequest(
                        CHAT, caller.parseAddress("bob"), DUPLEX, TokenSetting.INITIATOR, Octets.ofHex("0c026869")),
                calling);
        settle();
        assertThat(called.association.userInformation()).isEqualTo(Octets.ofHex("0c026869"));
        called.association.accept(Octets.ofHex("0c03796573"));
        settle();

        assertThat(association.userInformation()).isEqualTo(Octets.ofHex("0c03796573"));
    }

    @Test
    void aTitleCanBeAName() {
        assertThat(AeTitle.named("bob").apTitle()).isEqualTo(Octets.ofHex("300e 310c 300a 0603550403 0c03 626f62"));
        assertThat(AeTitle.named("bob")).hasToString("bob");
    }

    @Test
    void agreesOnWhatBothCanUseAndPrefersDuplex() {
        callee.attach(CHAT, ALL, called);
        request(CHAT, ALL);
        called.association.accept();
        settle();

        assertThat(association.functionalUnits()).isEqualTo(ALL.without(FunctionalUnit.HALF_DUPLEX));
        assertThat(called.association.functionalUnits()).isEqualTo(association.functionalUnits());
    }

    @Test
    void refusesForTheApplicationAndTellsWhy() {
        callee.attach(CHAT, DUPLEX, called);
        request(CHAT, DUPLEX);
        called.association.refuse("the room is full");
        settle();
        assertThat(calling.news()).containsExactly("ended REFUSED: the room is full");
        assertThat(called.news()).containsExactly("associate?");

        callee.detach(CHAT);
        request(CHAT, DUPLEX);
        assertThat(calling.news()).containsExactly("ended REFUSED: the presentation address is not known there");

        callee.attach(CHAT, DUPLEX, newAssociation -> null);
        request(CHAT, DUPLEX);
        assertThat(calling.news()).containsExactly("ended REFUSED: the called user refused");
        assertThat(net.last()).startsWith("bob P-CONNECT- 1 61");
    }

    @Test
    void refusesAnotherApplicationContext() {
        callee.attach(CHAT, DUPLEX, called);
        request(new ApplicationContext("chat", ObjectIdentifier.of("1.2.5"), CHAT.abstractSyntax(), 1), DUPLEX);

        assertThat(calling.news()).containsExactly("ended REFUSED: the application context is not supported there");
        assertThat(called.news()).isEmpty();
    }

    @Test
    void refusesWhenThereIsNothingInCommon() {
        callee.attach(CHAT, DUPLEX, called);
        request(CHAT, FunctionalUnits.of(FunctionalUnit.HALF_DUPLEX));
        assertThat(calling.news()).containsExactly("ended REFUSED: neither duplex nor half-duplex in common");

        net.rejected = CHAT.abstractSyntax();
        request(CHAT, DUPLEX);
        assertThat(calling.news())
                .containsExactly("ended REFUSED: no presentation context for the application's abstract syntax");

        net.rejected = ObjectIdentifier.ACSE;
        request(CHAT, DUPLEX);
        assertThat(calling.news()).containsExactly("ended REFUSED: the called user refused");
        assertThat(net.last()).isEqualTo("bob P-CONNECT-");
        assertThat(called.news()).isEmpty();
    }

    @Test
    void abortsWhenTheAnswerHasNoAare() {
        establish();
        PresentationPrimitive.ConnectAnswer accepted = answerOf(net.log.get(1));
        for (List<Pdv> userData : List.of(List.<Pdv>of(), List.of(new Pdv(1, Octets.ofHex("6200"))))) {
            request(CHAT, DUPLEX);
            net.end(1).hear(withUserData(accepted, userData));
            settle();
            assertThat(calling.news()).containsExactly("ended PROVIDER_ABORTED: protocol error: no AARE in the answer");
            assertThat(net.last()).isEqualTo("alice P-U-ABORT 1 6403800101");
        }
    }

    private PresentationPrimitive.ConnectAnswer answerOf(String line) {
        return new PresentationPrimitive.ConnectAnswer(
                null,
                "",
                null,
                net.end(0).connect.results(),
                net.end(0).connect.identifier(),
                DUPLEX,
                -1,
                TokenSetting.INITIATOR,
                Tokens.NONE,
                List.of(new Pdv(1, Octets.ofHex(line.replaceFirst(".* ", "")))));
    }

    private static PresentationPrimitive.ConnectAnswer withUserData(
            PresentationPrimitive.ConnectAnswer answer, List<Pdv> userData) {
        return new PresentationPrimitive.ConnectAnswer(
                answer.refusal(),
                answer.detail(),
                answer.responding(),
                answer.results(),
                answer.identifier(),
                answer.requirements(),
                answer.initialSerialNumber(),
                answer.tokens(),
                answer.tokensPleased(),
                userData);
    }

    // ---- Data and tokens ----

    @Test
    void carriesDataInTheApplicationsContext() {
        establish();
        assertThat(association.dataRequest(apdu("040101"))).isTrue();
        association.typedDataRequest(Octets.ofHex("040102"));
        association.stepRequest(new DialogueStep.TokenGive(Tokens.of(Token.DATA)));
        called.association.stepRequest(new DialogueStep.TokenPlease(Tokens.of(Token.RELEASE)));
        settle();

        assertThat(called.news())
                .containsExactly(
                        "data 040101", "typed data 040102", "TOKEN-GIVE [tokens, " + Tokens.of(Token.DATA) + "]");
        assertThat(calling.news()).containsExactly("TOKEN-PLEASE [tokens, " + Tokens.of(Token.RELEASE) + "]");
        assertThat(net.log).contains("alice P-DATA 3 040101", "alice P-TYPED-DATA 3 040102");
    }

    @Test
    void carriesExpeditedDataInTheDefaultContext() {
        establish();
        association.expeditedDataRequest(Octets.ofHex("040101"));
        settle();
        assertThat(net.last()).isEqualTo("alice P-EXPEDITED-DATA 0 040101");
        assertThat(called.news()).containsExactly("expedited data 040101");

        net.end(0).hear(new PresentationPrimitive.ExpeditedData(List.of(new Pdv(3, Octets.ofHex("040101")))));
        settle();
        assertThat(calling.news()).last().asString().startsWith("ended PROVIDER_ABORTED: protocol error");
    }

    @Test
    void deliversApdusThatCameTogetherOneByOneAndNoneWhilePaused() {
        establish();
        called.onData = () -> called.association.pause();
        net.end(0)
                .hear(new PresentationPrimitive.Data(
                        List.of(new Pdv(3, Octets.ofHex("040101")), new Pdv(3, Octets.ofHex("040102")))));
        net.end(0).hearData(3, "040103");
        settle();
        assertThat(called.news()).containsExactly("data 040101");
        called.association.resume();
        settle();
        assertThat(called.news()).containsExactly("data 040102");
        called.onData = null;
        called.association.resume();
        settle();
        assertThat(called.news()).containsExactly("data 040103");
    }

    @Test
    void passesFlowControlOn() {
        establish();
        called.association.pause();
        Pdu apdu = apdu("040101");
        int taken = 0;
        while (association.dataRequest(apdu)) {
            apdu = apdu("040101");
            taken++;
        }
        apdu.release();
        assertThat(taken).isPositive();
        called.association.resume();
        settle();
        assertThat(called.news()).hasSize(taken);
        assertThat(calling.news()).containsExactly("ready");
    }

    @Test
    void abortsForDataThatIsNotTheApplications() {
        establish();
        net.end(0).hearData(1, "6500");
        settle();
        assertThat(net.last()).isEqualTo("bob P-U-ABORT 1 6403800101");
        assertThat(called.news())
                .containsExactly("ended PROVIDER_ABORTED: protocol error: data of presentation context 1");
        assertThat(calling.news()).containsExactly("ended PROVIDER_ABORTED: protocol error, says the peer");
        assertThat(bob.discards(7, "ACSE").total()).isOne();
    }

    // ---- A-RELEASE ----

    @Test
    void releasesAfterThePeerHasSentTheRest() {
        establish();
        association.releaseRequest();
        Pdu late = apdu("040101");
        assertThatThrownBy(() -> association.dataRequest(late)).isInstanceOf(IllegalStateException.class);
        late.release();
        settle();
        assertThat(net.last()).isEqualTo("alice P-RELEASE 1 6203800100");
        assertThat(called.news()).containsExactly("release?");
        called.association.dataRequest(bob.pool().take().append(new byte[] {5, 0}));
        called.association.releaseResponse(true);
        settle();

        assertThat(net.last()).isEqualTo("bob P-RELEASE+ 1 6303800100");
        assertThat(calling.news()).containsExactly("data 0500", "ended RELEASED");
        assertThat(called.news()).containsExactly("ended RELEASED");
        assertThat(association.dataRequest(apdu("040101"))).isTrue();
        association.releaseRequest();
        association.abortRequest();
        settle();
        assertThat(net.last()).isEqualTo("bob P-RELEASE+ 1 6303800100");
    }

    @Test
    void goesOnWhenAReleaseIsRefused() {
        establish();
        association.releaseRequest();
        settle();
        called.association.releaseResponse(false);
        settle();
        assertThat(net.last()).isEqualTo("bob P-RELEASE- 1 6303800101");
        assertThat(calling.news()).containsExactly("release refused");
        association.dataRequest(apdu("040101"));
        settle();
        assertThat(called.news()).containsExactly("release?", "data 040101");
    }

    @Test
    void refusesAReleaseOnlyIfThatWasAgreedOn() {
        callee.attach(CHAT, DUPLEX, called);
        request(CHAT, ALL);
        called.association.accept();
        settle();
        association.releaseRequest();
        settle();

        assertThatThrownBy(() -> called.association.releaseResponse(false)).isInstanceOf(IllegalStateException.class);
        called.association.releaseResponse(true);
    }

    @Test
    void staysAssociatedWhenAReleaseWantsAToken() {
        establish();
        net.end(1).hasToken = false;
        assertThatThrownBy(() -> association.releaseRequest()).isInstanceOf(IllegalStateException.class);
        net.end(1).hasToken = true;
        association.releaseRequest();
        settle();
        assertThat(called.news()).containsExactly("release?");
    }

    @Test
    void whenReleasesCollideTheInitiatorAnswersFirstWhoeverAnswersEarlier() {
        for (boolean responderIsEarlier : new boolean[] {true, false}) {
            establish();
            association.releaseRequest();
            called.association.releaseRequest();
            settle();
            assertThat(calling.news()).containsExactly("release?");
            assertThat(called.news()).containsExactly("release?");
            net.log.clear();
            if (responderIsEarlier) {
                called.association.releaseResponse(true);
                settle();
                assertThat(net.log).isEmpty();
                association.releaseResponse(true);
            } else {
                association.releaseResponse(true);
                settle();
                called.association.releaseResponse(true);
            }
            settle();

            assertThat(net.log).containsExactly("alice P-RELEASE+ 1 6303800100", "bob P-RELEASE+ 1 6303800100");
            assertThat(calling.news()).containsExactly("ended RELEASED");
            assertThat(called.news()).containsExactly("ended RELEASED");
        }
    }

    @Test
    void acceptsAnRlreWithoutAReasonAndAReleaseWithoutAnApdu() {
        establish();
        association.releaseRequest();
        settle();
        net.end(1).hear(new PresentationPrimitive.ReleaseAnswer(true, List.of(new Pdv(1, Octets.ofHex("6300")))));
        settle();
        assertThat(calling.news()).containsExactly("ended RELEASED");

        establish();
        net.end(1).hear(new PresentationPrimitive.Release(List.of()));
        settle();
        assertThat(calling.news()).containsExactly("release?");
    }

    // ---- A-ABORT ----

    @Test
    void abortsAtOnce() {
        establish();
        association.abortRequest();
        settle();
        assertThat(net.last()).isEqualTo("alice P-U-ABORT 1 6403800100");
        assertThat(called.news()).containsExactly("ended ABORTED: aborted by the peer");
        assertThat(calling.news()).isEmpty();
    }

    @Test
    void abortsBeforeItIsAssociated() {
        callee.attach(CHAT, DUPLEX, called);
        request(CHAT, DUPLEX);
        association.abortRequest();
        settle();
        assertThat(called.news()).containsExactly("associate?", "ended ABORTED: aborted by the peer");
        called.association.accept();
        settle();
        assertThat(calling.news()).isEmpty();
    }

    @Test
    void tellsOfALostConnection() {
        establish();
        net.end(0).hear(new PresentationPrimitive.ProviderAbort("the transport connection was lost"));
        settle();
        assertThat(called.news()).containsExactly("ended PROVIDER_ABORTED: the transport connection was lost");
    }

    @Test
    void endsOnceWhateverComes() {
        SplittableRandom random = new SplittableRandom(7);
        List<AcseApduTest.Vector> vectors = AcseApduTest.vectors();
        int ended = 0;
        for (int i = 0; i < 30_000; i++) {
            establish();
            for (int n = 0; n < 4; n++) {
                byte[] octets =
                        vectors.get(random.nextInt(vectors.size())).octets().toByteArray();
                if (random.nextBoolean()) {
                    octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
                }
                Pdv value = new Pdv(random.nextInt(8) == 0 ? 3 : 1, Octets.of(octets));
                LoggedPresentation.End end = net.end(random.nextInt(2));
                switch (random.nextInt(6)) {
                    case 0 -> end.hear(new PresentationPrimitive.Release(List.of(value)));
                    case 1 -> end.hear(new PresentationPrimitive.ReleaseAnswer(random.nextBoolean(), List.of(value)));
                    case 2 -> end.hear(new PresentationPrimitive.Data(List.of(value, value)));
                    case 3 -> end.hear(new PresentationPrimitive.TypedData(List.of(value)));
                    case 4 -> end.hearData(3, value.value().toString());
                    default -> end.hear(new PresentationPrimitive.UserAbort(List.of(value)));
                }
                settle();
            }
            for (List<String> news : List.of(calling.news(), called.news())) {
                long ends =
                        news.stream().filter(line -> line.startsWith("ended")).count();
                assertThat(ends).isLessThanOrEqualTo(1);
                assertThat(ends == 0 || news.get(news.size() - 1).startsWith("ended"))
                        .isTrue();
                ended += (int) ends;
            }
            net.log.clear();
            net.ends.clear();
        }
        assertThat(ended).isGreaterThan(10_000);
    }

    // ---- Helpers ----

    private void establish() {
        callee.detach(CHAT);
        callee.attach(CHAT, ALL, called);
        request(CHAT, ALL);
        called.association.accept();
        settle();
        calling.news();
        called.news();
    }

    private void request(ApplicationContext context, FunctionalUnits requirements) {
        association = caller.associateRequest(
                new AssociationRequest(
                        context, caller.parseAddress("bob"), requirements, TokenSetting.CALLED_USERS_CHOICE),
                calling);
        settle();
    }

    private Pdu apdu(String hex) {
        return alice.pool().take().append(Octets.ofHex(hex).toByteArray());
    }

    private void settle() {
        simulation.run(Duration.ofMillis(1));
    }
}
