package org.osistack.application.demo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osistack.core.Direction;
import org.osistack.core.Trace;
import org.osistack.core.TraceEvent;
import org.osistack.core.TraceSink;

/** Collects what a {@link Trace} tells of one chapter of the demo, to be told again in a better order. */
final class Story implements TraceSink {
    private static final int MAX_EVENTS = 100_000;
    private static final int MIN_KEPT = 16; // octets by which a PDU is known again

    private final List<TraceEvent> events = new ArrayList<>();
    private final Map<Long, TraceEvent> bySeq = new HashMap<>();
    private boolean counting; // keep the numbers only, as for a file
    private final Map<String, Integer> pdus = new LinkedHashMap<>();
    private long frames;
    private long frameOctets;

    @Override
    public void event(TraceEvent event) {
        if (event.kind() != TraceEvent.Kind.PRIMITIVE || event.pdu() == null) {
            return;
        }
        if (event.direction() == Direction.DOWN) {
            pdus.merge(event.pduLayer() + " " + name(event), 1, Integer::sum);
            if (event.layer() == 1) {
                frames++;
                frameOctets += event.octets().length;
            }
        }
        if (!counting && events.size() < MAX_EVENTS) {
            events.add(event);
            bySeq.put(event.seq(), event);
        }
    }

    /** Begin a new chapter. */
    void begin(boolean countOnly) {
        counting = countOnly;
        events.clear();
        bySeq.clear();
        pdus.clear();
        frames = 0;
        frameOctets = 0;
    }

    long frames() {
        return frames;
    }

    long frameOctets() {
        return frameOctets;
    }

    /** How many PDUs of each kind a layer sent in this chapter. */
    Map<String, Integer> pdus(int layer) {
        Map<String, Integer> of = new LinkedHashMap<>();
        pdus.forEach((key, count) -> {
            if (key.startsWith(layer + " ")) {
                of.put(key.substring(2), count);
            }
        });
        return of;
    }

    /** Each frame of the chapter as it went onto the medium. */
    List<TraceEvent> sentFrames() {
        return events.stream()
                .filter(e -> e.layer() == 1 && e.direction() == Direction.DOWN)
                .toList();
    }

    /** What a frame carries, outermost first, such as TCP ACK · TPKT DT · CN. */
    String contents(TraceEvent frame) {
        Set<String> names = new LinkedHashSet<>();
        for (TraceEvent at = causeOf(frame); at != null; at = causeOf(at)) {
            if (at.pdu().protocol().equals("ARP")) {
                return name(at);
            }
            if (at.pduLayer() > 3) {
                names.add(name(at));
            }
        }
        return String.join(" · ", names);
    }

    /** The request that this one comes from: it is under way still, or its PDU was kept and is sent now. */
    private TraceEvent causeOf(TraceEvent event) {
        TraceEvent parent =
                event.parents().isEmpty() ? null : bySeq.get(event.parents().get(0));
        if (parent != null && parent.direction() == Direction.DOWN) {
            return parent;
        }
        for (int i = events.size() - 1; i >= 0; i--) {
            TraceEvent kept = events.get(i);
            if (kept.seq() < event.seq()
                    && kept.direction() == Direction.DOWN
                    && kept.host().equals(event.host())
                    && (kept.pduLayer() == event.pduLayer() + 1 || kept.pduLayer() == event.pduLayer())
                    && kept.layer() > event.layer()
                    && isWithin(kept.octets(), event.octets())) {
                return kept;
            }
        }
        return null;
    }

    private static boolean isWithin(byte[] part, byte[] whole) {
        if (part.length < MIN_KEPT) {
            return false;
        }
        for (int from = 0; from + part.length <= whole.length; from++) {
            if (Arrays.equals(part, 0, part.length, whole, from, from + part.length)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a message has come up to an application. */
    boolean hasArrived() {
        return events.stream().anyMatch(e -> e.layer() == 6 && e.direction() == Direction.UP);
    }

    /** The steps of one message: down on the side that said it, up on the side that read it. */
    List<TraceEvent> message(Direction direction) {
        TraceEvent top = events.stream()
                .filter(e -> e.layer() == 6 && e.direction() == direction)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the message has not come to the end of its way"));
        if (direction == Direction.DOWN) {
            return events.stream()
                    .filter(e -> e == top || e.parents().contains(top.seq()))
                    .filter(e -> e.direction() == direction && e.host().equals(top.host()))
                    .toList();
        }
        return events.stream()
                .filter(e -> e == top || top.parents().contains(e.seq()))
                .filter(e -> e.direction() == direction)
                .toList();
    }

    static String name(TraceEvent event) {
        String protocol = event.pdu().protocol();
        String name = event.pdu().name();
        boolean alone = protocol.startsWith("X.") || protocol.equals("ACSE") || protocol.equals(name) || name.isEmpty();
        return alone ? (name.isEmpty() ? protocol : name) : protocol + " " + name;
    }
}
