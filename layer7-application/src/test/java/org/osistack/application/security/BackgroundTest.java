package org.osistack.application.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osistack.application.Association;
import org.osistack.application.security.Authenticator.Admission;
import org.osistack.application.security.Authenticator.Decision;

/** Hashing and the disk take their time in the background, and the hosts go on; the test says when each task is done. */
class BackgroundTest extends OverStacks {
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final Background background = new Background(tasks::add, Runnable::run);

    @BeforeEach
    void workInTheBackground() {
        lab.gate.workIn(background);
    }

    @AfterEach
    @Override
    void close() {
        super.close();
        assertThat(lab.gate.associations("alice")).isZero();
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
