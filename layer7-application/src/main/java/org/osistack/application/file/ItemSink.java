package org.osistack.application.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.osistack.application.rtse.TransferName;
import org.osistack.application.rtse.TransferSink;
import org.osistack.core.Octets;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.Tag;

/**
 * Where a file or folder goes that arrives as an APDU. What surrounds the contents is looked at here, on the host's
 * thread; the contents are the {@link Disk}'s business, and so is all that waits for it.
 *
 * <p>The ledger knows prefix and suffix as far as they are secured, and so which file the octets under a provisional name
 * are to become.
 */
final class ItemSink implements TransferSink {
    private static final String MAP = "parts";
    private static final int MAX_MARKS = 80;

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

    private record Mark(long octets, MessageDigest digest) {}

    private final String key;
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
    private final Inbox inbox;
    private final ArrayDeque<Mark> marks = new ArrayDeque<>();
    private MessageDigest digest = Digests.sha256();
    private long written;
    private boolean isOpen;
    private boolean isFailed;

    private ItemSink(String key, Inbox inbox, Disk disk, Ledger ledger, Listener listener) {
        this.key = key;
        this.inbox = inbox;
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
        String key = Digests.shortName(scope + " " + Ledger.keyOf(name.connection()) + " "
                + name.activity().octets());
        ItemSink sink = new ItemSink(key, new Inbox(folder, key), disk, ledger, listener);
        Octets known = ledger.get(MAP, key);
        if (known != null && !sink.restore(known)) {
            return null;
        }
        return secured > 0 && known == null ? null : sink;
    }

    private boolean restore(Octets known) {
        BerReader in = new BerReader(known);
        in.enter(Tag.SEQUENCE);
        byte[] before = in.octetString(Tag.OCTET_STRING).toByteArray();
        byte[] behind = in.octetString(Tag.OCTET_STRING).toByteArray();
        in.leave();
        in.end();
        if (in.isMalformed() || before.length > ItemApdu.MAX_PREFIX || behind.length > ItemApdu.SUFFIX) {
            return false;
        }
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
            inbox.begin(item);
            isOpen = !item.isFolder();
        });
    }

    private int appendToContents(byte[] octets, int offset, int length) {
        int taken = (int) Math.min(length, apdu.item().size() - contents);
        if (taken == 0) {
            return 0;
        }
        contents += taken;
        if (disk.isImmediate()) {
            onDisk(() -> write(octets, offset, taken));
        } else {
            byte[] copy = Arrays.copyOfRange(octets, offset, offset + taken);
            disk.execute(taken, () -> guarded(() -> write(copy, 0, taken)));
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
            ledger.put(
                    MAP,
                    key,
                    new BerWriter()
                            .octetString(Tag.OCTET_STRING, Octets.of(Arrays.copyOf(suffix, suffixLength)))
                            .octetString(Tag.OCTET_STRING, Octets.of(Arrays.copyOf(prefix, prefixLength)))
                            .wrap(Tag.SEQUENCE, 0)
                            .toOctets());
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
            onDisk(this::forget);
            return;
        }
        contents = Math.min(apdu.item().size(), length - apdu.prefixLength());
        suffixLength = (int) Math.min(suffixLength, length - apdu.prefixLength() - contents);
        note();
        FileApdu.Item item = apdu.item();
        listener.item(item);
        listener.progress(contents);
        long octets = contents;
        onDisk(() -> cutOff(item, octets));
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
                    if (whole == null || !inbox.isInPlace(whole.item())) {
                        disk.report(() -> completion.failed("not all of it is here"));
                        return;
                    }
                } else {
                    put(whole, end);
                }
                ledger.remove(MAP, key);
                disk.report(completion::done);
            } catch (TransferException e) {
                fail(e);
            }
        });
    }

    @Override
    public void discard() {
        isOver = true;
        ledger.remove(MAP, key);
        FileApdu.Item item = apdu == null ? null : apdu.item();
        disk.execute(() -> {
            isFailed = true;
            try {
                if (!isOpen && item != null && !item.isFolder()) {
                    inbox.reopen(item);
                }
            } catch (TransferException e) {
                return; // its place has become another: there is nothing of ours
            } finally {
                inbox.close();
            }
        });
    }

    /** Let go of the file, and leave what there is of it for later. */
    void leave() {
        isOver = true;
        disk.execute(() -> {
            isFailed = true;
            inbox.leave();
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

    private void write(byte[] octets, int offset, int length) throws TransferException {
        inbox.write(ByteBuffer.wrap(octets, offset, length));
        digest.update(octets, offset, length);
        written += length;
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
        if (isOpen) {
            inbox.force();
            marks.add(new Mark(written, copy(digest)));
            if (marks.size() > MAX_MARKS) {
                marks.removeFirst();
            }
        }
        disk.report(() -> {
            for (int i = done.size() - 1; i >= 0; i--) { // the last speaks for the others
                done.get(i).done();
            }
        });
    }

    private static MessageDigest copy(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the platform's SHA-256 can be copied", e);
        }
    }

    private void cutOff(FileApdu.Item item, long octets) throws TransferException {
        if (item.isFolder()) {
            return;
        }
        if (!isOpen && !inbox.reopen(item) || !inbox.cutOff(octets)) {
            throw gone(item.path());
        }
        isOpen = true;
        written = octets;
        marks.removeIf(mark -> mark.octets() > octets);
        if (!marks.isEmpty() && marks.getLast().octets() == octets) {
            digest = copy(marks.getLast().digest());
        } else {
            digest = Digests.sha256();
            inbox.digest(digest);
        }
    }

    static TransferException gone(String what) {
        return new TransferException(FileApdu.Reason.GONE, "what had arrived of " + what + " is not there any more");
    }

    private void put(ItemApdu whole, byte[] end) throws TransferException {
        if (whole == null) {
            throw new TransferException(FileApdu.Reason.PROTOCOL_ERROR, "less octets than were announced");
        }
        FileApdu.Item item = whole.item();
        if (item.isFolder()) {
            return;
        }
        if (written != item.size() || !ItemApdu.isSuffix(end, digest.digest())) {
            throw new TransferException(FileApdu.Reason.DAMAGED, item.path() + " arrived damaged: its SHA-256 differs");
        }
        inbox.commit();
        isOpen = false;
    }

    private void forget() {
        inbox.close();
        isOpen = false;
        written = 0;
        digest = Digests.sha256();
        marks.clear();
    }
}
