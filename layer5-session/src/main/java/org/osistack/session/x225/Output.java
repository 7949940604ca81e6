package org.osistack.session.x225;

import java.util.HashMap;
import java.util.Map;

/** What a row of the state table has the machine say: an SPDU to the peer, a primitive to the user or to the transport. */
enum Output {
    CN("CN", SpduType.CN),
    OA("OA", SpduType.OA),
    CDO("CDO", SpduType.CDO),
    AC("AC", SpduType.AC),
    RF_NR("RF-nr", SpduType.RF),
    RF_R("RF-r", SpduType.RF),
    DT("DT", SpduType.DT),
    EX("EX", SpduType.EX),
    TD("TD", SpduType.TD),
    GT("GT", SpduType.GT),
    PT("PT", SpduType.PT),
    GTC("GTC", SpduType.GTC),
    GTA("GTA", SpduType.GTA),
    MIP("MIP", SpduType.MIP),
    MIA("MIA", SpduType.MIA),
    MAP("MAP", SpduType.MAP),
    AE("AE", SpduType.AE),
    MAA("MAA", SpduType.MAA),
    AEA("AEA", SpduType.AEA),
    RS_A("RS-a", SpduType.RS),
    RS_R("RS-r", SpduType.RS),
    RS_S("RS-s", SpduType.RS),
    RA("RA", SpduType.RA),
    /** PREPARE goes on the transport's expedited flow, and only if there is one. */
    PR_MAA("PR-MAA", SpduType.PR),
    PR_RS("PR-RS", SpduType.PR),
    PR_RA("PR-RA", SpduType.PR),
    /** As the others, and only if the user data does not fit into an ABORT on the expedited flow. */
    PR_AB("PR-AB†", SpduType.PR),
    AS("AS", SpduType.AS),
    AR("AR", SpduType.AR),
    AI("AI", SpduType.AI),
    AIA("AIA", SpduType.AIA),
    AD("AD", SpduType.AD),
    ADA("ADA", SpduType.ADA),
    CD("CD", SpduType.CD),
    CDA("CDA", SpduType.CDA),
    ED("ED", SpduType.ED),
    FN_NR("FN-nr", SpduType.FN),
    FN_R("FN-r", SpduType.FN),
    DN("DN", SpduType.DN),
    NF("NF", SpduType.NF),
    AB_NR("AB-nr", SpduType.AB),
    AB_R("AB-r", SpduType.AB),
    AA("AA", SpduType.AA),

    T_CONNECT_REQUEST("TCONreq", null),
    T_CONNECT_RESPONSE("TCONrsp", null),
    T_DISCONNECT_REQUEST("TDISreq", null),

    S_CONNECT_INDICATION("SCONind", null),
    S_CONNECT_CONFIRM_ACCEPTED("SCONcnf+", null),
    S_CONNECT_CONFIRM_REFUSED("SCONcnf-", null),
    S_DATA_INDICATION("SDTind", null),
    S_EXPEDITED_DATA_INDICATION("SEXind", null),
    S_TYPED_DATA_INDICATION("STDind", null),
    S_TOKEN_GIVE_INDICATION("SGTind", null),
    S_TOKEN_PLEASE_INDICATION("SPTind", null),
    S_CONTROL_GIVE_INDICATION("SCGind", null),
    S_SYNC_MINOR_INDICATION("SSYNmind", null),
    S_SYNC_MINOR_CONFIRM("SSYNmcnf", null),
    S_SYNC_MAJOR_INDICATION("SSYNMind", null),
    S_SYNC_MAJOR_CONFIRM("SSYNMcnf", null),
    S_ACTIVITY_END_INDICATION("SACTEind", null),
    S_ACTIVITY_END_CONFIRM("SACTEcnf", null),
    S_RESYNCHRONIZE_INDICATION("SRSYNind", null),
    S_RESYNCHRONIZE_CONFIRM("SRSYNcnf", null),
    S_ACTIVITY_START_INDICATION("SACTSind", null),
    S_ACTIVITY_RESUME_INDICATION("SACTRind", null),
    S_ACTIVITY_INTERRUPT_INDICATION("SACTIind", null),
    S_ACTIVITY_INTERRUPT_CONFIRM("SACTIcnf", null),
    S_ACTIVITY_DISCARD_INDICATION("SACTDind", null),
    S_ACTIVITY_DISCARD_CONFIRM("SACTDcnf", null),
    S_CAPABILITY_DATA_INDICATION("SCDind", null),
    S_CAPABILITY_DATA_CONFIRM("SCDcnf", null),
    S_U_EXCEPTION_REPORT_INDICATION("SUERind", null),
    S_P_EXCEPTION_REPORT_INDICATION("SPERind", null),
    S_RELEASE_INDICATION("SRELind", null),
    S_RELEASE_CONFIRM_ACCEPTED("SRELcnf+", null),
    S_RELEASE_CONFIRM_REFUSED("SRELcnf-", null),
    /** S-U-ABORT or S-P-ABORT, as the ABORT SPDU says. */
    S_ABORT_INDICATION("SxABind", null),
    S_P_ABORT_INDICATION("SPABind", null);

    private static final Map<String, Output> BY_NAME = new HashMap<>();

    static {
        for (Output output : values()) {
            BY_NAME.put(output.name, output);
        }
    }

    private final String name;
    private final SpduType spdu;

    Output(String name, SpduType spdu) {
        this.name = name;
        this.spdu = spdu;
    }

    /** The output that the table calls by that name; null if there is none. */
    static Output ofName(String name) {
        return BY_NAME.get(name);
    }

    /** Whether it is an indication or a confirm to the user. */
    boolean isToUser() {
        return ordinal() >= S_CONNECT_INDICATION.ordinal();
    }

    /** The name that the table has for it. */
    @Override
    public String toString() {
        return name;
    }

    /** The kind of the SPDU that it sends; null if it is a primitive. */
    SpduType spdu() {
        return spdu;
    }
}
