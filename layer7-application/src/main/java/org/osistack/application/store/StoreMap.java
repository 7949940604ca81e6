package org.osistack.application.store;

import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStoreException;
import org.osistack.core.Octets;

/**
 * A map of a {@link Store}, from keys to values, in the order of the keys' octets.
 *
 * <p>What is put and removed is seen at once, and kept from the next {@link Store#commit()} on.
 */
public final class StoreMap {
    /** The longest key, in octets. */
    public static final int MAX_KEY = 1024;
    /** The longest value, in octets. */
    public static final int MAX_VALUE = 1 << 20;

    private final Store store;
    private final String name;
    private MVMap<byte[], byte[]>
            map; // of the file as it is now, until it is renewed or the map's making is rolled back

    StoreMap(Store store, String name) {
        this.store = store;
        this.name = name;
    }

    private interface Task<T> {
        T on(MVMap<byte[], byte[]> map);
    }

    private <T> T run(Task<T> task) throws StoreException {
        store.checkUsable();
        try {
            if (!store.isCurrent(map)) {
                map = store.openMap(name);
            }
            return task.on(map);
        } catch (MVStoreException e) {
            throw store.broken("read", e);
        }
    }

    /** The value of a key; null if it has none. */
    public Octets get(Octets key) throws StoreException {
        byte[] value = run(opened -> opened.get(key.toByteArray()));
        return value == null ? null : Octets.of(value);
    }

    /** As {@link #get(Octets)}, for a key that is a text. */
    public Octets get(String key) throws StoreException {
        return get(Octets.ofText(key));
    }

    /**
     * Give a key a value, in place of the one that it had.
     *
     * @throws StoreException also if more is waiting for a commit than the store holds in memory
     * @throws IllegalArgumentException if key or value are too long
     */
    public void put(Octets key, Octets value) throws StoreException {
        if (key.length() > MAX_KEY || value.length() > MAX_VALUE) {
            throw new IllegalArgumentException("too long: a key of " + key.length() + " octets with a value of "
                    + value.length() + "; " + MAX_KEY + " and " + MAX_VALUE + " are allowed");
        }
        store.add(key.length() + value.length());
        run(opened -> opened.put(key.toByteArray(), value.toByteArray()));
    }

    /** As {@link #put(Octets, Octets)}, for a key that is a text. */
    public void put(String key, Octets value) throws StoreException {
        put(Octets.ofText(key), value);
    }

    /** Take a key and its value away, if they are there. */
    public void remove(Octets key) throws StoreException {
        run(opened -> opened.remove(key.toByteArray()));
    }

    /** As {@link #remove(Octets)}, for a key that is a text. */
    public void remove(String key) throws StoreException {
        remove(Octets.ofText(key));
    }

    /** The first key that is not before this one; null if there is none. */
    public Octets ceilingKey(Octets key) throws StoreException {
        return key(run(opened -> opened.ceilingKey(key.toByteArray())));
    }

    /** The first key behind this one; null if there is none. */
    public Octets higherKey(Octets key) throws StoreException {
        return key(run(opened -> opened.higherKey(key.toByteArray())));
    }

    private static Octets key(byte[] octets) {
        return octets == null ? null : Octets.of(octets);
    }

    /** How many keys there are. */
    public long size() throws StoreException {
        return run(MVMap::sizeAsLong);
    }
}
