package org.osistack.application.bench;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayDeque;
import java.util.Deque;

/** Writes one JSON text (RFC 8259), member by member. */
final class JsonWriter {
    private static final MathContext DIGITS = new MathContext(6);

    private final StringBuilder text = new StringBuilder();
    private final Deque<Character> closing = new ArrayDeque<>();
    private boolean first = true;

    /** Begin an object, as a value of the array that is open or as the whole. */
    JsonWriter object() {
        separate();
        return begin('{', '}');
    }

    /** Begin an array that is a member. */
    JsonWriter array(String name) {
        name(name);
        return begin('[', ']');
    }

    private JsonWriter begin(char open, char close) {
        text.append(open);
        closing.push(close);
        first = true;
        return this;
    }

    /** End what was begun last. */
    JsonWriter end() {
        text.append(closing.pop());
        first = false;
        return this;
    }

    JsonWriter member(String name, String value) {
        name(name);
        string(value);
        return this;
    }

    JsonWriter member(String name, long value) {
        name(name);
        text.append(value);
        return this;
    }

    /** A number to six digits; {@code null} if it is NaN. */
    JsonWriter member(String name, double value) {
        name(name);
        text.append(Double.isNaN(value) ? "null" : new BigDecimal(value, DIGITS).toPlainString());
        return this;
    }

    /** A value of the array that is open. */
    JsonWriter value(String value) {
        separate();
        string(value);
        return this;
    }

    private void name(String name) {
        separate();
        string(name);
        text.append(':');
    }

    private void separate() {
        if (!first) {
            text.append(',');
        }
        first = false;
    }

    private void string(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ') {
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
