package org.osistack.application.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * A file or folder to be sent: what it holds, and the octets of one file after another. Symbolic links inside a folder
 * are left out.
 */
final class Outbox implements AutoCloseable {
    /** What is to be sent, and where it is. */
    record Entry(FileApdu.Item item, Path file) {
        /** The same as it is now; null if it is gone, or no file any more. */
        Entry refreshed() {
            try {
                BasicFileAttributes now =
                        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                if (item.isFolder() ? !now.isDirectory() : !now.isRegularFile()) {
                    return null;
                }
                long modified = now.lastModifiedTime().toMillis();
                return new Entry(
                        item.isFolder()
                                ? FileApdu.Item.folder(item.path(), modified)
                                : FileApdu.Item.file(item.path(), now.size(), modified),
                        file);
            } catch (IOException e) {
                return null;
            }
        }
    }

    private final String name;
    private final List<Entry> entries;
    private final long octets;
    private int next;
    private FileChannel channel;

    private Outbox(String name, List<Entry> entries) {
        this.name = name;
        this.entries = entries;
        this.octets = entries.stream().mapToLong(e -> e.item().size()).sum();
    }

    /**
     * Look at a file or folder.
     *
     * @throws TransferException if it isn't there, can't be read, or is neither
     */
    static Outbox of(Path path) throws TransferException {
        Path real = path.toAbsolutePath().normalize();
        String name = real.getFileName() == null ? "root" : real.getFileName().toString();
        try {
            List<Entry> entries = new ArrayList<>();
            if (Files.isDirectory(real)) {
                collect(real, name, entries);
            } else if (Files.isRegularFile(real)) {
                BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
                entries.add(entry(name, real, attributes));
            } else if (Files.exists(real)) {
                throw new TransferException(FileApdu.Reason.NOT_FOUND, path + " is neither a file nor a folder");
            } else {
                throw new NoSuchFileException(path.toString());
            }
            return new Outbox(name, entries);
        } catch (NoSuchFileException e) {
            throw new TransferException(FileApdu.Reason.NOT_FOUND, "there is no " + e.getFile());
        } catch (IOException e) {
            throw new TransferException(FileApdu.Reason.READ_ERROR, "cannot read " + path + ": " + Inbox.why(e));
        }
    }

    /**
     * Look at several files and folders.
     *
     * @throws TransferException as {@link #of(Path)}, and if two of them have the same name
     */
    static Outbox of(List<Path> paths) throws TransferException {
        List<Entry> entries = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Path path : paths) {
            Outbox one = of(path);
            if (names.contains(one.name)) {
                throw new TransferException(FileApdu.Reason.OTHER, "two of them are called " + one.name);
            }
            names.add(one.name);
            entries.addAll(one.entries);
        }
        String more = names.size() > 2 ? " and " + (names.size() - 1) + " more" : " and " + names.get(names.size() - 1);
        return new Outbox(names.size() == 1 ? names.get(0) : names.get(0) + more, entries);
    }

    /** Look at a file or folder inside a folder, which no symbolic link may lead out of. */
    static Outbox inside(Path folder, String path) throws TransferException {
        Path target = folder.resolve(path);
        try {
            if (Files.exists(target) && !target.toRealPath().startsWith(folder.toRealPath())) {
                throw new TransferException(FileApdu.Reason.NOT_ALLOWED, path + " leads out of the folder");
            }
        } catch (IOException e) {
            throw new TransferException(FileApdu.Reason.READ_ERROR, "cannot read " + path + ": " + Inbox.why(e));
        }
        if (!Files.exists(target)) {
            throw new TransferException(FileApdu.Reason.NOT_FOUND, "there is no " + path);
        }
        return of(target);
    }

    private static void collect(Path folder, String name, List<Entry> entries) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                String path = directory.equals(folder) ? name : name + "/" + ItemPath.of(folder, directory);
                entries.add(new Entry(
                        FileApdu.Item.folder(path, attributes.lastModifiedTime().toMillis()), directory));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()) {
                    entries.add(entry(name + "/" + ItemPath.of(folder, file), file, attributes));
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static Entry entry(String path, Path file, BasicFileAttributes attributes) {
        return new Entry(
                FileApdu.Item.file(
                        path, attributes.size(), attributes.lastModifiedTime().toMillis()),
                file);
    }

    /** The name of the file or folder as a whole. */
    String name() {
        return name;
    }

    /** All that there is to send, a folder before what is in it. */
    List<Entry> entries() {
        return entries;
    }

    int items() {
        return entries.size();
    }

    long octets() {
        return octets;
    }

    /** The next item, whose octets {@link #read} gives from then on; null if there is none left. */
    FileApdu.Item nextItem() throws TransferException {
        close();
        if (next == entries.size()) {
            return null;
        }
        Entry entry = entries.get(next++);
        if (entry.item().isFolder()) {
            return entry.item();
        }
        try {
            channel = FileChannel.open(entry.file(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
            return entry.item();
        } catch (IOException e) {
            throw new TransferException(
                    FileApdu.Reason.READ_ERROR, "cannot read " + entry.item().path() + ": " + Inbox.why(e));
        }
    }

    /**
     * Read octets of the present item.
     *
     * @throws TransferException if it can't be read, or has become shorter
     */
    void read(ByteBuffer target) throws TransferException {
        FileApdu.Item item = entries.get(next - 1).item();
        try {
            while (target.hasRemaining()) {
                if (channel.read(target) < 0) {
                    throw new TransferException(
                            FileApdu.Reason.READ_ERROR, item.path() + " became shorter while it was sent");
                }
            }
        } catch (IOException e) {
            throw new TransferException(FileApdu.Reason.READ_ERROR, "cannot read " + item.path() + ": " + Inbox.why(e));
        }
    }

    @Override
    public void close() {
        FileChannel open = channel;
        channel = null;
        Inbox.closeQuietly(open);
    }
}
