package org.osistack.application.chat;

import org.osistack.application.ForeignText;
import org.osistack.core.Octets;
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
 *     from  [0] IMPLICIT UTF8String OPTIONAL,  -- who said it, if it wasn't the one who sends it
 *     kind  [1] IMPLICIT ENUMERATED {
 *                 line(0), aside(1), floor(2), who(3) } DEFAULT line }
 * </pre>
 *
 * <p>All kinds but {@code line} are for half-duplex rooms, and travel as typed data.
 *
 * @param text what the kind says
 * @param from empty if the sender says it itself
 */
record ChatMessage(Kind kind, String text, String from) {
    /** What a message is, in the order of the values of {@code kind}. */
    enum Kind {
        /** A line that somebody says. */
        LINE,
        /** A line that somebody says out of turn. */
        ASIDE,
        /** To a member: who has the floor; empty if it is whoever serves the room. */
        FLOOR,
        /** From a member: who is there? The text is empty. To a member: the answer, for a person. */
        WHO
    }

    /** The longest line, in characters; longer ones are cut. */
    static final int MAX_TEXT = 4096;
    /** The longest name, in characters. */
    static final int MAX_NAME = 64;

    private static final int FROM = Tag.context(0);
    private static final int KIND = Tag.context(1);

    ChatMessage {
        text = line(text, MAX_TEXT);
        from = line(from, MAX_NAME);
    }

    ChatMessage(String text) {
        this(Kind.LINE, text, "");
    }

    ChatMessage(String text, String from) {
        this(Kind.LINE, text, from);
    }

    ChatMessage(Kind kind, String text) {
        this(kind, text, "");
    }

    /** One line without control characters. */
    private static String line(String text, int limit) {
        String cut = text.length() > limit ? text.substring(0, limit) : text;
        return ForeignText.harmless(cut);
    }

    private BerWriter write() {
        BerWriter out = new BerWriter();
        if (kind != Kind.LINE) {
            out.integer(KIND, kind.ordinal());
        }
        if (!from.isEmpty()) {
            out.utf8String(FROM, from);
        }
        return out.utf8String(Tag.UTF8_STRING, text).wrap(Tag.SEQUENCE, 0);
    }

    Pdu toPdu(PduPool pool) {
        return write().toPdu(pool);
    }

    Octets toOctets() {
        return write().toOctets();
    }

    /** Read a message; null if it is none. */
    static ChatMessage parse(Pdu apdu) {
        return parse(new BerReader(apdu));
    }

    /** Read a message; null if it is none. */
    static ChatMessage parse(Octets apdu) {
        return parse(new BerReader(apdu));
    }

    private static ChatMessage parse(BerReader reader) {
        reader.enter(Tag.SEQUENCE);
        String text = reader.utf8String(Tag.UTF8_STRING);
        String from = reader.isAt(FROM) ? reader.utf8String(FROM) : "";
        int kind = reader.isAt(KIND) ? reader.integer(KIND, 0, Kind.values().length - 1) : 0;
        reader.leave();
        reader.end();
        return reader.isMalformed() ? null : new ChatMessage(Kind.values()[kind], text, from);
    }
}
