package org.osistack.transport.tpkt;

/**
 * The states of a connection of class 0 (X.224 Annex A).
 *
 * <pre>
 *            T-CONNECT.request                                  N-CONNECT.indication
 *   CLOSED ───────────────────▶ WFNC                  CLOSED ──────────────────────▶ WFCR
 *                                 │ N-CONNECT.confirm                                  │ CR
 *                                 ▼ CR                                                 ▼ T-CONNECT.indication
 *                               WFCC                                                WFTRESP
 *                                 │ CC                                                 │ T-CONNECT.response
 *                                 ▼ T-CONNECT.confirm                                  ▼ CC
 *                               OPEN  ◀── DT ──▶ T-DATA                              OPEN
 *                                     ◀── ED ──▶ T-EXPEDITED-DATA
 *
 *   any: T-DISCONNECT.request, DR, ER, N-DISCONNECT, or what class 0 does not know ──▶ CLOSING ──▶ CLOSED
 * </pre>
 *
 * <p>WFCR (wait for CR) and CLOSING (this side has released the stream, the peer has not) are states of the network
 * connection that X.224 leaves to the network service.
 */
enum State {
    CLOSED,
    WFNC,
    WFCC,
    WFCR,
    WFTRESP,
    OPEN,
    CLOSING;

    /** Whether the connection has ended, as far as its user is concerned. */
    boolean isOver() {
        return this == CLOSED || this == CLOSING;
    }

    /**
     * Whether a TPDU of that kind may come now. DR on an open connection is not of class 0, but peers use it to say
     * farewell.
     */
    boolean expects(Tpdu.Type type) {
        return switch (type) {
            case CR -> this == WFCR;
            case CC -> this == WFCC;
            case DR, ER -> this != WFCR;
            case DC -> false;
        };
    }
}
