package org.osistack.datalink.ethernet;

import org.osistack.core.Pdu;
import org.osistack.datalink.MacAddress;

/**
 * The MAC frame of IEEE 802.3 §3.1.1 as a view of the octets of a PDU. The medium adds preamble and start frame
 * delimiter (§3.2.1, §3.2.2); they never reach a station's memory.
 *
 * <pre>
 *   octets
 *          +-------------------------------------+
 *     6    |         Destination Address         |  §3.2.3
 *          +-------------------------------------+
 *     6    |           Source Address            |  §3.2.3
 *          +-------------------------------------+
 *     2    |            Length/Type              |  §3.2.6: a type from 0x0600 on, a length below
 *          +-------------------------------------+
 *   0-1500 |           MAC Client Data           |  §3.2.7
 *          +-------------------------------------+
 *   0-46   |                Pad                  |  §3.2.8: so that the frame has 64 octets at least
 *          +-------------------------------------+
 *     4    |        Frame Check Sequence         |  §3.2.9
 *          +-------------------------------------+
 * </pre>
 */
final class EthernetHeader {
    static final int LENGTH = 14;
    static final int FCS_LENGTH = 4;
    /** The shortest frame without its frame check sequence (§4.4.2: minFrameSize is 512 bits with it). */
    static final int MIN_FRAME = 60;
    /** The least value of Length/Type that is a type (§3.2.6). */
    static final int MIN_TYPE = 0x0600;

    static final int DESTINATION = 0;
    static final int SOURCE = 6;
    static final int TYPE = 12;

    private Pdu frame;

    /** Whether the frame is long enough for the accessors. */
    static boolean isValid(Pdu frame) {
        return frame.length() >= LENGTH;
    }

    EthernetHeader wrap(Pdu newFrame) {
        this.frame = newFrame;
        return this;
    }

    MacAddress destination() {
        return MacAddress.of(frame.getUint48(DESTINATION));
    }

    EthernetHeader destination(MacAddress address) {
        frame.putUint48(DESTINATION, address.bits());
        return this;
    }

    MacAddress source() {
        return MacAddress.of(frame.getUint48(SOURCE));
    }

    EthernetHeader source(MacAddress address) {
        frame.putUint48(SOURCE, address.bits());
        return this;
    }

    /** The Length/Type field. */
    int type() {
        return frame.getUint16(TYPE);
    }

    EthernetHeader type(int etherType) {
        frame.putUint16(TYPE, etherType);
        return this;
    }
}
