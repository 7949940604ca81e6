package org.osistack.application.file;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;

/**
 * The machine that receives a file or folder.
 *
 * <pre>
 *                    item (file)            item-end, SHA-256 right
 *   BETWEEN_ITEMS ----------------&gt; IN_FILE -----------------------&gt; BETWEEN_ITEMS
 *     |  ^    |                       |  ^
 *     |  +----+ item (folder)         +--+ data
 *     | complete: stored
 *     v
 *   ENDED
 * </pre>
 */
final class FileReceiver implements Transfer {
    private enum State {
        BETWEEN_ITEMS,
        IN_FILE,
        ENDED
    }

    private final FileApdu.Offer offer;
    private final Inbox inbox;
    private final ApduQueue queue;
    private final TransferListener listener;
    private final MessageDigest digest = Digests.sha256();
    private State state = State.BETWEEN_ITEMS;
    private FileApdu.Item item;
    private long remaining; // octets of the present file
    private long items;
    private long stored;

    /** Accept the offer and receive it. */
    FileReceiver(FileApdu.Offer offer, Inbox inbox, ApduQueue queue, TransferListener listener) {
        this.offer = offer;
        this.inbox = inbox;
        this.queue = queue;
        this.listener = listener;
        listener.begun(offer.path(), offer.items(), offer.octets());
        queue.send(new FileApdu.Accept());
    }

    @Override
    public void apdu(FileApdu apdu) throws TransferException {
        if (apdu instanceof FileApdu.Item next && state == State.BETWEEN_ITEMS) {
            begin(next);
        } else if (apdu instanceof FileApdu.ItemEnd end && state == State.IN_FILE) {
            finish(end);
        } else if (apdu instanceof FileApdu.Complete && state == State.BETWEEN_ITEMS) {
            complete();
        } else {
            throw new TransferException(FileApdu.Reason.PROTOCOL_ERROR, "unexpected " + apdu.name());
        }
    }

    private void begin(FileApdu.Item next) throws TransferException {
        if (++items > offer.items() || next.size() > offer.octets() - stored) {
            throw new TransferException(FileApdu.Reason.PROTOCOL_ERROR, "more than was offered");
        }
        if (!next.path().equals(offer.path()) && !next.path().startsWith(offer.path() + "/")) {
            throw new TransferException(FileApdu.Reason.NOT_ALLOWED, "an item that is not part of the offer");
        }
        inbox.begin(next);
        listener.item(next.path());
        item = next;
        if (!next.isFolder()) {
            state = State.IN_FILE;
            remaining = next.size();
            digest.reset();
        }
    }

    @Override
    public void data(Pdu octets) throws TransferException {
        int length = octets.length();
        try {
            if (state != State.IN_FILE || length > remaining) {
                throw new TransferException(FileApdu.Reason.PROTOCOL_ERROR, "unexpected data");
            }
            inbox.write(ByteBuffer.wrap(octets.array(), octets.arrayOffset(), length));
            digest.update(octets.array(), octets.arrayOffset(), length);
        } finally {
            octets.release();
        }
        remaining -= length;
        stored += length;
        listener.progress(stored);
    }

    private void finish(FileApdu.ItemEnd end) throws TransferException {
        if (remaining > 0 || !Octets.of(digest.digest()).equals(end.sha256())) {
            throw new TransferException(FileApdu.Reason.DAMAGED, item.path() + " arrived damaged: its SHA-256 differs");
        }
        inbox.commit();
        state = State.BETWEEN_ITEMS;
    }

    private void complete() throws TransferException {
        if (items != offer.items() || stored != offer.octets()) {
            throw new TransferException(FileApdu.Reason.DAMAGED, "less than was offered");
        }
        state = State.ENDED;
        queue.send(new FileApdu.Stored(items, stored));
        listener.stored(items, stored);
    }

    @Override
    public void ready() {
        // The receiver's few APDUs wait in the queue by themselves.
    }

    @Override
    public boolean isEnded() {
        return state == State.ENDED;
    }

    @Override
    public void end(String why) {
        if (state != State.ENDED) {
            state = State.ENDED;
            inbox.close();
            listener.failed(why);
        }
    }
}
