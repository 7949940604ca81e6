package org.osistack.application.chat;

import org.osistack.core.Octets;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.Tokens;

/** What one side of a chat has to send when its turn comes: lines and tokens keep their order. */
sealed interface Outgoing {
    /** Whether it makes another one pointless that still waits. */
    default boolean replaces(Outgoing other) {
        return false;
    }

    /** A message. */
    record Say(ChatMessage message) implements Outgoing {
        boolean isLine() {
            return message.kind() == ChatMessage.Kind.LINE || message.kind() == ChatMessage.Kind.ASIDE;
        }

        @Override
        public boolean replaces(Outgoing other) {
            return message.kind() == ChatMessage.Kind.FLOOR
                    && other instanceof Say say
                    && say.message.kind() == ChatMessage.Kind.FLOOR;
        }
    }

    /** A step in the control of the dialogue. */
    sealed interface Step extends Outgoing {
        /**
         * The step as it is to be made now.
         *
         * @param own the tokens that this side holds
         * @param units the functional units agreed on
         * @return null if there is nothing to be done
         */
        DialogueStep step(Tokens own, FunctionalUnits units);

        /** An APDU that goes along; empty for none. */
        default Octets apdu() {
            return Octets.EMPTY;
        }
    }

    /** Give those of the tokens that this side then holds. */
    record Give(Tokens tokens) implements Step {
        @Override
        public DialogueStep step(Tokens own, FunctionalUnits units) {
            Tokens given = HalfDuplex.both(tokens, own);
            return given.isEmpty() ? null : new DialogueStep.TokenGive(given);
        }
    }

    /**
     * Give all tokens that this side then holds: by S-CONTROL-GIVE if these are all that there are and activity
     * management is agreed on, and otherwise by S-TOKEN-GIVE.
     */
    record GiveControl() implements Step {
        @Override
        public DialogueStep step(Tokens own, FunctionalUnits units) {
            return units.has(FunctionalUnit.ACTIVITY_MANAGEMENT) && own.equals(HalfDuplex.available(units))
                    ? new DialogueStep.ControlGive()
                    : new Give(own).step(own, units);
        }
    }

    /**
     * Ask for those of the tokens that this side then lacks.
     *
     * @param reason goes along; null for nothing
     */
    record Please(Tokens tokens, ChatMessage reason) implements Step {
        @Override
        public DialogueStep step(Tokens own, FunctionalUnits units) {
            Tokens lacking = HalfDuplex.without(tokens, own);
            return lacking.isEmpty() ? null : new DialogueStep.TokenPlease(lacking);
        }

        @Override
        public Octets apdu() {
            return reason == null ? Octets.EMPTY : reason.toOctets();
        }

        @Override
        public boolean replaces(Outgoing other) {
            return other instanceof Please please
                    && HalfDuplex.without(please.tokens, tokens).isEmpty();
        }
    }
}
