package org.osistack.application.bench;

import org.osistack.core.Pdu;

/** One end of a conversation between two measuring hosts: messages, over whatever the stack has. */
interface Conversation {
    /** A message with the first {@code length} octets of the array, in a PDU of the host's pool. */
    Pdu newMessage(byte[] octets, int length);

    /**
     * Send a message.
     *
     * @return whether it was taken over; if not, it stays the caller's, and {@link ConversationUser#ready()} says when
     *     to try again
     */
    boolean send(Pdu message);

    /** Hear of no more messages for now. */
    void pause();

    /** Go on hearing of messages. */
    void resume();

    /** End in an orderly way; the user hears {@link ConversationUser#ended} when the peer agrees. */
    void finish();

    /** End at once. The user hears nothing more. */
    void abort();
}
