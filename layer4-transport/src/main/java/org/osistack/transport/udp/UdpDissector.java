package org.osistack.transport.udp;

import org.osistack.core.Direction;
import org.osistack.core.Dissection;
import org.osistack.core.Dissector;
import org.osistack.core.Pdu;

/** Explains user datagrams. */
public final class UdpDissector implements Dissector {
    private final UdpHeader header = new UdpHeader();

    @Override
    public void dissect(Pdu pdu, Object sap, Direction direction, Dissection out) {
        out.pdu("UDP", "datagram");
        if (pdu.length() < UdpHeader.LENGTH) {
            out.summary("too short for its header").sdu(0, pdu.length());
            return;
        }
        header.wrap(pdu);
        int length = header.length();
        boolean fits = UdpHeader.isValid(pdu);
        out.summary(header.sourcePort() + " → " + header.destinationPort() + "  "
                + (fits ? length - UdpHeader.LENGTH + " octets" : "length " + length + " contradicts the octets"));
        out.field("Source Port", 0, 2, header.sourcePort(), portText(header.sourcePort()), "RFC 768");
        out.field("Destination Port", 2, 2, header.destinationPort(), portText(header.destinationPort()), "RFC 768");
        out.field("Length", 4, 2, length, length + " octets, header included", "RFC 768");
        int checksum = header.checksum();
        out.field("Checksum", 6, 2, checksum, checksum == 0 ? "none" : String.format("%04x", checksum), "RFC 768");
        out.sdu(UdpHeader.LENGTH, (fits ? length : pdu.length()) - UdpHeader.LENGTH);
    }

    private static String portText(int port) {
        return Integer.toString(port);
    }
}
