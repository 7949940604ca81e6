package org.osistack.application.trace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osistack.core.Direction;
import org.osistack.core.Medium;
import org.osistack.core.TraceEvent;
import org.osistack.core.capture.PcapngWriter;

/**
 * Writes the frames of a trace as a capture, each once, with its story as a comment. Of a frame that one host of the
 * trace sends to another, the sending is written.
 */
final class CaptureTrace implements TurnPrinter {
    private static final int FCS_LENGTH = 4;
    private static final int IPV4_OCTETS = 4;

    private final PcapngWriter writer;
    private final long epochNanos;
    private final Map<String, Medium> media = new HashMap<>();
    private final Map<String, Integer> interfaces = new LinkedHashMap<>();
    private final Set<String> named = new LinkedHashSet<>();

    /**
     * @param epochNanos the time in nanoseconds since 1970 at which the trace begins
     */
    CaptureTrace(PcapngWriter writer, long epochNanos) {
        this.writer = writer;
        this.epochNanos = epochNanos;
    }

    @Override
    public void medium(Medium medium) {
        media.putIfAbsent(medium.name(), medium);
    }

    @Override
    public void turn(List<Step> steps) {
        try {
            for (int i = 0; i < steps.size(); i++) {
                Message message = steps.get(i).message();
                if (message != null) {
                    name(steps.get(i));
                    if (message.isFrame() && (message.isDown() || message.sent == null)) {
                        frame(steps, i);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the capture cannot be written: " + e.getMessage(), e);
        }
    }

    private void frame(List<Step> steps, int index) throws IOException {
        Step step = steps.get(index);
        TraceEvent event = step.event();
        String name = event.parameter("medium");
        Medium medium = media.get(name);
        int fcs = medium != null && medium.stationMakesFcs() && event.octets().length > FCS_LENGTH ? FCS_LENGTH : 0;
        Integer number = interfaces.get(name);
        if (number == null) {
            number = writer.addInterface(name.replaceAll(".*\"(.*)\".*", "$1"), name, fcs);
            interfaces.put(name, number);
        }
        String comment = event.direction() == Direction.DOWN
                ? FrameTales.sent(step.message())
                : FrameTales.received(step.message(), risen(steps, index));
        writer.packet(number, epochNanos + event.time(), event.direction(), event.octets(), fcs, comment);
    }

    /** What has risen from a frame: the frame and the primitives above it. */
    private static List<Message> risen(List<Step> steps, int index) {
        List<Message> risen = new ArrayList<>();
        Set<Message> from = new LinkedHashSet<>();
        for (Step step : steps.subList(index, steps.size())) {
            Message message = step.message();
            if (message != null && !message.isDown() && (from.isEmpty() || from.contains(message.parent))) {
                from.add(message);
                risen.add(message);
            }
        }
        return risen;
    }

    /** Name the addresses that the hosts of the trace send from. */
    private void name(Step step) throws IOException {
        Message message = step.message();
        String source = step.event().parameter("source");
        if (message.layer == 3 && message.isDown() && named.add(source + message.host)) {
            String[] parts = source.split("\\.");
            byte[] address = new byte[IPV4_OCTETS];
            if (parts.length != IPV4_OCTETS) {
                return; // not of a kind that the format can name
            }
            for (int i = 0; i < IPV4_OCTETS; i++) {
                address[i] = (byte) Integer.parseInt(parts[i]);
            }
            writer.addName(address, message.host);
        }
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the capture cannot be ended: " + e.getMessage(), e);
        }
    }
}
