package org.osistack.network.arp;

import org.osistack.core.Direction;
import org.osistack.core.Dissection;
import org.osistack.core.Dissector;
import org.osistack.core.Pdu;
import org.osistack.datalink.MacAddress;
import org.osistack.network.Ipv4Address;

/** Explains ARP packets. */
public final class ArpDissector implements Dissector {
    private static final String CLAUSE = "RFC 826, Packet format";

    private final ArpHeader header = new ArpHeader();

    @Override
    public void dissect(Pdu packet, Object sap, Direction direction, Dissection out) {
        out.pdu("ARP", "packet");
        if (!ArpHeader.isValid(packet)) {
            out.summary("not about IPv4 over Ethernet, or too short")
                    .field("Octets", 0, packet.length(), 0, packet.length() + " octets", CLAUSE);
            return;
        }
        header.wrap(packet);
        int operation = header.operation();
        MacAddress senderMac = header.senderMac();
        MacAddress targetMac = header.targetMac();
        Ipv4Address senderIp = Ipv4Address.of(header.senderIp());
        Ipv4Address targetIp = Ipv4Address.of(header.targetIp());
        String kind = kind(operation, senderIp, targetIp);
        out.pdu("ARP", kind).summary(summary(kind, senderIp, senderMac, targetIp));
        out.field("Hardware address space", ArpHeader.HRD, 2, ArpHeader.HARDWARE_ETHERNET, "1, Ethernet", CLAUSE)
                .field("Protocol address space", ArpHeader.PRO, 2, ArpHeader.PROTOCOL_IPV4, "0x0800, IPv4", CLAUSE)
                .field("Hardware address length", ArpHeader.HLN, 1, ArpHeader.HARDWARE_LENGTH, "6 octets", CLAUSE)
                .field("Protocol address length", ArpHeader.PLN, 1, ArpHeader.PROTOCOL_LENGTH, "4 octets", CLAUSE)
                .field("Opcode", ArpHeader.OP, 2, operation, operation + ", " + kind, CLAUSE)
                .field("Sender hardware address", ArpHeader.SHA, 6, senderMac.bits(), senderMac.toString(), CLAUSE)
                .field(
                        "Sender protocol address",
                        ArpHeader.SPA,
                        4,
                        senderIp.bits() & 0xffff_ffffL,
                        senderIp.bits() == 0 ? "0.0.0.0, no claim" : senderIp.toString(),
                        senderIp.bits() == 0 ? "RFC 5227 §2.1.1" : CLAUSE)
                .field(
                        "Target hardware address",
                        ArpHeader.THA,
                        6,
                        targetMac.bits(),
                        targetMac.bits() == 0 ? targetMac + ", not known" : targetMac.toString(),
                        CLAUSE)
                .field(
                        "Target protocol address",
                        ArpHeader.TPA,
                        4,
                        targetIp.bits() & 0xffff_ffffL,
                        targetIp.toString(),
                        CLAUSE);
        if (packet.length() > ArpHeader.LENGTH) {
            int rest = packet.length() - ArpHeader.LENGTH;
            out.field("Padding", ArpHeader.LENGTH, rest, 0, rest + " octets of the data link layer", "");
        }
    }

    private static String kind(int operation, Ipv4Address senderIp, Ipv4Address targetIp) {
        return switch (operation) {
            case ArpHeader.REQUEST ->
                senderIp.bits() == 0 ? "Probe" : senderIp.equals(targetIp) ? "Announcement" : "Request";
            case ArpHeader.REPLY -> "Reply";
            default -> "opcode " + operation;
        };
    }

    private static String summary(String kind, Ipv4Address senderIp, MacAddress senderMac, Ipv4Address targetIp) {
        return switch (kind) {
            case "Probe" -> "does anybody use " + targetIp + "?";
            case "Announcement" -> senderIp + " is mine, at " + senderMac;
            case "Request" -> "who has " + targetIp + "? tell " + senderIp;
            case "Reply" -> senderIp + " is at " + senderMac;
            default -> senderIp + " → " + targetIp;
        };
    }
}
