package org.osistack.core.dialogue;

/**
 * A step in the control of a dialogue: a service of X.215 that the layers above offer again as it is (X.216 §7), with its
 * parameters but the user data, which each layer wraps in its own way. A request and its indication are the same record,
 * and so are a response and its confirm.
 *
 * <p>Serial numbers run from 0 to 999,999, or further if both sides can (X.225 §8.3.1.13). In a request, {@link #NEXT}
 * asks the provider for the one that is due.
 *
 * <p>With symmetric synchronize each of the two flows of data has serial numbers of its own. The first serial number of a
 * step is then that of the flow that its requester, or who answers, sends, and the second that of the other flow. Where
 * there is but one, it is the number of the point: in a minor or major one that of the requester's flow.
 */
public sealed interface DialogueStep {
    /** In place of a serial number: the provider's next, V(M); or, for a second serial number, none. */
    long NEXT = -1;

    /** The service's name without the letter of the layer, such as {@code SYNC-MINOR}. */
    String service();

    /** Whether it is a response or confirm. */
    default boolean isAnswer() {
        return false;
    }

    /** Its parameters for a trace: names and values by turns. */
    default Object[] parameters() {
        return StepParameters.of(this);
    }

    // ---- tokens -----------------------------------------------------------------------------------------------------

    /** TOKEN-GIVE: hand over tokens. */
    record TokenGive(Tokens tokens) implements DialogueStep {
        @Override
        public String service() {
            return "TOKEN-GIVE";
        }
    }

    /** TOKEN-PLEASE: ask for tokens. */
    record TokenPlease(Tokens tokens) implements DialogueStep {
        @Override
        public String service() {
            return "TOKEN-PLEASE";
        }
    }

    /** CONTROL-GIVE: hand over all tokens at once, between activities. */
    record ControlGive() implements DialogueStep {
        @Override
        public String service() {
            return "CONTROL-GIVE";
        }
    }

    // ---- synchronization points -------------------------------------------------------------------------------------

    /**
     * SYNC-MINOR: set a minor synchronization point, and go on.
     *
     * @param explicitConfirmation whether the peer is asked to confirm it; the protocol does not insist
     * @param dataSeparation whether what comes before the point is kept from a later resynchronization, once confirmed
     */
    record SyncMinor(long serialNumber, boolean explicitConfirmation, boolean dataSeparation) implements DialogueStep {
        @Override
        public String service() {
            return "SYNC-MINOR";
        }
    }

    /** SYNC-MINOR response and confirm: this point and all before it are confirmed. */
    record SyncMinorAnswer(long serialNumber) implements DialogueStep {
        @Override
        public String service() {
            return "SYNC-MINOR";
        }

        @Override
        public boolean isAnswer() {
            return true;
        }
    }

    /**
     * SYNC-MAJOR: set a major synchronization point, and wait for its confirmation.
     *
     * @param secondSerialNumber always {@link #NEXT}: the other flow's number is told by the answer
     */
    record SyncMajor(long serialNumber, long secondSerialNumber) implements DialogueStep {
        public SyncMajor(long serialNumber) {
            this(serialNumber, NEXT);
        }

        @Override
        public String service() {
            return "SYNC-MAJOR";
        }
    }

    /**
     * SYNC-MAJOR response and confirm.
     *
     * @param secondSerialNumber the number that the point has in the flow of who answers, with symmetric synchronize;
     *     otherwise {@link #NEXT}
     */
    record SyncMajorAnswer(long secondSerialNumber) implements DialogueStep {
        public SyncMajorAnswer() {
            this(NEXT);
        }

        @Override
        public String service() {
            return "SYNC-MAJOR";
        }

        @Override
        public boolean isAnswer() {
            return true;
        }
    }

    /**
     * RESYNCHRONIZE: purge what is under way, and set serial number and tokens anew.
     *
     * @param serialNumber where to go on; with {@link ResynchronizeType#ABANDON}, {@link #NEXT} in a request
     * @param tokens where the available tokens are to be; the called user's choice is the responder's to make
     * @param secondType of the other flow, with symmetric synchronize; otherwise null
     * @param secondSerialNumber of the other flow, with symmetric synchronize; otherwise {@link #NEXT}
     */
    record Resynchronize(
            ResynchronizeType type,
            long serialNumber,
            TokenSetting tokens,
            ResynchronizeType secondType,
            long secondSerialNumber)
            implements DialogueStep {
        public Resynchronize(ResynchronizeType type, long serialNumber, TokenSetting tokens) {
            this(type, serialNumber, tokens, null, NEXT);
        }

        @Override
        public String service() {
            return "RESYNCHRONIZE";
        }
    }

    /** RESYNCHRONIZE response and confirm: from here the dialogue goes on. Parameters as in {@link Resynchronize}. */
    record ResynchronizeAnswer(long serialNumber, TokenSetting tokens, long secondSerialNumber)
            implements DialogueStep {
        public ResynchronizeAnswer(long serialNumber, TokenSetting tokens) {
            this(serialNumber, tokens, NEXT);
        }

        @Override
        public String service() {
            return "RESYNCHRONIZE";
        }

        @Override
        public boolean isAnswer() {
            return true;
        }
    }

    // ---- exceptions -------------------------------------------------------------------------------------------------

    /** U-EXCEPTION-REPORT: the side without the data token says that something is wrong. */
    record UserExceptionReport(ExceptionReason reason) implements DialogueStep {
        @Override
        public String service() {
            return "U-EXCEPTION-REPORT";
        }
    }

    /** P-EXCEPTION-REPORT, an indication only: the provider says so. */
    record ProviderExceptionReport() implements DialogueStep {
        @Override
        public String service() {
            return "P-EXCEPTION-REPORT";
        }
    }

    // ---- activities -------------------------------------------------------------------------------------------------

    /** ACTIVITY-START: begin a piece of work. */
    record ActivityStart(ActivityIdentifier identifier) implements DialogueStep {
        @Override
        public String service() {
            return "ACTIVITY-START";
        }
    }

    /**
     * ACTIVITY-RESUME: go on with a piece of work that was interrupted.
     *
     * @param identifier how it is called from now on
     * @param oldIdentifier how it was called
     * @param serialNumber the point after which it goes on; the next one is that plus one
     * @param oldConnection the session connection on which it was; null if it was this one
     * @param secondSerialNumber that of the other flow, with symmetric synchronize; otherwise {@link #NEXT}
     */
    record ActivityResume(
            ActivityIdentifier identifier,
            ActivityIdentifier oldIdentifier,
            long serialNumber,
            OldConnection oldConnection,
            long secondSerialNumber)
            implements DialogueStep {
        public ActivityResume(
                ActivityIdentifier identifier,
                ActivityIdentifier oldIdentifier,
                long serialNumber,
                OldConnection oldConnection) {
            this(identifier, oldIdentifier, serialNumber, oldConnection, NEXT);
        }

        @Override
        public String service() {
            return "ACTIVITY-RESUME";
        }
    }

    /** ACTIVITY-INTERRUPT: stop a piece of work that may be resumed. All tokens come to the requester. */
    record ActivityInterrupt(ExceptionReason reason) implements DialogueStep {
        @Override
        public String service() {
            return "ACTIVITY-INTERRUPT";
        }
    }

    /** ACTIVITY-INTERRUPT response and confirm. */
    record ActivityInterruptAnswer() implements DialogueStep {
        @Override
        public String service() {
            return "ACTIVITY-INTERRUPT";
        }

        @Override
        public boolean isAnswer() {
            return true;
        }
    }

    /** ACTIVITY-DISCARD: give up a piece of work; its effects are to be undone. All tokens come to the requester. */
    record ActivityDiscard(ExceptionReason reason) implements DialogueStep {
        @Override
        public String service() {
            return "ACTIVITY-DISCARD";
        }
    }

    /** ACTIVITY-DISCARD response and confirm. */
    record ActivityDiscardAnswer() implements DialogueStep {
        @Override
        public String service() {
            return "ACTIVITY-DISCARD";
        }

        @Override
        public boolean isAnswer() {
            return true;
        }
    }

    /**
     * ACTIVITY-END: a piece of work is done, which is a major synchronization point as well.
     *
     * @param secondSerialNumber always {@link #NEXT}: the other flow's number is told by the answer
     */
    record ActivityEnd(long serialNumber, long secondSerialNumber) implements DialogueStep {
        public ActivityEnd(long serialNumber) {
            this(serialNumber, NEXT);
        }

        @Override
        public String service() {
            return "ACTIVITY-END";
        }
    }

    /** ACTIVITY-END response and confirm. The parameter is as in {@link SyncMajorAnswer}. */
    record ActivityEndAnswer(long secondSerialNumber) implements DialogueStep {
        public ActivityEndAnswer() {
            this(NEXT);
        }

        @Override
        public String service() {
            return "ACTIVITY-END";
        }

        @Override
        public boolean isAnswer() {
            return true;
        }
    }
}
