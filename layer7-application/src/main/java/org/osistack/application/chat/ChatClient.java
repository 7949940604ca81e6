package org.osistack.application.chat;

import org.osistack.application.Association;
import org.osistack.application.AssociationRequest;
import org.osistack.application.AssociationService;
import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;

/** The client of the chat application: one person in the room. */
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

        /**
         * It is over.
         *
         * @param problem for a person; null if it ended in an orderly way
         */
        void finished(String problem);
    }

    private final Listener listener;
    private boolean over;

    private ChatClient(Host host, Listener listener) {
        super(host.pool());
        this.listener = listener;
    }

    /** Go into the room of this server. To be called on the host's thread. */
    public static ChatClient open(Host host, AssociationService service, NetworkAddress server, Listener listener) {
        ChatClient client = new ChatClient(host, listener);
        client.use(service.associateRequest(
                new AssociationRequest(
                        ChatServer.CONTEXT, server, FunctionalUnits.of(FunctionalUnit.DUPLEX), TokenSetting.INITIATOR),
                client));
        return client;
    }

    @Override
    public void associateConfirm(Association association) {
        listener.open(association);
    }

    /** Say a line. Only after {@link Listener#open}. */
    public void say(String line) {
        send(new ChatMessage(line));
    }

    /** Leave the room when all lines are on their way. */
    public void goodbye() {
        leave();
    }

    /** Leave at once. */
    public void abort() {
        if (!over) {
            association().abortRequest();
            ended(Ending.ABORTED, "given up");
        }
    }

    @Override
    void heard(ChatMessage message) {
        listener.heard(message.from(), message.text());
    }

    @Override
    public void ended(Ending ending, String detail) {
        super.ended(ending, detail);
        over = true;
        listener.finished(ending == Ending.RELEASED ? null : detail);
    }
}
