package org.osistack.application.file;

import java.nio.file.Path;
import org.osistack.application.rtse.TransferName;
import org.osistack.application.rtse.TransferSink;

/** The side that files arrive at: each item into its place in a folder. */
final class Receiving {
    private final String scope;
    private final Path folder;
    private final Disk disk;
    private final Ledger ledger;
    private final Owner owner;
    private ItemSink sink; // of the item that is arriving; null if none is
    private FileApdu.Item item; // that is arriving; null if none is
    private long before; // octets of the items before this one
    private long items;

    /** Who wants the files. */
    interface Owner {
        /** Whether an item may arrive under this path. */
        boolean isWanted(FileApdu.Item item);

        /** The next item has its turn. */
        void item(FileApdu.Item item);

        void progress(long octets);

        /** It cannot go on. */
        void failed(TransferException why);
    }

    /** @param scope see {@link Parts#scope} */
    Receiving(String scope, Path folder, Disk disk, Ledger ledger, Owner owner) {
        this.scope = scope;
        this.folder = folder;
        this.disk = disk;
        this.ledger = ledger;
        this.owner = owner;
    }

    /** A sink for an item that arrives, or for what is here of it. */
    TransferSink sink(TransferName name, long secured) {
        ItemSink.Listener listener = new ItemSink.Listener() {
            @Override
            public boolean isWanted(FileApdu.Item arriving) {
                return owner.isWanted(arriving);
            }

            @Override
            public void item(FileApdu.Item arriving) {
                item = arriving;
                owner.item(arriving);
            }

            @Override
            public void progress(long octets) {
                owner.progress(before + octets);
            }

            @Override
            public void troubled(TransferException why) {
                owner.failed(why);
            }
        };
        ItemSink made = ItemSink.of(scope, name, secured, folder, disk, ledger, listener);
        if (made == null) {
            owner.failed(ItemFile.gone("a file"));
            return null;
        }
        sink = made;
        return made;
    }

    /** The item that was arriving is in its place. */
    void received() {
        items++;
        before += item == null ? 0 : item.size();
        item = null;
        if (sink != null) {
            sink.received();
            sink = null;
        }
        ledger.commitSoon();
    }

    /** How many items are in their places. */
    long items() {
        return items;
    }

    /** How many octets they have. */
    long octets() {
        return before;
    }

    /** Let go of the file that is arriving, and leave what is here of it for later. */
    void leave() {
        if (sink != null) {
            sink.leave();
        }
    }
}
