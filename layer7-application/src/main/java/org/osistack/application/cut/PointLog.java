package org.osistack.application.cut;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.osistack.application.cut.CutPoint.Kind;
import org.osistack.core.Direction;
import org.osistack.core.Host;
import org.osistack.core.Pdu;
import org.osistack.core.TraceEvent;
import org.osistack.core.TraceWatch;
import org.osistack.core.management.CableManagement.ArrivalFilter;

/**
 * Writes down every point that a run passes, with the number that it has when it is counted from the run's beginning; so
 * each of them, used as a {@link Cut}'s, is met at the same instant of another run with the same seed.
 */
final class PointLog implements TraceWatch, ArrivalFilter {
    /**
     * A point that was passed.
     *
     * @param nanos virtual time from the beginning of the simulation
     */
    record Passed(CutPoint point, long nanos) {}

    private final Map<CutPoint, Long> counts = new HashMap<>(); // by the point's first occurrence
    private final OctetCount octets = new OctetCount();
    private final Set<CutPoint> frames = new HashSet<>(); // more than one receiver may hear one
    private final List<Passed> passed = new ArrayList<>();
    private Predicate<String> listed = host -> false;

    /**
     * Write down what happens from now on; what came before only counts.
     *
     * @param isOpen whether a host can be cut off: not while its stack is being opened
     */
    void begin(Predicate<String> isOpen) {
        listed = isOpen;
    }

    /** What happens from now on belongs to no dialogue. */
    void end() {
        listed = host -> false;
    }

    /** All points so far, in the order in which they were passed. */
    List<Passed> passed() {
        return List.copyOf(passed);
    }

    @Override
    public void happens(TraceEvent event) {
        switch (event.kind()) {
            case PRIMITIVE -> primitive(event);
            case STATE ->
                add(
                        event,
                        new CutPoint(
                                Kind.STATE, event.host(), event.protocol(), PointNames.stateEntered(event.name()), 1));
            case TIMER ->
                add(event, new CutPoint(Kind.TIMER, event.host(), event.protocol(), PointNames.timer(event), 1));
            default -> {
                // Discards, notes and the like are consequences of what is counted here.
            }
        }
    }

    private void primitive(TraceEvent event) {
        CutPoint primitive = new CutPoint(Kind.PRIMITIVE, event.host(), event.service(), event.name(), 1);
        CutPoint pdu = pdu(event);
        boolean down = event.direction() == Direction.DOWN;
        if (pdu != null && !down) {
            addPdu(event, pdu);
        }
        add(event, primitive);
        if (pdu != null && down) {
            addPdu(event, pdu);
        }
    }

    private static CutPoint pdu(TraceEvent event) {
        if (event.pdu() == null) {
            return null;
        }
        String name = PointNames.canonical(event.pdu().name());
        Kind kind = event.direction() == Direction.DOWN ? Kind.SENT : Kind.RECEIVED;
        return name.isEmpty() ? null : new CutPoint(kind, event.host(), event.protocol(), name, 1);
    }

    private void add(TraceEvent event, CutPoint first) {
        long number = counts.merge(first, 1L, Long::sum);
        if (listed.test(first.host())) {
            passed.add(new Passed(first.withNumber(number), event.time()));
        }
    }

    /** A PDU made of several counts as one by its whole name, and each time that a part occurs by the part's. */
    private void addPdu(TraceEvent event, CutPoint whole) {
        countParts(whole, 1);
        add(event, whole);
    }

    private void countParts(CutPoint whole, long count) {
        String[] parts = PointNames.parts(whole.name());
        for (int i = 0; parts.length > 1 && i < parts.length; i++) {
            counts.merge(new CutPoint(whole.kind(), whole.host(), whole.owner(), parts[i], 1), count, Long::sum);
        }
    }

    @Override
    public void takenBack(TraceEvent event) {
        takeBack(new CutPoint(Kind.PRIMITIVE, event.host(), event.service(), event.name(), 1));
        CutPoint pdu = pdu(event);
        if (pdu != null) {
            countParts(pdu, -1);
            takeBack(pdu);
        }
    }

    private void takeBack(CutPoint first) {
        long number = counts.merge(first, -1L, Long::sum) + 1;
        CutPoint point = first.withNumber(number);
        for (int i = passed.size() - 1; i >= 0; i--) {
            if (passed.get(i).point().equals(point)) {
                passed.remove(i);
                return;
            }
        }
    }

    /** The octets in a frame are one point: its middle. */
    @Override
    public boolean letsArrive(Host sender, Host receiver, Pdu frame) {
        long before = octets.add(sender, receiver, frame.length());
        CutPoint middle = new CutPoint(Kind.OCTET, sender.name(), "", "", before + (frame.length() + 1) / 2);
        if (listed.test(receiver.name()) && frames.add(middle)) {
            passed.add(new Passed(middle, receiver.now()));
        }
        return true;
    }
}
