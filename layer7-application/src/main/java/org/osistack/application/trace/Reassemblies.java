package org.osistack.application.trace;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Remembers what has arrived and not yet been handed on, to tell what a larger unit was put together from: the TPDUs of
 * a TSDU, the fragments of a datagram.
 */
final class Reassemblies {
    private static final int MAX_WAITING = 1024; // connections and datagrams
    private static final int MAX_PARTS = 4096;

    private final Map<String, List<Message>> waiting = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<Message>> eldest) {
            return size() > MAX_WAITING;
        }
    };

    /**
     * A PDU has arrived.
     *
     * @param whole what its SDU is a segment of; empty if it doesn't say
     */
    void arrived(Message message, String whole) {
        String key = key(message, whole);
        if (key != null) {
            List<Message> parts = waiting.computeIfAbsent(key, k -> new ArrayList<>());
            parts.add(message);
            if (parts.size() > MAX_PARTS) {
                parts.subList(0, MAX_PARTS / 2).clear();
            }
        }
    }

    /**
     * A unit was handed up.
     *
     * @param below the PDU whose arrival completed it
     * @param consumed whether there is nothing behind it in that PDU
     * @return what it was put together from
     */
    List<Message.Part> completed(Message unit, Message below, boolean consumed) {
        for (Map.Entry<String, List<Message>> entry : waiting.entrySet()) {
            List<Message> parts = entry.getValue();
            if (!parts.isEmpty() && parts.get(parts.size() - 1) == below) {
                List<Message.Part> all = parts.stream()
                        .map(part -> new Message.Part(part, 0, part.length))
                        .toList();
                if (consumed) {
                    waiting.remove(entry.getKey());
                } else {
                    parts.subList(0, parts.size() - 1).clear();
                }
                return all;
            }
        }
        return List.of(new Message.Part(below, 0, below.length));
    }

    private static String key(Message message, String whole) {
        if (message.connection != 0) {
            return message.connectionKey();
        }
        return whole.isEmpty() ? null : message.host + ' ' + message.protocol + ' ' + whole;
    }
}
