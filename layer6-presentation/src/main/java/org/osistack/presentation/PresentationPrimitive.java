package org.osistack.presentation;

import java.util.List;
import org.osistack.core.dialogue.ConnectionIdentifier;
import org.osistack.core.dialogue.DialogueStep;
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

    /** Whether it is a response or confirm. */
    default boolean isAnswer() {
        return false;
    }

    /** The values that the primitive carries for its user; empty if none. */
    List<Pdv> userData();

    /**
     * P-CONNECT request and indication.
     *
     * @param contexts those proposed; none in providers without negotiation
     * @param results in an indication, what the provider made of each context; the user may reject more. Empty in a
     *     request
     * @param presentationRequirements the presentation functional units proposed
     * @param requirements the session functional units proposed
     * @param initialSerialNumber -1 if absent
     */
    record Connect(
            PresentationAddress calling,
            PresentationAddress called,
            List<PresentationContext> contexts,
            List<ContextResult> results,
            PresentationRequirements presentationRequirements,
            ConnectionIdentifier identifier,
            FunctionalUnits requirements,
            long initialSerialNumber,
            TokenSetting tokens,
            List<Pdv> userData)
            implements PresentationPrimitive {
        /** With the presentation kernel alone. */
        public Connect(
                PresentationAddress calling,
                PresentationAddress called,
                List<PresentationContext> contexts,
                List<ContextResult> results,
                ConnectionIdentifier identifier,
                FunctionalUnits requirements,
                long initialSerialNumber,
                TokenSetting tokens,
                List<Pdv> userData) {
            this(
                    calling,
                    called,
                    contexts,
                    results,
                    PresentationRequirements.KERNEL,
                    identifier,
                    requirements,
                    initialSerialNumber,
                    tokens,
                    userData);
        }

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
     * @param presentationRequirements in a response, the presentation functional units that the responder wants; what both
     *     want is what they have, and what the confirm says
     */
    record ConnectAnswer(
            PresentationRefusal refusal,
            String detail,
            PresentationAddress responding,
            List<ContextResult> results,
            PresentationRequirements presentationRequirements,
            ConnectionIdentifier identifier,
            FunctionalUnits requirements,
            long initialSerialNumber,
            TokenSetting tokens,
            Tokens tokensPleased,
            List<Pdv> userData)
            implements PresentationPrimitive {
        /** With the presentation kernel alone. */
        public ConnectAnswer(
                PresentationRefusal refusal,
                String detail,
                PresentationAddress responding,
                List<ContextResult> results,
                ConnectionIdentifier identifier,
                FunctionalUnits requirements,
                long initialSerialNumber,
                TokenSetting tokens,
                Tokens tokensPleased,
                List<Pdv> userData) {
            this(
                    refusal,
                    detail,
                    responding,
                    results,
                    PresentationRequirements.KERNEL,
                    identifier,
                    requirements,
                    initialSerialNumber,
                    tokens,
                    tokensPleased,
                    userData);
        }

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

        @Override
        public boolean isAnswer() {
            return true;
        }
    }

    /**
     * P-ALTER-CONTEXT request and indication: contexts are to be defined, or are not needed any longer (X.216).
     *
     * @param additions with new identifiers: odd ones if this side asked for the connection, even ones if not
     * @param results in an indication, what the provider made of each addition; the user may reject more. Empty in a
     *     request
     * @param deletions identifiers of defined contexts, which the requester uses no more
     */
    record AlterContext(
            List<PresentationContext> additions,
            List<ContextResult> results,
            List<Integer> deletions,
            List<Pdv> userData)
            implements PresentationPrimitive {
        public AlterContext {
            additions = List.copyOf(additions);
            results = List.copyOf(results);
            deletions = List.copyOf(deletions);
        }

        /** A request. */
        public AlterContext(List<PresentationContext> additions, List<Integer> deletions, List<Pdv> userData) {
            this(additions, List.of(), deletions, userData);
        }

        @Override
        public String service() {
            return "P-ALTER-CONTEXT";
        }
    }

    /**
     * P-ALTER-CONTEXT response and confirm: what was accepted holds from here.
     *
     * @param additionResults in the order of the additions; none in a response to leave it at what the provider made of them
     * @param deletionResults in the order of the deletions, whether each is accepted; none in a response to accept all
     */
    record AlterContextAnswer(List<ContextResult> additionResults, List<Boolean> deletionResults, List<Pdv> userData)
            implements PresentationPrimitive {
        public AlterContextAnswer {
            additionResults = List.copyOf(additionResults);
            deletionResults = List.copyOf(deletionResults);
        }

        /** A response that accepts what the provider can do. */
        public AlterContextAnswer() {
            this(List.of(), List.of(), List.of());
        }

        @Override
        public String service() {
            return "P-ALTER-CONTEXT";
        }

        @Override
        public boolean isAnswer() {
            return true;
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

    /**
     * P-EXPEDITED-DATA request and indication: at most 14 octets that may overtake others (X.216), so all values are
     * of the default context, 0.
     */
    record ExpeditedData(List<Pdv> userData) implements PresentationPrimitive {
        @Override
        public String service() {
            return "P-EXPEDITED-DATA";
        }
    }

    /** P-CAPABILITY-DATA request and indication: data between activities, which the peer confirms. */
    record CapabilityData(List<Pdv> userData) implements PresentationPrimitive {
        @Override
        public String service() {
            return "P-CAPABILITY-DATA";
        }
    }

    /** P-CAPABILITY-DATA response and confirm. */
    record CapabilityDataAnswer(List<Pdv> userData) implements PresentationPrimitive {
        @Override
        public String service() {
            return "P-CAPABILITY-DATA";
        }

        @Override
        public boolean isAnswer() {
            return true;
        }
    }

    /** What controls the dialogue, a session service that is offered again as it is (X.216 §7). */
    record Step(DialogueStep step, List<Pdv> userData) implements PresentationPrimitive {
        /** A step that carries nothing for the user. */
        public Step(DialogueStep step) {
            this(step, List.of());
        }

        @Override
        public String service() {
            return "P-" + step.service();
        }

        @Override
        public boolean isAnswer() {
            return step.isAnswer();
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

        @Override
        public boolean isAnswer() {
            return true;
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
