package org.osistack.application.file;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayDeque;

/** The contents of an item that arrives, under a provisional name until they are whole. On the disk's thread alone. */
final class ItemFile {
    private static final int MAX_MARKS = 80;

    /** The digest of so many octets of the file. */
    private record Mark(long octets, MessageDigest digest) {}

    private final Inbox inbox;
    private final ArrayDeque<Mark> marks = new ArrayDeque<>();
    private MessageDigest digest = Digests.sha256();
    private long written;
    private boolean isOpen;

    ItemFile(Inbox inbox) {
        this.inbox = inbox;
    }

    void begin(FileApdu.Item item) throws TransferException {
        inbox.begin(item);
        isOpen = !item.isFolder();
    }

    void write(byte[] octets, int offset, int length) throws TransferException {
        inbox.write(ByteBuffer.wrap(octets, offset, length));
        digest.update(octets, offset, length);
        written += length;
    }

    /** Make what was written survive a crash. */
    void secure() throws TransferException {
        if (isOpen) {
            inbox.force();
            marks.add(new Mark(written, Digests.copy(digest)));
            if (marks.size() > MAX_MARKS) {
                marks.removeFirst();
            }
        }
    }

    /** Forget what is behind so many octets. */
    void cutOff(FileApdu.Item item, long octets) throws TransferException {
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
            digest = Digests.copy(marks.getLast().digest());
        } else {
            digest = Digests.sha256();
            inbox.digest(digest);
        }
    }

    static TransferException gone(String what) {
        return new TransferException(FileApdu.Reason.GONE, "what had arrived of " + what + " is not there any more");
    }

    /**
     * Put it in its place.
     *
     * @param whole null if it is not
     * @param end what followed the contents
     */
    void put(ItemApdu whole, byte[] end) throws TransferException {
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

    /** Whether it is in its place already, since a process was killed just after it had put it there. */
    boolean isInPlace(ItemApdu whole) throws TransferException {
        return whole != null && inbox.isInPlace(whole.item());
    }

    /** Begin from nothing. */
    void forget() {
        inbox.close();
        isOpen = false;
        written = 0;
        digest = Digests.sha256();
        marks.clear();
    }

    /** Let nothing be left of it. */
    void discard(FileApdu.Item item) {
        try {
            if (!isOpen && item != null && !item.isFolder()) {
                inbox.reopen(item);
            }
        } catch (TransferException e) {
            return; // its place has become another: there is nothing of ours
        } finally {
            inbox.close();
        }
    }

    /** Let go of it, and leave what there is for later. */
    void leave() {
        inbox.leave();
    }
}
