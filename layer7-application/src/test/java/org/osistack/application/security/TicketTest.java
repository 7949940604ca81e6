package org.osistack.application.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osistack.application.security.Authenticator.Admission;
import org.osistack.application.security.Authenticator.Challenge;
import org.osistack.application.security.Authenticator.Claim;
import org.osistack.application.security.Authenticator.Decision;
import org.osistack.application.security.Authenticator.Reason;
import org.osistack.application.security.Authenticator.Refusal;
import org.osistack.core.Octets;

class TicketTest {
    private static final Refusal FAILURE =
            new Refusal(Reason.AUTHENTICATION_FAILURE, "the ticket is not valid, or no longer");

    @TempDir
    private Path folder;

    private Lab lab;
    private Identity alice;
    private Ticket ticket;

    @BeforeEach
    void open() throws Exception {
        lab = new Lab(folder);
        alice = Lab.alice();
        lab.authenticate(lab.prove(alice));
        alice.forgetPassword();
        ticket = alice.ticket(Lab.CHAT);
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private Credentials.Proof proof(Ticket from) {
        return lab.prove(Identity.of("alice").keep(from));
    }

    @Test
    void provesTheIdentityWithoutThePassword() throws Exception {
        assertThat(alice.isUsableFor(Lab.CHAT)).isTrue();
        assertThat(alice.isUsableFor(Lab.FILE)).isFalse();
        for (int i = 1; i <= 3; i++) {
            Ticket before = alice.ticket(Lab.CHAT);
            Admission admission = (Admission) lab.authenticate(lab.prove(alice));

            assertThat(admission.user()).isEqualTo("alice");
            assertThat(alice.ticket(Lab.CHAT).sealed()).isNotEqualTo(before.sealed());
            assertThat(alice.ticket(Lab.CHAT).key()).isNotEqualTo(before.key());
            assertThat(lab.office.sessions())
                    .singleElement()
                    .satisfies(session -> assertThat(session.user()).isEqualTo("alice"));
            assertThat(lab.office.sessions().get(0).count()).isEqualTo(i);
        }
        assertThatThrownBy(() -> alice.prove(Lab.FILE, lab.host.random()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the password of alice is needed");
    }

    @Test
    void outlivesBothProcesses() throws Exception {
        Octets kept = ticket.toOctets();
        lab.start();
        Identity again = Identity.of("alice").keep(Ticket.of(kept));

        assertThat(lab.authenticate(lab.prove(again))).isInstanceOf(Admission.class);
        assertThat(lab.office.sessions().get(0).count()).isEqualTo(1);
        assertThat(Ticket.of(Octets.ofHex("3000"))).isNull();
        assertThat(ticket.toString()).doesNotContain(ticket.key().toString());
    }

    @Test
    void isStillGoodWhenTheAnswerWasLost() throws Exception {
        Credentials.Proof lost = proof(ticket);
        assertThat(lab.decide(lost.answer(lab.challenge(lost)))).isInstanceOf(Admission.class);

        assertThat(lab.authenticate(proof(ticket))).isInstanceOf(Admission.class);
    }

    @Test
    void isWorthNothingWithoutItsKey() throws Exception {
        Ticket copied = new Ticket("alice", ticket.application(), ticket.sealed(), Octets.of(new byte[32]));

        assertThat(lab.authenticate(proof(copied))).isEqualTo(FAILURE);
    }

    @Test
    void aProofCanBeUsedOnceAndNotForLong() throws Exception {
        Credentials.Proof proof = proof(ticket);
        AuthenticationValue answer = proof.answer(lab.challenge(proof));
        assertThat(lab.decide(answer)).isInstanceOf(Admission.class);
        assertThat(lab.decide(answer)).isEqualTo(FAILURE);

        Credentials.Proof late = proof(ticket);
        AuthenticationValue lateAnswer = late.answer(lab.challenge(late));
        lab.pass(Duration.ofSeconds(31));
        assertThat(lab.decide(lateAnswer)).isEqualTo(FAILURE);

        Credentials.Proof cut = proof(ticket);
        AuthenticationValue cutAnswer = cut.answer(lab.challenge(cut));
        lab.start();
        assertThat(lab.decide(cutAnswer)).isEqualTo(FAILURE);
    }

    @Test
    void ofTwoProofsAtOnceOneIsTaken() throws Exception {
        Credentials.Proof one = proof(ticket);
        Credentials.Proof two = proof(ticket);
        AuthenticationValue first = one.answer(lab.challenge(one));
        AuthenticationValue second = two.answer(lab.challenge(two));

        assertThat(lab.decide(second)).isInstanceOf(Admission.class);
        assertThat(lab.decide(first)).isEqualTo(FAILURE);
    }

    @Test
    void expires() throws Exception {
        lab.pass(Duration.ofMinutes(59));
        assertThat(lab.authenticate(lab.prove(alice))).isInstanceOf(Admission.class);
        lab.pass(Duration.ofMinutes(2));
        assertThat(lab.decide(proof(ticket).first())).isEqualTo(FAILURE);
        for (int minutes = 61; minutes < 12 * 60 - 30; minutes += 30) {
            assertThat(lab.authenticate(lab.prove(alice))).isInstanceOf(Admission.class);
            lab.pass(Duration.ofMinutes(30));
        }
        assertThat(lab.authenticate(lab.prove(alice))).isInstanceOf(Admission.class);
        lab.pass(Duration.ofMinutes(30)); // twelve hours after the password
        assertThat(lab.decide(lab.prove(alice).first())).isEqualTo(FAILURE);
        assertThat(lab.office.sessions()).isEmpty();
    }

    @Test
    void canBeRevoked() throws Exception {
        String id = lab.office.sessions().get(0).id();
        Credentials.Proof underWay = proof(ticket);
        AuthenticationValue answer = underWay.answer(lab.challenge(underWay));

        assertThat(lab.office.revoke("000102030405060708090a0b")).isFalse();
        assertThat(lab.office.revoke(id)).isTrue();
        assertThat(lab.decide(answer)).isEqualTo(FAILURE);
        assertThat(lab.decide(proof(ticket).first())).isEqualTo(FAILURE);
        lab.start();
        assertThat(lab.decide(proof(ticket).first())).isEqualTo(FAILURE);
        assertThat(lab.office.revoke(id)).isFalse();
    }

    @Test
    void goesWithThePasswordAndTheUser() throws Exception {
        lab.users.add("alice", "through the looking-glass".toCharArray(), "");
        assertThat(lab.decide(proof(ticket).first())).isEqualTo(FAILURE);

        Identity carol = Identity.of("carol", "christmas".toCharArray());
        lab.authenticate(lab.prove(carol));
        Credentials.Proof underWay = lab.prove(carol);
        AuthenticationValue answer = underWay.answer(lab.challenge(underWay));
        lab.users.remove("carol");
        assertThat(lab.decide(answer)).isEqualTo(FAILURE);
    }

    @Test
    void goesBackToThePasswordWhereItIsKnown() throws Exception {
        lab.office.revoke(lab.office.sessions().get(0).id());
        Identity knowing = Lab.alice().keep(ticket);
        Credentials.Proof proof = lab.prove(knowing);
        assertThat(lab.decide(proof.first())).isEqualTo(FAILURE);

        assertThat(lab.authenticate(proof.afterFailure())).isInstanceOf(Admission.class);
        assertThat(knowing.ticket(Lab.CHAT).sealed()).isNotEqualTo(ticket.sealed());
        assertThat(proof(ticket).afterFailure()).isNull();
    }

    @Test
    void isForOneApplication() {
        Credentials.Proof proof = proof(ticket);

        assertThat(lab.decide(new Claim(Lab.FILE, "10.0.0.1", "", proof.first())))
                .isEqualTo(FAILURE);
    }

    @Test
    void anInitiatorDoesNotBelieveWhoDoesNotHaveTheKey() throws Exception {
        Credentials.Proof proof = proof(ticket);
        proof.answer(lab.challenge(proof));

        for (String response : List.of("", "v=", "v=" + Messages.base64(new byte[32]), "v=!", "t=abc")) {
            assertThatThrownBy(() -> proof.check(new AuthenticationValue(AuthenticationValue.TICKET, response)))
                    .isInstanceOf(AuthenticationException.class)
                    .hasMessage("the peer did not prove that it issued the ticket of alice");
        }
        assertThatThrownBy(() -> proof.check(null)).isInstanceOf(AuthenticationException.class);
        for (String challenge : List.of("", "r=1,o=0", "o=0", "r=" + "x".repeat(40) + ",o=0", "r=a,o=-1")) {
            assertThatThrownBy(
                            () -> proof(ticket).answer(new AuthenticationValue(AuthenticationValue.TICKET, challenge)))
                    .isInstanceOf(AuthenticationException.class);
        }
    }

    @Test
    void countsAreProvedToo() throws Exception {
        Credentials.Proof proof = proof(ticket);
        AuthenticationValue challenge = lab.challenge(proof);
        AuthenticationValue raised = new AuthenticationValue(
                AuthenticationValue.TICKET, challenge.text().replace(",o=0", ",o=999999"));

        assertThat(lab.decide(proof.answer(raised))).isEqualTo(FAILURE);
        assertThat(lab.office.sessions().get(0).count()).isZero();
    }

    @Test
    void keepsSoManySessionsOfAUserAndNoMore() throws Exception {
        for (int i = 0; i < TicketOffice.MAX_SESSIONS_OF_USER; i++) {
            assertThat(lab.authenticate(lab.prove(Lab.alice()))).isInstanceOf(Admission.class);
        }
        assertThat(lab.office.sessions()).hasSize(TicketOffice.MAX_SESSIONS_OF_USER);
        assertThat(lab.decide(proof(ticket).first())).isEqualTo(FAILURE); // the oldest had to go
    }

    @Test
    void admitsWithoutATicketWhenTheStoreKeepsNothing() throws Exception {
        lab.store.close();
        Identity identity = Lab.alice();

        assertThat(lab.authenticate(lab.prove(identity))).isInstanceOf(Admission.class);
        assertThat(identity.ticket(Lab.CHAT)).isNull();
        assertThat(lab.log).singleElement().asString().startsWith("no ticket for alice: the store ");
        Credentials.Proof proof = proof(ticket);
        assertThat(lab.decide(proof.answer(lab.challenge(proof)))).isEqualTo(FAILURE);
    }

    @Test
    void survivesAnythingThatIsSaid() throws Exception {
        SplittableRandom random = new SplittableRandom(7);
        int challenges = 0;
        for (int i = 0; i < 15_000; i++) {
            Credentials.Proof proof = random.nextBoolean() ? proof(ticket) : lab.prove(Lab.alice());
            AuthenticationValue first = proof.first();
            Decision decision = lab.decide(mutated(first, random));
            if (decision instanceof Challenge challenge) {
                challenges++;
                if (first.mechanism().equals(AuthenticationValue.TICKET)) {
                    lastHalf(proof, challenge, random);
                }
            }
        }
        assertThat(challenges).isGreaterThan(1000);
        assertThat(lab.authenticate(lab.prove(alice))).isInstanceOf(Admission.class);
    }

    private void lastHalf(Credentials.Proof proof, Challenge challenge, SplittableRandom random) {
        try {
            AuthenticationValue answer = proof.answer(mutated(challenge.value(), random));
            AuthenticationValue changed = mutated(answer, random);
            if (lab.decide(changed) instanceof Admission admission) {
                assertThat(changed.text())
                        .startsWith(answer.text().substring(0, answer.text().length() - 3));
                proof.check(mutated(admission.response(), random));
            }
        } catch (AuthenticationException e) {
            assertThat(e.getMessage()).startsWith("the peer");
        }
    }

    private static AuthenticationValue mutated(AuthenticationValue value, SplittableRandom random) {
        StringBuilder text = new StringBuilder(value.text());
        for (int n = random.nextInt(3); n > 0 && text.length() > 0; n--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.setCharAt(at, (char) random.nextInt(256));
                case 1 -> text.deleteCharAt(at);
                case 2 -> text.setLength(at);
                default -> text.insert(at, ",=rnspt".charAt(random.nextInt(7)));
            }
        }
        return new AuthenticationValue(value.mechanism(), text.toString());
    }
}
