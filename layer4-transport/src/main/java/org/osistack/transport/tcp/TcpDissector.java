package org.osistack.transport.tcp;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.osistack.core.Direction;
import org.osistack.core.Dissection;
import org.osistack.core.Dissector;
import org.osistack.core.Pdu;
import org.osistack.network.TransportProtocol;
import org.osistack.transport.udp.UdpDissector;

/**
 * Explains segments, and user datagrams, which come from the same provider. Sequence numbers are told relative to the
 * SYN of the connection, or to the first segment that was seen of it.
 */
final class TcpDissector implements Dissector {
    private static final int MAX_CONNECTIONS = 4096; // whose initial sequence numbers are remembered
    private static final String[] CONTROL_BITS = {"CWR", "ECE", "URG", "ACK", "PSH", "RST", "SYN", "FIN"};
    private static final String[] MEANINGS = {
        "congestion window reduced (RFC 3168)",
        "echo of congestion (RFC 3168)",
        "the urgent pointer is significant",
        "the acknowledgment number is significant",
        "hand the octets up without waiting for more",
        "reset the connection",
        "synchronize sequence numbers",
        "the sender has no more octets"
    };

    /** One direction of one connection. */
    private record Flow(int sourcePort, int destinationPort, Direction direction) {
        Flow reverse() {
            return new Flow(destinationPort, sourcePort, direction == Direction.DOWN ? Direction.UP : Direction.DOWN);
        }
    }

    private final Dissector udp = new UdpDissector();
    private final TcpHeader header = new TcpHeader();
    private final Map<Flow, Integer> initial = new LinkedHashMap<>();
    private final Map<Flow, Integer> windowScales = new HashMap<>();

    @Override
    public void dissect(Pdu pdu, Object sap, Direction direction, Dissection out) {
        if (sap == TransportProtocol.UDP) {
            udp.dissect(pdu, sap, direction, out);
            return;
        }
        out.pdu("TCP", "segment");
        if (pdu.length() < TcpHeader.LENGTH) {
            out.summary("too short for its header").sdu(0, pdu.length());
            return;
        }
        header.wrap(pdu);
        int control = header.controlBits();
        Flow flow = new Flow(header.sourcePort(), header.destinationPort(), direction);
        boolean ack = (control & TcpHeader.ACK) != 0;
        int seq = relative(flow, header.sequenceNumber(), (control & TcpHeader.SYN) != 0);
        int acknowledged = ack ? relative(flow.reverse(), header.acknowledgmentNumber(), false) : 0;
        int headerLength = TcpHeader.isValid(pdu) ? header.length() : TcpHeader.LENGTH;
        int textLength = pdu.length() - headerLength;
        String names = controlText(control);
        out.pdu("TCP", names.isEmpty() ? "segment" : names);
        out.summary(header.sourcePort() + " → " + header.destinationPort()
                + "  seq " + Integer.toUnsignedString(seq)
                + (ack ? "  ack " + Integer.toUnsignedString(acknowledged) : "")
                + "  win " + window(flow, control)
                + "  " + textLength + (textLength == 1 ? " octet" : " octets"));
        fixedFields(out, flow, control, seq, ack, acknowledged);
        if (headerLength > TcpHeader.LENGTH) {
            options(pdu, headerLength, flow, control, out);
        }
        boolean syn = (control & TcpHeader.SYN) != 0;
        long firstOctet = header.sequenceNumber() + (syn ? 1L : 0) & 0xffff_ffffL; // a SYN has a number of its own
        out.sdu(headerLength, textLength)
                .streamOf(header.sourcePort() + " → " + header.destinationPort(), firstOctet, syn);
    }

    private void fixedFields(Dissection out, Flow flow, int control, int seq, boolean ack, int acknowledged) {
        String clause = "RFC 9293 §3.1";
        out.field("Source Port", 0, 2, header.sourcePort(), Integer.toString(header.sourcePort()), clause);
        out.field(
                "Destination Port", 2, 2, header.destinationPort(), Integer.toString(header.destinationPort()), clause);
        long seqNumber = header.sequenceNumber() & 0xffff_ffffL;
        out.field("Sequence Number", 4, 4, seqNumber, Integer.toUnsignedString(seq) + " of this connection", clause);
        long ackNumber = header.acknowledgmentNumber() & 0xffff_ffffL;
        String ackText = ack ? "expects " + Integer.toUnsignedString(acknowledged) : "not significant";
        out.field("Acknowledgment Number", 8, 4, ackNumber, ackText, clause);
        int words = header.length() >>> 2;
        out.bits("Data Offset", 12, 1, 0, 4, words, words * 4 + " octets of header", clause);
        out.bits("Reserved", 12, 1, 4, 4, header.reserved(), "", clause);
        out.group("Control Bits", 13, 1, controlText(control));
        for (int i = 0; i < 8; i++) {
            int value = control >>> 7 - i & 1;
            out.bits(CONTROL_BITS[i], 13, 1, i, 1, value, value == 1 ? MEANINGS[i] : "", clause);
        }
        out.end();
        out.field("Window", 14, 2, header.window(), window(flow, control) + " octets", clause);
        out.field("Checksum", 16, 2, header.checksum(), String.format("%04x", header.checksum()), clause);
        String urgent = (control & TcpHeader.URG) != 0 ? "urgent up to here" : "not significant";
        out.field("Urgent Pointer", 18, 2, header.urgentPointer(), urgent, clause);
    }

    private static String controlText(int control) {
        StringBuilder text = new StringBuilder();
        for (int i = 7; i >= 0; i--) { // the order in which people say it: FIN, SYN, RST, PSH, ACK
            if ((control >>> 7 - i & 1) == 1) {
                text.append(text.isEmpty() ? "" : " ").append(CONTROL_BITS[i]);
            }
        }
        return text.toString();
    }

    private int relative(Flow flow, int number, boolean syn) {
        if (syn) {
            remember(initial, flow, number);
        }
        Integer first = initial.get(flow);
        if (first == null) {
            first = number;
            remember(initial, flow, number);
        }
        return number - first;
    }

    private static void remember(Map<Flow, Integer> map, Flow flow, int value) {
        if (map.size() >= MAX_CONNECTIONS) {
            map.remove(map.keySet().iterator().next());
        }
        map.put(flow, value);
    }

    /** The window in octets, scaled if both SYNs were seen to agree on it (RFC 7323 §2.2). */
    private long window(Flow flow, int control) {
        Integer scale = windowScales.get(flow);
        boolean scaled = (control & TcpHeader.SYN) == 0 && scale != null && windowScales.containsKey(flow.reverse());
        return scaled ? (long) header.window() << scale : header.window();
    }

    private void options(Pdu pdu, int headerLength, Flow flow, int control, Dissection out) {
        out.group("Options", TcpHeader.LENGTH, headerLength - TcpHeader.LENGTH, "");
        int offset = TcpHeader.LENGTH;
        while (offset < headerLength) {
            int kind = pdu.getUint8(offset);
            int length = kind <= TcpOptions.NO_OPERATION ? 1 : offset + 1 < headerLength ? pdu.getUint8(offset + 1) : 0;
            if (length == 0 || kind > TcpOptions.NO_OPERATION && length < 2 || offset + length > headerLength) {
                out.field("Option " + kind, offset, headerLength - offset, kind, "a length that cannot be");
                break;
            }
            if (kind == TcpOptions.END) {
                out.field("End of Option List", offset, headerLength - offset, 0, "", "RFC 9293 §3.2");
                break;
            }
            option(pdu, kind, offset, length, flow, control, out);
            offset += length;
        }
        out.end();
    }

    private void option(Pdu pdu, int kind, int offset, int length, Flow flow, int control, Dissection out) {
        if (kind == TcpOptions.NO_OPERATION) {
            out.field("No-Operation", offset, 1, 1, "padding", "RFC 9293 §3.2");
        } else if (kind == TcpOptions.MAX_SEGMENT_SIZE && length == 4) {
            int mss = pdu.getUint16(offset + 2);
            out.field("Maximum Segment Size", offset, 4, mss, mss + " octets", "RFC 9293 §3.2");
        } else if (kind == TcpOptions.WINDOW_SCALE && length == 3) {
            int shift = Math.min(14, pdu.getUint8(offset + 2));
            if ((control & TcpHeader.SYN) != 0) {
                remember(windowScales, flow, shift);
            }
            out.field("Window Scale", offset, 3, shift, "times " + (1 << shift), "RFC 7323 §2.2");
        } else if (kind == TcpOptions.SACK_PERMITTED && length == 2) {
            out.field("SACK Permitted", offset, 2, 0, "", "RFC 2018 §2");
        } else if (kind == TcpOptions.SACK && length % 8 == 2) {
            out.group("SACK", offset, length, length / 8 + (length / 8 == 1 ? " block" : " blocks"));
            for (int at = offset + 2; at < offset + length; at += 8) {
                int left = relative(flow.reverse(), pdu.getInt32(at), false);
                int right = relative(flow.reverse(), pdu.getInt32(at + 4), false);
                String text = Integer.toUnsignedString(left) + " to " + Integer.toUnsignedString(right);
                out.field("Block", at, 8, 0, text, "RFC 2018 §3");
            }
            out.end();
        } else if (kind == TcpOptions.TIMESTAMPS && length == 10) {
            long tsVal = pdu.getUint32(offset + 2);
            long tsEcr = pdu.getUint32(offset + 6);
            out.group("Timestamps", offset, 10, "value " + tsVal + ", echo " + tsEcr);
            out.field("TSval", offset + 2, 4, tsVal, Long.toString(tsVal), "RFC 7323 §3.2");
            out.field("TSecr", offset + 6, 4, tsEcr, Long.toString(tsEcr), "RFC 7323 §3.2");
            out.end();
        } else {
            out.field("Option " + kind, offset, length, kind, "not known here");
        }
    }
}
