package org.osistack.application.trace;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.osistack.core.Dissection;

/**
 * Joins the segments of streams to the octets that users handed over and were handed: a segment knows its place in the
 * stream, and what a connection took and gave adds up to places in the same stream.
 *
 * <p>What is remembered is bounded: so many connections, and so many of the latest pieces of each.
 */
final class Streams {
    private static final int MAX_CONNECTIONS = 4096;
    private static final int MAX_PIECES = 4096;

    private final Map<String, Flow> flows = bounded();
    private final Map<String, Connection> connections = bounded();
    private final Map<String, Connection> expected = bounded(); // by host and flow: opened, nothing sent yet

    /** A message that is so many octets of a stream, from this place on. */
    private record Piece(long place, int length, int offset, Message message) {
        long end() {
            return place + length;
        }
    }

    /** Pieces of one stream in the order of their places. */
    private static final class Pieces {
        private final ArrayList<Piece> pieces = new ArrayList<>();

        void add(Piece piece) {
            int at = pieces.size();
            while (at > 0 && pieces.get(at - 1).place > piece.place) {
                at--;
            }
            pieces.add(at, piece);
            if (pieces.size() > MAX_PIECES) {
                pieces.subList(0, MAX_PIECES / 2).clear();
            }
        }

        /** What the octets from one place up to another are made of. */
        List<Message.Part> cover(long from, long to) {
            List<Message.Part> parts = new ArrayList<>();
            long at = from;
            for (Piece piece : pieces) {
                if (piece.place <= at && at < piece.end()) {
                    long end = Math.min(to, piece.end());
                    int begin = (int) (at - piece.place) + piece.offset;
                    parts.add(new Message.Part(piece.message, begin, begin + (int) (end - at)));
                    at = end;
                }
                if (at >= to) {
                    break;
                }
            }
            return parts;
        }

        void forgetBefore(long place) {
            pieces.removeIf(piece -> piece.end() <= place);
        }
    }

    /** One direction of a stream as its segments tell it. */
    private static final class Flow {
        private long base;
        private boolean begun;
        private long highest;
        private Connection connection;
        private Pieces received = new Pieces();

        /** The place in the stream of a sequence number, which counts modulo 2^32. */
        long place(Dissection segment) {
            long sequence = segment.place();
            if (!begun || segment.isBeginning() && sequence != base) {
                if (begun) { // the same addresses again, for a new connection
                    connection = null;
                    received = new Pieces();
                }
                begun = true;
                base = sequence;
                highest = 0;
            }
            long place = highest + (int) (sequence - (base + highest));
            highest = Math.max(highest, place);
            return place;
        }
    }

    /** One end of a connection as its user sees it. */
    private static final class Connection {
        private final Pieces handedOver = new Pieces();
        private long taken;
        private long given;
    }

    private static <V> Map<String, V> bounded() {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > MAX_CONNECTIONS;
            }
        };
    }

    private static <V> V get(Map<String, V> map, String key, Function<String, V> make) {
        return map.computeIfAbsent(key, make);
    }

    /** A connection was asked for; its segments will be known by this name. */
    void expect(Message request, String flow) {
        expected.put(request.host + ' ' + flow, get(connections, request.connectionKey(), key -> new Connection()));
    }

    /** The user of a connection handed octets over. */
    void handedOver(Message request) {
        Connection connection = get(connections, request.connectionKey(), key -> new Connection());
        connection.handedOver.add(new Piece(connection.taken, request.length, 0, request));
        connection.taken += request.length;
    }

    /**
     * A segment was sent.
     *
     * @return what its octets were handed over in; empty if that isn't known
     */
    List<Message.Part> sent(Message segment, String peer, Dissection pdu) {
        Flow flow = get(flows, key(segment.host, peer, pdu.whole(), true), key -> new Flow());
        long place = flow.place(pdu);
        if (flow.connection == null) {
            Message user = segment.parent;
            flow.connection = user != null && user.isDown() && user.connection != 0 && user.layer > segment.layer
                    ? get(connections, user.connectionKey(), key -> new Connection())
                    : expected.remove(segment.host + ' ' + pdu.whole());
        }
        return flow.connection == null || pdu.sduLength() == 0
                ? List.of()
                : flow.connection.handedOver.cover(place, place + pdu.sduLength());
    }

    /** A segment was received. */
    void received(Message segment, String peer, Dissection pdu) {
        Flow flow = get(flows, key(segment.host, peer, pdu.whole(), false), key -> new Flow());
        long place = flow.place(pdu);
        if (pdu.sduLength() > 0) {
            flow.received.add(new Piece(place, pdu.sduLength(), pdu.sduOffset(), segment));
        }
    }

    /** A segment that was received led to this primitive: it belongs to its connection. */
    void bind(Message indication, String peer, Dissection segment) {
        String reverse = reverse(segment.whole());
        Flow back = get(flows, key(indication.host, peer, reverse, true), key -> new Flow());
        if (back.connection == null) {
            back.connection = get(connections, indication.connectionKey(), key -> new Connection());
        }
    }

    /**
     * The user of a connection was handed octets.
     *
     * @param peer and the latest segment of the stream
     * @return the segments that they came in
     */
    List<Message.Part> given(Message indication, String peer, Dissection segment) {
        Flow flow = get(flows, key(indication.host, peer, segment.whole(), false), key -> new Flow());
        Connection connection = get(connections, indication.connectionKey(), key -> new Connection());
        long from = connection.given;
        connection.given += indication.length;
        List<Message.Part> parts = flow.received.cover(from, connection.given);
        flow.received.forgetBefore(connection.given);
        return parts;
    }

    static String reverse(String flow) {
        int arrow = flow.indexOf(" → ");
        return arrow < 0 ? flow : flow.substring(arrow + 3) + " → " + flow.substring(0, arrow);
    }

    private static String key(String host, String peer, String flow, boolean out) {
        return host + ' ' + peer + ' ' + flow + (out ? " out" : " in");
    }
}
