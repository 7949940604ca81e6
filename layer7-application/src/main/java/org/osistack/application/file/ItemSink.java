package org.osistack.application.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.osistack.application.rtse.TransferName;
import org.osistack.application.rtse.TransferSink;
import org.osistack.core.Octets;

/**
 * Where a file or folder goes that arrives as an APDU. What surrounds the contents is looked at here, on the host's
 * thread; the contents are the {@link Disk}'s business, and so is all that waits for it.
 *
 * <p>The ledger knows prefix and suffix as far as they are secured, and so which file the octets under a provisional name
 * are to become.
 */
final class ItemSink implements TransferSink {
    /** Hears how an item goes, on the host's thread. */
    interface Listener {
        /** Whether an item may arrive under this path. */
        boolean isWanted(FileApdu.Item item);

        /** An item begins, or goes on. */
        void item(FileApdu.Item item);

        /** So many octets of it have arrived. */
        void progress(long octets);

        /** It can't be received. */
        void troubled(TransferException why);
    }

    private final String key;
    private final String folder;
    private final Disk disk;
    private final Ledger ledger;
    private final Listener listener;
    private final ArrayDeque<Completion> securing = new ArrayDeque<>(); // guarded by itself
    private final AtomicInteger toSecure = new AtomicInteger(); // tasks of the disk

    // the host's thread
    private byte[] prefix = new byte[256];
    private int prefixLength; // octets of it that are here
    private byte[] suffix = new byte[ItemApdu.SUFFIX];
    private int suffixLength;
    private int noted = -1; // octets of both that the ledger knows
    private ItemApdu apdu; // null while the prefix is not whole
    private long contents; // octets that have arrived
    private boolean isOver;
    private boolean isRestored; // after a restart, before it is rolled back

    // the disk's
    private final ItemFile file;
    private boolean isFailed;

    private ItemSink(String key, Path folder, Disk disk, Ledger ledger, Listener listener) {
        this.key = key;
        this.folder = folder.toAbsolutePath().normalize().toString();
        this.file = new ItemFile(new Inbox(folder, key));
        this.disk = disk;
        this.ledger = ledger;
        this.listener = listener;
    }

    /**
     * A sink for a transfer of that name.
     *
     * @param scope where the name is unambiguous
     * @param secured as RTSE says
     * @return null if it is not known how it began
     */
    static ItemSink of(
            String scope, TransferName name, long secured, Path folder, Disk disk, Ledger ledger, Listener listener) {
        String key = Parts.key(scope, name);
        ItemSink sink = new ItemSink(key, folder, disk, ledger, listener);
        Parts.Part known = Parts.get(ledger, key);
        if (known != null && !sink.restore(known)) {
            return null;
        }
        return secured > 0 && known == null ? null : sink;
    }

    private boolean restore(Parts.Part known) {
        byte[] before = known.prefix().toByteArray();
        byte[] behind = known.suffix().toByteArray();
        prefix = Arrays.copyOf(before, Math.max(before.length, 1));
        prefixLength = before.length;
        suffixLength = behind.length;
        suffix = Arrays.copyOf(behind, ItemApdu.SUFFIX);
        noted = prefixLength + suffixLength;
        isRestored = true;
        try {
            apdu = ItemApdu.parse(prefix, prefixLength);
        } catch (TransferException e) {
            return false;
        }
        contents = apdu == null ? 0 : apdu.item().size();
        return true;
    }

    // ---- the host's thread ------------------------------------------------------------------------------------------

    @Override
    public void append(byte[] octets, int offset, int length) throws IOException {
        if (isOver) {
            return;
        }
        int at = offset;
        int end = offset + length;
        try {
            if (apdu == null) {
                at += appendToPrefix(octets, at, end - at);
            }
            if (apdu != null && at < end) {
                at += appendToContents(octets, at, end - at);
            }
            if (at < end) {
                appendToSuffix(octets, at, end - at);
            }
        } catch (TransferException e) {
            trouble(e);
        }
    }

    private int appendToPrefix(byte[] octets, int offset, int length) throws TransferException {
        int before = prefixLength;
        int taken = Math.min(length, ItemApdu.MAX_PREFIX - before);
        if (prefix.length < before + taken) {
            prefix = Arrays.copyOf(prefix, ItemApdu.MAX_PREFIX);
        }
        System.arraycopy(octets, offset, prefix, before, taken);
        prefixLength += taken;
        apdu = ItemApdu.parse(prefix, prefixLength);
        if (apdu == null) {
            return taken;
        }
        prefixLength = apdu.prefixLength();
        begin(apdu.item());
        return apdu.prefixLength() - before;
    }

    private void begin(FileApdu.Item item) throws TransferException {
        if (!listener.isWanted(item)) {
            throw new TransferException(FileApdu.Reason.NOT_ALLOWED, "an item that is not part of the offer");
        }
        note();
        listener.item(item);
        onDisk(() -> {
            if (!item.isFolder()) {
                ledger.commit(); // so that a file under a provisional name is never forgotten
            }
            file.begin(item);
        });
    }

    private int appendToContents(byte[] octets, int offset, int length) {
        int taken = (int) Math.min(length, apdu.item().size() - contents);
        if (taken == 0) {
            return 0;
        }
        contents += taken;
        if (disk.isImmediate()) {
            onDisk(() -> file.write(octets, offset, taken));
        } else {
            byte[] copy = Arrays.copyOfRange(octets, offset, offset + taken);
            disk.execute(taken, () -> guarded(() -> file.write(copy, 0, taken)));
        }
        listener.progress(contents);
        return taken;
    }

    private void appendToSuffix(byte[] octets, int offset, int length) throws TransferException {
        if (apdu == null || apdu.item().isFolder() || length > ItemApdu.SUFFIX - suffixLength) {
            throw new TransferException(FileApdu.Reason.PROTOCOL_ERROR, "more octets than were announced");
        }
        System.arraycopy(octets, offset, suffix, suffixLength, length);
        suffixLength += length;
    }

    /** Tell the ledger what surrounds the contents, if it does not know all that is here. */
    private void note() {
        if (noted != prefixLength + suffixLength) {
            noted = prefixLength + suffixLength;
            Parts.put(
                    ledger,
                    key,
                    new Parts.Part(
                            folder,
                            Octets.of(Arrays.copyOf(prefix, prefixLength)),
                            Octets.of(Arrays.copyOf(suffix, suffixLength))));
        }
    }

    @Override
    public void secure(Completion completion) {
        note();
        synchronized (securing) {
            securing.add(completion);
        }
        toSecure.incrementAndGet();
        onDisk(this::secureAll);
    }

    @Override
    public void rollBack(long length) {
        isRestored = false;
        if (apdu == null || length < apdu.prefixLength()) {
            prefixLength = (int) Math.min(length, prefixLength);
            suffixLength = 0;
            contents = 0;
            apdu = null;
            note();
            onDisk(file::forget);
            return;
        }
        contents = Math.min(apdu.item().size(), length - apdu.prefixLength());
        suffixLength = (int) Math.min(suffixLength, length - apdu.prefixLength() - contents);
        note();
        FileApdu.Item item = apdu.item();
        listener.item(item);
        listener.progress(contents);
        long octets = contents;
        onDisk(() -> file.cutOff(item, octets));
    }

    @Override
    public void commit(Completion completion) {
        ItemApdu whole = apdu;
        boolean isAgain = isRestored;
        byte[] end = Arrays.copyOf(suffix, suffixLength);
        note();
        disk.execute(() -> {
            try {
                if (isFailed) {
                    return;
                }
                if (isAgain) {
                    if (!file.isInPlace(whole)) {
                        disk.report(() -> completion.failed("not all of it is here"));
                        return;
                    }
                } else {
                    file.put(whole, end);
                }
                disk.report(completion::done);
            } catch (TransferException e) {
                fail(e);
            }
        });
    }

    @Override
    public void discard() {
        isOver = true;
        Parts.remove(ledger, key);
        FileApdu.Item item = apdu == null ? null : apdu.item();
        disk.execute(() -> {
            isFailed = true;
            file.discard(item);
        });
    }

    /** RTSE knows that it is in its place: nothing more is to be remembered. */
    void received() {
        Parts.remove(ledger, key);
    }

    /** Let go of the file, and leave what there is of it for later. */
    void leave() {
        isOver = true;
        disk.execute(() -> {
            isFailed = true;
            file.leave();
        });
    }

    private void trouble(TransferException why) {
        if (!isOver) {
            isOver = true;
            listener.troubled(why);
        }
    }

    // ---- the disk's -------------------------------------------------------------------------------------------------

    private interface Task {
        void run() throws TransferException;
    }

    private void onDisk(Task task) {
        disk.execute(() -> guarded(task));
    }

    private void guarded(Task task) {
        if (!isFailed) {
            try {
                task.run();
            } catch (TransferException e) {
                fail(e);
            }
        }
    }

    private void fail(TransferException e) {
        isFailed = true;
        disk.report(() -> trouble(e));
    }

    /** One wait for the disk serves all that were asked for meanwhile: the last of them does it. */
    private void secureAll() throws TransferException {
        if (toSecure.decrementAndGet() > 0) {
            return;
        }
        List<Completion> done;
        synchronized (securing) {
            done = new ArrayList<>(securing);
            securing.clear();
        }
        file.secure();
        disk.report(() -> {
            for (int i = done.size() - 1; i >= 0; i--) { // the last speaks for the others
                done.get(i).done();
            }
        });
    }
}
