package org.osistack.application.story;

import java.nio.charset.StandardCharsets;
import org.osistack.application.ApplicationContext;
import org.osistack.application.ApplicationContexts;
import org.osistack.core.Direction;
import org.osistack.core.Dissection;
import org.osistack.core.Dissector;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.Tag;

/** What alice and bob say to each other: an APDU that is a line of text, {@code UTF8String}. */
record Line(String text) {
    /** Both speak it. */
    static final ApplicationContext CONTEXT = ApplicationContexts.own("story", 7, 7007);

    static Line parse(Octets apdu) {
        BerReader reader = new BerReader(apdu);
        Octets text = reader.contents(Tag.UTF8_STRING);
        reader.end();
        return reader.isMalformed() ? null : new Line(new String(text.toByteArray(), StandardCharsets.UTF_8));
    }

    Octets emit() {
        return new BerWriter().utf8String(Tag.UTF8_STRING, text).toOctets();
    }

    /** Makes what explains such an APDU. */
    static Dissector newDissector() {
        return Line::dissect;
    }

    private static void dissect(Pdu pdu, Object sap, Direction direction, Dissection out) {
        Line line = parse(Octets.of(pdu));
        out.pdu("story", "Line");
        if (line == null) {
            out.summary("not understood").field("octets", 0, pdu.length(), 0, pdu.length() + " octets");
            return;
        }
        int length = Octets.ofText(line.text).length();
        int header = pdu.length() - length;
        out.summary('"' + line.text + '"')
                .field("tag and length", 0, header, 0, "UTF8String")
                .sdu(header, length);
    }
}
