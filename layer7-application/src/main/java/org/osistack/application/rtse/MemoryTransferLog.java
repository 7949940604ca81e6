package org.osistack.application.rtse;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** A transfer log that lasts as long as the process. */
public final class MemoryTransferLog implements TransferLog {
    private record Key(boolean isInitiator, SessionConnectionIdentifier association) {}

    private final Map<Key, TransferState> states = new LinkedHashMap<>();

    @Override
    public void save(TransferState state) {
        states.put(new Key(state.isInitiator(), state.association()), state);
    }

    @Override
    public TransferState load(boolean isInitiator, SessionConnectionIdentifier association) {
        return states.get(new Key(isInitiator, association));
    }

    @Override
    public Collection<TransferState> all() {
        return new ArrayList<>(states.values());
    }

    @Override
    public void remove(TransferState state) {
        states.remove(new Key(state.isInitiator(), state.association()));
    }
}
