package org.osistack.application.rtse;

import org.osistack.core.Octets;

/**
 * What the user of an association for reliable transfer hears: the indications and confirms of X.218. The association ends
 * with a refusal, a close, or an abort, after which nothing more is heard.
 */
public interface ReliableTransferUser {
    /** RT-OPEN.confirm: the peer has accepted. */
    default void openConfirm(ReliableTransfer transfer, Octets userData) {}

    /** RT-OPEN.confirm: the association could not be opened. */
    default void openRefused(String reason, Octets userData) {}

    /**
     * An APDU is about to arrive, or, after a restart, the rest of one, or one that is to be discarded. The user makes no
     * requests from here.
     *
     * @param secured how many octets of it were secured before; the sink must have them
     * @return takes it; null if it can't be taken now
     */
    TransferSink sink(TransferName name, long secured);

    /**
     * After a restart: the source of a transfer that was under way.
     *
     * @param label as the source said
     * @return null if the transfer is to be given up
     */
    default TransferSource source(TransferName name, Octets label) {
        return null;
    }

    /** RT-TRANSFER.indication: the APDU has arrived, and its sink has committed it. */
    void transferIndication(TransferName name, TransferSink sink);

    /**
     * RT-TRANSFER.confirm.
     *
     * @param transferred whether the peer has secured the APDU. If not, it has not, but for rare cases in which the
     *     answer was lost for good
     */
    void transferConfirm(TransferSource source, boolean transferred);

    /** RT-TURN-PLEASE.indication. */
    default void turnPleaseIndication(int priority) {}

    /** RT-TURN-GIVE.indication: this side may transfer. */
    default void turnGiveIndication() {}

    /** RT-CLOSE.indication, to be answered with {@link ReliableTransfer#closeResponse}. */
    void closeIndication(Octets userData);

    /** RT-CLOSE.confirm: the association has ended. */
    default void closeConfirm(Octets userData) {}

    /** RT-U-ABORT.indication: the peer's user has ended the association. */
    void userAbortIndication(Octets userData);

    /** RT-P-ABORT.indication: the association is lost for good. */
    void providerAbortIndication(String detail);

    /** The association is lost, and is being recovered: no primitive of X.218, for those who show it to a person. */
    default void recovering(String detail) {}

    /** The association has been recovered. */
    default void recovered() {}
}
