package org.osistack.application.chat;

import org.osistack.application.Association;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.Timer;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.Token;
import org.osistack.core.dialogue.Tokens;

/**
 * A member of a half-duplex room, as the server has it.
 *
 * <p>Who wants to leave needs all tokens, and asks for the release token, by which the room knows. It gets them at once,
 * the data token as well, but not the floor by that.
 */
final class RoomMember extends ChatPeer implements HalfDuplexRoom.Person {
    private static final long LEAVING_NANOS = 10_000_000_000L;

    private final HalfDuplexRoom room;
    private final String name;
    private final Timer limit;
    private boolean leaving;

    RoomMember(HalfDuplexRoom room, Host host, Association association, String name) {
        super(host.pool());
        use(association);
        this.room = room;
        this.name = name;
        this.limit = host.newTimer(() -> breakOff("it wanted to leave, and has not within 10 s"));
    }

    /** The association is there. All tokens have to be at the room, as the member should have proposed. */
    void welcome() {
        if (isOver()) {
            return;
        }
        room.cameIn(this);
        Tokens all = HalfDuplex.available(association().functionalUnits());
        if (!HalfDuplex.without(all, association().ownTokens()).isEmpty()) {
            breakOff("it came with tokens in its hands");
        }
    }

    @Override
    public String name() {
        return name;
    }

    /** Whether it has asked for what it takes to leave. */
    boolean isLeaving() {
        return leaving;
    }

    @Override
    public void receiveFloor(boolean control) {
        post(control ? new Outgoing.GiveControl() : new Outgoing.Give(Tokens.of(Token.DATA)));
    }

    @Override
    public void floorWanted(HalfDuplexRoom.Person by) {
        post(new Outgoing.Please(Tokens.of(Token.DATA), new ChatMessage("", by.name())));
    }

    @Override
    void heard(ChatMessage message) {
        if (room.hasFloor(this)) {
            room.passOn(ChatMessage.Kind.LINE, message.text(), this);
        } else {
            breakOff("it spoke with the data token that it was given to leave");
        }
    }

    @Override
    void heardAside(ChatMessage message) {
        switch (message.kind()) {
            case ASIDE -> room.passOn(ChatMessage.Kind.ASIDE, message.text(), this);
            case WHO -> say(new ChatMessage(ChatMessage.Kind.WHO, room.who(this)));
            case FLOOR, LINE -> super.heardAside(message);
        }
    }

    @Override
    public void stepIndication(DialogueStep step, Octets apdu) {
        if (step instanceof DialogueStep.TokenPlease please) {
            if (please.tokens().has(Token.RELEASE)) {
                leave();
                post(new Outgoing.Give(please.tokens()));
            } else if (please.tokens().has(Token.DATA) && !leaving) {
                room.ask(this);
            }
        } else if (step instanceof DialogueStep.TokenGive give) {
            given(give.tokens());
        } else if (step instanceof DialogueStep.ControlGive) {
            given(HalfDuplex.available(association().functionalUnits()));
        } else {
            super.stepIndication(step, apdu);
        }
    }

    private void leave() {
        leaving = true;
        room.withdraw(this);
        if (!limit.isArmed()) {
            limit.arm(LEAVING_NANOS);
        }
    }

    /** Tokens have come back. Without the release token it cannot leave, and so stays. */
    private void given(Tokens tokens) {
        if (tokens.has(Token.RELEASE)) {
            leaving = false;
            limit.disarm();
        }
        if (tokens.has(Token.DATA)) {
            room.returned(this);
        }
    }

    /** Negotiated release lets the room say no (X.215 §12.2): while lines for this member are under way. */
    @Override
    public void releaseIndication() {
        leave();
        association().releaseResponse(!hasLinesToSend());
    }

    @Override
    public void ended(Ending ending, String detail) {
        super.ended(ending, detail);
        limit.disarm();
        room.gone(this, ending == Ending.RELEASED ? " has left" : " is gone: " + detail);
    }
}
