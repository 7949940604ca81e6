package org.osistack.application.chat;

import java.util.ArrayDeque;
import org.osistack.application.Association;
import org.osistack.application.AssociationUser;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.Token;

/**
 * One side of an association for chat: keeps what can't be sent yet, up to a limit, and sends it in its order. Lines go as
 * S-DATA where this side may send that, and otherwise, as all other messages, as S-TYPED-DATA.
 */
abstract class ChatPeer implements AssociationUser {
    private static final int MAX_WAITING = 256;

    private final PduPool pool;
    private final ArrayDeque<Outgoing> waiting = new ArrayDeque<>();
    private Association association;
    private boolean over;

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

    final boolean isOver() {
        return over;
    }

    final void say(ChatMessage message) {
        post(new Outgoing.Say(message));
    }

    /** Send it in its turn. A peer that reads too slowly loses the association: a chat without some of its lines is worse. */
    final void post(Outgoing outgoing) {
        if (over) {
            return;
        }
        waiting.removeIf(outgoing::replaces);
        waiting.addLast(outgoing);
        proceed();
        if (waiting.size() > MAX_WAITING) {
            breakOff("it reads too slowly");
        }
    }

    /** Whether something waits to be sent. */
    final boolean isSending() {
        return !waiting.isEmpty();
    }

    /** Whether somebody's line waits to be sent. */
    final boolean hasLinesToSend() {
        return waiting.stream().anyMatch(outgoing -> outgoing instanceof Outgoing.Say say && say.isLine());
    }

    private void proceed() {
        while (!waiting.isEmpty()) {
            try {
                if (!transmit(waiting.peekFirst())) {
                    return;
                }
            } catch (IllegalStateException e) {
                // A peer can bring the session layer's machine into a state of which the layers above don't hear.
                breakOff("it has lost the order of the dialogue: " + e.getMessage());
            }
            waiting.pollFirst();
        }
    }

    /** Send it; false if it has to wait. */
    private boolean transmit(Outgoing outgoing) {
        if (outgoing instanceof Outgoing.Step step) {
            return transmit(step);
        }
        ChatMessage message = ((Outgoing.Say) outgoing).message();
        if (message.kind() != ChatMessage.Kind.LINE || !mayTalk()) {
            return association.typedDataRequest(message.toOctets());
        }
        Pdu apdu = message.toPdu(pool);
        boolean taken = false;
        try {
            taken = association.dataRequest(apdu);
        } finally {
            if (!taken) {
                apdu.release();
            }
        }
        return taken;
    }

    private boolean mayTalk() {
        return !association.functionalUnits().has(FunctionalUnit.HALF_DUPLEX)
                || association.ownTokens().has(Token.DATA);
    }

    private boolean transmit(Outgoing.Step next) {
        DialogueStep step = next.step(association.ownTokens(), association.functionalUnits());
        return step == null || association.stepRequest(step, next.apdu());
    }

    /** All that waited has been sent. */
    void allSent() {}

    @Override
    public final void readyIndication() {
        proceed();
        if (waiting.isEmpty() && !over) {
            allSent();
        }
    }

    /** A message has arrived as S-DATA. */
    abstract void heard(ChatMessage message);

    /** A message has arrived as S-TYPED-DATA, which needs no token. */
    void heardAside(ChatMessage message) {
        breakOff("it sent a message that has no place here");
    }

    @Override
    public final void dataIndication(Pdu apdu) {
        ChatMessage message = ChatMessage.parse(apdu);
        apdu.release();
        if (over) {
            return;
        }
        if (message == null || message.kind() != ChatMessage.Kind.LINE) {
            breakOff("it sent something that is no chat message");
        } else {
            heard(message);
        }
    }

    @Override
    public final void typedDataIndication(Octets apdu) {
        ChatMessage message = ChatMessage.parse(apdu);
        if (over) {
            return;
        }
        if (message == null) {
            breakOff("it sent something that is no chat message");
        } else {
            heardAside(message);
        }
    }

    @Override
    public void stepIndication(DialogueStep step, Octets apdu) {
        breakOff("it took a step that has no place in a chat: " + step.service());
    }

    @Override
    public void releaseIndication() {
        association.releaseResponse(true);
    }

    /** End the association at once, and tell this side why. */
    final void breakOff(String why) {
        if (!over) {
            association.abortRequest();
            ended(Ending.ABORTED, why);
        }
    }

    @Override
    public void ended(Ending ending, String detail) {
        over = true;
        waiting.clear();
    }
}
