package org.osistack.application.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.osistack.core.ConfigurationException;
import org.osistack.core.TraceEvent;

/**
 * Chooses the events that are shown, such as {@code layer=4-5,host=alice} or {@code pdu=CR|CC}. All conditions of one
 * filter must hold; of several filters, one is enough.
 */
final class TraceFilter {
    /** What a filter can ask for. */
    private enum Key {
        LAYER,
        HOST,
        PROTOCOL,
        CONNECTION,
        PDU,
        PRIMITIVE,
        KIND
    }

    /** One condition: any of the values will do. */
    private record Condition(Key key, List<String> values) {}

    private final List<List<Condition>> alternatives = new ArrayList<>();

    /**
     * Read filters as they are typed.
     *
     * @throws ConfigurationException if one isn't understood
     */
    static TraceFilter of(List<String> filters) {
        TraceFilter filter = new TraceFilter();
        for (String text : filters) {
            List<Condition> conditions = new ArrayList<>();
            for (String part : text.split(",", -1)) {
                conditions.add(condition(part.strip()));
            }
            filter.alternatives.add(conditions);
        }
        return filter;
    }

    private static Condition condition(String text) {
        String[] pair = text.split("=", 2);
        try {
            if (pair.length == 2 && !pair[1].isBlank()) {
                Key key = Key.valueOf(pair[0].strip().toUpperCase(Locale.ROOT));
                List<String> values = new ArrayList<>();
                for (String value : pair[1].toLowerCase(Locale.ROOT).split("\\|")) {
                    if (key == Key.LAYER && !value.strip().matches("[1-7](-[1-7])?")) {
                        throw new ConfigurationException(
                                value + " is not a layer from 1 to 7, nor a range such as 4-5");
                    }
                    values.add(value.strip());
                }
                return new Condition(key, values);
            }
        } catch (IllegalArgumentException e) {
            // no such key: told below
        }
        throw new ConfigurationException(
                "the filter " + text + " is not understood; it is made of layer=, host=, protocol=,"
                        + " connection=, pdu=, primitive= and kind=, as in layer=4-5,host=alice");
    }

    /** Whether everything is shown. */
    boolean isEmpty() {
        return alternatives.isEmpty();
    }

    /** Whether an event, or the PDU that it carries, is to be shown. */
    boolean accepts(Step step) {
        return isEmpty()
                || matches(step, step.event().layer())
                || matches(step, step.event().pduLayer());
    }

    /** Whether an event is to be shown as one of this layer. */
    boolean accepts(Step step, int layer) {
        return isEmpty() || matches(step, layer);
    }

    private boolean matches(Step step, int layer) {
        return alternatives.stream()
                .anyMatch(conditions -> conditions.stream()
                        .allMatch(condition -> condition.values.stream()
                                .anyMatch(value -> matches(step, layer, condition.key, value))));
    }

    private static boolean matches(Step step, int layer, Key key, String value) {
        TraceEvent event = step.event();
        return switch (key) {
            case LAYER -> layer >= value.charAt(0) - '0' && layer <= value.charAt(value.length() - 1) - '0';
            case HOST -> event.host().equalsIgnoreCase(value);
            case PROTOCOL ->
                event.protocol().equalsIgnoreCase(value) || event.service().equalsIgnoreCase(value);
            case CONNECTION ->
                connection(event).equalsIgnoreCase(value)
                        || event.parameter("connection").equalsIgnoreCase(value);
            case PDU -> event.pdu() != null && named(event.pdu().name().toLowerCase(Locale.ROOT), value);
            case PRIMITIVE ->
                event.kind() == TraceEvent.Kind.PRIMITIVE
                        && event.name().toLowerCase(Locale.ROOT).startsWith(value);
            case KIND -> event.kind().name().equalsIgnoreCase(value);
        };
    }

    /** Whether one of the PDUs that a name is made of has this name: {@code GT·DT} is named {@code dt}, too. */
    private static boolean named(String name, String value) {
        for (String part : name.split("[·, ]+")) {
            if (part.equals(value)) {
                return true;
            }
        }
        return name.equals(value);
    }

    /** What tells the connections of one host apart, such as {@code tpkt/1}; empty without connection. */
    static String connection(TraceEvent event) {
        return event.connection() == 0 ? "" : event.service() + "/" + event.connection();
    }
}
