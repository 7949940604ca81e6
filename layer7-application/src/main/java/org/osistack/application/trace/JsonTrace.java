package org.osistack.application.trace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.osistack.core.Dissection;
import org.osistack.core.TraceEvent;

/**
 * Writes a trace for programs: one JSON object a line, as {@code docs/trace-json.md} describes it. A primitive and the
 * PDU that it carries are two objects with the same {@code msg}: service and protocol.
 */
final class JsonTrace implements TurnPrinter {
    /** The version of the form. It changes when a field changes its meaning or goes away. */
    static final int VERSION = 1;

    private static final int SESSION = 5;

    private final JsonGenerator json;
    private final TraceFilter filter;
    private final Standings standings = new Standings();
    private long lines;

    /**
     * @param out takes the lines; is flushed after each turn, and not closed
     */
    JsonTrace(Writer out, TraceFilter filter) {
        this.filter = filter;
        try {
            json = new JsonFactory().createGenerator(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.setPrettyPrinter(new MinimalPrettyPrinter(""));
    }

    @Override
    public void turn(List<Step> steps) {
        try {
            for (Step step : steps) {
                step(step);
            }
            json.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the trace cannot be written: " + e.getMessage(), e);
        }
    }

    private void step(Step step) throws IOException {
        Message message = step.message();
        if (message == null) {
            Standing standing = standings.hear(step); // whether it is shown or not
            event(step, standing);
            return;
        }
        boolean withPdu = message.hasPdu() && filter.accepts(step, message.pduLayer);
        if (withPdu && message.isDown()) {
            pdu(step);
        }
        if (filter.accepts(step, message.layer)) {
            primitive(step);
        }
        if (withPdu && !message.isDown()) {
            pdu(step);
        }
    }

    private void primitive(Step step) throws IOException {
        begin(step.event(), step.event().layer(), "primitive", step.event().name());
        parameters(step.event());
        connection(step.event());
        message(step.message());
        if (step.message().layer == SESSION) {
            dialogue(standings.of(step.message()));
        }
        end();
    }

    private void pdu(Step step) throws IOException {
        Message message = step.message();
        Dissection pdu = step.event().pdu();
        begin(step.event(), message.pduLayer, "pdu", pdu.name());
        json.writeObjectFieldStart("params");
        json.writeStringField("protocol", pdu.protocol());
        json.writeStringField("summary", pdu.summary());
        json.writeEndObject();
        connection(step.event());
        message(message);
        if (message.pduLayer == SESSION) {
            dialogue(standings.of(message));
        }
        json.writeStringField("octets", HexFormat.of().formatHex(step.event().octets()));
        ranges(message, pdu);
        json.writeArrayFieldStart("fields");
        for (Dissection.Field field : pdu.fields()) {
            field(field);
        }
        json.writeEndArray();
        end();
    }

    private void event(Step step, Standing standing) throws IOException {
        TraceEvent event = step.event();
        if (!filter.accepts(step, event.layer())) {
            return;
        }
        begin(event, event.layer(), event.kind().name().toLowerCase(Locale.ROOT), event.name());
        parameters(event);
        String id = step.cause() == null ? "" : step.cause().id;
        json.writeStringField("conn", event.parameter("connection"));
        json.writeStringField("msg", "");
        json.writeArrayFieldStart("parents");
        if (!id.isEmpty()) {
            json.writeString(id);
        }
        json.writeEndArray();
        dialogue(standing);
        if (event.octets() != null) {
            json.writeStringField("octets", HexFormat.of().formatHex(event.octets()));
        }
        end();
    }

    /** How a session connection stands at this host, as far as it was told. */
    private void dialogue(Standing standing) throws IOException {
        if (standing == null) {
            return;
        }
        json.writeObjectFieldStart("dialogue");
        json.writeStringField("session", standing.session);
        json.writeStringField("state", standing.state());
        names("own", standing.own());
        names("peer", standing.peers());
        numbers(standing.numbers());
        if (standing.received().areThere()) {
            json.writeObjectFieldStart("received");
            numbers(standing.received());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void numbers(Standing.Numbers numbers) throws IOException {
        if (numbers.areThere()) {
            json.writeNumberField("va", Long.parseLong(numbers.va()));
            json.writeNumberField("vm", Long.parseLong(numbers.vm()));
            json.writeNumberField("vr", Long.parseLong(numbers.vr()));
        }
    }

    private void names(String name, List<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    private void end() throws IOException {
        json.writeEndObject();
        json.writeRaw('\n');
    }

    private void begin(TraceEvent event, int layer, String kind, String name) throws IOException {
        json.writeStartObject();
        json.writeNumberField("v", VERSION);
        json.writeNumberField("seq", ++lines);
        json.writeNumberField("t", event.time());
        json.writeStringField("clock", event.virtual() ? "virtual" : "real");
        json.writeStringField("host", event.host());
        json.writeNumberField("layer", layer);
        if (event.direction() != null) {
            json.writeStringField("dir", event.direction().name().toLowerCase(Locale.ROOT));
        }
        json.writeStringField("kind", kind);
        json.writeStringField("name", name);
    }

    private void parameters(TraceEvent event) throws IOException {
        json.writeObjectFieldStart("params");
        if (!event.protocol().isEmpty() && event.kind() != TraceEvent.Kind.PRIMITIVE) {
            json.writeStringField("protocol", event.protocol());
        }
        if (!event.service().isEmpty()) {
            json.writeStringField("service", event.service());
        }
        for (TraceEvent.Parameter parameter : event.parameters()) {
            json.writeStringField(parameter.name(), parameter.value());
        }
        json.writeEndObject();
    }

    private void connection(TraceEvent event) throws IOException {
        json.writeStringField("conn", TraceFilter.connection(event));
    }

    /** The PDU's identity, and those of the PDUs that it was made of; if of none, of the one that gave rise to it. */
    private void message(Message message) throws IOException {
        json.writeStringField("msg", message.id);
        Set<String> parents = new LinkedHashSet<>();
        for (Message.Part part : message.parts) {
            parents.add(part.whole().id);
        }
        for (Message cause = message.parent; parents.isEmpty() && cause != null; cause = cause.parent) {
            if (!cause.id.isEmpty()) {
                parents.add(cause.id);
            }
        }
        json.writeArrayFieldStart("parents");
        for (String parent : parents) {
            json.writeString(parent);
        }
        json.writeEndArray();
    }

    /** Which octets are this layer's, and which it carries; padding in front of a trailer is the lower layer's. */
    private void ranges(Message message, Dissection pdu) throws IOException {
        int[] layers = HexLine.layers(message.owners, message.length);
        int from = pdu.sduOffset();
        int to = from + pdu.sduLength();
        json.writeArrayFieldStart("pci");
        int begin = -1;
        for (int i = 0; i <= message.length; i++) {
            boolean own = i < message.length
                    && (!pdu.hasSdu() || i < from || i >= to)
                    && !message.isHandedThrough()
                    && layers[i] == message.pduLayer;
            if (own && begin < 0) {
                begin = i;
            } else if (!own && begin >= 0) {
                range(begin, i - begin);
                begin = -1;
            }
        }
        json.writeEndArray();
        if (message.isHandedThrough() || pdu.hasSdu()) {
            json.writeFieldName("sdu");
            range(message.isHandedThrough() ? 0 : from, message.isHandedThrough() ? message.length : pdu.sduLength());
        }
    }

    private void range(int offset, int length) throws IOException {
        json.writeStartArray();
        json.writeNumber(offset);
        json.writeNumber(length);
        json.writeEndArray();
    }

    private void field(Dissection.Field field) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", field.name());
        json.writeNumberField("offset", field.offset());
        json.writeNumberField("length", field.length());
        if (field.bits() > 0) {
            json.writeFieldName("bits");
            range(field.firstBit(), field.bits());
        }
        json.writeNumberField("value", field.value());
        json.writeStringField("text", field.text());
        json.writeStringField("clause", field.clause());
        json.writeEndObject();
    }

    @Override
    public void close() {
        try {
            json.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the trace cannot be written: " + e.getMessage(), e);
        }
    }
}
