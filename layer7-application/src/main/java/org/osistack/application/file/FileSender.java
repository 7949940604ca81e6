package org.osistack.application.file;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;

/**
 * The machine that sends a file or folder.
 *
 * <pre>
 *            offer            accept             complete             stored
 *   (start) -------&gt; OFFERED --------&gt; SENDING ----------&gt; COMPLETING --------&gt; ENDED
 *                       |                 | item, data…,        |                 ^
 *                       |                 | item-end            |                 |
 *                       +-----------------+---- refuse ---------+-----------------+
 * </pre>
 */
final class FileSender implements Transfer {
    private enum State {
        OFFERED,
        SENDING,
        COMPLETING,
        ENDED
    }

    private final Outbox outbox;
    private final ApduQueue queue;
    private final TransferListener listener;
    private final MessageDigest digest = Digests.sha256();
    private State state = State.OFFERED;
    private long remaining; // octets of the present file
    private boolean inFile;
    private long sent;

    FileSender(Outbox outbox, ApduQueue queue, TransferListener listener) {
        this.outbox = outbox;
        this.queue = queue;
        this.listener = listener;
        queue.send(new FileApdu.Offer(outbox.name(), outbox.items(), outbox.octets()));
    }

    @Override
    public void apdu(FileApdu apdu) throws TransferException {
        if (apdu instanceof FileApdu.Accept && state == State.OFFERED) {
            state = State.SENDING;
            listener.begun(outbox.name(), outbox.items(), outbox.octets());
            ready();
        } else if (apdu instanceof FileApdu.Stored stored && state == State.COMPLETING) {
            state = State.ENDED;
            outbox.close();
            if (stored.items() != outbox.items() || stored.octets() != sent) {
                listener.failed("the peer says that it stored " + stored.octets() + " octets of " + sent);
            } else {
                listener.stored(stored.items(), stored.octets());
            }
        } else {
            throw new TransferException(FileApdu.Reason.PROTOCOL_ERROR, "unexpected " + apdu.name());
        }
    }

    @Override
    public void data(Pdu octets) throws TransferException {
        octets.release();
        throw new TransferException(FileApdu.Reason.PROTOCOL_ERROR, "unexpected data");
    }

    /** Send until the association makes us wait. */
    @Override
    public void ready() throws TransferException {
        while (state == State.SENDING && !queue.isBlocked()) {
            if (!inFile) {
                nextItem();
            } else if (remaining > 0) {
                sendPiece();
            } else {
                inFile = false;
                queue.send(new FileApdu.ItemEnd(Octets.of(digest.digest())));
            }
        }
    }

    private void nextItem() throws TransferException {
        FileApdu.Item item = outbox.nextItem();
        if (item == null) {
            state = State.COMPLETING;
            queue.send(new FileApdu.Complete());
            return;
        }
        listener.item(item.path());
        inFile = !item.isFolder();
        remaining = item.size();
        digest.reset();
        queue.send(item);
    }

    private void sendPiece() throws TransferException {
        int length = (int) Math.min(remaining, FileApdu.MAX_DATA);
        Pdu apdu = queue.pool().take(length).pushTrailer(length);
        try {
            ByteBuffer target = ByteBuffer.wrap(apdu.array(), apdu.arrayOffset(), length);
            outbox.read(target);
        } catch (TransferException e) {
            apdu.release();
            throw e;
        }
        digest.update(apdu.array(), apdu.arrayOffset(), length);
        FileApdu.pushDataHeader(apdu);
        remaining -= length;
        sent += length;
        queue.send(apdu);
        listener.progress(sent);
    }

    @Override
    public boolean isEnded() {
        return state == State.ENDED;
    }

    @Override
    public void end(String why) {
        if (state != State.ENDED) {
            state = State.ENDED;
            outbox.close();
            listener.failed(why);
        }
    }
}
