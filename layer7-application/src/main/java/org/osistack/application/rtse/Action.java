package org.osistack.application.rtse;

import java.util.HashMap;
import java.util.Map;

/**
 * What a row of the state table does. Those for the user, its source or its sink come after all others, when the machine
 * is in its next state, since they may come back with requests.
 */
enum Action {
    // requests to ACSE and the presentation service
    ASSOCIATE("A-ASCreq"),
    ASSOCIATE_TO_RECOVER("A-ASCreq-recover"),
    ACCEPT("A-ASCrsp+"),
    ACCEPT_RECOVERY("A-ASCrsp+recover"),
    REFUSE("A-ASCrsp-"),
    REFUSE_RECOVERY("A-ASCrsp-recover"),
    RELEASE("A-RLSreq"),
    AGREE_TO_RELEASE("A-RLSrsp"),
    ABORT_LOCAL_PROBLEM("A-ABTreq-0"),
    ABORT_INVALID_PARAMETER("A-ABTreq-1"),
    ABORT_TEMPORARY("A-ABTreq-3"),
    ABORT_PROTOCOL_ERROR("A-ABTreq-4"),
    ABORT_PERMANENT("A-ABTreq-5"),
    ABORT_BY_USER("A-ABTreq-6"),
    ABORT_COMPLETED("A-ABTreq-7"),
    SEND_SEGMENT("RTTR"),
    START("P-ACTSreq"),
    RESUME("P-ACTRreq"),
    SYNC_MINOR("P-SYNCmreq"),
    CONFIRM_SYNC_MINOR("P-SYNCmrsp"),
    END("P-ACTEreq"),
    CONFIRM_END("P-ACTErsp"),
    INTERRUPT("P-ACTIreq"),
    CONFIRM_INTERRUPT("P-ACTIrsp"),
    DISCARD("P-ACTDreq"),
    CONFIRM_DISCARD("P-ACTDrsp"),
    REPORT("P-UERreq"),
    REPORT_LOCAL_ERROR("P-UERreq-5"),
    REPORT_UNRECOVERABLE("P-UERreq-6"),
    TOKEN_PLEASE("P-TKPreq"),
    CONTROL_GIVE("P-CTRLGreq"),

    // what the machine notes
    AGREE("[agree]"),
    NOTE_TURN("[turn]"),
    SAVE("[save]"),
    SAVE_SOON("[save-soon]"),
    FORGET("[forget]"),
    TAKE("[take]"),
    DUE("[due]"),
    NOTE_END("[end]"),
    CONFIRM("[confirm]"),
    SENT("[sent]"),
    DROP_OUTGOING("[drop-out]"),
    RESTART("[restart]"),
    BE_NEGATIVE("[negative]"),
    HOLD("[hold]"),
    UNHOLD("[unhold]"),
    BACK_OFF("[back-off]"),
    DROP_INCOMING("[drop-in]"),
    NAME("[name]"),
    RENAME("[rename]"),
    ABSORB("[absorb]"),
    ABSORBED("[absorbed]"),
    IGNORE("[ignore]"),
    NOTE_SECURED("[secured]"),
    NOTE_COMMITTING("[committing]"),
    RECEIVED("[received]"),
    TROUBLED("[troubled]"),
    PURGE("[purge]"),
    INTERRUPTED("[interrupted]"),
    WANT("[want]"),
    GIVE("[give]"),
    GIVEN("[given]"),
    CLOSE_LATER("[close-later]"),
    LOSE("[lost]"),
    RECOVER("[recovered]"),
    ATTEMPT_LATER("[attempt-later]"),

    // for the user, its source and its sink
    OPEN_INDICATION("RT-OPENind"),
    OPEN_CONFIRM("RT-OPENcnf+"),
    OPEN_REFUSED("RT-OPENcnf-"),
    CONFIRMED("CONFIRMED"),
    SINK("SINK"),
    RESTORE("RESTORE"),
    APPEND("APPEND"),
    SECURE("SECURE"),
    COMMIT("COMMIT"),
    TRANSFER_INDICATION("RT-TRANSFERind"),
    LOST("LOST"),
    TRANSFER_CONFIRMED("RT-TRANSFERcnf+"),
    TRANSFER_FAILED("RT-TRANSFERcnf-"),
    RECOVERED("RECOVERED"),
    TURN_PLEASE_INDICATION("RT-TURN-PLEASEind"),
    TURN_GIVE_INDICATION("RT-TURN-GIVEind"),
    CLOSE_INDICATION("RT-CLOSEind"),
    CLOSE_CONFIRM("RT-CLOSEcnf"),
    USER_ABORT_INDICATION("RT-U-ABTind"),
    PROVIDER_ABORT_INDICATION("RT-P-ABTind");

    private static final Map<String, Action> BY_NAME = new HashMap<>();

    private final String text;

    static {
        for (Action action : values()) {
            BY_NAME.put(action.text, action);
        }
    }

    Action(String text) {
        this.text = text;
    }

    static Action of(String name) {
        Action action = BY_NAME.get(name);
        if (action == null) {
            throw new IllegalArgumentException("no action is called " + name);
        }
        return action;
    }

    /** Its name in the table. */
    String label() {
        return text;
    }

    /** Whether it calls somebody who may come back with requests. */
    boolean isCallback() {
        return ordinal() >= OPEN_INDICATION.ordinal();
    }
}
