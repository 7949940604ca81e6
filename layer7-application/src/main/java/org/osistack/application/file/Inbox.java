package org.osistack.application.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import org.osistack.application.ForeignText;

/**
 * A folder that items arrive in. A file is written beside its place under a name of its own, and moved there only when
 * it is whole, so that nobody ever sees half of it under its final name.
 */
final class Inbox implements AutoCloseable {
    private static final String PART = ".osi-part";
    private static final int BUFFER = 64 * 1024;

    private final Path folder;
    private final String partName;
    private FileApdu.Item item;
    private Path target;
    private Path part;
    private FileChannel channel;

    /**
     * Receive into a folder, which is made when the first item arrives.
     *
     * @param folder where the items' paths begin
     */
    Inbox(Path folder) {
        this(folder, null);
    }

    /**
     * Receive one item, whose provisional name is known again after a restart.
     *
     * @param partName as a part of the provisional name
     */
    Inbox(Path folder, String partName) {
        this.folder = folder.toAbsolutePath().normalize();
        this.partName = partName;
    }

    /**
     * Begin an item: make the folder, or the file under its provisional name.
     *
     * @throws TransferException if its path is not allowed, or it can't be made
     */
    void begin(FileApdu.Item newItem) throws TransferException {
        locate(newItem);
        try {
            refuseLinks();
            if (item.isFolder()) {
                Files.createDirectories(target);
            } else {
                Files.createDirectories(target.getParent());
                if (Files.isDirectory(target)) {
                    throw new TransferException(FileApdu.Reason.NOT_ALLOWED, item.path() + " is a folder here");
                }
                channel = FileChannel.open(
                        part,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        LinkOption.NOFOLLOW_LINKS);
            }
        } catch (IOException e) {
            throw cannotStore(e);
        }
    }

    /** Find the places of the item, without touching them. */
    private void locate(FileApdu.Item newItem) throws TransferException {
        item = newItem;
        if (!ItemPath.isSafe(item.path())) {
            throw new TransferException(
                    FileApdu.Reason.NOT_ALLOWED, "the path " + printable(item.path()) + " is not allowed");
        }
        target = folder.resolve(item.path());
        String unique = partName != null
                ? partName
                : Integer.toHexString(target.hashCode()) + "-" + Long.toHexString(System.identityHashCode(this));
        part = item.isFolder() ? null : target.resolveSibling("." + unique + PART);
    }

    /**
     * Go on with a file that was begun before a restart.
     *
     * @return false if it is not there any more
     */
    boolean reopen(FileApdu.Item newItem) throws TransferException {
        locate(newItem);
        try {
            refuseLinks();
            channel = FileChannel.open(
                    part, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw cannotStore(e);
        }
    }

    /**
     * Whether the item is at its place already, since a process was killed just after it had put it there.
     */
    boolean isInPlace(FileApdu.Item newItem) throws TransferException {
        locate(newItem);
        try {
            if (item.isFolder()) {
                return Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS);
            }
            return !Files.exists(part)
                    && Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)
                    && Files.size(target) == item.size()
                    && Files.getLastModifiedTime(target).toMillis() == item.modified();
        } catch (IOException e) {
            throw cannotStore(e);
        }
    }

    /** Forget what is behind so many octets of the present file; false if there are fewer. */
    boolean cutOff(long length) throws TransferException {
        try {
            if (channel.size() < length) {
                return false;
            }
            channel.truncate(length);
            channel.position(length);
            return true;
        } catch (IOException e) {
            throw cannotStore(e);
        }
    }

    /** Compute the digest of what there is of the present file. */
    void digest(MessageDigest digest) throws TransferException {
        try {
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
            long at = 0;
            for (int count = channel.read(buffer, at); count > 0; count = channel.read(buffer, at)) {
                at += count;
                digest.update(buffer.flip());
                buffer.clear();
            }
        } catch (IOException e) {
            throw cannotStore(e);
        }
    }

    /** Make what was written survive a crash. */
    void force() throws TransferException {
        try {
            channel.force(false);
        } catch (IOException e) {
            throw cannotStore(e);
        }
    }

    /** Let go of the present file, but leave it under its provisional name. */
    void leave() {
        FileChannel open = channel;
        channel = null;
        part = null;
        closeQuietly(open);
    }

    /** No part of the path below the folder may be a symbolic link: it could lead out of the folder. */
    private void refuseLinks() throws TransferException {
        for (Path path = target; !path.equals(folder); path = path.getParent()) {
            if (Files.isSymbolicLink(path)) {
                throw new TransferException(FileApdu.Reason.NOT_ALLOWED, item.path() + " leads through a link here");
            }
        }
    }

    /** Write the next octets of the present file. */
    void write(ByteBuffer octets) throws TransferException {
        try {
            while (octets.hasRemaining()) {
                channel.write(octets);
            }
        } catch (IOException e) {
            throw cannotStore(e);
        }
    }

    /** The present file is whole: make it durable, and move it to its place. */
    void commit() throws TransferException {
        try {
            channel.force(true);
            channel.close();
            channel = null;
            Files.setLastModifiedTime(part, FileTime.fromMillis(item.modified()));
            try {
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
            }
            part = null;
            sync(target.getParent());
        } catch (IOException e) {
            throw cannotStore(e);
        }
    }

    /** Make the names in a folder durable, where a folder can be opened. */
    private static void sync(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
                names.force(true);
            }
        }
    }

    private TransferException cannotStore(IOException e) {
        return new TransferException(FileApdu.Reason.STORAGE, "cannot store " + item.path() + ": " + why(e));
    }

    /** Forget the present file if it is not whole. */
    @Override
    public void close() {
        FileChannel open = channel;
        Path half = part;
        channel = null;
        part = null;
        closeQuietly(open);
        if (half != null) {
            try {
                Files.deleteIfExists(half);
            } catch (IOException e) {
                // A half file stays behind under its provisional name: untidy, and harmless.
                half.toFile().deleteOnExit();
            }
        }
    }

    /** What went wrong, without the name of a class or of a file. */
    static String why(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof NoSuchFileException) {
            return "there is no such file or folder";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "something of that name is in the way";
        }
        if (e instanceof FileSystemException fileSystem && fileSystem.getReason() != null) {
            return fileSystem.getReason();
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    static void closeQuietly(Closeable open) {
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // Nothing that was promised to anybody depends on it: commit() reports its own failures.
            }
        }
    }

    private static String printable(String path) {
        String safe = ForeignText.harmless(path);
        return safe.length() > 80 ? safe.substring(0, 80) + "…" : safe;
    }
}
