package org.osistack.application.chat;

import org.osistack.application.ForeignText;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.Tag;

/**
 * The APDU of the chat application:
 *
 * <pre>
 *   ChatMessage ::= SEQUENCE {
 *     text  UTF8String,
 *     from  [0] IMPLICIT UTF8String OPTIONAL }   -- who said it, if it wasn't the one who sends it
 * </pre>
 *
 * @param text one line
 * @param from empty if the sender says it itself
 */
record ChatMessage(String text, String from) {
    /** The longest line, in characters; longer ones are cut. */
    static final int MAX_TEXT = 4096;

    private static final int FROM = Tag.context(0);

    ChatMessage {
        text = line(text, MAX_TEXT);
        from = line(from, 64);
    }

    ChatMessage(String text) {
        this(text, "");
    }

    /** One line without control characters. */
    private static String line(String text, int limit) {
        String cut = text.length() > limit ? text.substring(0, limit) : text;
        return ForeignText.harmless(cut);
    }

    Pdu toPdu(PduPool pool) {
        BerWriter out = new BerWriter();
        if (!from.isEmpty()) {
            out.utf8String(FROM, from);
        }
        return out.utf8String(Tag.UTF8_STRING, text).wrap(Tag.SEQUENCE, 0).toPdu(pool);
    }

    /** Read a message; null if it is none. */
    static ChatMessage parse(Pdu apdu) {
        BerReader reader = new BerReader(apdu);
        reader.enter(Tag.SEQUENCE);
        String text = reader.utf8String(Tag.UTF8_STRING);
        String from = reader.isAt(FROM) ? reader.utf8String(FROM) : "";
        reader.leave();
        reader.end();
        return reader.isMalformed() ? null : new ChatMessage(text, from);
    }
}
