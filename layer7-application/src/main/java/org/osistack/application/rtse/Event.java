package org.osistack.application.rtse;

import java.util.HashMap;
import java.util.Map;

/** What a protocol machine reacts to. The names are those of the state table. */
enum Event {
    // requests and responses of the user
    RT_OPEN_REQUEST("RT-OPENreq"),
    RT_OPEN_ACCEPTANCE("RT-OPENrsp+"),
    RT_OPEN_REFUSAL("RT-OPENrsp-"),
    RT_TRANSFER_REQUEST("RT-TRANSFERreq"),
    RT_DISCARD_REQUEST("RT-DISCARDreq"),
    RT_INTERRUPT_REQUEST("RT-INTERRUPTreq"),
    RT_RESUME_REQUEST("RT-RESUMEreq"),
    RT_REPORT_REQUEST("RT-REPORTreq"),
    RT_TURN_PLEASE_REQUEST("RT-TURN-PLEASEreq"),
    RT_TURN_GIVE_REQUEST("RT-TURN-GIVEreq"),
    RT_CLOSE_REQUEST("RT-CLOSEreq"),
    RT_CLOSE_RESPONSE("RT-CLOSErsp"),
    RT_SUSPEND_REQUEST("RT-SUSPENDreq"),
    RT_U_ABORT_REQUEST("RT-U-ABTreq"),

    // indications and confirms of ACSE and the presentation service
    OPEN_INDICATION("A-ASCind-open"),
    RECOVER_INDICATION("A-ASCind-recover"),
    ASSOCIATE_CONFIRM("A-ASCcnf+"),
    ASSOCIATE_REFUSAL("A-ASCcnf-"),
    RELEASE_INDICATION("A-RLSind"),
    RELEASE_CONFIRM("A-RLScnf"),
    ABORT("A-ABTind"),
    ABORT_PERMANENT("A-ABTind-5"),
    ABORT_BY_USER("A-ABTind-6"),
    ABORT_COMPLETED("A-ABTind-7"),
    PROVIDER_ABORT("A-P-ABTind"),
    ACTIVITY_START("P-ACTSind"),
    ACTIVITY_RESUME("P-ACTRind"),
    ACTIVITY_END("P-ACTEind"),
    ACTIVITY_END_CONFIRM("P-ACTEcnf"),
    ACTIVITY_INTERRUPT("P-ACTIind"),
    ACTIVITY_INTERRUPT_CONFIRM("P-ACTIcnf"),
    ACTIVITY_DISCARD("P-ACTDind"),
    ACTIVITY_DISCARD_CONFIRM("P-ACTDcnf"),
    DATA("P-DATAind"),
    SYNC_MINOR("P-SYNCmind"),
    SYNC_MINOR_CONFIRM("P-SYNCmcnf"),
    TOKEN_PLEASE("P-TKPind"),
    CONTROL_GIVE("P-CTRLGind"),
    /** Reasons for which the sender discards, and begins anew. */
    USER_EXCEPTION("P-UERind"),
    /** Receiving ability jeopardized. */
    USER_EXCEPTION_JEOPARDIZED("P-UERind-1"),
    /** Reasons for which the sender interrupts, and resumes. */
    USER_EXCEPTION_RESUMABLE("P-UERind-3"),
    PROVIDER_EXCEPTION("P-PERind"),
    /** What is not allowed at this time, or is no APDU. */
    PROTOCOL_ERROR("PROTERR"),

    // events of its own
    /** There is a segment to be sent, and room for it in the window. */
    SEGMENT("SEG"),
    /** The source fails. */
    SOURCE_TROUBLE("TROUBLE-out"),
    /** The sink fails. */
    SINK_TROUBLE("TROUBLE-in"),
    SECURED("SECURED"),
    COMMITTED("COMMITTED"),
    /** It is time to send a pending transfer. */
    RETRY("RETRY"),
    /** It is time to ask for the turn again. */
    PLEASE("PLEASE"),
    /** It is time to give the turn again. */
    REGIVE("REGIVE"),
    /** It is time to ask for an association again. */
    ATTEMPT("ATTEMPT"),
    TRANSFER_TIME("TRANSFER-TIME"),
    RECOVERY_TIME("RECOVERY-TIME"),
    SUPERVISION("SUPERVISION");

    private static final Map<String, Event> BY_NAME = new HashMap<>();

    private final String text;

    static {
        for (Event event : values()) {
            BY_NAME.put(event.text, event);
        }
    }

    Event(String text) {
        this.text = text;
    }

    static Event of(String name) {
        Event event = BY_NAME.get(name);
        if (event == null) {
            throw new IllegalArgumentException("no event is called " + name);
        }
        return event;
    }

    /** Whether it is a request or response, which may be refused by an exception. */
    boolean isRequest() {
        return ordinal() <= RT_U_ABORT_REQUEST.ordinal();
    }

    @Override
    public String toString() {
        return text;
    }
}
