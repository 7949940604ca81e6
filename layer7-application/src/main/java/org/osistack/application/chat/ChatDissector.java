package org.osistack.application.chat;

import org.osistack.core.Direction;
import org.osistack.core.Dissection;
import org.osistack.core.Dissector;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;

/** Explains the APDUs of the chat application. */
final class ChatDissector implements Dissector {
    @Override
    public void dissect(Pdu pdu, Object sap, Direction direction, Dissection out) {
        ChatMessage message = ChatMessage.parse(pdu);
        if (message == null) {
            out.pdu("chat", "APDU")
                    .summary("not understood")
                    .field("octets", 0, pdu.length(), 0, pdu.length() + " octets");
            return;
        }
        out.pdu("chat", "ChatMessage").summary('"' + message.text() + '"');
        int text = Octets.ofText(message.text()).length();
        int from = message.from().isEmpty()
                ? 0
                : tlvLength(Octets.ofText(message.from()).length());
        int textOffset = pdu.length() - from - text;
        if (textOffset < 4) { // not the encoding that we would choose
            out.field("message", 0, pdu.length(), 0, message.toString());
            return;
        }
        int textHeader = tlvLength(text) - text;
        out.field("sequence", 0, textOffset - textHeader, 0, "SEQUENCE, " + pdu.length() + " octets in all")
                .field("text", textOffset - textHeader, textHeader, 0, "UTF8String, " + text + " octets");
        if (from > 0) {
            out.field("from", textOffset + text, from, 0, '"' + message.from() + '"');
        }
        out.sdu(textOffset, text);
    }

    private static int tlvLength(int length) {
        return length + (length < 0x80 ? 2 : length < 0x100 ? 3 : 4);
    }
}
