package org.osistack.application.file;

import org.osistack.application.Association;
import org.osistack.application.AssociationUser;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;

/** One side of an association for files: hands what arrives to the transfer that is under way. */
abstract class FilePeer implements AssociationUser {
    private final PduPool pool;
    private Association association;
    private ApduQueue queue;
    private Transfer transfer;

    FilePeer(PduPool pool) {
        this.pool = pool;
    }

    /** To be called once, before anything else. */
    final void use(Association newAssociation) {
        association = newAssociation;
        queue = new ApduQueue(pool, newAssociation);
    }

    final Association association() {
        return association;
    }

    final ApduQueue queue() {
        return queue;
    }

    final boolean isTransferring() {
        return transfer != null && !transfer.isEnded();
    }

    final void begin(Transfer newTransfer) {
        transfer = newTransfer;
    }

    /** An APDU that begins a transfer, or ends one before it began. */
    abstract void outsideTransfer(FileApdu apdu) throws TransferException;

    @Override
    public final void dataIndication(Pdu apdu) {
        try {
            handle(apdu);
        } catch (TransferException e) {
            fail(e);
        }
    }

    private void handle(Pdu apdu) throws TransferException {
        if (queue.isReleasing()) {
            apdu.release(); // it was under way when all was said
            return;
        }
        if (FileApdu.pullDataHeader(apdu)) {
            if (isTransferring()) {
                transfer.data(apdu);
            } else {
                apdu.release(); // it was under way when the transfer was refused
            }
            return;
        }
        FileApdu parsed = FileApdu.parse(apdu);
        apdu.release();
        if (parsed == null) {
            throw new TransferException(FileApdu.Reason.PROTOCOL_ERROR, "an APDU that is not understood");
        }
        if (parsed instanceof FileApdu.Refuse refuse && isTransferring()) {
            queue.clear();
            transfer.end(refuse.text());
        } else if (isTransferring()) {
            transfer.apdu(parsed);
        } else if (transfer == null || parsed instanceof FileApdu.Offer || parsed instanceof FileApdu.Ask) {
            outsideTransfer(parsed);
        } // else it belongs to a transfer that has ended here, and was under way
    }

    /** Tell the peer why, and give up the transfer. */
    private void fail(TransferException e) {
        queue.clear();
        queue.send(new FileApdu.Refuse(e.reason(), e.getMessage()));
        if (isTransferring()) {
            transfer.end(e.getMessage());
        } else {
            failedOutsideTransfer(e.getMessage());
        }
    }

    void failedOutsideTransfer(String why) {}

    @Override
    public final void readyIndication() {
        queue.ready();
        if (isTransferring()) {
            try {
                transfer.ready();
            } catch (TransferException e) {
                fail(e);
            }
        }
    }

    @Override
    public void ended(Ending ending, String detail) {
        queue.end();
        if (isTransferring()) {
            transfer.end("the association ended" + (detail.isEmpty() ? "" : ": " + detail));
        }
    }
}
