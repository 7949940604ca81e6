package org.osistack.network.ipv4;

import org.osistack.core.Checksum;
import org.osistack.core.Direction;
import org.osistack.core.Dissection;
import org.osistack.core.Dissector;
import org.osistack.core.Pdu;
import org.osistack.datalink.NetworkProtocol;
import org.osistack.network.Ipv4Address;
import org.osistack.network.TransportProtocol;
import org.osistack.network.arp.ArpDissector;

/** Explains what layer 3 {@code ipv4} says to its peers: Internet datagrams, ICMP in them, and ARP packets. */
final class Ipv4Dissector implements Dissector {
    private static final String CLAUSE = "RFC 791 §3.1";
    private static final String[] ECN = {"not ECN-capable", "ECT(1)", "ECT(0)", "congestion experienced"};

    private final ArpDissector arp = new ArpDissector();
    private final Ipv4Header header = new Ipv4Header();

    @Override
    public void dissect(Pdu pdu, Object sap, Direction direction, Dissection out) {
        if (sap == NetworkProtocol.ARP) {
            arp.dissect(pdu, sap, direction, out);
            return;
        }
        out.pdu("IPv4", "datagram");
        if (!Ipv4Header.isReadable(pdu, 0)) {
            out.summary("no header of version 4").field("Octets", 0, pdu.length(), 0, pdu.length() + " octets", CLAUSE);
            return;
        }
        header.wrap(pdu);
        int headerLength = header.headerLength();
        boolean lengthFits = header.totalLength() >= headerLength && header.totalLength() <= pdu.length();
        int end = lengthFits ? header.totalLength() : pdu.length();
        boolean right = Checksum.sum(pdu, 0, headerLength) == 0xffff;
        header(pdu, headerLength, lengthFits, right, out);
        if (pdu.length() > end) {
            out.field("Padding", end, pdu.length() - end, 0, pdu.length() - end + " octets of the data link layer", "");
        }
        boolean continues = header.fragmentOffset() != 0;
        StringBuilder summary =
                new StringBuilder(Ipv4Address.of(header.source()) + " → " + Ipv4Address.of(header.destination()));
        if (header.protocol() == IcmpHeader.PROTOCOL && !header.isFragment() && lengthFits) {
            summary.append("  ")
                    .append(IcmpDissector.dissect(pdu, headerLength, end, out))
                    .append("  ttl ")
                    .append(header.timeToLive());
        } else {
            out.pdu("IPv4", header.isFragment() ? "fragment" : "datagram").sdu(headerLength, end - headerLength);
            if (header.isFragment()) {
                out.segmentOf(
                        summary + " id " + header.identification() + " protocol " + header.protocol(),
                        header.fragmentOffset());
            }
            summary.append("  ttl ")
                    .append(header.timeToLive())
                    .append("  id ")
                    .append(header.identification())
                    .append(header.dontFragment() ? "  DF" : "")
                    .append(header.moreFragments() ? "  MF" : "")
                    .append(continues ? "  offset " + header.fragmentOffset() : "")
                    .append("  protocol ")
                    .append(protocolName(header.protocol()));
        }
        summary.append("  checksum ")
                .append(String.format("%04x", pdu.getUint16(Ipv4Header.CHECKSUM)))
                .append(right ? " ✓" : " ✗");
        out.summary(summary.toString());
    }

    private void header(Pdu pdu, int headerLength, boolean lengthFits, boolean right, Dissection out) {
        int service = header.typeOfService();
        int checksum = pdu.getUint16(Ipv4Header.CHECKSUM);
        int reserved = pdu.getUint8(Ipv4Header.FLAGS_AND_OFFSET) >>> 7;
        int offset = header.fragmentOffset();
        int words = headerLength / 4;
        out.bits("Version", Ipv4Header.VERSION_AND_IHL, 1, 0, 4, 4, "4", CLAUSE)
                .bits("IHL", 0, 1, 4, 4, words, words + " words of 4 octets: " + headerLength, CLAUSE)
                .bits("DSCP", Ipv4Header.TYPE_OF_SERVICE, 1, 0, 6, service >>> 2, dscp(service >>> 2), "RFC 2474 §3")
                .bits("ECN", Ipv4Header.TYPE_OF_SERVICE, 1, 6, 2, service & 3, ECN[service & 3], "RFC 3168 §5")
                .field(
                        "Total Length",
                        Ipv4Header.TOTAL_LENGTH,
                        2,
                        header.totalLength(),
                        header.totalLength() + " octets" + (lengthFits ? "" : ", NOT what is here"),
                        CLAUSE)
                .field(
                        "Identification",
                        Ipv4Header.IDENTIFICATION,
                        2,
                        header.identification(),
                        header.identification()
                                + (header.dontFragment() && !header.isFragment() ? ", without meaning: atomic" : ""),
                        header.dontFragment() ? "RFC 6864 §4.1" : CLAUSE)
                .bits("reserved", Ipv4Header.FLAGS_AND_OFFSET, 1, 0, 1, reserved, reserved + ", must be zero", CLAUSE)
                .bits(
                        "DF",
                        Ipv4Header.FLAGS_AND_OFFSET,
                        1,
                        1,
                        1,
                        header.dontFragment() ? 1 : 0,
                        header.dontFragment() ? "must not be fragmented" : "may be fragmented",
                        CLAUSE)
                .bits(
                        "MF",
                        Ipv4Header.FLAGS_AND_OFFSET,
                        1,
                        2,
                        1,
                        header.moreFragments() ? 1 : 0,
                        header.moreFragments() ? "more fragments follow" : "last fragment",
                        CLAUSE)
                .bits(
                        "Fragment Offset",
                        Ipv4Header.FLAGS_AND_OFFSET,
                        2,
                        3,
                        13,
                        offset / Ipv4Header.FRAGMENT_UNIT,
                        offset / Ipv4Header.FRAGMENT_UNIT + " units of 8 octets: " + offset,
                        CLAUSE)
                .field(
                        "Time to Live",
                        Ipv4Header.TIME_TO_LIVE,
                        1,
                        header.timeToLive(),
                        header.timeToLive() + " hops",
                        CLAUSE)
                .field(
                        "Protocol",
                        Ipv4Header.PROTOCOL,
                        1,
                        header.protocol(),
                        header.protocol() + ", " + protocolName(header.protocol()),
                        CLAUSE)
                .field(
                        "Header Checksum",
                        Ipv4Header.CHECKSUM,
                        2,
                        checksum,
                        String.format("%04x, ", checksum) + (right ? "right" : "WRONG"),
                        CLAUSE);
        address("Source Address", Ipv4Header.SOURCE, header.source(), out);
        address("Destination Address", Ipv4Header.DESTINATION, header.destination(), out);
        if (headerLength > Ipv4Header.LENGTH) {
            options(pdu, headerLength, out);
        }
    }

    private static void address(String name, int offset, int bits, Dissection out) {
        Ipv4Address address = Ipv4Address.of(bits);
        String kind = address.equals(Ipv4Address.BROADCAST)
                ? ", all hosts of the link"
                : address.isMulticast() ? ", a group" : address.isLinkLocal() ? ", link-local" : "";
        out.field(name, offset, 4, bits & 0xffff_ffffL, address + kind, CLAUSE);
    }

    private static void options(Pdu pdu, int headerLength, Dissection out) {
        int all = headerLength - Ipv4Header.LENGTH;
        out.group("Options", Ipv4Header.LENGTH, all, all + " octets");
        int at = Ipv4Header.LENGTH;
        while (at < headerLength) {
            int type = pdu.getUint8(at);
            int length = 1;
            if (type == Ipv4Options.END_OF_LIST) {
                length = headerLength - at;
            } else if (type != Ipv4Options.NO_OPERATION) {
                length = at + 1 < headerLength ? pdu.getUint8(at + 1) : 0;
                if (length < 2 || at + length > headerLength) {
                    out.field("Option", at, headerLength - at, type, "not well formed", CLAUSE);
                    break;
                }
            }
            String name = Ipv4Options.name(type);
            out.field(name, at, length, type, type + ", " + name + ", " + length + " octets", CLAUSE);
            at += length;
        }
        out.end();
    }

    private static String dscp(int value) {
        return value == 0 ? "0, best effort" : String.valueOf(value);
    }

    static String protocolName(int number) {
        if (number == IcmpHeader.PROTOCOL) {
            return "ICMP";
        }
        TransportProtocol protocol = TransportProtocol.ofNumber(number);
        return protocol == null ? String.valueOf(number) : protocol.name();
    }
}
