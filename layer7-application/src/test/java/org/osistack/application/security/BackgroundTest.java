package org.osistack.application.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osistack.application.ApplicationDissector;
import org.osistack.application.Association;
import org.osistack.application.AssociationRequest;
import org.osistack.application.AssociationService;
import org.osistack.application.Associations;
import org.osistack.application.RecordingAssociationUser;
import org.osistack.application.security.Authenticator.Admission;
import org.osistack.application.security.Authenticator.Decision;
import org.osistack.core.Dissector;
import org.osistack.core.Host;
import org.osistack.core.Simulation;
import org.osistack.core.Stack;
import org.osistack.core.StackSpec;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.presentation.PresentationService;

/** Hashing and the disk take their time in the background, and the hosts go on; the test says when each task is done. */
class BackgroundTest {
    private static final FunctionalUnits DUPLEX = FunctionalUnits.of(FunctionalUnit.DUPLEX);

    @TempDir
    private Path folder;

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final Background background = new Background(tasks::add, Runnable::run);
    private final Simulation simulation = new Simulation(5);
    private final Host alice = simulation.newHost("alice");
    private final Host bob = simulation.newHost("bob");
    private final Stack aliceStack = open(alice, 1);
    private final Stack bobStack = open(bob, 2);
    private final AssociationService calling = associations(alice, aliceStack);
    private final AssociationService called = associations(bob, bobStack);
    private final RecordingAssociationUser caller = new RecordingAssociationUser();
    private final RecordingAssociationUser server = new RecordingAssociationUser();
    private Lab lab;

    private static Stack open(Host host, int number) {
        StackSpec spec =
                StackSpec.of("virtual:lab", "ethernet", "ipv4:10.0.0." + number + "/24", "tcp", "x225", "x226");
        spec.add(4, "tpkt");
        return Stack.open(host, spec, null, () -> new ApplicationDissector(Dissector.NONE));
    }

    private static AssociationService associations(Host host, Stack stack) {
        return Associations.over(host, stack.service(PresentationService.class));
    }

    @BeforeEach
    void serve() {
        lab = new Lab(folder, simulation, bob);
        lab.gate.workIn(background);
        called.attach(Lab.CHAT, DUPLEX, lab.gate, association -> {
            bob.loop().defer(association::accept);
            return server.associateIndication(association);
        });
    }

    @AfterEach
    void close() {
        lab.close();
        aliceStack.close();
        bobStack.close();
        simulation.run(Duration.ofMinutes(5));
        assertThat(alice.pool().outstanding()).isZero();
        assertThat(bob.pool().outstanding()).isZero();
        assertThat(lab.gate.associations("alice")).isZero();
    }

    private Association associate(Credentials credentials) {
        AssociationRequest request =
                new AssociationRequest(Lab.CHAT, calling.parseAddress("10.0.0.2"), DUPLEX, TokenSetting.INITIATOR);
        Association association = calling.associateRequest(request.by(credentials), caller);
        settle();
        return association;
    }

    private void settle() {
        simulation.run(Duration.ofSeconds(2));
    }

    private void finishTask() {
        tasks.remove().run();
        settle();
    }

    @Test
    void aPasswordIsCheckedWhileTheHostGoesOn() {
        associate(new PlainPassword("alice", "wonderland".toCharArray()));
        assertThat(caller.news()).isEmpty();
        assertThat(server.news()).isEmpty();
        finishTask();
        assertThat(caller.news()).containsExactly("associated");
        assertThat(server.association.user()).isEqualTo("alice");

        associate(new PlainPassword("alice", "wonder".toCharArray()));
        finishTask();
        assertThat(caller.news()).containsExactly("ended REFUSED: authentication failed");
        assertThat(tasks).isEmpty();
    }

    @Test
    void whoHasGoneMeanwhileIsNotAdmittedAndDoesNotCount() {
        Association association = associate(new PlainPassword("alice", "wonderland".toCharArray()));
        association.abortRequest();
        settle();
        finishTask();
        assertThat(server.news()).isEmpty();
        assertThat(lab.gate.associations("alice")).isZero();

        associate(new PlainPassword("alice", "wonderland".toCharArray()));
        aliceStack.close();
        settle();
        finishTask();
        assertThat(server.news()).isEmpty();
        assertThat(lab.gate.associations("alice")).isZero();
    }

    @Test
    void aTicketIsIssuedWhenItsSessionIsOnTheDisk() {
        Identity identity = Lab.alice();
        associate(identity);
        assertThat(caller.news()).isEmpty();
        assertThat(identity.ticket(Lab.CHAT)).isNull();
        finishTask();
        assertThat(caller.news()).containsExactly("associated");
        assertThat(identity.ticket(Lab.CHAT)).isNotNull();

        identity.forgetPassword();
        associate(identity);
        assertThat(caller.news()).isEmpty();
        finishTask();
        assertThat(caller.news()).containsExactly("associated");
    }

    @Test
    void aResumptionCountsAtOnceAndNotTwice() throws Exception {
        Identity identity = Lab.alice();
        associate(identity);
        finishTask();
        Credentials.Proof first = lab.prove(identity);
        Credentials.Proof second = lab.prove(identity);
        AuthenticationValue firstAnswer = first.answer(lab.challenge(first));
        AuthenticationValue secondAnswer = second.answer(lab.challenge(second)); // the same count
        List<Decision> decisions = new ArrayList<>();
        lab.gate.decide(lab.claim(firstAnswer), decisions::add);
        assertThat(decisions).isEmpty();
        lab.gate.decide(lab.claim(secondAnswer), decisions::add);
        assertThat(decisions).hasSize(1).first().isInstanceOf(Authenticator.Refusal.class);
        finishTask();
        assertThat(decisions).last().isInstanceOf(Admission.class);
        ((Admission) decisions.get(1)).ended();
    }

    @Test
    void aSessionThatIsRevokedMeanwhileIsNotResumed() throws Exception {
        Identity identity = Lab.alice();
        associate(identity);
        finishTask();
        Credentials.Proof proof = lab.prove(identity);
        AuthenticationValue answer = proof.answer(lab.challenge(proof));
        List<Decision> decisions = new ArrayList<>();
        lab.gate.decide(lab.claim(answer), decisions::add);
        assertThat(lab.office.revoke(lab.office.sessions().get(0).id())).isTrue();
        finishTask();
        assertThat(decisions).hasSize(1).first().isInstanceOf(Authenticator.Refusal.class);
        finishTask();
        lab.start();
        assertThat(lab.office.sessions()).isEmpty();
    }

    @Test
    void theInitiatorMayGiveUpWhileItsPasswordIsHashed() {
        Identity identity = Lab.alice();
        identity.workIn(background);
        Association association = associate(identity);
        assertThat(tasks).hasSize(1);
        association.abortRequest();
        finishTask();
        assertThat(caller.news()).isEmpty();
        assertThat(server.news()).isEmpty();

        associate(identity);
        identity.forgetPassword(); // a proof that has begun is not harmed
        finishTask();
        finishTask();
        assertThat(caller.news()).containsExactly("associated");
    }

    @Test
    void aFaultComesToTheHostsThreadAndNothingComesAfterTheEnd() {
        List<Runnable> onHost = new ArrayList<>();
        new Background(Runnable::run, onHost::add)
                .call(
                        () -> {
                            throw new IllegalStateException("fault");
                        },
                        nothing -> onHost.clear());
        assertThat(onHost).hasSize(1);
        assertThatThrownBy(() -> onHost.get(0).run()).hasMessage("fault");

        Background closed = new Background(
                task -> {
                    throw new RejectedExecutionException();
                },
                onHost::add);
        closed.call(() -> 1, number -> onHost.clear());
        assertThat(onHost).hasSize(1);
    }
}
