package org.osistack.application.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.osistack.application.ApplicationContext;
import org.osistack.application.Association;

/** Who calls proves who it is: two hosts, one wire, all seven layers. */
class AuthenticationOverStacksTest extends OverStacks {
    private void release(Association association) {
        association.releaseRequest();
        settle();
        server.association.releaseResponse(true);
        settle();
        caller.news();
        server.news();
    }

    @Test
    void provesThePasswordAndThenTheTicket() {
        Identity identity = Lab.alice();
        Association association = associate(identity);

        assertThat(caller.news()).containsExactly("associated");
        assertThat(server.news()).containsExactly("associate?");
        assertThat(server.association.user()).isEqualTo("alice");
        assertThat(association.user()).isEmpty();
        release(association);
        assertThat(server.association.user()).isEqualTo("alice");

        identity.forgetPassword();
        release(associate(identity));
        release(associate(identity));
        assertThat(lab.office.sessions())
                .singleElement()
                .satisfies(session -> assertThat(session.count()).isEqualTo(2));
    }

    @Test
    void theFirstAssociationIsRefusedWithTheChallenge() {
        release(associate(Lab.alice()));

        String aarq = "AARQ application context 1.2.3, authentication by SCRAM-SHA-256";
        assertThat(acse)
                .containsExactly(
                        aarq,
                        "AARE rejected, transient: authentication is required",
                        aarq,
                        "AARE accepted",
                        "RLRQ normal",
                        "RLRE normal");
    }

    @Test
    void theTicketSparesThePasswordAndFallsBackToIt() throws Exception {
        Identity identity = Lab.alice();
        release(associate(identity));
        lab.office.revoke(lab.office.sessions().get(0).id());
        acse.clear();
        release(associate(identity));

        assertThat(acse)
                .startsWith(
                        "AARQ application context 1.2.3, authentication by ticket",
                        "AARE rejected, permanent: authentication failed",
                        "AARQ application context 1.2.3, authentication by SCRAM-SHA-256");
        assertThat(server.association.user()).isEqualTo("alice");
    }

    @Test
    void refusesInWordsForAPerson() {
        associate(null);
        assertThat(caller.news()).containsExactly("ended REFUSED: authentication is required");
        associate(Identity.of("alice", "wonder".toCharArray()));
        assertThat(caller.news()).containsExactly("ended REFUSED: authentication failed");
        associate(Identity.of("nobody", "wonder".toCharArray()));
        assertThat(caller.news()).containsExactly("ended REFUSED: authentication failed");
        associate(new PlainPassword("alice", "wonder".toCharArray()));
        assertThat(caller.news()).containsExactly("ended REFUSED: authentication failed");
        associate(new PlainPassword("alice", "wonderland".toCharArray()));
        assertThat(caller.news()).containsExactly("associated");
        assertThat(server.news()).containsExactly("associate?");
        assertThat(server.association.user()).isEqualTo("alice");
        release(caller.association);

        called.detach(Lab.CHAT);
        called.attach(
                Lab.CHAT,
                DUPLEX,
                (claim, then) -> then.accept(
                        new Authenticator.Refusal(Authenticator.Reason.NOT_AUTHORIZED, "alice may not use chat")),
                server);
        associate(null);
        assertThat(caller.news()).containsExactly("ended REFUSED: alice may not use chat");
        assertThat(server.news()).isEmpty();
        assertThatThrownBy(() -> associate(Identity.of("alice")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the password of alice is needed");
    }

    @Test
    void aUserHasNoMoreAssociationsThanItMayUntilOneIsOver() {
        lab.gate.limit(2);
        Association first = associate(Lab.alice());
        Association second = associate(Lab.alice());
        assertThat(caller.news()).containsExactly("associated", "associated");
        acse.clear();
        associate(Lab.alice());
        assertThat(caller.news())
                .containsExactly(
                        "ended REFUSED: alice has 2 associations already, as many as a user may have at a time");
        assertThat(acse).last().asString().startsWith("AARE rejected, transient");
        assertThat(lab.gate.refusedForQuota()).isEqualTo(1);
        associate(Identity.of("carol", "christmas".toCharArray()));
        assertThat(caller.news()).containsExactly("associated");

        second.abortRequest();
        settle();
        assertThat(lab.gate.associations("alice")).isEqualTo(1);
        associate(Lab.alice());
        assertThat(caller.news()).containsExactly("associated");
        first.abortRequest();
        settle();
        aliceStack.close(); // the rest is lost without a word of ACSE
        settle();
        assertThat(lab.gate.associations("alice")).isZero();
        assertThat(lab.gate.associations("carol")).isZero();
        server.news();
    }

    @Test
    void doesNotTalkToWhomDoesNotProveItsOwnIdentity() {
        called.detach(Lab.CHAT);
        called.attach(Lab.CHAT, DUPLEX, association -> {
            bob.loop().defer(association::accept);
            return server.associateIndication(association);
        });
        associate(Lab.alice());
        assertThat(caller.news())
                .containsExactly("ended REFUSED: the peer did not prove that it knows the password of alice");
        assertThat(server.news()).containsExactly("associate?", "ended ABORTED: aborted by the peer");
        assertThat(server.association.user()).isEmpty();

        called.detach(Lab.CHAT);
        called.attach(Lab.CHAT, DUPLEX, (claim, then) -> then.accept(liar(claim)), association -> {
            bob.loop().defer(association::accept);
            return server.associateIndication(association);
        });
        acse.clear();
        associate(Lab.alice());
        assertThat(caller.news())
                .containsExactly("ended REFUSED: the peer did not prove that it knows the password of alice");
        assertThat(acse).endsWith("ABRT by the service user: authentication failure");
    }

    /** Has heard of SCRAM, but not of the password. */
    private Authenticator.Decision liar(Authenticator.Claim claim) {
        String text = claim.value().text();
        if (text.startsWith("n,,")) {
            return new Authenticator.Challenge(new AuthenticationValue(
                    AuthenticationValue.SCRAM_SHA_256,
                    "r=" + Messages.attribute(text, 3, 'r') + "abc,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"));
        }
        return new Authenticator.Admission() {
            @Override
            public String user() {
                return "alice";
            }

            @Override
            public AuthenticationValue response() {
                return new AuthenticationValue(
                        AuthenticationValue.SCRAM_SHA_256, "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
            }
        };
    }

    @Test
    void survivesAnythingThatIsSaid() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 400; i++) {
            associate(new Garbling(Lab.alice(), random));
            if (caller.news().equals(List.of("associated"))) {
                release(caller.association);
            }
        }
        server.news();
        release(associate(Lab.alice()));
        assertThat(server.association.user()).isEqualTo("alice");
    }

    /** Credentials of somebody who changes what is to be said. */
    private record Garbling(Credentials credentials, SplittableRandom random) implements Credentials {
        @Override
        public String user() {
            return credentials.user();
        }

        @Override
        public Proof prove(ApplicationContext context, RandomGenerator any) {
            Proof proof = credentials.prove(context, any);
            return new Proof() {
                @Override
                public AuthenticationValue first() {
                    return garbled(proof.first());
                }

                @Override
                public AuthenticationValue answer(AuthenticationValue challenge) throws AuthenticationException {
                    return garbled(proof.answer(challenge));
                }

                @Override
                public void check(AuthenticationValue response) throws AuthenticationException {
                    proof.check(response);
                }
            };
        }

        private AuthenticationValue garbled(AuthenticationValue value) {
            StringBuilder text = new StringBuilder(value.text());
            if (random.nextInt(3) > 0) {
                text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(128));
            }
            if (random.nextInt(5) == 0) {
                text.append("x".repeat(random.nextInt(3000)));
            }
            return new AuthenticationValue(random.nextInt(10) == 0 ? null : value.mechanism(), text.toString());
        }
    }
}
