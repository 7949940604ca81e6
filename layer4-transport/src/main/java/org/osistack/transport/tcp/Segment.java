package org.osistack.transport.tcp;

import org.osistack.core.NetworkAddress;
import org.osistack.core.Pdu;

/** A segment that has arrived: the variables SEG.* of RFC 9293 §3.3.1, read once. It is reused for the next one. */
final class Segment {
    NetworkAddress source;
    NetworkAddress destination;
    int sourcePort;
    int destinationPort;
    /** SEG.SEQ. */
    int seq;
    /** SEG.ACK. */
    int ack;
    /** SEG.WND, not scaled. */
    int wnd;
    /** The control bits. */
    int control;
    /** How many octets the text has: SEG.LEN without SYN and FIN. */
    int textLength;

    final TcpOptions options = new TcpOptions();
    private final TcpHeader header = new TcpHeader();
    private int headerLength;
    private Pdu pdu;

    /** Read the segment, which must be valid, and keep it. */
    void read(NetworkAddress newSource, NetworkAddress newDestination, Pdu segment) {
        pdu = segment;
        source = newSource;
        destination = newDestination;
        header.wrap(segment);
        sourcePort = header.sourcePort();
        destinationPort = header.destinationPort();
        seq = header.sequenceNumber();
        ack = header.acknowledgmentNumber();
        wnd = header.window();
        control = header.controlBits();
        headerLength = header.length();
        textLength = segment.length() - headerLength;
        options.parse(segment, headerLength);
    }

    boolean has(int controlBit) {
        return (control & controlBit) != 0;
    }

    /** SEG.LEN: the text, and one each for SYN and FIN. */
    int len() {
        return textLength + (control >>> 1 & 1) + (control & 1);
    }

    /** The sequence number that follows. */
    int end() {
        return seq + len();
    }

    /** The segment as it arrived; null once the text was taken. Remains this object's. */
    Pdu pdu() {
        return pdu;
    }

    /** Take over the text: from now on the PDU is the caller's. */
    Pdu takeText() {
        Pdu text = pdu;
        pdu = null;
        return text.pullHeader(headerLength);
    }

    /** Take over the whole PDU, to throw it away. */
    Pdu take() {
        Pdu whole = pdu;
        pdu = null;
        return whole;
    }
}
