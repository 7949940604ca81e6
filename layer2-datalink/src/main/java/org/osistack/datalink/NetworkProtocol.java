package org.osistack.datalink;

/** The users that a data link service tells apart: its service access points. */
public enum NetworkProtocol {
    IPV4(0x0800, "IPv4"),
    ARP(0x0806, "ARP");

    private final int etherType;
    private final String text;

    NetworkProtocol(int etherType, String text) {
        this.etherType = etherType;
        this.text = text;
    }

    /** The EtherType that Ethernet II writes for it (IEEE 802 Numbers, IANA). */
    public int etherType() {
        return etherType;
    }

    /** The protocol of that EtherType; null if it is none of these. */
    public static NetworkProtocol ofEtherType(int etherType) {
        return switch (etherType) {
            case 0x0800 -> IPV4;
            case 0x0806 -> ARP;
            default -> null;
        };
    }

    @Override
    public String toString() {
        return text;
    }
}
