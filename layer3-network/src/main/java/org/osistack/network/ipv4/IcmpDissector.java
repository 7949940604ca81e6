package org.osistack.network.ipv4;

import org.osistack.core.Checksum;
import org.osistack.core.Dissection;
import org.osistack.core.Pdu;
import org.osistack.network.Ipv4Address;

/** Explains ICMP messages inside datagrams; a part of {@link Ipv4Dissector}. */
final class IcmpDissector {
    private static final String[] UNREACHABLE = {
        "network unreachable",
        "host unreachable",
        "protocol unreachable",
        "port unreachable",
        "fragmentation needed and DF set",
        "source route failed",
        "destination network unknown",
        "destination host unknown",
        "source host isolated",
        "network administratively prohibited",
        "host administratively prohibited",
        "network unreachable for type of service",
        "host unreachable for type of service",
        "communication administratively prohibited",
        "host precedence violation",
        "precedence cutoff in effect"
    };

    private IcmpDissector() {}

    /**
     * Explain a message.
     *
     * @param at where it begins in the datagram
     * @param end where it ends
     * @return what matters in it, in a few words
     */
    static String dissect(Pdu datagram, int at, int end, Dissection out) {
        int length = end - at;
        if (length < IcmpHeader.LENGTH) {
            out.pdu("ICMP", "message").field("ICMP", at, length, 0, "too short for a message", "RFC 792");
            return "too short for a message";
        }
        boolean right = Checksum.sum(datagram, at, length) == 0xffff;
        int type = datagram.getUint8(at + IcmpHeader.TYPE);
        int code = datagram.getUint8(at + IcmpHeader.CODE);
        int checksum = datagram.getUint16(at + IcmpHeader.CHECKSUM);
        int rest = datagram.getInt32(at + IcmpHeader.REST);
        boolean isEcho = type == IcmpHeader.ECHO || type == IcmpHeader.ECHO_REPLY;
        String name = name(type);
        out.pdu("ICMP", name)
                .group("ICMP", at, isEcho ? IcmpHeader.LENGTH : length, name)
                .field("Type", at, 1, type, type + ", " + name, clause(type))
                .field("Code", at + IcmpHeader.CODE, 1, code, code + codeText(type, code), clause(type))
                .field(
                        "Checksum",
                        at + IcmpHeader.CHECKSUM,
                        2,
                        checksum,
                        String.format("%04x, ", checksum) + (right ? "right" : "WRONG"),
                        "RFC 792");
        String summary = rest(type, code, rest, at, out);
        int data = at + IcmpHeader.LENGTH;
        if (isEcho) {
            out.sdu(data, end - data);
            summary += ", " + (end - data) + " octets";
        } else if (end > data) {
            out.field(
                    "Internet Header + data of the original datagram",
                    data,
                    end - data,
                    0,
                    quoted(datagram, data, end),
                    clause(type));
            summary += ", about " + quoted(datagram, data, end);
        }
        out.end();
        return summary + (right ? "" : ", checksum ✗");
    }

    private static String rest(int type, int code, int rest, int at, Dissection out) {
        int high = rest >>> 16;
        int low = rest & 0xffff;
        if (type == IcmpHeader.ECHO || type == IcmpHeader.ECHO_REPLY) {
            out.field("Identifier", at + IcmpHeader.IDENTIFIER, 2, high, String.valueOf(high), clause(type))
                    .field("Sequence Number", at + IcmpHeader.SEQUENCE, 2, low, String.valueOf(low), clause(type));
            return "id " + high + " seq " + low;
        }
        if (type == IcmpHeader.DESTINATION_UNREACHABLE && code == IcmpHeader.FRAGMENTATION_NEEDED) {
            out.field("unused", at + IcmpHeader.REST, 2, high, String.valueOf(high), "RFC 1191 §4")
                    .field("Next-Hop MTU", at + IcmpHeader.NEXT_HOP_MTU, 2, low, low + " octets", "RFC 1191 §4");
            return codeText(type, code).substring(2) + ", MTU " + low;
        }
        if (type == IcmpHeader.PARAMETER_PROBLEM) {
            out.field("Pointer", at + IcmpHeader.POINTER, 1, high >>> 8, "octet " + (high >>> 8), "RFC 792")
                    .field("unused", at + IcmpHeader.POINTER + 1, 3, rest & 0xff_ffff, "0", "RFC 792");
            return "octet " + (high >>> 8);
        }
        out.field(
                "unused", at + IcmpHeader.REST, 4, rest & 0xffff_ffffL, String.valueOf(rest & 0xffff_ffffL), "RFC 792");
        String text = codeText(type, code);
        return text.isEmpty() ? "code " + code : text.substring(2);
    }

    private static String quoted(Pdu datagram, int at, int end) {
        if (end - at < Ipv4Header.LENGTH) {
            return (end - at) + " octets";
        }
        return Ipv4Address.of(datagram.getInt32(at + Ipv4Header.SOURCE)) + " → "
                + Ipv4Address.of(datagram.getInt32(at + Ipv4Header.DESTINATION)) + " protocol "
                + Ipv4Dissector.protocolName(datagram.getUint8(at + Ipv4Header.PROTOCOL));
    }

    private static String name(int type) {
        return switch (type) {
            case IcmpHeader.ECHO_REPLY -> "Echo Reply";
            case IcmpHeader.DESTINATION_UNREACHABLE -> "Destination Unreachable";
            case IcmpHeader.SOURCE_QUENCH -> "Source Quench";
            case IcmpHeader.REDIRECT -> "Redirect";
            case IcmpHeader.ECHO -> "Echo";
            case IcmpHeader.TIME_EXCEEDED -> "Time Exceeded";
            case IcmpHeader.PARAMETER_PROBLEM -> "Parameter Problem";
            default -> "type " + type;
        };
    }

    private static String codeText(int type, int code) {
        if (type == IcmpHeader.DESTINATION_UNREACHABLE && code < UNREACHABLE.length) {
            return ", " + UNREACHABLE[code];
        }
        if (type == IcmpHeader.TIME_EXCEEDED && code <= IcmpHeader.REASSEMBLY) {
            return code == IcmpHeader.IN_TRANSIT ? ", in transit" : ", in reassembly";
        }
        return "";
    }

    private static String clause(int type) {
        return switch (type) {
            case IcmpHeader.ECHO, IcmpHeader.ECHO_REPLY -> "RFC 792, RFC 1122 §3.2.2.6";
            case IcmpHeader.DESTINATION_UNREACHABLE -> "RFC 792, RFC 1122 §3.2.2.1";
            case IcmpHeader.TIME_EXCEEDED -> "RFC 792, RFC 1122 §3.2.2.4";
            case IcmpHeader.PARAMETER_PROBLEM -> "RFC 792, RFC 1122 §3.2.2.5";
            default -> "RFC 792";
        };
    }
}
