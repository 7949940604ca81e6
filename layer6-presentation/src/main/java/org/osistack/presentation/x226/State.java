package org.osistack.presentation.x226;

/** The states of the presentation protocol machine by their names in X.226 Annex A. */
enum State {
    /** Idle. */
    STAI0,
    /** Awaiting the CPA PPDU. */
    STAI1,
    /** Awaiting P-CONNECT.response. */
    STAI2,
    /** Connected. */
    STAt0,
    /** Connected, awaiting the ACA PPDU. */
    STAac0,
    /** Connected, awaiting P-ALTER-CONTEXT.response. */
    STAac1,
    /** Connected, awaiting both. */
    STAac2;

    /** The state of a connection on which alterations of contexts are to be answered by the peer and by the user. */
    static State connected(boolean byPeer, boolean byUser) {
        if (byPeer) {
            return byUser ? STAac2 : STAac0;
        }
        return byUser ? STAac1 : STAt0;
    }

    boolean isConnected() {
        return ordinal() >= STAt0.ordinal();
    }
}
