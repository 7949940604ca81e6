package org.osistack.application.security;

import java.util.random.RandomGenerator;
import org.osistack.application.ApplicationContext;

/**
 * A password that is sent as it is, for peers that know nothing else: everybody on the way can read it, and whoever
 * answers gets it.
 *
 * <p>The value is {@code user@password}, since the mechanism has no place for a name; without a name, the password alone.
 */
public final class PlainPassword implements Credentials {
    private final String user;
    private final String password;

    /**
     * Make credentials.
     *
     * @param user empty to send the password alone
     * @throws IllegalArgumentException if either has characters beyond ASCII, which a GraphicString cannot carry for sure
     */
    public PlainPassword(String user, char[] password) {
        this.user = user;
        this.password = new String(password);
        if (!(user + this.password).chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            throw new IllegalArgumentException("a password that is sent as it is can have ASCII characters only");
        }
    }

    @Override
    public String user() {
        return user;
    }

    @Override
    public Proof prove(ApplicationContext context, RandomGenerator random) {
        return new Proof() {
            @Override
            public AuthenticationValue first() {
                return new AuthenticationValue(
                        AuthenticationValue.PASSWORD, user.isEmpty() ? password : user + "@" + password);
            }

            @Override
            public AuthenticationValue answer(AuthenticationValue challenge) throws AuthenticationException {
                throw new AuthenticationException("the peer does not take the password as it is");
            }

            @Override
            public void check(AuthenticationValue response) {
                // the mechanism has no proof for the other side
            }
        };
    }
}
