package org.osistack.transport.tpkt;

import org.osistack.transport.DisconnectReason;

/** The reasons of DR and the causes of ER (X.224 §13.5.3, §13.12.3). */
final class ErrorText {
    static final int SESSION_ENTITY_NOT_ATTACHED = 2;
    static final int ADDRESS_UNKNOWN = 3;
    static final int NORMAL_DISCONNECT = 128;
    static final int NEGOTIATION_FAILED = 130;
    static final int CAUSE_NOT_SPECIFIED = 0;
    static final int INVALID_TPDU_TYPE = 2;

    private ErrorText() {}

    /** What the reason of a DR that refuses means to the user of the service. */
    static DisconnectReason refusal(int reason) {
        return switch (reason) {
            case 1, 129 -> DisconnectReason.CONGESTION;
            case ADDRESS_UNKNOWN -> DisconnectReason.SELECTOR_UNKNOWN;
            case NEGOTIATION_FAILED, 136 -> DisconnectReason.NEGOTIATION_FAILED;
            case 131, 132, 133, 138 -> DisconnectReason.PROTOCOL_ERROR;
            default -> DisconnectReason.REFUSED;
        };
    }

    /** The reason of a DR in words. */
    static String reason(int reason) {
        return switch (reason) {
            case 0 -> "not specified";
            case 1 -> "congestion at the transport address";
            case SESSION_ENTITY_NOT_ATTACHED -> "session entity not attached";
            case ADDRESS_UNKNOWN -> "address unknown";
            case NORMAL_DISCONNECT -> "normal disconnect by the session entity";
            case 129 -> "remote transport entity congested";
            case NEGOTIATION_FAILED -> "connection negotiation failed";
            case 131 -> "duplicate source reference";
            case 132 -> "mismatched references";
            case 133 -> "protocol error";
            case 135 -> "reference overflow";
            case 136 -> "connection request refused on this network connection";
            case 138 -> "header or parameter length invalid";
            default -> "reserved value " + reason;
        };
    }

    /** The cause of an ER in words. */
    static String cause(int cause) {
        return switch (cause) {
            case CAUSE_NOT_SPECIFIED -> "not specified";
            case 1 -> "invalid parameter code";
            case INVALID_TPDU_TYPE -> "invalid TPDU type";
            case 3 -> "invalid parameter value";
            default -> "reserved value " + cause;
        };
    }
}
