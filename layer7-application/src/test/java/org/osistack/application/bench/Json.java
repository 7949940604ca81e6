package org.osistack.application.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a JSON text (RFC 8259) strictly, as maps, lists, strings, doubles, booleans and nulls. */
final class Json {
    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    /** Read a whole text; fails if it is not JSON. */
    static Object parse(String text) {
        Json json = new Json(text.strip());
        Object value = json.value();
        if (json.at != json.text.length()) {
            throw json.wrong("the end");
        }
        return value;
    }

    /** What stands at a path of names and indices. */
    static Object at(Object json, Object... path) {
        Object value = json;
        for (Object step : path) {
            value = step instanceof Integer index ? ((List<?>) value).get(index) : ((Map<?, ?>) value).get(step);
        }
        return value;
    }

    private AssertionError wrong(String expected) {
        return new AssertionError("expected " + expected + " at " + at + " of " + text);
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private void expect(String symbol) {
        if (!text.startsWith(symbol, at)) {
            throw wrong(symbol);
        }
        at += symbol.length();
    }

    private Object value() {
        switch (peek()) {
            case '{':
                return object();
            case '[':
                return array();
            case '"':
                return string();
            case 'n':
                expect("null");
                return null;
            case 't':
                expect("true");
                return true;
            case 'f':
                expect("false");
                return false;
            default:
                return number();
        }
    }

    private Map<String, Object> object() {
        Map<String, Object> members = new LinkedHashMap<>();
        expect("{");
        while (peek() != '}') {
            if (!members.isEmpty()) {
                expect(",");
            }
            String name = string();
            expect(":");
            if (members.containsKey(name)) {
                throw wrong("no second " + name);
            }
            members.put(name, value());
        }
        expect("}");
        return members;
    }

    private List<Object> array() {
        List<Object> values = new ArrayList<>();
        expect("[");
        while (peek() != ']') {
            if (!values.isEmpty()) {
                expect(",");
            }
            values.add(value());
        }
        expect("]");
        return values;
    }

    private String string() {
        StringBuilder value = new StringBuilder();
        expect("\"");
        while (peek() != '"') {
            char c = peek();
            at++;
            if (c == '\\') {
                c = peek();
                at++;
                if (c == 'u') {
                    c = (char) Integer.parseInt(text.substring(at, at + 4), 16);
                    at += 4;
                } else if (c != '"' && c != '\\') {
                    throw wrong("an escape");
                }
            } else if (c < ' ') {
                throw wrong("no control character");
            }
            value.append(c);
        }
        expect("\"");
        return value.toString();
    }

    private Double number() {
        int from = at;
        while ("+-.eE0123456789".indexOf(peek()) >= 0) {
            at++;
        }
        String number = text.substring(from, at);
        if (!number.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?")) {
            throw wrong("a number");
        }
        return Double.valueOf(number);
    }
}
