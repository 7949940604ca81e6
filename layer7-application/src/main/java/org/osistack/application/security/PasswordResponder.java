package org.osistack.application.security;

import java.util.function.Consumer;
import org.osistack.application.security.Authenticator.Claim;
import org.osistack.application.security.Authenticator.Decision;
import org.osistack.application.security.Authenticator.Reason;
import org.osistack.application.security.Authenticator.Refusal;
import org.osistack.core.Host;

/**
 * Checks passwords that come as they are: {@code user@password}, or the password alone with the user as the calling
 * AP-title. Each check costs a hundredth of a second, so that only so many are done.
 */
final class PasswordResponder {
    static final int BURST = 10;
    static final long INTERVAL_NANOS = 200_000_000; // between checks, in the long run

    private final Host host;
    private final UsersFile users;
    private final byte[] secret;
    private Background background = Background.NONE;
    private boolean hasChecked;
    private long due; // when the checks that were done have paid for themselves

    PasswordResponder(Host host, UsersFile users, byte[] secret) {
        this.host = host;
        this.users = users;
        this.secret = secret;
    }

    void workIn(Background newBackground) {
        background = newBackground;
    }

    void decide(Claim claim, Consumer<Decision> then) {
        String text = AuthenticationValue.text(claim.value(), AuthenticationValue.PASSWORD);
        int at = text.indexOf('@');
        String name = at < 0 ? claim.title() : text.substring(0, at);
        char[] password = text.substring(at + 1).toCharArray();
        long now = host.now();
        if (hasChecked && due - now > BURST * INTERVAL_NANOS) {
            then.accept(new Refusal(Reason.BUSY, "too many passwords are being tried"));
            return;
        }
        due = (hasChecked && due - now > 0 ? due : now) + INTERVAL_NANOS;
        hasChecked = true;
        User user = users.user(name);
        ScramKeys keys = user == null ? ScramResponder.fakeKeys(secret, name) : user.keys();
        background.call(
                () -> isPassword(password) && ScramResponder.matches(keys, password),
                isRight -> then.accept(
                        user != null && isRight ? Admitted.of(user) : new Refusal(Reason.AUTHENTICATION_FAILURE, "")));
    }

    private static boolean isPassword(char[] password) {
        try {
            ScramKeys.checkPassword(password);
            return true;
        } catch (IllegalArgumentException e) { // the library's way to say no
            return false;
        }
    }
}
