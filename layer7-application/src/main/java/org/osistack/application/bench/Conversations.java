package org.osistack.application.bench;

import java.util.function.Function;
import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.presentation.PresentationService;

/** How conversations are carried over one kind of stack. */
interface Conversations {
    /** Those that suit a stack: associations where it keeps boundaries, else the octets of its stream. */
    static Conversations over(Host host, PresentationService service) {
        if (!service.keepsBoundaries()) {
            return new PlainConversations(host.pool(), service);
        }
        throw new IllegalStateException("ACSE");
    }

    /**
     * Accept conversations from now on.
     *
     * @param acceptor makes the user of each; null refuses it
     */
    void serve(Function<Conversation, ConversationUser> acceptor);

    /** Begin a conversation. The user hears of it later, never before this call returns. */
    Conversation open(NetworkAddress host, ConversationUser user);

    /** Read a host's address. */
    NetworkAddress parseAddress(String text);
}
