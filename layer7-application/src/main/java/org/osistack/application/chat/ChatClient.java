package org.osistack.application.chat;

import org.osistack.application.Association;
import org.osistack.application.AssociationRequest;
import org.osistack.application.AssociationService;
import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Octets;
import org.osistack.core.Timer;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.Token;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.dialogue.Tokens;

/**
 * The client of the chat application: one person in the room. In a half-duplex room the data token is the floor: it is
 * asked for by S-TOKEN-PLEASE, comes and goes by S-TOKEN-GIVE, and is needed to say a line.
 */
public final class ChatClient extends ChatPeer {
    /** Hears what happens. */
    public interface Listener {
        /** The association is there: lines can be said. */
        void open(Association association);

        /**
         * Somebody said something.
         *
         * @param from who; empty if it was whoever runs the server
         */
        void heard(String from, String text);

        /** Somebody said something out of turn. As {@link #heard} otherwise. */
        default void heardAside(String from, String text) {
            heard(from, text);
        }

        /**
         * The floor has changed hands.
         *
         * @param own whether it is this side's now
         * @param holder who has it otherwise; empty if it is whoever runs the server
         */
        default void floorChanged(boolean own, String holder) {}

        /**
         * This side has the floor, and somebody asks for it.
         *
         * @param by who; empty if it is whoever runs the server
         */
        default void floorWanted(String by) {}

        /** The answer to {@link ChatClient#askWho()}, for a person. */
        default void toldWho(String text) {}

        /**
         * It is over.
         *
         * @param problem for a person; null if it ended in an orderly way
         */
        void finished(String problem);
    }

    private static final long LEAVING_NANOS = 10_000_000_000L;
    private static final long REFUSED_NANOS = 250_000_000; // to try again when the room has refused the release

    private final Listener listener;
    private final Timer limit;
    private final Timer again;
    private boolean halfDuplex;
    private boolean hasFloor;
    private String holder; // as the room has said; null before
    private boolean leaving;
    private boolean tokensWanted; // for leaving
    private boolean releaseWanted;

    private ChatClient(Host host, Listener listener) {
        super(host.pool());
        this.listener = listener;
        this.limit = host.newTimer(() -> breakOff("the room has not let go within 10 s"));
        this.again = host.newTimer(this::proceedToLeave);
    }

    /** Go into the full-duplex room of this server. To be called on the host's thread. */
    public static ChatClient open(Host host, AssociationService service, NetworkAddress server, Listener listener) {
        ChatClient client = new ChatClient(host, listener);
        client.associate(service, server, FunctionalUnits.of(FunctionalUnit.DUPLEX), TokenSetting.INITIATOR);
        return client;
    }

    /**
     * Go into the half-duplex room of this server. To be called on the host's thread.
     *
     * @throws IllegalArgumentException if the stack has no session layer that can be half-duplex
     */
    public static ChatClient openHalfDuplex(
            Host host, AssociationService service, NetworkAddress server, Listener listener) {
        ChatClient client = new ChatClient(host, listener);
        client.halfDuplex = true;
        try {
            client.associate(service, server, HalfDuplex.WANTED, TokenSetting.RESPONDER);
        } catch (IllegalArgumentException e) { // no activity management below: the room does without S-CONTROL-GIVE
            client.associate(service, server, HalfDuplex.NEEDED, TokenSetting.RESPONDER);
        }
        return client;
    }

    private void associate(
            AssociationService service, NetworkAddress server, FunctionalUnits units, TokenSetting tokens) {
        use(service.associateRequest(new AssociationRequest(ChatServer.CONTEXT, server, units, tokens), this));
    }

    @Override
    public void associateConfirm(Association association) {
        if (halfDuplex && !association.functionalUnits().hasAll(HalfDuplex.NEEDED)) {
            breakOff("the room has only " + association.functionalUnits());
            return;
        }
        listener.open(association);
    }

    // ---- What a person does ----

    /**
     * Say a line. Only after {@link Listener#open}, and before {@link #goodbye}.
     *
     * @return whether it was said; if not, the floor is somebody else's
     */
    public boolean say(String line) {
        boolean mayTalk = !leaving && (!halfDuplex || hasFloor);
        if (mayTalk) {
            say(new ChatMessage(line));
        }
        return mayTalk;
    }

    /** Say a line out of turn, in a half-duplex room. */
    public void sayAside(String line) {
        act(new Outgoing.Say(new ChatMessage(ChatMessage.Kind.ASIDE, line)));
    }

    /** Whether this side has the floor. */
    public boolean hasFloor() {
        return hasFloor;
    }

    /** Ask for the floor. */
    public void please() {
        act(new Outgoing.Please(Tokens.of(Token.DATA), null));
    }

    /** Hand over the floor, if this side has it. */
    public void give() {
        if (hasFloor) {
            handOver(new Outgoing.Give(Tokens.of(Token.DATA)));
        }
    }

    /** Hand over all tokens that this side has. */
    public void giveAll() {
        Tokens own = association().ownTokens();
        if (hasFloor) {
            handOver(new Outgoing.GiveControl());
        } else { // not the data token, if it should come before this is sent: that will be the floor
            act(new Outgoing.Give(HalfDuplex.without(own, Tokens.of(Token.DATA))));
        }
    }

    /** Who has it then, the room says. */
    private void handOver(Outgoing tokens) {
        act(tokens);
        if (!leaving) {
            hasFloor = false;
            holder = null;
        }
    }

    /** Who leaves does nothing more: it would come between the tokens and the release. */
    private void act(Outgoing outgoing) {
        if (!leaving) {
            post(outgoing);
        }
    }

    /** Ask who is there. */
    public void askWho() {
        act(new Outgoing.Say(new ChatMessage(ChatMessage.Kind.WHO, "")));
    }

    /** Leave the room when all lines are on their way. In a half-duplex room this takes all tokens, and so a moment. */
    public void goodbye() {
        leaving = true;
        proceedToLeave();
    }

    /** Leave at once. */
    public void abort() {
        breakOff("given up");
    }

    /**
     * S-RELEASE needs all tokens that there are (X.215 §12.2). To want the release token is to want to leave; who has it
     * already, from S-CONTROL-GIVE, gives it back first.
     */
    private void proceedToLeave() {
        if (!leaving || releaseWanted || isSending() || isOver()) {
            return;
        }
        if (halfDuplex && !limit.isArmed()) {
            limit.arm(LEAVING_NANOS);
        }
        Tokens all = HalfDuplex.available(association().functionalUnits());
        if (HalfDuplex.without(all, association().ownTokens()).isEmpty()) {
            releaseWanted = true;
            association().releaseRequest();
        } else if (!tokensWanted) {
            tokensWanted = true;
            post(new Outgoing.Give(Tokens.of(Token.RELEASE)));
            post(new Outgoing.Please(all, null));
        }
    }

    // ---- What the room does ----

    @Override
    void allSent() {
        proceedToLeave();
    }

    @Override
    public void releaseRefused() {
        releaseWanted = false;
        again.arm(REFUSED_NANOS);
    }

    @Override
    void heard(ChatMessage message) {
        listener.heard(message.from(), message.text());
    }

    @Override
    void heardAside(ChatMessage message) {
        switch (message.kind()) {
            case LINE -> listener.heard(message.from(), message.text()); // said while this side has the data token
            case ASIDE -> listener.heardAside(message.from(), message.text());
            case WHO -> listener.toldWho(message.text());
            case FLOOR -> {
                if (!hasFloor) {
                    changeFloor(false, message.text());
                }
            }
        }
    }

    @Override
    public void stepIndication(DialogueStep step, Octets apdu) {
        if (step instanceof DialogueStep.TokenPlease please) {
            floorWanted(please.tokens(), apdu);
        } else if (step instanceof DialogueStep.TokenGive give) {
            given(give.tokens());
        } else if (step instanceof DialogueStep.ControlGive) {
            given(Tokens.of(Token.DATA));
        } else {
            super.stepIndication(step, apdu);
        }
    }

    private void floorWanted(Tokens tokens, Octets apdu) {
        if (hasFloor && !leaving && tokens.has(Token.DATA)) {
            ChatMessage reason = ChatMessage.parse(apdu);
            listener.floorWanted(reason == null ? "" : reason.from());
        }
    }

    private void given(Tokens tokens) {
        if (tokens.has(Token.DATA) && !leaving) {
            changeFloor(true, "");
        }
        proceedToLeave();
    }

    private void changeFloor(boolean own, String newHolder) {
        boolean isNews = own != hasFloor || !newHolder.equals(holder);
        hasFloor = own;
        holder = newHolder;
        if (isNews) {
            listener.floorChanged(own, newHolder);
        }
    }

    @Override
    public void ended(Ending ending, String detail) {
        super.ended(ending, detail);
        limit.disarm();
        again.disarm();
        listener.finished(ending == Ending.RELEASED ? null : detail);
    }
}
