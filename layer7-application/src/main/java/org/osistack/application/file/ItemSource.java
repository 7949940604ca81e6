package org.osistack.application.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;
import org.osistack.application.rtse.TransferSource;
import org.osistack.core.Octets;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.Tag;

/**
 * A file or folder as an APDU to be transferred. It can be read again from any confirmed checkpoint on, and it notices if
 * the file is another one by then.
 */
final class ItemSource implements TransferSource, AutoCloseable {
    private static final int MAX_MARKS = 256;
    private static final int BUFFER = 64 * 1024;

    /** What a restarted process is told of a source. */
    record Label(Octets path, long size, long modified, long confirmed, Octets digest) {
        Octets emit() {
            return new BerWriter()
                    .octetString(Tag.OCTET_STRING, digest)
                    .integer(Tag.INTEGER, confirmed)
                    .integer(Tag.INTEGER, modified)
                    .integer(Tag.INTEGER, size)
                    .octetString(Tag.OCTET_STRING, path)
                    .wrap(Tag.SEQUENCE, 0)
                    .toOctets();
        }

        /** Null if it is none. */
        static Label parse(Octets octets) {
            BerReader in = new BerReader(octets);
            in.enter(Tag.SEQUENCE);
            Label label = new Label(
                    in.octetString(Tag.OCTET_STRING),
                    in.integer(Tag.INTEGER),
                    in.integer(Tag.INTEGER),
                    in.integer(Tag.INTEGER),
                    in.octetString(Tag.OCTET_STRING));
            in.leave();
            in.end();
            return in.isMalformed() ? null : label;
        }

        /** Whether it was about this item, as it is now. */
        boolean isOf(FileApdu.Item item) {
            return path.equals(nameOf(item.path())) && size == item.size() && modified == item.modified();
        }
    }

    /** The digest of so many octets of the file. */
    private record Mark(long octets, MessageDigest digest) {}

    private final Outbox.Entry entry;
    private final byte[] prefix;
    private final long size;
    private final Progress progress;
    private final ArrayDeque<Mark> marks = new ArrayDeque<>(); // the first is the last confirmed
    private Label expected; // by what the file was before a restart; null if it was looked at
    private MessageDigest digest = Digests.sha256();
    private long digested;
    private long sent;
    private FileChannel channel;
    private boolean isChanged;
    private TransferException failure; // null if there is none

    /** Hears how far a file is. */
    interface Progress {
        /**
         * How far it is, in octets of the file.
         *
         * @param confirmed are secured at the peer
         * @param sent are on their way, or confirmed
         */
        void at(long confirmed, long sent);

        /** So many octets of the file went on their way, each time they did. */
        void sent(long octets);

        /** It cannot be gone on with: {@link #isChanged} or {@link #failure} tell why. */
        void troubled();
    }

    ItemSource(Outbox.Entry entry, Progress progress) {
        this.entry = entry;
        this.progress = progress;
        prefix = ItemApdu.prefix(entry.item());
        size = entry.item().size();
        marks.add(new Mark(0, Digests.sha256()));
    }

    /** Go on after a restart with what was remembered. {@link #verify} is to be called before it is read. */
    ItemSource(Outbox.Entry entry, Label label, Progress progress) {
        this(entry, progress);
        expected = label;
    }

    /** A path as it stands in a label. */
    static Octets nameOf(String path) {
        byte[] sha = Digests.sha256().digest(path.getBytes(StandardCharsets.UTF_8));
        return Octets.of(Arrays.copyOf(sha, 16));
    }

    Outbox.Entry entry() {
        return entry;
    }

    /** Whether the file is no longer what it was when its transfer began. */
    boolean isChanged() {
        return isChanged;
    }

    /** Why it can't be read; null if it can. */
    TransferException failure() {
        return failure;
    }

    boolean isVerified() {
        return expected == null;
    }

    /**
     * Whether the file is what it was before. Takes as long as it takes to read what was confirmed; may be called on
     * another thread while nobody else uses the source.
     */
    boolean verify() {
        Label label = expected;
        expected = null;
        isChanged |= !isAsBefore();
        if (label == null || isChanged || entry.item().isFolder()) {
            return !isChanged;
        }
        try {
            digestUpTo(label.confirmed());
            isChanged = !Octets.of(Digests.copy(digest).digest()).equals(label.digest());
            marks.clear();
            marks.add(new Mark(digested, Digests.copy(digest)));
        } catch (IOException e) {
            isChanged = true; // it is shorter, or gone
        }
        return !isChanged;
    }

    private boolean isAsBefore() {
        Outbox.Entry now = entry.refreshed();
        return now != null
                && now.item().size() == size
                && (entry.item().isFolder()
                        || now.item().modified() == entry.item().modified());
    }

    @Override
    public int read(long offset, byte[] into, int at, int length) throws IOException {
        int done = 0;
        try {
            done = fill(offset, into, at, length);
        } catch (IOException e) {
            if (!isChanged) {
                failure = new TransferException(
                        FileApdu.Reason.READ_ERROR,
                        "cannot read " + entry.item().path() + ": " + Inbox.why(e));
            }
            progress.troubled();
            throw e;
        }
        return done == 0 ? -1 : done;
    }

    /** How many octets of the file are before an offset of the APDU. */
    private long contents(long offset) {
        return Math.max(0, Math.min(size, offset - prefix.length));
    }

    private int fill(long offset, byte[] into, int at, int length) throws IOException {
        int done = 0;
        if (offset < prefix.length) {
            done = (int) Math.min(length, prefix.length - offset);
            System.arraycopy(prefix, (int) offset, into, at, done);
        }
        if (entry.item().isFolder()) {
            return done;
        }
        long from = contents(offset + done);
        seek(from);
        int piece = (int) Math.min(length - done, size - from);
        if (piece > 0) {
            readFully(ByteBuffer.wrap(into, at + done, piece), from);
            digest.update(into, at + done, piece);
            digested += piece;
            done += piece;
        }
        long inSuffix = offset + done - prefix.length - size;
        if (done < length && inSuffix >= 0 && inSuffix < ItemApdu.SUFFIX) {
            checkUnchanged();
            byte[] suffix = ItemApdu.suffix(Digests.copy(digest).digest());
            int rest = (int) Math.min(length - done, suffix.length - inSuffix);
            System.arraycopy(suffix, (int) inSuffix, into, at + done, rest);
            done += rest;
        }
        return done;
    }

    /** Its octets are all read: if it was written to meanwhile, they are from different times. */
    private void checkUnchanged() throws IOException {
        if (!isAsBefore()) {
            isChanged = true;
            throw new IOException(entry.item().path() + " has changed while it was sent");
        }
    }

    /** Have the digest of so many octets of the file, and remember it. */
    private void seek(long octets) throws IOException {
        if (digested != octets) {
            if (expected == null && !isAsBefore()) {
                isChanged = true;
                throw new IOException(entry.item().path() + " has changed");
            }
            Mark nearest = new Mark(0, Digests.sha256());
            for (Mark mark : marks) {
                nearest = mark.octets() <= octets ? mark : nearest;
            }
            digest = Digests.copy(nearest.digest());
            digested = nearest.octets();
            marks.removeIf(mark -> mark.octets() > octets);
            digestUpTo(octets);
        }
        if (marks.isEmpty() || marks.getLast().octets() < octets) {
            marks.add(new Mark(octets, Digests.copy(digest)));
            if (marks.size() > MAX_MARKS) { // there are no checkpoints, or few
                Mark confirmed = marks.removeFirst();
                marks.removeFirst();
                marks.addFirst(confirmed);
            }
        }
    }

    private void digestUpTo(long octets) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        while (digested < octets) {
            buffer.clear().limit((int) Math.min(BUFFER, octets - digested));
            readFully(buffer, digested);
            digested += buffer.position();
            digest.update(buffer.flip());
        }
    }

    private void readFully(ByteBuffer target, long from) throws IOException {
        if (channel == null) {
            channel = FileChannel.open(entry.file(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        }
        long at = from;
        while (target.hasRemaining()) {
            int count = channel.read(target, at);
            if (count < 0) {
                isChanged = true;
                throw new IOException(entry.item().path() + " became shorter while it was sent");
            }
            at += count;
        }
    }

    @Override
    public void sent(long offset, int octets) {
        sent = contents(offset + octets);
        progress.sent(sent - contents(offset));
        progress.at(marks.getFirst().octets(), sent);
    }

    @Override
    public void confirmed(long offset) {
        long octets = contents(offset);
        Iterator<Mark> all = marks.iterator();
        Mark last = marks.getFirst();
        while (all.hasNext()) {
            Mark mark = all.next();
            last = mark.octets() <= octets ? mark : last;
        }
        Mark kept = last;
        marks.removeIf(mark -> mark.octets() < kept.octets());
        progress.at(octets, Math.max(octets, sent));
    }

    @Override
    public Octets label() {
        if (expected != null) {
            return expected.emit();
        }
        Mark confirmed = marks.getFirst();
        return new Label(
                        nameOf(entry.item().path()),
                        size,
                        entry.item().modified(),
                        confirmed.octets(),
                        Octets.of(Digests.copy(confirmed.digest()).digest()))
                .emit();
    }

    @Override
    public void close() {
        FileChannel open = channel;
        channel = null;
        Inbox.closeQuietly(open);
    }
}
