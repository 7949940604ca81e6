package org.osistack.application.chat;

import java.util.ArrayDeque;
import org.osistack.application.Association;
import org.osistack.application.AssociationUser;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;

/** One side of an association for chat: keeps lines that can't be sent yet, up to a limit. */
abstract class ChatPeer implements AssociationUser {
    private static final int MAX_WAITING = 256;

    private final PduPool pool;
    private final ArrayDeque<Pdu> waiting = new ArrayDeque<>();
    private Association association;
    private boolean releasing;
    private boolean released;

    ChatPeer(PduPool pool) {
        this.pool = pool;
    }

    /** To be called once, before anything else. */
    final void use(Association newAssociation) {
        association = newAssociation;
    }

    final Association association() {
        return association;
    }

    /** Send a line. A peer that reads too slowly loses the association: a chat without some of its lines is worse. */
    final void send(ChatMessage message) {
        Pdu apdu = message.toPdu(pool);
        if (waiting.isEmpty() && association.dataRequest(apdu)) {
            return;
        }
        waiting.addLast(apdu);
        if (waiting.size() > MAX_WAITING) {
            association.abortRequest();
            ended(Ending.ABORTED, "it reads too slowly");
        }
    }

    /** End the association when all lines are on their way. */
    final void leave() {
        releasing = true;
        releaseWhenAllIsSent();
    }

    private void releaseWhenAllIsSent() {
        if (releasing && !released && waiting.isEmpty()) {
            released = true;
            association.releaseRequest();
        }
    }

    /** A line has arrived. */
    abstract void heard(ChatMessage message);

    @Override
    public final void dataIndication(Pdu apdu) {
        ChatMessage message = ChatMessage.parse(apdu);
        apdu.release();
        if (message == null) {
            association.abortRequest();
            ended(Ending.ABORTED, "it sent something that is no chat message");
        } else {
            heard(message);
        }
    }

    @Override
    public final void readyIndication() {
        while (!waiting.isEmpty() && association.dataRequest(waiting.peekFirst())) {
            waiting.removeFirst();
        }
        releaseWhenAllIsSent();
    }

    @Override
    public final void releaseIndication() {
        association.releaseResponse(true);
    }

    @Override
    public void ended(Ending ending, String detail) {
        waiting.forEach(Pdu::release);
        waiting.clear();
    }
}
