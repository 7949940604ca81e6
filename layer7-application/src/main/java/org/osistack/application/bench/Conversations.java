package org.osistack.application.bench;

import java.util.function.Function;
import org.osistack.application.Associations;
import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.presentation.PresentationService;

/** How conversations are carried over one kind of stack. */
interface Conversations {
    /** Those that suit a stack: associations where it keeps boundaries, else the octets of its stream. */
    static Conversations over(Host host, PresentationService service) {
        return service.keepsBoundaries()
                ? new AssociationConversations(host.pool(), Associations.over(host, service))
                : new PlainConversations(host.pool(), service);
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
