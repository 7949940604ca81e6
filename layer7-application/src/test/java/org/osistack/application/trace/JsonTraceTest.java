package org.osistack.application.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JsonTraceTest {
    private static final Path SCHEMA = Path.of("..", "docs", "trace.schema.json");
    private static final String LONG_LINE = "0123456789".repeat(400);

    private static List<Map<String, Object>> run(String medium, String... filters) {
        StringWriter out = new StringWriter();
        try (TraceLab lab = new TraceLab(TraceLab.ISO, medium, new JsonTrace(out, TraceFilter.of(List.of(filters))))) {
            lab.associate().say("Hello, Bob").say(LONG_LINE).release();
        }
        return out.toString().lines().map(JsonTraceTest::object).toList();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(String line) {
        return (Map<String, Object>) value(line);
    }

    private static Object value(String text) {
        try (JsonParser parser = new JsonFactory().createParser(text)) {
            parser.nextToken();
            Object value = value(parser);
            assertThat(parser.nextToken()).isNull();
            return value;
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }

    private static Object value(JsonParser parser) throws IOException {
        switch (parser.currentToken()) {
            case START_OBJECT -> {
                Map<String, Object> map = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    assertThat(map.put(name, value(parser))).isNull();
                }
                return map;
            }
            case START_ARRAY -> {
                List<Object> list = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(parser));
                }
                return list;
            }
            case VALUE_NUMBER_INT -> {
                return parser.getLongValue();
            }
            case VALUE_TRUE, VALUE_FALSE -> {
                return parser.getBooleanValue();
            }
            default -> {
                return parser.getText();
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Map<String, Object> object, String name) {
        return (List<Object>) object.getOrDefault(name, List.of());
    }

    @Test
    void eachLineIsAnObjectThatTheSchemaAllows() throws IOException {
        Map<String, Object> schema = object(Files.readString(SCHEMA));
        List<Map<String, Object>> lines = run(",loss=10%");

        assertThat(lines).hasSizeGreaterThan(200);
        for (Map<String, Object> line : lines) {
            assertThat(violations(schema, schema, line, "line")).isEmpty();
        }
        assertThat(lines.get(0)).containsEntry("v", 1L);
        assertThat(lines.stream().map(line -> line.get("kind")).distinct())
                .contains("primitive", "pdu", "state", "timer", "discard");
    }

    /** As much of JSON Schema as the schema uses. */
    @SuppressWarnings("unchecked")
    private static List<String> violations(
            Map<String, Object> root, Map<String, Object> schema, Object value, String at) {
        List<String> found = new ArrayList<>();
        if (schema.containsKey("$ref")) {
            String name = ((String) schema.get("$ref")).replace("#/$defs/", "");
            return violations(
                    root, (Map<String, Object>) ((Map<String, Object>) root.get("$defs")).get(name), value, at);
        }
        boolean right = switch ((String) schema.getOrDefault("type", "any")) {
            case "object" -> value instanceof Map;
            case "array" -> value instanceof List;
            case "string" -> value instanceof String;
            case "integer" -> value instanceof Long;
            default -> true;
        };
        if (!right) {
            found.add(at + " is no " + schema.get("type"));
        }
        if (schema.containsKey("enum") && !((List<Object>) schema.get("enum")).contains(value)) {
            found.add(at + " is " + value);
        }
        if (schema.containsKey("const") && !schema.get("const").equals(value)) {
            found.add(at + " is " + value);
        }
        if (schema.containsKey("pattern") && !((String) value).matches((String) schema.get("pattern"))) {
            found.add(at + " is " + value);
        }
        if (value instanceof Long number
                && (number < (Long) schema.getOrDefault("minimum", Long.MIN_VALUE)
                        || number > (Long) schema.getOrDefault("maximum", Long.MAX_VALUE))) {
            found.add(at + " is " + value);
        }
        if (value instanceof List<?> list && schema.containsKey("items")) {
            for (Object item : list) {
                found.addAll(violations(root, (Map<String, Object>) schema.get("items"), item, at + "[]"));
            }
        }
        if (value instanceof Map<?, ?> map && schema.containsKey("properties")) {
            Map<String, Object> properties = (Map<String, Object>) schema.get("properties");
            for (Object required : (List<Object>) schema.get("required")) {
                if (!map.containsKey(required)) {
                    found.add(at + " has no " + required);
                }
            }
            map.forEach((name, item) -> {
                if (properties.containsKey(name)) {
                    found.addAll(violations(root, (Map<String, Object>) properties.get(name), item, at + "." + name));
                } else {
                    found.add(at + " has " + name);
                }
            });
        }
        return found;
    }

    @Test
    void linesAreNumbered() {
        List<Map<String, Object>> lines = run("");
        for (int i = 0; i < lines.size(); i++) {
            assertThat(lines.get(i)).containsEntry("seq", (long) i + 1);
        }
    }

    @Test
    void aPrimitiveAndItsPduAreTwoObjectsWithOneIdentity() {
        List<Map<String, Object>> lines = run("", "host=alice,pdu=ChatMessage", "host=alice,primitive=P-DATA.request");
        assertThat(lines.get(0))
                .containsEntry("kind", "pdu")
                .containsEntry("layer", 7L)
                .containsEntry("dir", "down")
                .containsEntry("name", "ChatMessage")
                .containsEntry("octets", "300c0c0a48656c6c6f2c20426f62")
                .containsEntry("pci", List.of(List.of(0L, 4L)))
                .containsEntry("sdu", List.of(4L, 10L));
        assertThat(lines.get(1))
                .containsEntry("kind", "primitive")
                .containsEntry("layer", 6L)
                .containsEntry("name", "P-DATA.request")
                .containsEntry("conn", "x226/1")
                .containsEntry("msg", lines.get(0).get("msg"));
    }

    @Test
    void messagesAndTheirParentsAreAGraphFromTheWordsToTheFramesAndUp() {
        List<Map<String, Object>> pdus =
                run("").stream().filter(line -> line.get("kind").equals("pdu")).toList();
        Map<Object, Map<String, Object>> byMessage = new HashMap<>();
        Set<Object> framesSent = new HashSet<>();
        for (Map<String, Object> pdu : pdus) {
            byMessage.putIfAbsent(pdu.get("msg"), pdu);
            if (pdu.get("layer").equals(2L) && pdu.get("dir").equals("down")) {
                framesSent.add(pdu.get("msg"));
            }
        }
        for (Map<String, Object> pdu : pdus) {
            assertThat(byMessage.keySet()).containsAll(list(pdu, "parents"));
        }
        Map<String, Object> heard = pdus.stream()
                .filter(pdu -> pdu.get("host").equals("bob") && pdu.get("name").equals("ChatMessage"))
                .reduce((first, second) -> second)
                .orElseThrow();
        Set<Object> frames = new HashSet<>();
        climbDown(byMessage, heard, frames);
        assertThat(frames).hasSize(3).allMatch(framesSent::contains);
    }

    private static void climbDown(
            Map<Object, Map<String, Object>> byMessage, Map<String, Object> pdu, Set<Object> frames) {
        if (((String) pdu.get("msg")).startsWith("frame:")) {
            frames.add(pdu.get("msg"));
            return;
        }
        for (Object parent : list(pdu, "parents")) {
            climbDown(byMessage, byMessage.get(parent), frames);
        }
    }

    @Test
    @SuppressWarnings("unchecked")
    void rangesAreDisjointAndCoverThePdu() {
        for (Map<String, Object> pdu : run(",loss=5%")) {
            if (!pdu.get("kind").equals("pdu") || !pdu.get("layer").equals(2L)) {
                continue;
            }
            int length = ((String) pdu.get("octets")).length() / 2;
            int[] owners = new int[length];
            List<Object> ranges = new ArrayList<>(list(pdu, "pci"));
            if (pdu.containsKey("sdu")) {
                ranges.add(pdu.get("sdu"));
            }
            for (Object range : ranges) {
                List<Long> numbers = (List<Long>) range;
                for (long i = 0; i < numbers.get(1); i++) {
                    owners[(int) (numbers.get(0) + i)]++;
                }
            }
            assertThat(owners).containsOnly(1);
        }
    }

    @Test
    void fieldsHavePlacesValuesAndClauses() {
        Map<String, Object> datagram = run("", "pdu=datagram,protocol=IPv4").get(0);
        assertThat(list(datagram, "fields"))
                .contains(
                        Map.of(
                                "name",
                                "Version",
                                "offset",
                                0L,
                                "length",
                                1L,
                                "bits",
                                List.of(0L, 4L),
                                "value",
                                4L,
                                "text",
                                "4",
                                "clause",
                                "RFC 791 §3.1"),
                        Map.of(
                                "name",
                                "Time to Live",
                                "offset",
                                8L,
                                "length",
                                1L,
                                "value",
                                64L,
                                "text",
                                "64 hops",
                                "clause",
                                "RFC 791 §3.1"));
    }
}
