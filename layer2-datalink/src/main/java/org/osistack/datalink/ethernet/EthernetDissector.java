package org.osistack.datalink.ethernet;

import org.osistack.core.Direction;
import org.osistack.core.Dissection;
import org.osistack.core.Dissector;
import org.osistack.core.Pdu;
import org.osistack.datalink.MacAddress;
import org.osistack.datalink.NetworkProtocol;

/**
 * Explains Ethernet frames.
 *
 * <p>Whether frames on this medium carry their frame check sequence can't be seen in one frame. The dissector learns
 * it: from the first frame on whose last four octets are right, all frames of the medium have one, and one that isn't
 * right is wrong. Where the pad begins, only the protocol carried can tell: the dissector looks for its length where it
 * knows the place.
 */
final class EthernetDissector implements Dissector {
    private static final int ARP_PACKET = 28; // RFC 826 for Ethernet and IPv4
    private static final int IPV4_TOTAL_LENGTH = 2;
    private static final int IPV4_MIN = 20;

    private final FrameCheckSequence fcs = new FrameCheckSequence();
    private final EthernetHeader header = new EthernetHeader();
    private boolean hasFcs;

    @Override
    public void dissect(Pdu frame, Object sap, Direction direction, Dissection out) {
        out.pdu("Ethernet", "MAC frame");
        if (!EthernetHeader.isValid(frame)) {
            out.summary(frame.length() + " octets, too short for a header")
                    .field("Octets", 0, frame.length(), 0, "a header has 14", "IEEE 802.3 §3.1.1");
            return;
        }
        header.wrap(frame);
        boolean right = frame.length() >= EthernetHeader.LENGTH + EthernetHeader.FCS_LENGTH && fcs.isRight(frame);
        hasFcs |= right;
        boolean fcsHere = hasFcs && frame.length() >= EthernetHeader.LENGTH + EthernetHeader.FCS_LENGTH;
        int end = frame.length() - (fcsHere ? EthernetHeader.FCS_LENGTH : 0);
        int type = header.type();
        int sdu = sduLength(frame, type, end);
        int pad = end - EthernetHeader.LENGTH - sdu;

        address(out, "Destination Address", EthernetHeader.DESTINATION, header.destination());
        address(out, "Source Address", EthernetHeader.SOURCE, header.source());
        out.field("Length/Type", EthernetHeader.TYPE, 2, type, typeText(type), "IEEE 802.3 §3.2.6")
                .sdu(EthernetHeader.LENGTH, sdu);
        if (pad > 0) {
            out.field(
                    "Pad",
                    EthernetHeader.LENGTH + sdu,
                    pad,
                    0,
                    pad + " octets, so that the frame has 64",
                    "IEEE 802.3 §3.2.8");
        }
        String check = "";
        if (fcsHere) {
            int value = Integer.reverseBytes(frame.getInt32(end));
            check = "  FCS " + String.format("%08x", value) + (right ? " ✓" : " ✗");
            out.field(
                    "Frame Check Sequence",
                    end,
                    EthernetHeader.FCS_LENGTH,
                    value & 0xffff_ffffL,
                    String.format("%08x, ", value) + (right ? "right" : "WRONG: the frame was damaged"),
                    "IEEE 802.3 §3.2.9");
        }
        out.summary(header.source() + " → " + header.destination() + "  type " + String.format("%04x", type)
                + (pad > 0 ? "  pad " + pad : "") + check);
    }

    private static void address(Dissection out, String name, int offset, MacAddress address) {
        String kind = address.isBroadcast()
                ? "all stations"
                : (address.isGroup() ? "group" : "one station")
                        + ((address.bits() >>> 41 & 1) != 0 ? ", locally administered" : "");
        out.field(name, offset, 6, address.bits(), address + ", " + kind, "IEEE 802.3 §3.2.3");
    }

    private static String typeText(int type) {
        if (type < EthernetHeader.MIN_TYPE) {
            return "length " + type + ", an LLC frame";
        }
        NetworkProtocol protocol = NetworkProtocol.ofEtherType(type);
        return String.format("0x%04x, ", type) + (protocol == null ? "not spoken here" : protocol.toString());
    }

    private static int sduLength(Pdu frame, int type, int end) {
        int there = end - EthernetHeader.LENGTH;
        int told = there;
        if (type < EthernetHeader.MIN_TYPE) {
            told = type;
        } else if (type == NetworkProtocol.ARP.etherType()) {
            told = ARP_PACKET;
        } else if (type == NetworkProtocol.IPV4.etherType() && there >= IPV4_MIN) {
            told = frame.getUint16(EthernetHeader.LENGTH + IPV4_TOTAL_LENGTH);
        }
        boolean padded = end <= EthernetHeader.MIN_FRAME && told < there && told > 0;
        return padded ? told : there;
    }
}
