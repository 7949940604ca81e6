package org.osistack.network;

/** The users that a network service tells apart: its service access points. */
public enum TransportProtocol {
    TCP(6),
    UDP(17);

    private final int number;

    TransportProtocol(int number) {
        this.number = number;
    }

    /** The protocol number that IP writes for it (Assigned Internet Protocol Numbers, IANA). */
    public int number() {
        return number;
    }

    /** The protocol of that number; null if it is none of these. */
    public static TransportProtocol ofNumber(int number) {
        return switch (number) {
            case 6 -> TCP;
            case 17 -> UDP;
            default -> null;
        };
    }
}
