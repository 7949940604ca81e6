package org.osistack.application.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.ByteArrayDataType;

/**
 * Named maps in a file that survive a kill at any instant.
 *
 * <pre>
 *   put, remove    seen by this process alone
 *   commit()       all changes to all maps since the last commit are kept, or none is;
 *                  when it returns, they are on the disk (fsync)
 *   kill -9        the next open finds what the last commit left
 * </pre>
 *
 * <p>The file is a log of H2's MVStore. A commit appends the changed pages as one chunk with a header and a footer; opening
 * looks for the last whole chunk from the end. When most of the file is outdated, what is left of it goes into a new file
 * that takes the old one's name. A lock of the operating system, which ends with the process, holds other processes off.
 *
 * <p>The library can write over outdated chunks instead. It is not let to: when it is killed while it does so, it may
 * open at an earlier commit than the last one, since the chain by which it finds the last one leads through them.
 *
 * <p>Not for several threads at once: a commit would keep half of what another thread is about to do.
 */
public final class Store implements AutoCloseable {
    /** How many octets the file may have unless said otherwise. */
    public static final long STANDARD_LIMIT = 1L << 30;

    private static final int MAX_MAPS = 256;
    private static final int MAX_UNCOMMITTED = 64 << 20; // octets of keys and values
    private static final int CACHE_MEGABYTES = 4;
    private static final int SMALL = 4 << 20; // octets of a file that is not worth renewing
    private static final int GROWTH = 3; // a file is renewed when it is so many times as long as when it was new
    private static final int BATCH = 8 << 20; // octets that are copied at once into a new file

    private final Path file;
    private final long limit;
    private final Map<String, StoreMap> maps = new HashMap<>();
    private MVStore store;
    private long renewAt;
    private long uncommitted; // octets that were put since the last commit
    private String problem; // why it can no longer be used; null while it can

    private Store(Path file, long limit, MVStore store) {
        this.file = file;
        this.limit = limit;
        use(store);
    }

    private void use(MVStore newStore) {
        store = newStore;
        renewAt = Math.min(limit, SMALL + GROWTH * newStore.getFileStore().size());
    }

    /** As {@link #open(Path, long)}, with the {@link #STANDARD_LIMIT}. */
    public static Store open(Path file) throws StoreException {
        return open(file, STANDARD_LIMIT);
    }

    /**
     * Open the store in this file, which is made if there is none, and readable for its owner alone.
     *
     * @param limit how many octets the file may have
     * @throws StoreException if another process has it open, it is damaged or no store, or it cannot be read or written
     */
    public static Store open(Path file, long limit) throws StoreException {
        Path absolute = file.toAbsolutePath();
        create(file, absolute);
        MVStore store = null;
        try {
            store = openFile(absolute);
            if (store.getFileStore().isReadOnly()) {
                throw new StoreException("the store " + file + " cannot be written: access is denied");
            }
            Files.deleteIfExists(renewed(absolute)); // left by a process that was killed
            Store opened = new Store(file, limit, store);
            store = null;
            return opened;
        } catch (MVStoreException e) {
            throw new StoreException(whyNotOpened(file, e), e);
        } catch (IOException e) {
            throw new StoreException("the store " + file + " cannot be written: " + e.getMessage(), e);
        } finally {
            if (store != null) {
                store.closeImmediately();
            }
        }
    }

    private static MVStore openFile(Path absolute) {
        MVStore store = new MVStore.Builder()
                .fileName(absolute.toString())
                .autoCommitDisabled()
                .autoCommitBufferSize(0) // or it would commit by itself, half of something, when much has changed
                .cacheSize(CACHE_MEGABYTES)
                .open();
        store.setReuseSpace(false);
        store.setRetentionTime(0); // outdated chunks need not be listed
        return store;
    }

    private static Path renewed(Path absolute) {
        return absolute.resolveSibling(absolute.getFileName() + ".new");
    }

    /** Make the file, if there is none, so that its name survives too. */
    private static void create(Path file, Path absolute) throws StoreException {
        try {
            if (Files.isDirectory(absolute)) {
                throw new StoreException("the store " + file + " cannot be opened: it is a folder");
            }
            if (Files.notExists(absolute)) {
                createPrivately(absolute);
                sync(absolute.getParent());
            }
        } catch (FileAlreadyExistsException e) {
            return; // another process was quicker
        } catch (NoSuchFileException e) {
            throw new StoreException("the store " + file + " cannot be made: there is no such folder", e);
        } catch (AccessDeniedException e) {
            throw new StoreException("the store " + file + " cannot be made: access is denied", e);
        } catch (IOException e) {
            throw new StoreException("the store " + file + " cannot be made: " + e.getMessage(), e);
        }
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static void createPrivately(Path absolute) throws IOException {
        FileAttribute<?>[] attributes = isPosix(absolute)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        Files.createFile(absolute, attributes);
    }

    /** Make the names in a folder durable, where a folder can be opened. */
    private static void sync(Path folder) throws IOException {
        if (isPosix(folder)) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static String whyNotOpened(Path file, MVStoreException e) {
        return "the store " + file
                + switch (e.getErrorCode()) {
                    case DataUtils.ERROR_FILE_LOCKED -> " is in use by another process";
                    case DataUtils.ERROR_FILE_CORRUPT, DataUtils.ERROR_CHUNK_NOT_FOUND, DataUtils.ERROR_INTERNAL ->
                        " is damaged, or no store; move it away to begin with an empty one";
                    case DataUtils.ERROR_UNSUPPORTED_FORMAT -> " was made by another version of this program";
                    default -> " cannot be opened: " + reason(e);
                };
    }

    private static String reason(MVStoreException e) {
        return e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
    }

    /**
     * The map of this name, which is empty if nothing was ever put into it.
     *
     * @throws IllegalArgumentException if there are too many
     */
    public StoreMap map(String name) {
        if (maps.size() >= MAX_MAPS && !maps.containsKey(name)) {
            throw new IllegalArgumentException("more than " + MAX_MAPS + " maps");
        }
        return maps.computeIfAbsent(name, newName -> new StoreMap(this, newName));
    }

    boolean isCurrent(MVMap<?, ?> map) {
        return map != null && map.getStore() == store && !map.isClosed();
    }

    MVMap<byte[], byte[]> openMap(String name) {
        return openMap(store, name);
    }

    private static MVMap<byte[], byte[]> openMap(MVStore store, String name) {
        return store.openMap(
                name,
                new MVMap.Builder<byte[], byte[]>()
                        .keyType(ByteArrayDataType.INSTANCE)
                        .valueType(ByteArrayDataType.INSTANCE));
    }

    /**
     * Keep all changes since the last commit, together. Returns when the disk has them.
     *
     * @throws StoreException if that cannot be: nothing of them is kept. If the file would have more octets than it may,
     *     the store goes on without them; if the disk is full or fails, it may have to be opened again
     */
    public void commit() throws StoreException {
        checkUsable();
        try {
            if (store.getFileStore().size() + uncommitted > renewAt) {
                renew();
            } else {
                store.commit();
                store.sync();
            }
            uncommitted = 0;
        } catch (MVStoreException e) {
            throw broken("written", e);
        }
    }

    /** Commit by putting all that there is into a new file. */
    private void renew() throws StoreException {
        Path absolute = file.toAbsolutePath();
        Path renewed = renewed(absolute);
        MVStore target = null;
        try {
            createPrivately(renewed);
            target = openFile(renewed);
            copyTo(target);
            if (target.getFileStore().size() > limit) {
                throw new StoreException("the store " + file + " is full: " + limit + " octets are allowed");
            }
            Files.move(renewed, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            MVStore outdated = store;
            use(target);
            target = null; // it is locked already: nobody else can have opened it
            outdated.closeImmediately();
        } catch (IOException e) {
            rollback();
            throw new StoreException("the store " + file + " cannot be written: " + e.getMessage(), e);
        } catch (MVStoreException e) {
            rollback();
            throw new StoreException("the store " + file + " cannot be written: " + reason(e), e);
        } catch (StoreException e) {
            rollback();
            throw e;
        } finally {
            if (target != null) {
                target.closeImmediately();
                renewed.toFile().delete(); // if not, the next open does it
            }
        }
        try {
            sync(absolute.getParent());
        } catch (IOException e) { // whether old or new, the file is whole
            problem = "the store " + file + " cannot be written: " + e.getMessage();
            store.closeImmediately();
            throw new StoreException(problem, e);
        }
    }

    private void copyTo(MVStore target) {
        long copied = 0;
        for (String name : store.getMapNames()) {
            MVMap<byte[], byte[]> copy = openMap(target, name);
            for (Map.Entry<byte[], byte[]> entry : openMap(name).entrySet()) {
                copy.put(entry.getKey(), entry.getValue());
                copied += entry.getKey().length + entry.getValue().length;
                if (copied > BATCH) {
                    copied = 0;
                    target.commit();
                }
            }
        }
        target.commit();
        target.sync();
    }

    /** Forget all changes since the last commit. */
    public void rollback() throws StoreException {
        checkUsable();
        try {
            store.rollback();
            uncommitted = 0;
        } catch (MVStoreException e) {
            throw broken("read", e);
        }
    }

    void checkUsable() throws StoreException {
        if (problem != null) {
            throw new StoreException(problem);
        }
    }

    /** Count what is about to be put. */
    void add(int octets) throws StoreException {
        checkUsable();
        if (uncommitted + octets > MAX_UNCOMMITTED) {
            throw new StoreException("too much waits for a commit to the store " + file);
        }
        uncommitted += octets;
    }

    /** The library has failed: whatever it holds in memory may be wrong from now on. */
    StoreException broken(String what, MVStoreException e) {
        problem = "the store " + file + " cannot be " + what + ": " + reason(e);
        store.closeImmediately();
        return new StoreException(problem, e);
    }

    /** How many octets the file has. */
    public long length() {
        return store.isClosed() ? 0 : store.getFileStore().size();
    }

    /** Close it, without what was not committed. */
    @Override
    public void close() {
        if (problem == null) {
            problem = "the store " + file + " is closed";
            store.closeImmediately();
        }
    }

    /** The file's name. */
    @Override
    public String toString() {
        return file.toString();
    }
}
