package org.osistack.application.chat;

import org.osistack.core.Direction;
import org.osistack.core.Dissection;
import org.osistack.core.Dissector;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;

/** Explains the APDUs of the chat application. */
final class ChatDissector implements Dissector {
    private static final int KIND_LENGTH = 3;

    @Override
    public void dissect(Pdu pdu, Object sap, Direction direction, Dissection out) {
        ChatMessage message = ChatMessage.parse(pdu);
        if (message == null) {
            out.pdu("chat", "APDU")
                    .summary("not understood")
                    .field("octets", 0, pdu.length(), 0, pdu.length() + " octets");
            return;
        }
        out.pdu("chat", "ChatMessage").summary(summary(message));
        int text = Octets.ofText(message.text()).length();
        int from = message.from().isEmpty()
                ? 0
                : tlvLength(Octets.ofText(message.from()).length());
        int kind = message.kind() == ChatMessage.Kind.LINE ? 0 : KIND_LENGTH;
        int textOffset = pdu.length() - kind - from - text;
        int textHeader = tlvLength(text) - text;
        if (textOffset < 2 + textHeader) { // not the encoding that we would choose
            out.field("message", 0, pdu.length(), 0, message.toString());
            return;
        }
        out.field("sequence", 0, textOffset - textHeader, 0, "SEQUENCE, " + pdu.length() + " octets in all")
                .field("text", textOffset - textHeader, textHeader, 0, "UTF8String, " + text + " octets");
        if (from > 0) {
            out.field("from", textOffset + text, from, 0, '"' + message.from() + '"');
        }
        if (kind > 0) {
            out.field("kind", textOffset + text + from, kind, message.kind().ordinal(), meaning(message.kind()));
        }
        out.sdu(textOffset, text);
    }

    private static String summary(ChatMessage message) {
        String quoted = '"' + message.text() + '"';
        return switch (message.kind()) {
            case LINE -> message.text().isEmpty() && !message.from().isEmpty() ? "from " + message.from() : quoted;
            case ASIDE -> "out of turn " + quoted;
            case FLOOR -> message.text().isEmpty() ? "the sender has the floor" : message.text() + " has the floor";
            case WHO -> message.text().isEmpty() ? "who is here?" : quoted;
        };
    }

    private static String meaning(ChatMessage.Kind kind) {
        return switch (kind) {
            case LINE -> "a line";
            case ASIDE -> "a line out of turn";
            case FLOOR -> "who has the floor";
            case WHO -> "who is here";
        };
    }

    private static int tlvLength(int length) {
        return length + (length < 0x80 ? 2 : length < 0x100 ? 3 : 4);
    }
}
