package org.osistack.application.rtse;

import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.Tag;

/**
 * The RTTR APDU (X.228 §8): some octets of the APDU that is transferred.
 *
 * <pre>
 *   04 L octets
 * </pre>
 */
final class Rttr {
    private Rttr() {}

    /** Put the header in front of the octets. */
    static void push(Pdu octets) {
        new BerWriter(octets).wrap(Tag.OCTET_STRING, 0);
    }

    /** Leave only the octets in the PDU; false if it is no RTTR, and then it is as it was. */
    static boolean pull(Pdu apdu) {
        BerReader reader = new BerReader(apdu);
        if (!reader.isAt(Tag.OCTET_STRING)) {
            return pullSegments(apdu, reader);
        }
        reader.pass(Tag.OCTET_STRING);
        reader.end();
        if (reader.isMalformed()) {
            return false;
        }
        int length = reader.contentsLength();
        apdu.pullHeader(reader.contentsOffset()).truncate(length);
        return true;
    }

    /** An OCTET STRING in segments (X.690 §8.7.3) is rare: its octets are put together in the same PDU, which is longer. */
    private static boolean pullSegments(Pdu apdu, BerReader reader) {
        Octets joined = reader.octetString(Tag.OCTET_STRING);
        reader.end();
        if (reader.isMalformed()) {
            return false;
        }
        apdu.truncate(0);
        joined.appendTo(apdu);
        return true;
    }
}
