package org.osistack.application.acse;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osistack.application.ApplicationContext;
import org.osistack.application.AssociationRequest;
import org.osistack.application.AssociationService;
import org.osistack.application.LoggedPresentation;
import org.osistack.application.RecordingAssociationUser;
import org.osistack.application.security.AuthenticationValue;
import org.osistack.application.security.Authenticator;
import org.osistack.application.security.Authenticator.Claim;
import org.osistack.application.security.PlainPassword;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.Simulation;
import org.osistack.core.dialogue.ConnectionIdentifier;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.presentation.ObjectIdentifier;
import org.osistack.presentation.Pdv;
import org.osistack.presentation.PresentationAddress;
import org.osistack.presentation.PresentationPrimitive;
import org.osistack.presentation.PresentationUser;

/** The octets of the authentication functional unit. */
class AcseAuthenticationTest {
    private static final ApplicationContext MMS = new ApplicationContext(
            "mms", ObjectIdentifier.of("1.0.9506.2.3"), ObjectIdentifier.of("1.0.9506.2.1"), 102);
    private static final FunctionalUnits DUPLEX = FunctionalUnits.of(FunctionalUnit.DUPLEX);

    // libiec61850's, in its vector for authentication
    private static final String AUTHENTICATION =
            "8a 02 04 80 8b 03 52 03 01 ac 0e 80 0c 75 73 65 72 31 40 74 65 73 74 70 77";
    private static final String AARQ = "60 6e a1 07 06 05 28 ca 22 02 03 a2 07 06 05 29 01 87 67 01 a3 03 02 01 0c"
            + " a6 06 06 04 29 01 87 67 a7 03 02 01 0c " + AUTHENTICATION
            + " be 2f 28 2d 02 01 03 a0 28 a8 26 80 03 00 fd e8 81 01 05 82 01 05 83 01 0a a4 16 80 01 01 81 03 05 f1 00"
            + " 82 0c 03 ee 1c 00 00 04 08 00 00 79 ef 18";

    private final Simulation simulation = new Simulation(1);
    private final Host alice = simulation.newHost("alice");
    private final Host bob = simulation.newHost("bob");
    private final LoggedPresentation.Net net = new LoggedPresentation.Net();
    private final LoggedPresentation.Negotiated raw = new LoggedPresentation.Negotiated(net, alice);
    private final AssociationService caller = new AcseService(alice, raw, AeTitle.NONE);
    private final AssociationService callee =
            new AcseService(bob, new LoggedPresentation.Negotiated(net, bob), AeTitle.NONE);
    private final RecordingAssociationUser calling = new RecordingAssociationUser();
    private final RecordingAssociationUser called = new RecordingAssociationUser();
    private final List<Claim> claims = new ArrayList<>();

    @AfterEach
    void noPduLeaks() {
        simulation.run(Duration.ofSeconds(1));
        assertThat(alice.pool().outstanding()).isZero();
        assertThat(bob.pool().outstanding()).isZero();
    }

    private void serve(Authenticator.Decision decision) {
        callee.attach(
                MMS,
                DUPLEX,
                (claim, then) -> {
                    claims.add(claim);
                    then.accept(decision);
                },
                called);
    }

    private void request(String aarq) {
        AcseApdu.Aarq parsed = (AcseApdu.Aarq) AcseApdu.parse(Octets.ofHex(aarq));
        raw.connectRequest(
                new PresentationPrimitive.Connect(
                        null,
                        new PresentationAddress(
                                MMS.selectors().presentation(),
                                MMS.selectors().session(),
                                MMS.selectors().transport(),
                                0,
                                caller.parseAddress("bob")),
                        AcseService.contexts(MMS),
                        List.of(),
                        ConnectionIdentifier.NONE,
                        DUPLEX,
                        -1,
                        TokenSetting.INITIATOR,
                        List.of(new Pdv(1, parsed == null ? Octets.ofHex(aarq) : parsed.emit()))),
                new IgnoringUser());
        simulation.run(Duration.ofSeconds(1));
    }

    /** Hears what the peer answers, which the log has. */
    private static final class IgnoringUser implements PresentationUser {
        @Override
        public void indication(PresentationPrimitive primitive) {}

        @Override
        public void dataIndication(int context, Pdu value) {
            value.release();
        }

        @Override
        public void readyIndication() {}
    }

    private static Authenticator.Admission admission(String user, AuthenticationValue response) {
        return new Authenticator.Admission() {
            @Override
            public String user() {
                return user;
            }

            @Override
            public AuthenticationValue response() {
                return response;
            }
        };
    }

    @Test
    void understandsAPasswordAsARealPeerSendsIt() {
        serve(admission("user1", null));
        request(AARQ);

        assertThat(claims)
                .containsExactly(new Claim(
                        MMS,
                        "alice",
                        "1.1.1.999, 12",
                        new AuthenticationValue(AuthenticationValue.PASSWORD, "user1@testpw")));
        assertThat(called.association.user()).isEqualTo("user1");
        called.association.accept();
        assertThat(net.last())
                .isEqualTo("bob P-CONNECT+ 1 "
                        + Octets.ofHex("61 15 a1 07 06 05 28 ca 22 02 03 a2 03 02 01 00 a3 05 a1 03 02 01 00"));
    }

    @Test
    void sendsAPasswordAsARealPeerDoes() {
        callee.attach(MMS, DUPLEX, called);
        caller.associateRequest(
                new AssociationRequest(MMS, caller.parseAddress("bob"), DUPLEX, TokenSetting.INITIATOR)
                        .by(new PlainPassword("user1", "testpw".toCharArray())),
                calling);

        assertThat(net.last())
                .startsWith("alice P-CONNECT 1 60")
                .endsWith("a107060528ca220203" + Octets.ofHex(AUTHENTICATION));
        simulation.run(Duration.ofSeconds(1));
        called.association.accept();
        simulation.run(Duration.ofSeconds(1));
        assertThat(calling.news()).containsExactly("associated"); // the mechanism has no answer
    }

    @Test
    void whatIsSaidWithoutTheFunctionalUnitIsNotSaid() {
        serve(new Authenticator.Refusal(Authenticator.Reason.AUTHENTICATION_REQUIRED, ""));
        request(AARQ.replace("8a 02 04 80", "8a 02 04 00"));
        request("60 18 a1 07 06 05 28 ca 22 02 03 8b 03 52 03 01 ac 08 80 06 73 65 63 72 65 74");
        request("60 0e a1 07 06 05 28 ca 22 02 03 8a 03 04 80 00");

        assertThat(claims).hasSize(3).allMatch(claim -> claim.value() == null);
        assertThat(net.last()).contains("a2030201 01 a3 05 a1 03 02 01 0e".replace(" ", ""));
    }

    @Test
    void aValueThatIsNoCharstringIsEmpty() {
        serve(new Authenticator.Refusal(Authenticator.Reason.AUTHENTICATION_FAILURE, ""));
        request("60 17 a1 07 06 05 28 ca 22 02 03 8a 02 04 80 8b 03 52 03 01 ac 03 81 01 00");
        request("60 12 a1 07 06 05 28 ca 22 02 03 8a 02 04 80 ac 03 80 01 41");

        assertThat(claims.stream().map(Claim::value).toList())
                .containsExactly(
                        new AuthenticationValue(AuthenticationValue.PASSWORD, ""), new AuthenticationValue(null, "A"));
    }

    @Test
    void answersWithTheStandardsDiagnostics() {
        for (Authenticator.Reason reason : Authenticator.Reason.values()) {
            callee.detach(MMS);
            serve(new Authenticator.Refusal(reason, ""));
            request(AARQ);
            int diagnostic = switch (reason) {
                case MECHANISM_NOT_RECOGNIZED -> 11;
                case MECHANISM_REQUIRED -> 12;
                case AUTHENTICATION_FAILURE -> 13;
                case AUTHENTICATION_REQUIRED -> 14;
                case NOT_AUTHORIZED, BUSY -> 1;
            };
            int result = reason == Authenticator.Reason.BUSY ? 2 : 1;
            assertThat(net.last())
                    .isEqualTo(String.format(
                            "bob P-CONNECT- 1 6115a107060528ca220203a20302010%da305a1030201%02x", result, diagnostic));
        }
        assertThat(called.news()).isEmpty();
    }

    @Test
    void asksAndAnswersInTheAare() {
        AuthenticationValue value = new AuthenticationValue(ObjectIdentifier.of("1.2.3"), "r=1");
        serve(new Authenticator.Challenge(value));
        request(AARQ);
        String said =
                Octets.ofHex("88 02 04 80 89 02 2a 03 aa 05 80 03 72 3d 31").toString();
        assertThat(net.last())
                .startsWith("bob P-CONNECT- 1 ")
                .contains("a203020102a305a10302010e")
                .endsWith(said);

        callee.detach(MMS);
        serve(admission("user1", value));
        request(AARQ);
        called.association.accept();
        assertThat(net.last())
                .startsWith("bob P-CONNECT+ 1 ")
                .contains("a203020100a305a103020100")
                .endsWith(said);
    }
}
