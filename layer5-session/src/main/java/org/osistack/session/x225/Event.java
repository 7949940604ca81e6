package org.osistack.session.x225;

import java.util.HashMap;
import java.util.Map;

/** The events of the state table, by the names that it gives them: primitives of the user, SPDUs, and what the transport and TIM do. */
enum Event {
    S_CONNECT_REQUEST("SCONreq", "S-CONNECT.request"),
    S_CONNECT_ACCEPT("SCONrsp+", "S-CONNECT.response +"),
    S_CONNECT_REFUSE("SCONrsp-", "S-CONNECT.response −"),
    S_DATA_REQUEST("SDTreq", "S-DATA.request"),
    S_EXPEDITED_DATA_REQUEST("SEXreq", "S-EXPEDITED-DATA.request"),
    S_TYPED_DATA_REQUEST("STDreq", "S-TYPED-DATA.request"),
    S_TOKEN_GIVE_REQUEST("SGTreq", "S-TOKEN-GIVE.request"),
    S_TOKEN_PLEASE_REQUEST("SPTreq", "S-TOKEN-PLEASE.request"),
    S_CONTROL_GIVE_REQUEST("SCGreq", "S-CONTROL-GIVE.request"),
    S_SYNC_MINOR_REQUEST("SSYNmreq", "S-SYNC-MINOR.request"),
    S_SYNC_MINOR_REQUEST_SEPARATED("SSYNmdreq", "S-SYNC-MINOR.request, data separation"),
    S_SYNC_MINOR_RESPONSE("SSYNmrsp", "S-SYNC-MINOR.response"),
    S_SYNC_MAJOR_REQUEST("SSYNMreq", "S-SYNC-MAJOR.request"),
    S_SYNC_MAJOR_RESPONSE("SSYNMrsp", "S-SYNC-MAJOR.response"),
    S_ACTIVITY_END_REQUEST("SACTEreq", "S-ACTIVITY-END.request"),
    S_ACTIVITY_END_RESPONSE("SACTErsp", "S-ACTIVITY-END.response"),
    S_RESYNCHRONIZE_ABANDON_REQUEST("SRSYNreq-a", "S-RESYNCHRONIZE.request, abandon"),
    S_RESYNCHRONIZE_RESTART_REQUEST("SRSYNreq-r", "S-RESYNCHRONIZE.request, restart"),
    S_RESYNCHRONIZE_SET_REQUEST("SRSYNreq-s", "S-RESYNCHRONIZE.request, set"),
    S_RESYNCHRONIZE_RESPONSE("SRSYNrsp", "S-RESYNCHRONIZE.response"),
    S_ACTIVITY_START_REQUEST("SACTSreq", "S-ACTIVITY-START.request"),
    S_ACTIVITY_RESUME_REQUEST("SACTRreq", "S-ACTIVITY-RESUME.request"),
    S_ACTIVITY_INTERRUPT_REQUEST("SACTIreq", "S-ACTIVITY-INTERRUPT.request"),
    S_ACTIVITY_INTERRUPT_RESPONSE("SACTIrsp", "S-ACTIVITY-INTERRUPT.response"),
    S_ACTIVITY_DISCARD_REQUEST("SACTDreq", "S-ACTIVITY-DISCARD.request"),
    S_ACTIVITY_DISCARD_RESPONSE("SACTDrsp", "S-ACTIVITY-DISCARD.response"),
    S_CAPABILITY_DATA_REQUEST("SCDreq", "S-CAPABILITY-DATA.request"),
    S_CAPABILITY_DATA_RESPONSE("SCDrsp", "S-CAPABILITY-DATA.response"),
    S_U_EXCEPTION_REPORT_REQUEST("SUERreq", "S-U-EXCEPTION-REPORT.request"),
    S_RELEASE_REQUEST("SRELreq", "S-RELEASE.request"),
    S_RELEASE_ACCEPT("SRELrsp+", "S-RELEASE.response +"),
    S_RELEASE_REFUSE("SRELrsp-", "S-RELEASE.response −"),
    S_U_ABORT_REQUEST("SUABreq", "S-U-ABORT.request"),

    CN(SpduType.CN),
    OA(SpduType.OA),
    CDO(SpduType.CDO),
    AC(SpduType.AC),
    RF_NR("RF-nr", null, SpduType.RF),
    RF_R("RF-r", null, SpduType.RF),
    DT(SpduType.DT),
    EX(SpduType.EX),
    TD(SpduType.TD),
    GT(SpduType.GT),
    PT(SpduType.PT),
    GTC(SpduType.GTC),
    GTA(SpduType.GTA),
    MIP(SpduType.MIP),
    MIP_D("MIP-d", null, SpduType.MIP),
    MIA(SpduType.MIA),
    MAP(SpduType.MAP),
    AE(SpduType.AE),
    MAA_AEA("MAA/AEA", null, SpduType.MAA),
    RS_A("RS-a", "RS", SpduType.RS),
    RS_R("RS-r", "RS", SpduType.RS),
    RS_S("RS-s", "RS", SpduType.RS),
    RA(SpduType.RA),
    PR_MAA("PR-MAA", null, SpduType.PR),
    PR_RS("PR-RS", null, SpduType.PR),
    PR_RA("PR-RA", null, SpduType.PR),
    PR_AB("PR-AB", null, SpduType.PR),
    AS(SpduType.AS),
    AR(SpduType.AR),
    AI(SpduType.AI),
    AIA(SpduType.AIA),
    AD(SpduType.AD),
    ADA(SpduType.ADA),
    CD(SpduType.CD),
    CDA(SpduType.CDA),
    ED(SpduType.ED),
    ER(SpduType.ER),
    FN_NR("FN-nr", null, SpduType.FN),
    FN_R("FN-r", null, SpduType.FN),
    DN(SpduType.DN),
    NF(SpduType.NF),
    AB_NR("AB-nr", "AB", SpduType.AB),
    AB_R("AB-r", "AB", SpduType.AB),
    AA(SpduType.AA),
    /** Octets that are no SPDU, or one that breaks a rule which the table does not know: it has no row. */
    INVALID("invalid", null, SpduType.DT),

    T_CONNECT_INDICATION("TCONind", "T-CONNECT.indication"),
    T_CONNECT_CONFIRM("TCONcnf", "T-CONNECT.confirm"),
    T_DISCONNECT_INDICATION("TDISind", "T-DISCONNECT.indication"),
    TIM("TIM", "TIM");

    private static final Map<String, Event> BY_NAME = new HashMap<>();

    static {
        for (Event event : values()) {
            BY_NAME.put(event.name, event);
        }
    }

    private final String name;
    private final String family;
    private final String text;
    private final SpduType spdu;

    Event(String name, String text) {
        this.name = name;
        this.text = text;
        this.family = null;
        this.spdu = null;
    }

    Event(SpduType spdu) {
        this(spdu.name(), null, spdu);
    }

    Event(String name, String family, SpduType spdu) {
        this.name = name;
        this.text = name;
        this.family = family;
        this.spdu = spdu;
    }

    /** Whether the event has the name with which a row of the table begins: its own, or that of its family. */
    boolean isCalled(String rowName) {
        return rowName.equals(name) || rowName.equals(family);
    }

    /** Whether a row of the table may begin with that name. */
    static boolean isKnown(String rowName) {
        return BY_NAME.containsKey(rowName) || rowName.equals("RS") || rowName.equals("AB");
    }

    /** Whether an SPDU has arrived. */
    boolean isSpdu() {
        return spdu != null;
    }

    /** The kind of SPDU that has arrived; null if none has. */
    SpduType spdu() {
        return spdu;
    }

    /** Whether it is a request or response of the user. */
    boolean isPrimitive() {
        return ordinal() <= S_U_ABORT_REQUEST.ordinal();
    }

    /** Its name in the table. */
    String tableName() {
        return name;
    }

    /** Its name for a reader: the primitive's, or the SPDU's. */
    @Override
    public String toString() {
        return text;
    }
}
