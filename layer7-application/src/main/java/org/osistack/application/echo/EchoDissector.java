package org.osistack.application.echo;

import org.osistack.core.Direction;
import org.osistack.core.Dissection;
import org.osistack.core.Dissector;
import org.osistack.core.Pdu;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.Tag;

/** Explains the APDUs of the echo application: an OCTET STRING. */
final class EchoDissector implements Dissector {
    @Override
    public void dissect(Pdu pdu, Object sap, Direction direction, Dissection out) {
        out.pdu("echo", "APDU");
        BerReader reader = new BerReader(pdu);
        int length = reader.contents(Tag.OCTET_STRING).length();
        if (reader.isMalformed()) {
            out.summary("not understood").field("octets", 0, pdu.length(), 0, pdu.length() + " octets");
            return;
        }
        int header = pdu.length() - length;
        out.summary(length + " octets")
                .field("tag and length", 0, header, 0, "OCTET STRING")
                .sdu(header, length);
    }
}
