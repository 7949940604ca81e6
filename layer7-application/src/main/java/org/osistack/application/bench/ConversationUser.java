package org.osistack.application.bench;

import org.osistack.core.Pdu;

/** What a host that measures, or lets itself be measured, hears of one conversation. */
interface ConversationUser {
    /** The peer has accepted the conversation. */
    void opened();

    /**
     * A message has arrived, or a part of one where the stack keeps no boundaries.
     *
     * @param message belongs to the user from now on
     * @param octets how many of its last octets are what the peer's user sent; those before are encoding
     */
    void received(Pdu message, int octets);

    /** A message that was not taken may be sent again. */
    void ready();

    /**
     * It is over.
     *
     * @param problem for a person; null if both sides agreed
     */
    void ended(String problem);
}
