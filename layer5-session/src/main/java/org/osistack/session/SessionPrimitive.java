package org.osistack.session;

import org.osistack.core.Octets;
import org.osistack.core.dialogue.ConnectionIdentifier;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.dialogue.Tokens;

/**
 * A primitive of the session service (X.215 §12) with its parameters. A request and its indication are the same
 * record, and so are a response and its confirm.
 *
 * <p>Here are the kernel, token management, typed data and negotiated release. S-DATA has methods of its own:
 * {@link SessionConnection#dataRequest} and {@link SessionUser#dataIndication}.
 */
public sealed interface SessionPrimitive {
    /** The service's name, such as {@code S-RELEASE}. */
    String service();

    /** The octets that the primitive carries for its user; empty if none. */
    Octets userData();

    /**
     * S-CONNECT request and indication.
     *
     * @param requirements the functional units proposed
     * @param initialSerialNumber -1 if absent
     * @param tokens where the available tokens are to be
     */
    record Connect(
            ConnectionIdentifier identifier,
            SessionAddress calling,
            SessionAddress called,
            FunctionalUnits requirements,
            long initialSerialNumber,
            TokenSetting tokens,
            Octets userData)
            implements SessionPrimitive {
        @Override
        public String service() {
            return "S-CONNECT";
        }
    }

    /**
     * S-CONNECT response and confirm.
     *
     * @param refusal null if the connection is accepted
     * @param responding the address that answered
     * @param requirements those that the responder wants; what both want is what they have
     * @param initialSerialNumber -1 if absent
     * @param tokens where the available tokens are
     * @param tokensPleased tokens that the responder asks for at once
     */
    record ConnectAnswer(
            SessionRefusal refusal,
            ConnectionIdentifier identifier,
            SessionAddress responding,
            FunctionalUnits requirements,
            long initialSerialNumber,
            TokenSetting tokens,
            Tokens tokensPleased,
            Octets userData)
            implements SessionPrimitive {
        public boolean isAccepted() {
            return refusal == null;
        }

        @Override
        public String service() {
            return "S-CONNECT";
        }
    }

    /** S-TYPED-DATA request and indication: data that needs no token. */
    record TypedData(Octets userData) implements SessionPrimitive {
        @Override
        public String service() {
            return "S-TYPED-DATA";
        }
    }

    /** S-TOKEN-GIVE request and indication. */
    record TokenGive(Tokens tokens) implements SessionPrimitive {
        @Override
        public String service() {
            return "S-TOKEN-GIVE";
        }

        @Override
        public Octets userData() {
            return Octets.EMPTY;
        }
    }

    /** S-TOKEN-PLEASE request and indication. */
    record TokenPlease(Tokens tokens, Octets userData) implements SessionPrimitive {
        @Override
        public String service() {
            return "S-TOKEN-PLEASE";
        }
    }

    /** S-RELEASE request and indication. */
    record Release(Octets userData) implements SessionPrimitive {
        @Override
        public String service() {
            return "S-RELEASE";
        }
    }

    /**
     * S-RELEASE response and confirm.
     *
     * @param affirmative false, with negotiated release only, to go on
     */
    record ReleaseAnswer(boolean affirmative, Octets userData) implements SessionPrimitive {
        @Override
        public String service() {
            return "S-RELEASE";
        }
    }

    /** S-U-ABORT request and indication. */
    record UserAbort(Octets userData) implements SessionPrimitive {
        @Override
        public String service() {
            return "S-U-ABORT";
        }
    }

    /** S-P-ABORT indication. */
    record ProviderAbort(ProviderAbortReason reason) implements SessionPrimitive {
        @Override
        public String service() {
            return "S-P-ABORT";
        }

        @Override
        public Octets userData() {
            return Octets.EMPTY;
        }
    }
}
