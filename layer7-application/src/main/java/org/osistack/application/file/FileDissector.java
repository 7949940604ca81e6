package org.osistack.application.file;

import org.osistack.application.rtse.RtseDissector;
import org.osistack.core.Direction;
import org.osistack.core.Dissection;
import org.osistack.core.Dissector;
import org.osistack.core.Pdu;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.Tag;

/** Explains the APDUs of the file application, and those of RTSE that carry them. */
final class FileDissector implements Dissector {
    private final RtseDissector reliableTransfer = new RtseDissector();

    /** RTTR and RTTP are an OCTET STRING and an INTEGER; this application has neither. */
    private static boolean isOfReliableTransfer(int tag) {
        return tag == Tag.OCTET_STRING || tag == Tag.INTEGER;
    }

    @Override
    public void dissect(Pdu pdu, Object sap, Direction direction, Dissection out) {
        out.pdu("file", "APDU");
        if (isOfReliableTransfer(new BerReader(pdu).tag())) {
            reliableTransfer.dissect(pdu, sap, direction, out);
            return;
        }
        if (new BerReader(pdu).isAt(FileApdu.DATA)) {
            int length = pdu.length() < 2 ? 0 : pdu.getUint8(1);
            int header = Math.min(pdu.length(), length < 0x80 ? 2 : 2 + (length & 0x7f));
            out.pdu("file", "data")
                    .summary(pdu.length() - header + " octets of the file")
                    .field("tag and length", 0, header, 0, "data [5] OCTET STRING")
                    .sdu(header, pdu.length() - header);
            return;
        }
        FileApdu apdu = FileApdu.parse(pdu);
        if (apdu == null) {
            out.summary("not understood").field("octets", 0, pdu.length(), 0, pdu.length() + " octets");
            return;
        }
        String text = summary(apdu);
        out.pdu("file", apdu.name()).summary(text).field(apdu.name(), 0, pdu.length(), 0, text);
    }

    private static String summary(FileApdu apdu) {
        if (apdu instanceof FileApdu.Offer offer) {
            return '"' + offer.path() + "\", " + offer.items() + " items, " + offer.octets() + " octets";
        } else if (apdu instanceof FileApdu.Ask ask) {
            return '"' + ask.path() + '"';
        } else if (apdu instanceof FileApdu.Refuse refuse) {
            return refuse.reason() + ": " + refuse.text();
        } else if (apdu instanceof FileApdu.Item item) {
            return (item.isFolder() ? "folder \"" : "file \"") + item.path() + "\", " + item.size() + " octets";
        } else if (apdu instanceof FileApdu.ItemEnd end) {
            return "SHA-256 " + end.sha256();
        } else if (apdu instanceof FileApdu.Stored stored) {
            return stored.items() + " items, " + stored.octets() + " octets";
        }
        return "";
    }
}
