package org.osistack.session;

import org.osistack.core.Octets;
import org.osistack.core.dialogue.ConnectionIdentifier;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.dialogue.Tokens;

/**
 * A primitive of the session service (X.215 §12) with its parameters. A request and its indication are the same
 * record, and so are a response and its confirm.
 *
 * <p>S-DATA has methods of its own: {@link SessionConnection#dataRequest} and {@link SessionUser#dataIndication}.
 */
public sealed interface SessionPrimitive {
    /** The service's name, such as {@code S-RELEASE}. */
    String service();

    /** Whether it is a response or confirm. */
    default boolean isAnswer() {
        return false;
    }

    /** The octets that the primitive carries for its user; empty if none. */
    Octets userData();

    /**
     * S-CONNECT request and indication.
     *
     * @param requirements the functional units proposed
     * @param initialSerialNumber that of the flow that the caller sends, or of both; -1 if absent
     * @param tokens where the available tokens are to be
     * @param secondInitialSerialNumber that of the other flow, with symmetric synchronize; -1 for the same
     */
    record Connect(
            ConnectionIdentifier identifier,
            SessionAddress calling,
            SessionAddress called,
            FunctionalUnits requirements,
            long initialSerialNumber,
            TokenSetting tokens,
            Octets userData,
            long secondInitialSerialNumber)
            implements SessionPrimitive {
        public Connect(
                ConnectionIdentifier identifier,
                SessionAddress calling,
                SessionAddress called,
                FunctionalUnits requirements,
                long initialSerialNumber,
                TokenSetting tokens,
                Octets userData) {
            this(identifier, calling, called, requirements, initialSerialNumber, tokens, userData, -1);
        }

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
     * @param initialSerialNumber that of the flow that the responder sends, or of both; -1 if absent
     * @param tokens where the available tokens are
     * @param tokensPleased tokens that the responder asks for at once
     * @param secondInitialSerialNumber that of the other flow, with symmetric synchronize; -1 if absent
     */
    record ConnectAnswer(
            SessionRefusal refusal,
            ConnectionIdentifier identifier,
            SessionAddress responding,
            FunctionalUnits requirements,
            long initialSerialNumber,
            TokenSetting tokens,
            Tokens tokensPleased,
            Octets userData,
            long secondInitialSerialNumber)
            implements SessionPrimitive {
        public ConnectAnswer(
                SessionRefusal refusal,
                ConnectionIdentifier identifier,
                SessionAddress responding,
                FunctionalUnits requirements,
                long initialSerialNumber,
                TokenSetting tokens,
                Tokens tokensPleased,
                Octets userData) {
            this(
                    refusal,
                    identifier,
                    responding,
                    requirements,
                    initialSerialNumber,
                    tokens,
                    tokensPleased,
                    userData,
                    -1);
        }

        public boolean isAccepted() {
            return refusal == null;
        }

        @Override
        public String service() {
            return "S-CONNECT";
        }

        @Override
        public boolean isAnswer() {
            return true;
        }
    }

    /** S-TYPED-DATA request and indication: data that needs no token. */
    record TypedData(Octets userData) implements SessionPrimitive {
        @Override
        public String service() {
            return "S-TYPED-DATA";
        }
    }

    /** S-EXPEDITED-DATA request and indication: 1 to 14 octets that may overtake others. */
    record ExpeditedData(Octets userData) implements SessionPrimitive {
        @Override
        public String service() {
            return "S-EXPEDITED-DATA";
        }
    }

    /** S-CAPABILITY-DATA request and indication: data between activities, which the peer confirms. */
    record CapabilityData(Octets userData) implements SessionPrimitive {
        @Override
        public String service() {
            return "S-CAPABILITY-DATA";
        }
    }

    /** S-CAPABILITY-DATA response and confirm. */
    record CapabilityDataAnswer(Octets userData) implements SessionPrimitive {
        @Override
        public String service() {
            return "S-CAPABILITY-DATA";
        }

        @Override
        public boolean isAnswer() {
            return true;
        }
    }

    /** What controls the dialogue: tokens, synchronization, resynchronization, exceptions and activities. */
    record Step(DialogueStep step, Octets userData) implements SessionPrimitive {
        /** A step that carries nothing for the user. */
        public Step(DialogueStep step) {
            this(step, Octets.EMPTY);
        }

        @Override
        public String service() {
            return "S-" + step.service();
        }

        @Override
        public boolean isAnswer() {
            return step.isAnswer();
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

        @Override
        public boolean isAnswer() {
            return true;
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
