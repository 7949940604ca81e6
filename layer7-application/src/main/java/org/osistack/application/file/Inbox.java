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
import org.osistack.application.ForeignText;

/**
 * A folder that items arrive in. A file is written beside its place under a name of its own, and moved there only when
 * it is whole, so that nobody ever sees half of it under its final name.
 */
final class Inbox implements AutoCloseable {
    private static final String PART = ".osi-part";

    private final Path folder;
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
        this.folder = folder.toAbsolutePath().normalize();
    }

    /**
     * Begin an item: make the folder, or the file under its provisional name.
     *
     * @throws TransferException if its path is not allowed, or it can't be made
     */
    void begin(FileApdu.Item newItem) throws TransferException {
        item = newItem;
        if (!ItemPath.isSafe(item.path())) {
            throw new TransferException(
                    FileApdu.Reason.NOT_ALLOWED, "the path " + printable(item.path()) + " is not allowed");
        }
        target = folder.resolve(item.path());
        try {
            refuseLinks();
            if (item.isFolder()) {
                Files.createDirectories(target);
            } else {
                Files.createDirectories(target.getParent());
                if (Files.isDirectory(target)) {
                    throw new TransferException(FileApdu.Reason.NOT_ALLOWED, item.path() + " is a folder here");
                }
                part = target.resolveSibling("." + Integer.toHexString(target.hashCode()) + "-"
                        + Long.toHexString(System.identityHashCode(this)) + PART);
                channel = FileChannel.open(
                        part,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        LinkOption.NOFOLLOW_LINKS);
            }
        } catch (IOException e) {
            throw cannotStore(e);
        }
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
        } catch (IOException e) {
            throw cannotStore(e);
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
