package org.osistack.application.rtse;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.osistack.application.store.Store;
import org.osistack.application.store.StoreException;
import org.osistack.application.store.StoreMap;
import org.osistack.core.Octets;

/** A part of a store as the book of a {@link StoredTransferLog}: all keys begin with the owner. */
final class StoreBook implements StoredTransferLog.Book {
    private final Store store;
    private final String owner;
    private final Consumer<String> complaints;
    private boolean hasFailed;

    StoreBook(Store store, String owner, Consumer<String> complaints) {
        this.store = store;
        this.owner = owner;
        this.complaints = complaints;
    }

    private interface Task {
        void run() throws StoreException;
    }

    private void run(Task task) {
        try {
            task.run();
        } catch (StoreException e) {
            if (!hasFailed) {
                hasFailed = true;
                complaints.accept(
                        e.getMessage() + "; transfers go on, but cannot be resumed when this process has ended");
            }
        }
    }

    @Override
    public Octets get(String map, String key) {
        Octets[] value = {null};
        run(() -> value[0] = store.map(map).get(owner + key));
        return value[0];
    }

    @Override
    public void put(String map, String key, Octets value) {
        run(() -> store.map(map).put(owner + key, value));
    }

    @Override
    public void remove(String map, String key) {
        run(() -> store.map(map).remove(owner + key));
    }

    @Override
    public List<String> keys(String map, String prefix) {
        List<String> keys = new ArrayList<>();
        run(() -> {
            StoreMap all = store.map(map);
            for (Octets key = all.ceilingKey(Octets.ofText(owner + prefix)); key != null; key = all.higherKey(key)) {
                String text = new String(key.toByteArray(), StandardCharsets.UTF_8);
                if (!text.startsWith(owner + prefix)) {
                    break;
                }
                keys.add(text.substring(owner.length()));
            }
        });
        return keys;
    }

    @Override
    public void commit() {
        run(store::commit);
    }
}
