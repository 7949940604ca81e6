package org.osistack.transport.tcp;

/**
 * The state of a connection (RFC 9293 §3.3.2). A listener stands for LISTEN; it has no connection yet.
 *
 * <pre>
 *              connectRequest                 SYN for a listener
 *    CLOSED ----------------> SYN-SENT                 |
 *                   SYN,ACK  /    \  SYN               v
 *                  ---------      ------------> SYN-RECEIVED
 *                  |                                   |  ACK of SYN
 *                  +----------> ESTABLISHED <----------+
 *           releaseRequest  /                 \  FIN
 *                          v                   v
 *              FIN-WAIT-1                       CLOSE-WAIT
 *     ACK of FIN /  \ FIN                           | releaseRequest
 *               v    v                              v
 *      FIN-WAIT-2    CLOSING                     LAST-ACK
 *           \ FIN     / ACK of FIN                  | ACK of FIN
 *            v       v                              v
 *            TIME-WAIT ------- 2 MSL -----------> CLOSED
 * </pre>
 */
enum TcpState {
    CLOSED("CLOSED"),
    SYN_SENT("SYN-SENT"),
    SYN_RECEIVED("SYN-RECEIVED"),
    ESTABLISHED("ESTABLISHED"),
    FIN_WAIT_1("FIN-WAIT-1"),
    FIN_WAIT_2("FIN-WAIT-2"),
    CLOSE_WAIT("CLOSE-WAIT"),
    CLOSING("CLOSING"),
    LAST_ACK("LAST-ACK"),
    TIME_WAIT("TIME-WAIT");

    private final String text;

    TcpState(String text) {
        this.text = text;
    }

    /** The name as the RFC writes it. */
    String text() {
        return text;
    }

    /** Whether both sides have agreed on the initial sequence numbers. */
    boolean isSynchronized() {
        return ordinal() >= ESTABLISHED.ordinal();
    }

    /** Whether user data, or the FIN after it, may be sent or sent again. */
    boolean sends() {
        return isSynchronized() && this != FIN_WAIT_2 && this != TIME_WAIT;
    }

    /** Whether text that arrives is for the user: the peer's FIN has not come yet. */
    boolean receives() {
        return this == ESTABLISHED || this == FIN_WAIT_1 || this == FIN_WAIT_2;
    }
}
