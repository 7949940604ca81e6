package org.osistack.application.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osistack.application.ApplicationContext;
import org.osistack.application.Association;
import org.osistack.application.AssociationRequest;
import org.osistack.application.AssociationService;
import org.osistack.application.Associations;
import org.osistack.application.LoggedPresentation;
import org.osistack.application.RecordingAssociationUser;
import org.osistack.application.acse.AcseService;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.Simulation;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.dialogue.Tokens;
import org.osistack.presentation.ObjectIdentifier;
import org.osistack.presentation.PresentationPrimitive;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.Tag;

class StreamAssociationsTest {
    private static final ApplicationContext CHAT =
            new ApplicationContext("chat", ObjectIdentifier.of("1.2.3"), ObjectIdentifier.of("1.2.4"), 2000);
    private static final FunctionalUnits DUPLEX = FunctionalUnits.of(FunctionalUnit.DUPLEX);

    private final Simulation simulation = new Simulation(1);
    private final Host alice = simulation.newHost("alice");
    private final Host bob = simulation.newHost("bob");
    private final LoggedPresentation.Net net = new LoggedPresentation.Net();
    private final AssociationService caller = Associations.over(alice, new LoggedPresentation(net, alice));
    private final AssociationService callee = Associations.over(bob, new LoggedPresentation(net, bob));
    private final RecordingAssociationUser calling = new RecordingAssociationUser();
    private final RecordingAssociationUser called = new RecordingAssociationUser();
    private Association association;

    @AfterEach
    void noPduLeaks() {
        settle();
        assertThat(alice.pool().outstanding()).isZero();
        assertThat(bob.pool().outstanding()).isZero();
    }

    @Test
    void choosesTheServiceThatFitsThePresentationService() {
        assertThat(Associations.over(alice, new LoggedPresentation.Negotiated(net, alice)))
                .isInstanceOf(AcseService.class);
        assertThat(caller).isInstanceOf(StreamAssociations.class);
    }

    @Test
    void theConnectionIsTheAssociation() {
        establish();
        assertThat(net.log).containsExactly("alice P-CONNECT", "bob P-CONNECT+");
        assertThat(net.end(0).connect.called().port()).isEqualTo(2000);
        assertThat(association.functionalUnits()).isEqualTo(DUPLEX);
        association.dataRequest(apdu("040101"));
        settle();
        assertThat(called.news()).containsExactly("data 040101");

        association.releaseRequest();
        settle();
        assertThat(called.news()).containsExactly("release?");
        called.association.dataRequest(bob.pool().take().append(new byte[] {5, 0}));
        called.association.releaseResponse(true);
        settle();
        assertThat(calling.news()).containsExactly("data 0500", "ended RELEASED");
        assertThat(called.news()).containsExactly("ended RELEASED");
        assertThat(net.last()).isEqualTo("bob P-RELEASE+");
        assertThat(association.dataRequest(apdu("040101"))).isTrue();
        assertThat(net.last()).isEqualTo("bob P-RELEASE+");
    }

    @Test
    void deliversEachApduWholeHoweverTheStreamIsCut() {
        SplittableRandom random = new SplittableRandom(1);
        net.cutting = random;
        establish();
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            byte[] contents = new byte[random.nextInt(1 << random.nextInt(13))];
            random.nextBytes(contents);
            Octets apdu = new BerWriter()
                    .octetString(random.nextInt(8) == 0 ? Tag.context(1000) : Tag.OCTET_STRING, Octets.of(contents))
                    .toOctets();
            Pdu pdu = alice.pool().take(apdu.length());
            apdu.appendTo(pdu);
            while (!association.dataRequest(pdu)) {
                settle();
            }
            sent.add("data " + apdu);
        }
        settle();
        assertThat(called.news()).isEqualTo(sent);
    }

    @Test
    void deliversNothingWhilePausedAndTheReleaseBehindTheData() {
        establish();
        called.onData = () -> called.association.pause();
        net.end(0).hearData(0, "040101 040102 0401");
        settle();
        net.end(0).resume();
        net.end(0).hearData(0, "03");
        net.end(0).hear(new PresentationPrimitive.Release(List.of()));
        settle();
        assertThat(called.news()).containsExactly("data 040101");
        called.association.resume();
        settle();
        assertThat(called.news()).containsExactly("data 040102");
        called.onData = null;
        called.association.resume();
        settle();
        assertThat(called.news()).containsExactly("data 040103", "release?");
        called.association.releaseResponse(true);
        settle();
        assertThat(called.news()).containsExactly("ended RELEASED");
    }

    @Test
    void canBeEndedFromWithinAnIndication() {
        establish();
        called.onData = () -> called.association.abortRequest();
        net.end(0).hearData(0, "040101 040102 0401");
        settle();
        assertThat(called.news()).containsExactly("data 040101");
        assertThat(calling.news()).containsExactly("ended ABORTED: aborted by the peer");
    }

    @Test
    void abortsForWhatIsNoApdu() {
        for (String hex : List.of("00", "30 80 05 00 00 00", "04 84 00 10 00 01", "04 ff", "04 84 7f ff ff ff")) {
            establish();
            net.end(0).hearData(0, "05 00" + hex);
            settle();
            assertThat(called.news())
                    .containsExactly("data 0500", "ended PROVIDER_ABORTED: protocol error: what arrives is no APDU");
            assertThat(net.last()).isEqualTo("bob P-U-ABORT");
            assertThat(calling.news()).containsExactly("ended ABORTED: aborted by the peer");
        }
    }

    @Test
    void abortsWhenTheStreamEndsWithinAnApdu() {
        establish();
        net.end(0).hearData(0, "04 05 01");
        net.end(0).hear(new PresentationPrimitive.Release(List.of()));
        settle();
        assertThat(called.news())
                .containsExactly("ended PROVIDER_ABORTED: protocol error: the stream ends within an APDU");
    }

    @Test
    void putsALargeApduTogetherUpToTheLimit() {
        establish();
        int length = ApduAssembler.MAX_APDU - 5;
        net.end(0).hearData(0, "04 83 %06x".formatted(length));
        for (int left = length; left > 0; left -= 50_000) {
            net.end(0).hearData(0, "07".repeat(Math.min(left, 50_000)));
            settle();
        }
        assertThat(called.news()).containsExactly("data 0483%06x%s".formatted(length, "07".repeat(length)));
    }

    @Test
    void bothMayReleaseAtOnce() {
        establish();
        association.releaseRequest();
        called.association.releaseRequest();
        settle();
        assertThat(calling.news()).containsExactly("ended RELEASED");
        assertThat(called.news()).containsExactly("ended RELEASED");
    }

    @Test
    void refusesAndTellsOfRefusals() {
        callee.attach(CHAT, DUPLEX, called);
        request();
        called.association.refuse("no room");
        settle();
        assertThat(calling.news()).containsExactly("ended REFUSED: the called user refused");
        callee.detach(CHAT);
        request();
        assertThat(calling.news()).containsExactly("ended REFUSED: the presentation address is not known there");
        callee.attach(CHAT, DUPLEX, newAssociation -> null);
        request();
        assertThat(calling.news()).containsExactly("ended REFUSED: the called user refused");
    }

    @Test
    void hasNothingThatTakesASessionLayer() {
        establish();
        assertThatThrownBy(() -> association.typedDataRequest(Octets.EMPTY)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> association.stepRequest(new DialogueStep.TokenGive(Tokens.NONE)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> association.stepRequest(new DialogueStep.TokenPlease(Tokens.NONE)))
                .isInstanceOf(IllegalStateException.class);
        FunctionalUnits halfDuplex = FunctionalUnits.of(FunctionalUnit.HALF_DUPLEX);
        assertThatThrownBy(() -> caller.associateRequest(
                        new AssociationRequest(CHAT, caller.parseAddress("bob"), halfDuplex, TokenSetting.INITIATOR),
                        calling))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void passesFlowControlAndLostConnectionsOn() {
        establish();
        called.association.pause();
        Pdu apdu = apdu("040101");
        while (association.dataRequest(apdu)) {
            apdu = apdu("040101");
        }
        apdu.release();
        called.association.resume();
        settle();
        assertThat(calling.news()).containsExactly("ready");
        net.end(0).hear(new PresentationPrimitive.ProviderAbort("lost"));
        settle();
        assertThat(called.news()).endsWith("ended PROVIDER_ABORTED: lost");
    }

    @Test
    void copesWithAnyOctets() {
        SplittableRandom random = new SplittableRandom(3);
        int ended = 0;
        for (int i = 0; i < 20_000; i++) {
            establish();
            for (int n = 0; n < 3; n++) {
                byte[] octets = new byte[1 + random.nextInt(20)];
                random.nextBytes(octets);
                octets[0] = 4;
                if (octets.length > 1 && random.nextInt(4) > 0) {
                    octets[1] = (byte) random.nextInt(8);
                }
                net.end(0).hearData(0, Octets.of(octets).toString());
            }
            settle();
            ended += called.news().stream().anyMatch(line -> line.startsWith("ended")) ? 1 : 0;
            called.association.abortRequest();
            association.abortRequest();
            settle();
            calling.news();
            called.news();
            net.log.clear();
            net.ends.clear();
        }
        assertThat(ended).isBetween(1_000, 19_900);
    }

    private void establish() {
        callee.detach(CHAT);
        callee.attach(CHAT, DUPLEX, called);
        called.onData = null;
        request();
        called.association.accept();
        settle();
        assertThat(calling.news()).containsExactly("associated");
        assertThat(called.news()).containsExactly("associate?");
    }

    private void request() {
        association = caller.associateRequest(
                new AssociationRequest(CHAT, caller.parseAddress("bob"), DUPLEX, TokenSetting.INITIATOR), calling);
        settle();
        if (!calling.heard.isEmpty()) {
            called.heard.clear();
        }
    }

    private Pdu apdu(String hex) {
        return alice.pool().take().append(Octets.ofHex(hex).toByteArray());
    }

    private void settle() {
        simulation.run(Duration.ofMillis(1));
    }
}
