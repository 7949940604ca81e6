package org.osistack.application.file;

import java.util.Iterator;
import org.osistack.application.rtse.ReliableTransfer;
import org.osistack.application.rtse.TransferSource;
import org.osistack.core.Host;
import org.osistack.core.Octets;

/** The side that has the files: a queue of items, each of which is one activity. */
final class Sending implements ItemSource.Progress {
    private static final int MAX_CHANGES = 3; // how often an item may change while it is being sent

    private final Host host;
    private final Disk disk;
    private final Outbox outbox;
    private final Owner owner;
    private final Iterator<Outbox.Entry> queue;
    private ReliableTransfer transfer;
    private ItemSource source; // of the item that is under way; null if none is
    private boolean mustBegin; // after a restart, with what was not begun
    private long before; // octets of the items before this one
    private int changes;
    private boolean isClosed;

    /** Whose queue it is. */
    interface Owner {
        /** Whether this item has arrived already, in an earlier attempt. */
        boolean isSent(FileApdu.Item item);

        /** This item has arrived. */
        void sent(FileApdu.Item item);

        /** The next item has its turn. */
        void item(FileApdu.Item item);

        void progress(long confirmed, long sent);

        /** So many octets of files went on their way, each time they did. */
        void onTheirWay(long octets);

        /** Something that a person should know. */
        void notice(String sentence);

        void allSent();

        /** It cannot go on. */
        void failed(TransferException why);
    }

    Sending(Host host, Disk disk, Outbox outbox, Owner owner) {
        this.host = host;
        this.disk = disk;
        this.outbox = outbox;
        this.owner = owner;
        this.queue = outbox.entries().iterator();
    }

    Outbox outbox() {
        return outbox;
    }

    /** Send all. */
    void begin(ReliableTransfer over) {
        transfer = over;
        next();
    }

    /**
     * Go on with all after a restart, as soon as the association has recovered.
     *
     * @param sent what RTSE remembers of the last item that arrived
     */
    void restore(Octets sent) {
        mustBegin = true;
        ItemSource.Label label = sent.isEmpty() ? null : ItemSource.Label.parse(sent);
        for (Outbox.Entry entry : outbox.entries()) {
            if (label != null && label.isOf(entry.item())) {
                owner.sent(entry.item());
            }
        }
    }

    /** The source of the item that was under way before a restart; null if it is not to be sent, or another one by now. */
    TransferSource source(Octets octets) {
        ItemSource.Label label = ItemSource.Label.parse(octets);
        while (label != null && queue.hasNext()) {
            Outbox.Entry entry = queue.next();
            if (label.isOf(entry.item())) {
                mustBegin = false;
                source = new ItemSource(entry, label, this);
                owner.item(entry.item());
                return source;
            }
            if (!owner.isSent(entry.item())) {
                if (label.path().equals(ItemSource.nameOf(entry.item().path()))) {
                    owner.notice(entry.item().path() + " has changed meanwhile: its transfer begins anew");
                }
                start(entry);
                return null;
            }
            before += entry.item().size();
        }
        return null;
    }

    private void next() {
        mustBegin = false;
        while (queue.hasNext()) {
            Outbox.Entry entry = queue.next();
            if (!owner.isSent(entry.item())) {
                changes = 0;
                start(entry);
                return;
            }
            before += entry.item().size();
            owner.progress(before, before);
        }
        owner.allSent();
    }

    private void start(Outbox.Entry entry) {
        source = new ItemSource(entry, this);
        if (!mustBegin) {
            owner.item(entry.item());
            transfer.transferRequest(source, Long.MAX_VALUE);
        }
    }

    /** The association is there again: go on, if it is still the same file. */
    void recovered(ReliableTransfer over) {
        transfer = over;
        if (mustBegin) {
            mustBegin = false;
            if (source == null) {
                next();
            } else {
                start(source.entry());
            }
        } else if (source != null && transfer.isTransferring() && !source.isVerified()) {
            verify();
        }
    }

    private void verify() {
        ItemSource checked = source;
        if (!transfer.hasTurn()) { // the log was wrong about it: it will be asked for
            if (!checked.verify()) {
                transfer.transferDiscardRequest();
            }
            return;
        }
        transfer.transferInterruptRequest(); // not before we know
        disk.executeBeside(() -> {
            boolean isSame = checked.verify();
            disk.report(() -> {
                if (checked == source && transfer.isTransferring()) {
                    if (isSame) {
                        transfer.transferResumeRequest();
                    } else {
                        transfer.transferDiscardRequest();
                    }
                }
            });
        });
    }

    void confirm(boolean transferred) {
        ItemSource done = source;
        source = null;
        if (done == null) {
            return;
        }
        done.close();
        FileApdu.Item item = done.entry().item();
        if (transferred) {
            before += item.size();
            owner.sent(item);
            owner.progress(before, before);
            next();
        } else if (done.failure() != null) {
            owner.failed(done.failure());
        } else if (done.isChanged() && ++changes <= MAX_CHANGES) {
            Outbox.Entry now = done.entry().refreshed();
            if (now == null) {
                owner.failed(
                        new TransferException(FileApdu.Reason.NOT_FOUND, "there is no " + item.path() + " any more"));
            } else {
                owner.notice(item.path() + " has changed meanwhile: its transfer begins anew");
                start(now);
            }
        } else {
            host.loop()
                    .defer(
                            () -> { // if the association has ended, too, that is heard first
                                if (!isClosed) {
                                    owner.failed(new TransferException(
                                            FileApdu.Reason.OTHER,
                                            item.path()
                                                    + (done.isChanged()
                                                            ? " changes all the time"
                                                            : " could not be transferred")));
                                }
                            });
        }
    }

    @Override
    public void at(long confirmed, long sent) {
        owner.progress(before + confirmed, before + sent);
    }

    @Override
    public void sent(long octets) {
        owner.onTheirWay(octets);
    }

    @Override
    public void troubled() {
        host.loop().defer(() -> {
            if (source != null && transfer.isTransferring()) {
                transfer.transferDiscardRequest();
            }
        });
    }

    /** Let go of the files. */
    void close() {
        isClosed = true;
        if (source != null) {
            source.close();
        }
    }
}
