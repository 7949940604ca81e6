package org.osistack.application.rtse;

import org.osistack.application.Association;
import org.osistack.core.Octets;

/** Hears of associations that others want to open for reliable transfer. */
@FunctionalInterface
public interface RtseListener {
    /**
     * RT-OPEN.indication. The user that is returned answers with {@link ReliableTransfer#openResponse} or
     * {@link ReliableTransfer#openRefusal}, now or later.
     *
     * @param userData one encoding; empty for none
     * @return the user of the association; null to refuse at once
     */
    ReliableTransferUser openIndication(ReliableTransfer transfer, DialogueMode mode, Octets userData);

    /**
     * The peer wants to continue an association that this side knows only from its log, as after a restart.
     *
     * @return the user of the association; null if it can't be continued
     */
    default ReliableTransferUser recoverIndication(ReliableTransfer transfer, TransferState state) {
        return null;
    }

    /**
     * Whether the peer that wants to continue an association may do so. That its user is the same as before, if it had to
     * prove who that is, has been seen to.
     *
     * @param association the new one, by which the peer asks
     */
    default boolean mayRecover(TransferState state, Association association) {
        return true;
    }
}
