package org.osistack.application.move;

import java.nio.charset.StandardCharsets;
import org.osistack.application.ApplicationContext;
import org.osistack.application.ApplicationContexts;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.Selector;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.Tag;

/** What alice and bob say to each other: lines of text, each an OCTET STRING. */
final class Lines {
    private static final ApplicationContext ECHO = ApplicationContexts.own("echo", 1, 4001);
    /** The echo's application context, since it is octet strings and answers; at a selector of its own. */
    static final ApplicationContext CONTEXT = new ApplicationContext(
            "talk",
            ECHO.name(),
            ECHO.abstractSyntax(),
            new ApplicationContext.Selectors(Selector.ofText("talk"), Selector.EMPTY, Selector.EMPTY),
            4007);

    private Lines() {}

    /** Alice's line of that number, which fills so many octets if it can. */
    static String line(int number, int octets) {
        String text = "line " + number;
        return text + ".".repeat(Math.max(0, octets - text.length()));
    }

    /** What bob answers to the line of that number. */
    static String answer(int number) {
        return "heard line " + number;
    }

    /** A line as an APDU. */
    static Octets apdu(String line) {
        return new BerWriter()
                .octetString(Tag.OCTET_STRING, Octets.ofText(line))
                .toOctets();
    }

    /** The line in an APDU, which is released; empty if it has none. */
    static String read(Pdu apdu) {
        BerReader reader = new BerReader(apdu);
        Octets text = reader.octetString(Tag.OCTET_STRING);
        String line = reader.isMalformed() ? "" : new String(text.toByteArray(), StandardCharsets.UTF_8);
        apdu.release();
        return line;
    }
}
