package org.osistack.application.trace;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.osistack.core.Direction;
import org.osistack.core.Dissection;
import org.osistack.core.Medium;
import org.osistack.core.TraceEvent;
import org.osistack.core.TraceEvent.Kind;
import org.osistack.core.TraceSink;

/**
 * Finds out what belongs together in a trace, and hands it on turn by turn.
 *
 * <p>Nesting tells most: what happens before a primitive returns is its consequence. The rest is told by the octets. A
 * segment that is sent later, when the window opens, is joined to what was handed over by its place in the stream; a
 * PDU that waited for an address, by its content; a frame that arrives at another host, by its octets, so that no common
 * clock is needed.
 *
 * <p>Events are not kept. What is remembered of them is bounded, in number and in size.
 */
final class Weaver implements TraceSink {
    /** The layer of the protocols on top of the stack. */
    static final int TOP_USER = 7;

    private static final int MAX_REMEMBERED = 16 * 1024; // PDUs that were sent

    private final List<TurnPrinter> printers;
    private final Consumer<String> complaints;
    private final List<TraceEvent> events = new ArrayList<>();
    private final Streams streams = new Streams();
    private final Reassemblies reassemblies = new Reassemblies();
    private final Stories stories = new Stories();
    private final Map<Long, Message> sent = new LinkedHashMap<>() { // by content and layer
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Long, Message> eldest) {
                    return size() > MAX_REMEMBERED;
                }
            };
    private Map<Long, Woven> turn = new LinkedHashMap<>();

    /** An event of the present turn. */
    private static final class Woven {
        private final TraceEvent event;
        private final Message message; // null if it is no primitive
        private final Message cause;
        private int consumed; // how many octets of the PDU have been found again in others

        Woven(TraceEvent event, Message message, Message cause) {
            this.event = event;
            this.message = message;
            this.cause = cause;
        }
    }

    /**
     * @param complaints takes a sentence if a printer can't go on; the others do
     */
    Weaver(List<? extends TurnPrinter> printers, Consumer<String> complaints) {
        this.printers = new ArrayList<>(printers);
        this.complaints = complaints;
    }

    @Override
    public void medium(Medium medium) {
        print(printer -> printer.medium(medium));
    }

    @Override
    public void event(TraceEvent event) {
        if (!events.isEmpty()
                && isPrelude(events.get(0))
                && event.time() != events.get(0).time()) {
            weave();
        }
        events.add(event);
    }

    @Override
    public void settled() {
        if (!events.isEmpty() && !events.stream().allMatch(Weaver::isPrelude)) {
            weave();
        }
    }

    /** No more events come. */
    void close() {
        if (!events.isEmpty()) {
            weave();
        }
        print(TurnPrinter::close);
    }

    /** What layer 7 reports before it calls layer 6 belongs to what follows. */
    private static boolean isPrelude(TraceEvent event) {
        return event.layer() == TOP_USER
                && event.kind() == Kind.STATE
                && event.parents().isEmpty();
    }

    private void weave() {
        turn = new LinkedHashMap<>();
        for (TraceEvent event : events) {
            Message cause = cause(event);
            Message message = event.kind() == Kind.PRIMITIVE ? new Message(event, cause) : null;
            Woven woven = new Woven(event, message, cause);
            turn.put(event.seq(), woven);
            if (message == null) {
                inside(event, cause);
            } else {
                primitive(woven);
            }
        }
        events.clear();
        ownersOfWhatArrived();
        List<Message> messages = turn.values().stream()
                .filter(woven -> woven.message != null)
                .map(woven -> woven.message)
                .toList();
        stories.settle(messages);
        List<Step> steps = new ArrayList<>(turn.size());
        Story first = messages.isEmpty() ? stories.background() : messages.get(0).story;
        for (Woven woven : turn.values()) {
            Story story = woven.message != null
                    ? woven.message.story
                    : woven.cause != null ? woven.cause.story : isPrelude(woven.event) ? first : of(woven.event);
            steps.add(new Step(woven.event, woven.message, woven.cause, story));
        }
        print(printer -> printer.turn(steps));
    }

    /** A printer that can't write, to a full disk or to a reader that has gone, must not stop the hosts. */
    private void print(Consumer<TurnPrinter> what) {
        for (TurnPrinter printer : List.copyOf(printers)) {
            try {
                what.accept(printer);
            } catch (UncheckedIOException e) {
                printers.remove(printer);
                complaints.accept(e.getMessage());
            }
        }
    }

    private Story of(TraceEvent event) {
        return stories.ofConnection(event.host(), event.parameter("connection"));
    }

    private Message cause(TraceEvent event) {
        for (long parent : event.parents()) {
            Woven woven = turn.get(parent);
            if (woven != null && woven.event.host().equals(event.host())) {
                return woven.message;
            }
        }
        return null;
    }

    /** Something inside a machine: the name of a connection that was just asked for may be told so. */
    private void inside(TraceEvent event, Message cause) {
        String connection = event.parameter("connection");
        if (!connection.isEmpty()
                && cause != null
                && cause.isDown()
                && cause.connection != 0
                && cause.layer == event.layer()) {
            streams.expect(cause, connection);
            stories.connection(event.host(), connection, cause);
        }
    }

    private void primitive(Woven woven) {
        Message message = woven.message;
        TraceEvent event = woven.event;
        if (message.hasPdu()) {
            if (message.isDown()) {
                down(woven);
            } else {
                up(woven);
            }
            message.id = message.isFrame() ? FrameIdentity.of(event.octets()) : message.host + '#' + message.seq;
        }
        if (!message.isDown() && message.connection != 0 && isStreamSegment(message.parent)) {
            Woven segment = turn.get(message.parent.seq);
            streams.bind(message, peer(segment.event), segment.event.pdu());
        }
        stories.assign(woven.message, event);
        if (message.isDown() && message.hasPdu()) {
            if (message.connection != 0) {
                streams.handedOver(message);
            }
            if (message.isFrame() && message.story != null) {
                message.story.frame(message);
            }
        }
    }

    private boolean isStreamSegment(Message message) {
        Woven woven = message == null ? null : turn.get(message.seq);
        return woven != null && message.hasPdu() && woven.event.pdu().isStream();
    }

    private static String peer(TraceEvent event) {
        return event.parameter(event.direction() == Direction.DOWN ? "destination" : "source");
    }

    // ---- Down: what the SDU is made of ----

    private void down(Woven woven) {
        Message message = woven.message;
        Dissection pdu = woven.event.pdu();
        boolean through = message.isHandedThrough();
        int offset = through ? 0 : pdu.sduOffset();
        int length = through ? message.length : pdu.sduLength();
        if (pdu.isStream()) {
            message.parts = streams.sent(message, peer(woven.event), pdu);
        } else if ((through || pdu.hasSdu()) && length > 0) {
            message.parts = source(woven, offset, length);
        }
        Owners sdu = Owners.NONE;
        for (Message.Part part : message.parts) {
            sdu = sdu.and(part.whole().owners.slice(part.from(), part.to()));
        }
        message.owners = sdu.length() == length && length > 0 && through
                ? sdu
                : Ownership.of(message, pdu, sdu.length() == length ? sdu : null);
        sent.put(key(woven.event.octets(), 0, message.length, message.pduLayer), message);
    }

    private List<Message.Part> source(Woven woven, int offset, int length) {
        byte[] octets = woven.event.octets();
        Message message = woven.message;
        for (Message above = message.parent; above != null; above = above.parent) {
            Woven user = turn.get(above.seq);
            if (user != null && above.isDown() && above.hasPdu() && above.host.equals(message.host)) {
                int found = find(octets, offset, length, user.event.octets(), user.consumed);
                if (found >= 0) {
                    user.consumed = found + length;
                    return List.of(new Message.Part(above, found, found + length));
                }
            }
        }
        for (int layer = message.pduLayer; layer <= TOP_USER; layer++) {
            Message earlier = sent.get(key(octets, offset, length, layer));
            if (earlier != null && earlier.host.equals(message.host)) {
                return List.of(new Message.Part(earlier, 0, length));
            }
        }
        return List.of();
    }

    /** Where some octets are in others: preferably from this place on; -1 if they are not. */
    private static int find(byte[] needle, int offset, int length, byte[] hay, int from) {
        if (from + length <= hay.length && Arrays.equals(needle, offset, offset + length, hay, from, from + length)) {
            return from;
        }
        for (int at = 0; at + length <= hay.length; at++) {
            if (hay[at] == needle[offset] && Arrays.equals(needle, offset, offset + length, hay, at, at + length)) {
                return at;
            }
        }
        return -1;
    }

    // ---- Up: what it was put together from ----

    private void up(Woven woven) {
        Message message = woven.message;
        Dissection pdu = woven.event.pdu();
        message.sent = sent.get(key(woven.event.octets(), 0, message.length, message.pduLayer));
        if (message.sent != null) {
            message.owners = message.sent.owners;
        }
        Message below = message.parent;
        if (below != null && !below.isDown() && below.hasPdu()) {
            Woven lower = turn.get(below.seq);
            message.parts = lower.event.pdu().isStream() && message.connection != 0
                    ? streams.given(message, peer(lower.event), lower.event.pdu())
                    : reassemblies.completed(message, below, consumed(lower, woven.event.octets()));
        }
        if (pdu.isStream()) {
            streams.received(message, peer(woven.event), pdu);
        }
        reassemblies.arrived(message, pdu.isStream() ? "" : pdu.whole());
    }

    /** Whether the lower PDU holds nothing behind these octets, as far as they can be found in it. */
    private static boolean consumed(Woven lower, byte[] octets) {
        byte[] hay = lower.event.octets();
        int tail = Math.min(16, octets.length);
        for (int at = lower.consumed; at + tail <= hay.length; at++) {
            if (Arrays.equals(octets, octets.length - tail, octets.length, hay, at, at + tail)) {
                lower.consumed = at + tail;
                return lower.consumed == hay.length;
            }
        }
        return true;
    }

    /** Of PDUs that nobody saw being sent, the dissections tell who wrote what: from the top down. */
    private void ownersOfWhatArrived() {
        List<Woven> all = new ArrayList<>(turn.values());
        Map<Message, Woven> user = new HashMap<>();
        for (int i = all.size() - 1; i >= 0; i--) {
            Woven woven = all.get(i);
            Message message = woven.message;
            if (message == null || message.isDown() || !message.hasPdu()) {
                continue;
            }
            if (message.owners.length() == 0) {
                Woven above = user.get(message);
                Dissection pdu = woven.event.pdu();
                Owners sdu = null;
                if (message.isHandedThrough() && above != null && above.message.length == message.length) {
                    message.owners = above.message.owners;
                } else {
                    if (above != null && pdu.hasSdu() && above.message.owners.length() >= pdu.sduLength()) {
                        int found =
                                find(woven.event.octets(), pdu.sduOffset(), pdu.sduLength(), above.event.octets(), 0);
                        sdu = found < 0 ? null : above.message.owners.slice(found, found + pdu.sduLength());
                    }
                    message.owners = Ownership.of(message, pdu, sdu);
                }
            }
            if (message.parent != null && !message.parent.isDown()) {
                user.put(message.parent, woven);
            }
        }
    }

    private static long key(byte[] octets, int offset, int length, int layer) {
        long hash = layer;
        for (int i = offset; i < offset + length; i++) {
            hash = hash * 0x100000001b3L + octets[i] + 1;
            hash ^= hash >>> 29;
        }
        return hash * 31 + length;
    }
}
