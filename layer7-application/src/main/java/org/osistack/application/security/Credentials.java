package org.osistack.application.security;

import java.util.random.RandomGenerator;
import org.osistack.application.ApplicationContext;

/** What an initiator proves its identity with. */
public interface Credentials {
    /** The name by which the responder knows the initiator. */
    String user();

    /**
     * Begin a proof for one association. Called on the host's thread.
     *
     * @param random for what nobody may foresee
     * @throws IllegalStateException if there is nothing to prove it with, or nothing left
     */
    Proof prove(ApplicationContext context, RandomGenerator random);

    /** Where to compute what takes long; to be said before the first proof. */
    default void workIn(Background background) {}

    /** Where {@link Proof#answer} is to be called. */
    default Background background() {
        return Background.NONE;
    }

    /** One proof, from the initiator's side. */
    interface Proof {
        /** What goes along with the first A-ASSOCIATE.request. */
        AuthenticationValue first();

        /**
         * What goes along with the next A-ASSOCIATE.request, since the responder has answered the first one with a
         * challenge. Called in the {@link #background}: it may take long.
         *
         * @throws AuthenticationException if the challenge is none, or it would harm to answer it
         */
        AuthenticationValue answer(AuthenticationValue challenge) throws AuthenticationException;

        /**
         * Look at what the responder says to prove its own identity. Only then may the user hear of the association.
         *
         * @param response null if it says nothing
         * @throws AuthenticationException if it does not prove it
         */
        void check(AuthenticationValue response) throws AuthenticationException;

        /** Another proof that may be tried since the responder did not believe this one; null if there is none. */
        default Proof afterFailure() {
            return null;
        }
    }
}
