package org.osistack.application.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.osistack.application.security.AuthenticationValue.SCRAM_SHA_256;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osistack.application.security.Authenticator.Admission;
import org.osistack.application.security.Authenticator.Challenge;
import org.osistack.application.security.Authenticator.Claim;
import org.osistack.application.security.Authenticator.Decision;
import org.osistack.application.security.Authenticator.Reason;
import org.osistack.application.security.Authenticator.Refusal;
import org.osistack.core.Octets;

class ScramTest {
    private static final Refusal FAILURE = new Refusal(Reason.AUTHENTICATION_FAILURE, "");

    // RFC 7677 §3
    private static final String CLIENT_FIRST = "n,,n=user,r=rOprNGfwEbeRWgbNEkqO";
    private static final String SERVER_FIRST =
            "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";
    private static final String CLIENT_FINAL = "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
            + "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";
    private static final String SERVER_FINAL = "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=";

    @TempDir
    private Path folder;

    private Lab lab;
    private final List<Ticket> tickets = new ArrayList<>();

    @BeforeEach
    void open() {
        lab = new Lab(folder);
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private static AuthenticationValue scram(String text) {
        return new AuthenticationValue(SCRAM_SHA_256, text);
    }

    private ScramProof rfcProof() {
        return new ScramProof("user", "pencil".toCharArray(), "rOprNGfwEbeRWgbNEkqO", Lab.CHAT.name(), tickets::add);
    }

    @Test
    void saysWhatTheRfcsExampleSays() throws Exception {
        ScramProof proof = rfcProof();

        assertThat(proof.first()).isEqualTo(scram(CLIENT_FIRST));
        assertThat(proof.answer(scram(SERVER_FIRST))).isEqualTo(scram(CLIENT_FINAL));
        proof.check(scram(SERVER_FINAL));
        assertThat(tickets).isEmpty();
    }

    @Test
    void keepsWhatTheRfcsExampleNeeds() {
        ScramKeys keys = ScramKeys.of(
                "pencil".toCharArray(), Octets.of(Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ==")), 4096);

        assertThat(keys)
                .hasToString("SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$"
                        + "WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=");
        assertThat(ScramKeys.parse(keys.toString())).isEqualTo(keys);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v=7rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=",
                "v=",
                "v=!",
                "",
                "e=invalid-proof",
                "t=abc,v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="
            })
    void refusesAPeerThatDoesNotKnowTheKeys(String response) throws Exception {
        ScramProof proof = rfcProof();
        proof.answer(scram(SERVER_FIRST));

        assertThatThrownBy(() -> proof.check(scram(response)))
                .isInstanceOf(AuthenticationException.class)
                .hasMessage("the peer did not prove that it knows the password of user");
        assertThatThrownBy(() -> proof.check(null)).isInstanceOf(AuthenticationException.class);
        assertThatThrownBy(() -> proof.check(new AuthenticationValue(AuthenticationValue.TICKET, SERVER_FINAL)))
                .isInstanceOf(AuthenticationException.class);
        assertThatThrownBy(() -> rfcProof().check(scram(SERVER_FINAL))).isInstanceOf(AuthenticationException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "r=rOprNGfwEbeRWgbNEkqO,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096", // nothing of the server's
                "r=another%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
                "r=rOprNGfwEbeRWgbNEkqOabc,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4095", // easy to try passwords with
                "r=rOprNGfwEbeRWgbNEkqOabc,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=200001", // to keep us busy
                "r=rOprNGfwEbeRWgbNEkqOabc,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=2147483648",
                "r=rOprNGfwEbeRWgbNEkqOabc,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=0",
                "r=rOprNGfwEbeRWgbNEkqOabc,s=,i=4096",
                "r=rOprNGfwEbeRWgbNEkqOabc,s=%,i=4096",
                "r=rOprNGfwEbeRWgbNEkqOabc,i=4096,s=W22ZaJ0SNY7soEsUEjb6gQ==",
                "s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
                "n,,n=user,r=rOprNGfwEbeRWgbNEkqO"
            })
    void doesNotAnswerWhatIsNoChallenge(String challenge) {
        assertThatThrownBy(() -> rfcProof().answer(scram(challenge))).isInstanceOf(AuthenticationException.class);
    }

    @Test
    void admitsWhoKnowsThePasswordAndProvesItselfInTurn() throws Exception {
        Identity alice = Lab.alice();
        Decision decision = lab.authenticate(lab.prove(alice));

        assertThat(((Admission) decision).user()).isEqualTo("alice");
        assertThat(alice.ticket(Lab.CHAT)).isNotNull();
    }

    @Test
    void refusesAWrongPasswordAndAnUnknownUserAlike() throws Exception {
        Decision wrong = lab.authenticate(lab.prove(Identity.of("alice", "wonderlanD".toCharArray())));
        Decision unknown = lab.authenticate(lab.prove(Identity.of("mallory", "wonderland".toCharArray())));

        assertThat(wrong).isEqualTo(FAILURE);
        assertThat(unknown).isEqualTo(FAILURE);
        String salt = salt("mallory");
        assertThat(salt("mallory")).isEqualTo(salt).isNotEqualTo(salt("trudy"));
        assertThat(Base64.getDecoder().decode(salt))
                .hasSameSizeAs(Base64.getDecoder().decode(salt("alice")));
        lab.start();
        assertThat(salt("mallory")).isEqualTo(salt);
    }

    /** Salt and iterations, as a caller sees them. */
    private String salt(String name) {
        String challenge = lab.challenge(lab.prove(Identity.of(name, "guess".toCharArray())))
                .text();
        assertThat(Messages.attribute(challenge, 2, 'i')).isEqualTo("20000");
        return Messages.attribute(challenge, 1, 's');
    }

    @Test
    void aProofCanBeUsedOnceAndNotForLong() throws Exception {
        Credentials.Proof proof = lab.prove(Lab.alice());
        AuthenticationValue answer = proof.answer(lab.challenge(proof));
        assertThat(lab.decide(answer)).isInstanceOf(Admission.class);
        assertThat(lab.decide(answer)).isEqualTo(FAILURE);

        Credentials.Proof late = lab.prove(Lab.alice());
        AuthenticationValue lateAnswer = late.answer(lab.challenge(late));
        lab.pass(Duration.ofSeconds(30));
        assertThat(lab.decide(lateAnswer)).isEqualTo(FAILURE);

        Credentials.Proof quick = lab.prove(Lab.alice());
        AuthenticationValue quickAnswer = quick.answer(lab.challenge(quick));
        lab.pass(Duration.ofSeconds(29));
        assertThat(lab.decide(quickAnswer)).isInstanceOf(Admission.class);

        Credentials.Proof cut = lab.prove(Lab.alice());
        AuthenticationValue cutAnswer = cut.answer(lab.challenge(cut));
        lab.start();
        assertThat(lab.decide(cutAnswer)).isEqualTo(FAILURE);
    }

    @Test
    void aProofIsForOneApplication() throws Exception {
        Credentials.Proof proof = lab.prove(Lab.alice());
        AuthenticationValue answer = proof.answer(lab.challenge(proof));

        assertThat(lab.decide(new Claim(Lab.FILE, "10.0.0.1", "", answer))).isEqualTo(FAILURE);
    }

    @Test
    void oneCallerCannotTakeThePlaceOfOthers() throws Exception {
        Credentials.Proof other = lab.prove(Lab.alice());
        Challenge challenge = (Challenge) lab.decide(new Claim(Lab.CHAT, "10.0.0.9", "", other.first()));
        for (int i = 0; i < 3 * Outstanding.MAX; i++) {
            assertThat(lab.decide(scram("n,,n=alice,r=nonce" + i + "nonce"))).isInstanceOf(Challenge.class);
        }
        assertThat(lab.decide(new Claim(Lab.CHAT, "10.0.0.9", "", other.answer(challenge.value()))))
                .isInstanceOf(Admission.class);
    }

    @Test
    void remembersSoManyExchangesAndNoMore() {
        Outstanding<String> outstanding = new Outstanding<>(lab.host);
        int taken = 0;
        for (int i = 0; i < 2 * Outstanding.MAX; i++) {
            taken += outstanding.add("nonce" + i, "caller" + i / 8, "exchange") ? 1 : 0;
        }
        assertThat(taken).isEqualTo(Outstanding.MAX);
        assertThat(outstanding.size()).isEqualTo(Outstanding.MAX);
        lab.pass(Duration.ofSeconds(31));
        assertThat(outstanding.take("nonce5")).isNull();
        assertThat(outstanding.size()).isZero();
        assertThat(outstanding.add("nonce", "caller", "exchange")).isTrue();
        assertThat(outstanding.take("nonce")).isEqualTo("exchange");
        assertThat(outstanding.take("nonce")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "n,,n=alice",
                "n,,r=rOprNGfwEbeRWgbNEkqO,n=alice",
                "n,,n=alice,r=short",
                "n,,n=alice,r=not printable nonce",
                "p=tls-unique,,n=alice,r=rOprNGfwEbeRWgbNEkqO",
                "n,a=bob,n=alice,r=rOprNGfwEbeRWgbNEkqO",
                "n,,m=new,n=alice,r=rOprNGfwEbeRWgbNEkqO",
                "c=biws,r=rOprNGfwEbeRWgbNEkqO,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
                "c=biws",
                ",,,,"
            })
    void refusesWhatIsNoMessage(String text) {
        assertThat(lab.decide(scram(text))).isEqualTo(FAILURE);
    }

    @Test
    void acceptsAnInitiatorThatWouldHaveLikedChannelBinding() throws Exception {
        String first = "y,,n=alice,r=rOprNGfwEbeRWgbNEkqO";
        String challenge = ((Challenge) lab.decide(scram(first))).value().text();
        ScramKeys keys = lab.users.user("alice").keys();
        byte[] salted = ScramKeys.salted("wonderland".toCharArray(), keys.salt().toByteArray(), keys.iterations());
        byte[] clientKey = Messages.hmac(salted, Messages.octets("Client Key"));
        String withoutProof =
                "c=" + Messages.base64(Messages.octets("y,,")) + "," + challenge.substring(0, challenge.indexOf(','));
        byte[] proof = Messages.hmac(
                keys.storedKey().toByteArray(),
                Messages.octets(first.substring(3) + "," + challenge + "," + withoutProof));
        for (int i = 0; i < proof.length; i++) {
            proof[i] ^= clientKey[i];
        }
        assertThat(lab.decide(scram(withoutProof + ",p=" + Messages.base64(proof))))
                .isInstanceOf(Admission.class);
    }

    @Test
    void admitsToTheApplicationsThatTheUserMayUse() throws Exception {
        Identity carol = Identity.of("carol", "christmas".toCharArray());
        assertThat(lab.authenticate(lab.prove(carol))).isInstanceOf(Admission.class);

        Credentials.Proof proof = carol.prove(Lab.FILE, lab.host.random());
        Challenge challenge = (Challenge) lab.decide(new Claim(Lab.FILE, "10.0.0.1", "", proof.first()));
        assertThat(lab.decide(new Claim(Lab.FILE, "10.0.0.1", "", proof.answer(challenge.value()))))
                .isEqualTo(new Refusal(Reason.NOT_AUTHORIZED, "carol may not use file"));
    }

    @Test
    void refusesWhoSaysNothingOrDoesNotSayHow() {
        assertThat(lab.decide((AuthenticationValue) null)).isEqualTo(new Refusal(Reason.AUTHENTICATION_REQUIRED, ""));
        assertThat(lab.decide(new AuthenticationValue(null, CLIENT_FIRST)))
                .isEqualTo(new Refusal(Reason.MECHANISM_REQUIRED, ""));
        assertThat(lab.decide(new AuthenticationValue(Lab.CHAT.name(), CLIENT_FIRST)))
                .isEqualTo(new Refusal(Reason.MECHANISM_NOT_RECOGNIZED, ""));
    }

    @Test
    void takesUpChangesOfTheUsersFileAndAdmitsNobodyWhileItIsBroken() throws Exception {
        lab.users.remove("alice");
        assertThat(lab.authenticate(lab.prove(Lab.alice()))).isEqualTo(FAILURE);

        Path file = folder.resolve("users");
        String text = Files.readString(file);
        Files.writeString(file, text + "nonsense\n");
        Identity carol = Identity.of("carol", "christmas".toCharArray());
        for (int i = 0; i < 2; i++) {
            assertThat(lab.decide(lab.prove(carol).first()))
                    .isEqualTo(new Refusal(Reason.BUSY, "the users cannot be read"));
        }
        assertThat(lab.log).containsExactly("nobody is admitted: line 3 of " + file + " is no user");
        Files.writeString(file, text);
        assertThat(lab.authenticate(lab.prove(carol))).isInstanceOf(Admission.class);
    }
}
