package org.osistack.presentation;

import java.util.List;
import org.osistack.core.dialogue.ConnectionIdentifier;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.dialogue.Tokens;

/**
 * A primitive of the presentation service (X.216) with its parameters. A request and its indication are the same
 * record, and so are a response and its confirm. Lists of values are never null.
 */
public sealed interface PresentationPrimitive {
    /** The service's name, such as {@code P-RELEASE}. */
    String service();

    /** The values that the primitive carries for its user; empty if none. */
    List<Pdv> userData();

    /**
     * P-CONNECT request and indication.
     *
     * @param contexts those proposed; none in providers without negotiation
     * @param results in an indication, what the provider made of each context; the user may reject more. Empty in a
     *     request
     * @param requirements the session functional units proposed
     * @param initialSerialNumber -1 if absent
     */
    record Connect(
            PresentationAddress calling,
            PresentationAddress called,
            List<PresentationContext> contexts,
            List<ContextResult> results,
            ConnectionIdentifier identifier,
            FunctionalUnits requirements,
            long initialSerialNumber,
            TokenSetting tokens,
            List<Pdv> userData)
            implements PresentationPrimitive {
        @Override
        public String service() {
            return "P-CONNECT";
        }
    }

    /**
     * P-CONNECT response and confirm.
     *
     * @param refusal null if accepted
     * @param detail more about a refusal for a person; empty if there is no more to say
     * @param results what became of each context proposed, in their order
     */
    record ConnectAnswer(
            PresentationRefusal refusal,
            String detail,
            PresentationAddress responding,
            List<ContextResult> results,
            ConnectionIdentifier identifier,
            FunctionalUnits requirements,
            long initialSerialNumber,
            TokenSetting tokens,
            Tokens tokensPleased,
            List<Pdv> userData)
            implements PresentationPrimitive {
        public boolean isAccepted() {
            return refusal == null;
        }

        /** Why the connection was refused, in words for a person. */
        public String refusalText() {
            if (detail.isEmpty()) {
                return refusal.text();
            }
            return refusal == PresentationRefusal.LOWER_LAYER ? detail : refusal.text() + ": " + detail;
        }

        @Override
        public String service() {
            return "P-CONNECT";
        }
    }

    /** P-DATA request and indication with several values. */
    record Data(List<Pdv> userData) implements PresentationPrimitive {
        @Override
        public String service() {
            return "P-DATA";
        }
    }

    /** P-TYPED-DATA request and indication. */
    record TypedData(List<Pdv> userData) implements PresentationPrimitive {
        @Override
        public String service() {
            return "P-TYPED-DATA";
        }
    }

    /** P-TOKEN-GIVE request and indication. */
    record TokenGive(Tokens tokens) implements PresentationPrimitive {
        @Override
        public String service() {
            return "P-TOKEN-GIVE";
        }

        @Override
        public List<Pdv> userData() {
            return List.of();
        }
    }

    /** P-TOKEN-PLEASE request and indication. */
    record TokenPlease(Tokens tokens, List<Pdv> userData) implements PresentationPrimitive {
        @Override
        public String service() {
            return "P-TOKEN-PLEASE";
        }
    }

    /** P-RELEASE request and indication. */
    record Release(List<Pdv> userData) implements PresentationPrimitive {
        @Override
        public String service() {
            return "P-RELEASE";
        }
    }

    /** P-RELEASE response and confirm. */
    record ReleaseAnswer(boolean affirmative, List<Pdv> userData) implements PresentationPrimitive {
        @Override
        public String service() {
            return "P-RELEASE";
        }
    }

    /** P-U-ABORT request and indication. */
    record UserAbort(List<Pdv> userData) implements PresentationPrimitive {
        @Override
        public String service() {
            return "P-U-ABORT";
        }
    }

    /** P-P-ABORT indication. */
    record ProviderAbort(String reason) implements PresentationPrimitive {
        @Override
        public String service() {
            return "P-P-ABORT";
        }

        @Override
        public List<Pdv> userData() {
            return List.of();
        }
    }
}
