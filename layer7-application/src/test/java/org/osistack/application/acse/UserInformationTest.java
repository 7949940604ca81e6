package org.osistack.application.acse;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.osistack.application.ApplicationContext;
import org.osistack.application.Association;
import org.osistack.application.AssociationRequest;
import org.osistack.application.AssociationService;
import org.osistack.application.AssociationUser;
import org.osistack.application.LoggedPresentation;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.Simulation;
import org.osistack.core.dialogue.ConnectionIdentifier;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.presentation.ObjectIdentifier;

/** What travels with A-ASSOCIATE, A-RELEASE and A-ABORT for the application. */
class UserInformationTest {
    private static final ApplicationContext CHAT =
            new ApplicationContext("chat", ObjectIdentifier.of("1.2.3"), ObjectIdentifier.of("1.2.4"), 2000);
    private static final FunctionalUnits DUPLEX = FunctionalUnits.of(FunctionalUnit.DUPLEX);
    private static final Octets HI = Octets.ofHex("0c026869");
    private static final Octets NO = Octets.ofHex("0c026e6f");

    private final Simulation simulation = new Simulation(1);
    private final Host alice = simulation.newHost("alice");
    private final Host bob = simulation.newHost("bob");
    private final LoggedPresentation.Net net = new LoggedPresentation.Net();
    private final AssociationService caller =
            new AcseService(alice, new LoggedPresentation.Negotiated(net, alice), AeTitle.NONE);
    private final AssociationService callee =
            new AcseService(bob, new LoggedPresentation.Negotiated(net, bob), AeTitle.NONE);
    private final User calling = new User();
    private final User called = new User();

    private static final class User implements AssociationUser {
        private final List<String> heard = new ArrayList<>();
        private Association association;

        @Override
        public void dataIndication(Pdu apdu) {
            apdu.release();
        }

        @Override
        public void releaseIndication() {
            throw new AssertionError("the other one is called");
        }

        @Override
        public void releaseIndication(Octets userInformation) {
            heard.add("release? " + userInformation);
        }

        @Override
        public void ended(Ending ending, String detail) {
            throw new AssertionError("the other one is called");
        }

        @Override
        public void ended(Ending ending, String detail, Octets userInformation) {
            heard.add(ending + " " + userInformation);
        }
    }

    private void request() {
        callee.attach(CHAT, DUPLEX, association -> {
            called.association = association;
            return called;
        });
        calling.association = caller.associateRequest(
                new AssociationRequest(CHAT, caller.parseAddress("bob"), DUPLEX, TokenSetting.INITIATOR)
                        .with(
                                DUPLEX,
                                TokenSetting.INITIATOR,
                                new ConnectionIdentifier(HI, NO, Octets.ofHex("3031")),
                                HI),
                calling);
        settle();
    }

    private void settle() {
        simulation.run(Duration.ofMillis(1));
    }

    @Test
    void theCallerNamesTheSessionConnection() {
        request();

        assertThat(called.association.peerIdentifier())
                .isEqualTo(new ConnectionIdentifier(HI, NO, Octets.ofHex("3031")));
        assertThat(called.association.userInformation()).isEqualTo(HI);
    }

    @Test
    void aRefusalBringsIt() {
        request();
        called.association.refuse("no", NO);
        settle();

        assertThat(calling.heard).containsExactly("REFUSED " + NO);
    }

    @Test
    void anAbortBringsIt() {
        request();
        called.association.accept();
        settle();
        calling.association.abortRequest(NO);
        settle();

        assertThat(net.last()).isEqualTo("alice P-U-ABORT 1 6410800100be0b2809020103a0040c026e6f");
        assertThat(called.heard).containsExactly("ABORTED " + NO);
    }

    @Test
    void aReleaseBringsItBothWays() {
        request();
        called.association.accept();
        settle();
        calling.association.releaseRequest(HI);
        settle();
        assertThat(net.last()).isEqualTo("alice P-RELEASE 1 6210800100be0b2809020103a0040c026869");
        called.association.releaseResponse(true, NO);
        settle();

        assertThat(called.heard).containsExactly("release? " + HI, "RELEASED ");
        assertThat(calling.heard).containsExactly("RELEASED " + NO);
    }

    @Test
    void aReleaseThatCollidesKeepsItUntilItsTurn() {
        request();
        called.association.accept();
        settle();
        calling.association.releaseRequest(HI);
        called.association.releaseRequest(NO);
        settle();
        called.association.releaseResponse(true, NO);
        settle();
        calling.association.releaseResponse(true, HI);
        settle();

        assertThat(calling.heard).containsExactly("release? " + NO, "RELEASED " + NO);
        assertThat(called.heard).containsExactly("release? " + HI, "RELEASED ");
    }
}
