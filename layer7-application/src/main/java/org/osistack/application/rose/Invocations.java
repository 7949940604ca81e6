package org.osistack.application.rose;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.osistack.application.rose.Operation.OperationClass;

/** The open invocations of one direction: those that this side awaits answers to, or those that it is to answer. */
final class Invocations {
    private final Map<Long, Operation> open = new LinkedHashMap<>(); // by invoke id, eldest first
    private final int limit;

    /** @param limit how many there may be */
    Invocations(int limit) {
        this.limit = limit;
    }

    void add(long invokeId, Operation operation) {
        open.put(invokeId, operation);
    }

    /** Null if there is none. */
    Operation find(long invokeId) {
        return open.get(invokeId);
    }

    boolean has(long invokeId) {
        return open.containsKey(invokeId);
    }

    /** Whether there was one. */
    boolean remove(long invokeId) {
        return open.remove(invokeId) != null;
    }

    /** Whether one more fits; the eldest that need not be answered gives way. */
    boolean makeRoom() {
        if (open.size() < limit) {
            return true;
        }
        for (Iterator<Operation> each = open.values().iterator(); each.hasNext(); ) {
            if (!each.next().operationClass().isConfirmed()) {
                each.remove();
                return true;
            }
        }
        return false;
    }

    boolean hasSynchronous() {
        return open.values().stream().anyMatch(each -> each.operationClass() == OperationClass.SYNCHRONOUS);
    }

    /** Whether one will be answered in any case. */
    boolean hasConfirmed() {
        return open.values().stream().anyMatch(each -> each.operationClass().isConfirmed());
    }

    /** The invoke ids at present, eldest first. */
    Long[] ids() {
        return open.keySet().toArray(Long[]::new);
    }

    int size() {
        return open.size();
    }

    void clear() {
        open.clear();
    }
}
