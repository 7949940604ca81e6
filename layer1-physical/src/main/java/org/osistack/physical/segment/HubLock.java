package org.osistack.physical.segment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/**
 * The right to be the hub of a segment. The system takes it away from a process that ends, however it ends.
 *
 * <p>These locks belong to processes: within one, a second channel on the same file would be granted the lock, and
 * would give up the first one's when closed (fcntl(2)). So the process remembers what it holds.
 */
final class HubLock {
    private static final Set<Path> HELD = new HashSet<>();

    private final Path path;
    private final FileChannel file;

    private HubLock(Path path, FileChannel file) {
        this.path = path;
        this.file = file;
    }

    /** Try to get the lock; null if another process, or this one, holds it. */
    static HubLock tryAcquire(Path path) throws IOException {
        synchronized (HELD) {
            if (HELD.contains(path)) {
                return null;
            }
            FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = null;
            try {
                lock = file.tryLock();
            } finally {
                if (lock == null) {
                    file.close();
                }
            }
            if (lock == null) {
                return null;
            }
            HELD.add(path);
            return new HubLock(path, file);
        }
    }

    void release() {
        synchronized (HELD) {
            HELD.remove(path);
            try {
                file.close();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot close " + path, e); // nothing was written: it can't fail
            }
        }
    }
}
