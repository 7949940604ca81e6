package org.osistack.application.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.osistack.application.rtse.SessionConnectionIdentifier;
import org.osistack.application.rtse.TransferLog;
import org.osistack.application.rtse.TransferState;
import org.osistack.application.store.Store;
import org.osistack.application.store.StoreException;
import org.osistack.application.store.StoreMap;
import org.osistack.core.Octets;

/**
 * What a side of file transfers must not forget when its process ends: how far RTSE is, what was to be sent where, and
 * what a file is called of which some octets are here. All of it is in one {@link Store}.
 *
 * <p>What is put waits in memory for the next commit, and is seen at once. If the store fails, somebody is told once, and
 * transfers go on without being remembered.
 */
final class Ledger implements TransferLog, AutoCloseable {
    private static final String FILE = "transfers.store";
    private static final String TRANSFERS = "transfers";

    private record Key(boolean isInitiator, SessionConnectionIdentifier association) {
        @Override
        public String toString() {
            return (isInitiator ? "to " : "from ") + keyOf(association);
        }
    }

    private record Entry(String map, String key) {}

    private final Store store;
    private volatile Disk disk; // null before there is a host
    private final Path temporary; // folder that goes with it; null if it stays
    private final Consumer<String> complaints;
    private final Map<Key, TransferState> states = new LinkedHashMap<>(); // the host's thread alone
    private final Map<Entry, Octets> waiting =
            new LinkedHashMap<>(); // null for what is to be removed; guarded by itself
    private final AtomicBoolean isCommitDue = new AtomicBoolean();
    private boolean isBroken; // guarded by the store

    private Ledger(Store store, Disk disk, Path temporary, Consumer<String> complaints) throws StoreException {
        this.store = store;
        this.disk = disk;
        this.temporary = temporary;
        this.complaints = complaints;
        for (String key : keys(TRANSFERS, "")) {
            TransferState state = TransferState.parse(get(TRANSFERS, key));
            if (state != null) {
                states.put(new Key(state.isInitiator(), state.association()), state);
            }
        }
    }

    /**
     * Open the ledger in a folder, which is made if there is none.
     *
     * @param complaints is told if it can't be written any more
     * @throws StoreException if another process has it open, or it can't be had
     */
    static Ledger open(Path folder, Consumer<String> complaints) throws StoreException, IOException {
        return open(folder, null, complaints);
    }

    /** As {@link #open(Path, Consumer)}, for a host that is there. */
    static Ledger open(Path folder, Disk disk, Consumer<String> complaints) throws StoreException, IOException {
        createPrivately(folder);
        Ledger ledger = new Ledger(Store.open(folder.resolve(FILE)), disk, null, complaints);
        Parts.discardOrphans(ledger);
        return ledger;
    }

    /** A ledger that ends with the process. */
    static Ledger ofProcess(Disk disk, Consumer<String> complaints) throws StoreException, IOException {
        Path folder = Files.createTempDirectory("osi-transfers");
        folder.toFile().deleteOnExit();
        folder.resolve(FILE).toFile().deleteOnExit();
        return new Ledger(Store.open(folder.resolve(FILE)), disk, folder, complaints);
    }

    /** There is a host, whose disk this is from now on. To be called before RTSE uses it. */
    void use(Disk newDisk) {
        disk = newDisk;
    }

    private static void createPrivately(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(folder);
        }
    }

    /** An association as a text that no other has. */
    static String keyOf(SessionConnectionIdentifier association) {
        return association.callingReference() + " " + association.commonReference() + " "
                + association.additionalInformation();
    }

    // ---- any values -------------------------------------------------------------------------------------------------

    /** The value of a key; null if it has none. */
    Octets get(String map, String key) {
        synchronized (waiting) {
            Entry entry = new Entry(map, key);
            if (waiting.containsKey(entry)) {
                return waiting.get(entry);
            }
        }
        synchronized (store) {
            try {
                return isBroken ? null : store.map(map).get(key);
            } catch (StoreException e) {
                fail(e);
                return null;
            }
        }
    }

    /** Give a key a value. It is durable from the next commit on. */
    void put(String map, String key, Octets value) {
        synchronized (waiting) {
            waiting.put(new Entry(map, key), value);
        }
    }

    void remove(String map, String key) {
        put(map, key, null);
    }

    /** The keys that begin so. */
    List<String> keys(String map, String prefix) {
        commit();
        List<String> keys = new ArrayList<>();
        synchronized (store) {
            try {
                StoreMap all = store.map(map);
                Octets key = all.ceilingKey(Octets.ofText(prefix));
                while (key != null) {
                    String text = new String(key.toByteArray(), java.nio.charset.StandardCharsets.UTF_8);
                    if (!text.startsWith(prefix)) {
                        break;
                    }
                    keys.add(text);
                    key = all.higherKey(key);
                }
            } catch (StoreException e) {
                fail(e);
            }
        }
        return keys;
    }

    /** Make all durable that was put. */
    void commit() {
        synchronized (store) {
            Map<Entry, Octets> batch;
            synchronized (waiting) {
                if (waiting.isEmpty() || isBroken) {
                    return; // another commit has taken it along
                }
                batch = new LinkedHashMap<>(waiting);
            }
            try {
                for (Map.Entry<Entry, Octets> each : batch.entrySet()) {
                    StoreMap map = store.map(each.getKey().map());
                    if (each.getValue() == null) {
                        map.remove(each.getKey().key());
                    } else {
                        map.put(each.getKey().key(), each.getValue());
                    }
                }
                store.commit();
                synchronized (waiting) {
                    batch.forEach((key, value) -> {
                        if (waiting.get(key) == value) {
                            waiting.remove(key);
                        }
                    });
                }
            } catch (StoreException e) {
                fail(e);
            }
        }
    }

    /** Make all durable that was put, without waiting for it. */
    void commitSoon() {
        if (isCommitDue.compareAndSet(false, true)) {
            disk.execute(() -> {
                isCommitDue.set(false);
                commit();
            });
        }
    }

    private void fail(StoreException e) {
        if (!isBroken) {
            isBroken = true;
            String what = e.getMessage() + "; transfers go on, but cannot be resumed when this process has ended";
            Disk reporter = disk;
            if (reporter == null) {
                complaints.accept(what);
            } else {
                reporter.report(() -> complaints.accept(what));
            }
        }
    }

    // ---- what RTSE remembers ----------------------------------------------------------------------------------------

    @Override
    public void save(TransferState state) {
        note(state);
        commit();
    }

    @Override
    public void save(TransferState state, Runnable whenSafe) {
        note(state);
        disk.execute(() -> {
            commit();
            disk.report(whenSafe);
        });
    }

    @Override
    public void saveSoon(TransferState state) {
        note(state);
        commitSoon();
    }

    private void note(TransferState state) {
        Key key = new Key(state.isInitiator(), state.association());
        states.put(key, state);
        put(TRANSFERS, key.toString(), state.emit());
    }

    @Override
    public TransferState load(boolean isInitiator, SessionConnectionIdentifier association) {
        return states.get(new Key(isInitiator, association));
    }

    @Override
    public Collection<TransferState> all() {
        return List.copyOf(states.values());
    }

    @Override
    public void remove(TransferState state) {
        Key key = new Key(state.isInitiator(), state.association());
        states.remove(key);
        remove(TRANSFERS, key.toString());
        commit();
    }

    /** Close it, with what was committed. */
    @Override
    public void close() {
        synchronized (store) {
            isBroken = true;
            store.close();
        }
        if (temporary != null) {
            try {
                Files.deleteIfExists(temporary.resolve(FILE));
                Files.deleteIfExists(temporary);
            } catch (IOException e) {
                return; // it is deleted when the process ends
            }
        }
    }
}
