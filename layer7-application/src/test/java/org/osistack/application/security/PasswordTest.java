package org.osistack.application.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osistack.application.security.Authenticator.Admission;
import org.osistack.application.security.Authenticator.Claim;
import org.osistack.application.security.Authenticator.Decision;
import org.osistack.application.security.Authenticator.Reason;
import org.osistack.application.security.Authenticator.Refusal;

class PasswordTest {
    private static final Refusal FAILURE = new Refusal(Reason.AUTHENTICATION_FAILURE, "");

    @TempDir
    private Path folder;

    private Lab lab;

    @BeforeEach
    void open() {
        lab = new Lab(folder);
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private Decision decide(String text, String title) {
        AuthenticationValue value = new AuthenticationValue(AuthenticationValue.PASSWORD, text);
        return lab.decide(new Claim(Lab.CHAT, "10.0.0.1", title, value));
    }

    @Test
    void admitsByAPasswordAsItIs() throws Exception {
        Credentials.Proof proof = lab.prove(new PlainPassword("alice", "wonderland".toCharArray()));
        assertThat(proof.first()).isEqualTo(new AuthenticationValue(AuthenticationValue.PASSWORD, "alice@wonderland"));
        Admission admission = (Admission) lab.decide(proof.first());
        assertThat(admission.user()).isEqualTo("alice");
        assertThat(admission.response()).isNull();
        proof.check(null);

        lab.users.add("1.1.1.999", "se@cret".toCharArray(), "");
        assertThat(((Admission) decide("wonderland", "alice")).user()).isEqualTo("alice");
        assertThat(((Admission) decide("1.1.1.999@se@cret", "")).user()).isEqualTo("1.1.1.999");
    }

    @Test
    void refusesWhatIsWrongAlike() {
        assertThat(decide("alice@wonder", "")).isEqualTo(FAILURE);
        assertThat(decide("mallory@wonderland", "")).isEqualTo(FAILURE);
        assertThat(decide("wonderland", "")).isEqualTo(FAILURE);
        assertThat(decide("alice@", "alice")).isEqualTo(FAILURE);
        assertThat(decide("", "alice")).isEqualTo(FAILURE);
        assertThat(decide("alice@\u0007", "")).isEqualTo(FAILURE);
    }

    @Test
    void triesSoManyInATimeAndNoMore() {
        int tried = 0;
        Refusal busy = new Refusal(Reason.BUSY, "too many passwords are being tried");
        for (int i = 0; i < 30; i++) {
            tried += decide("alice@" + i, "").equals(busy) ? 0 : 1;
        }
        assertThat(tried).isEqualTo(PasswordResponder.BURST + 1);
        lab.pass(Duration.ofSeconds(1));
        assertThat(decide("alice@wonderland", "")).isInstanceOf(Admission.class);
    }

    @Test
    void isNotTakenUnlessItIsPermitted() throws Exception {
        lab.gate = new Gatekeeper(lab.host, lab.users, lab.store, lab.office, false, lab.log::add);

        assertThat(decide("alice@wonderland", "")).isEqualTo(new Refusal(Reason.MECHANISM_NOT_RECOGNIZED, ""));
    }

    @Test
    void sendsWhatAGraphicStringCanCarry() {
        assertThat(new PlainPassword("", "secret".toCharArray())
                        .prove(Lab.CHAT, lab.host.random())
                        .first()
                        .text())
                .isEqualTo("secret");
        assertThatThrownBy(() -> new PlainPassword("alice", "p\u00e4sswort".toCharArray()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> lab.prove(new PlainPassword("alice", "x".toCharArray()))
                        .answer(new AuthenticationValue(AuthenticationValue.PASSWORD, "r=1")))
                .isInstanceOf(AuthenticationException.class);
    }
}
