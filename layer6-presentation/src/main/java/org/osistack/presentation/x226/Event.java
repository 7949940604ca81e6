package org.osistack.presentation.x226;

/** The event-identifier of the ARP PPDU: what made the provider abort; values as X.226 §8.5 writes them. */
enum Event {
    CP("CP PPDU"),
    CPA("CPA PPDU"),
    CPR("CPR PPDU"),
    ARU("ARU PPDU"),
    ARP("ARP PPDU"),
    AC("AC PPDU"),
    ACA("ACA PPDU"),
    TD("TD PPDU"),
    TTD("TTD PPDU"),
    TE("TE PPDU"),
    TC("TC PPDU"),
    TCC("TCC PPDU"),
    RS("RS PPDU"),
    RSA("RSA PPDU"),
    S_RELEASE_INDICATION("S-RELEASE indication"),
    S_RELEASE_CONFIRM("S-RELEASE confirm"),
    S_TOKEN_GIVE_INDICATION("S-TOKEN-GIVE indication"),
    S_TOKEN_PLEASE_INDICATION("S-TOKEN-PLEASE indication"),
    S_CONTROL_GIVE_INDICATION("S-CONTROL-GIVE indication"),
    S_SYNC_MINOR_INDICATION("S-SYNC-MINOR indication"),
    S_SYNC_MINOR_CONFIRM("S-SYNC-MINOR confirm"),
    S_SYNC_MAJOR_INDICATION("S-SYNC-MAJOR indication"),
    S_SYNC_MAJOR_CONFIRM("S-SYNC-MAJOR confirm"),
    S_P_EXCEPTION_REPORT_INDICATION("S-P-EXCEPTION-REPORT indication"),
    S_U_EXCEPTION_REPORT_INDICATION("S-U-EXCEPTION-REPORT indication"),
    S_ACTIVITY_START_INDICATION("S-ACTIVITY-START indication"),
    S_ACTIVITY_RESUME_INDICATION("S-ACTIVITY-RESUME indication"),
    S_ACTIVITY_INTERRUPT_INDICATION("S-ACTIVITY-INTERRUPT indication"),
    S_ACTIVITY_INTERRUPT_CONFIRM("S-ACTIVITY-INTERRUPT confirm"),
    S_ACTIVITY_DISCARD_INDICATION("S-ACTIVITY-DISCARD indication"),
    S_ACTIVITY_DISCARD_CONFIRM("S-ACTIVITY-DISCARD confirm"),
    S_ACTIVITY_END_INDICATION("S-ACTIVITY-END indication"),
    S_ACTIVITY_END_CONFIRM("S-ACTIVITY-END confirm");

    private final String text;

    Event(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    static String text(int value) {
        return value >= 0 && value < values().length ? values()[value].text : "event " + value;
    }
}
