package org.osistack.application.trace;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An element of tshark's PDML: what it found in a packet. */
record Pdml(String element, Map<String, String> attributes, List<Pdml> children) {
    private static final Pattern TAG = Pattern.compile("<(/?)([A-Za-z_]+)((?:\\s+[a-z]+=\"[^\"]*\")*)\\s*(/?)>");
    private static final Pattern ATTRIBUTE = Pattern.compile("([a-z]+)=\"([^\"]*)\"");

    /** Read the packets of a PDML file. */
    static List<Pdml> packets(String text) {
        Pdml root = new Pdml("", Map.of(), new ArrayList<>());
        ArrayDeque<Pdml> open = new ArrayDeque<>(List.of(root));
        Matcher tag = TAG.matcher(text);
        while (tag.find()) {
            if (!tag.group(1).isEmpty()) {
                open.pop();
                continue;
            }
            Map<String, String> attributes = new LinkedHashMap<>();
            Matcher attribute = ATTRIBUTE.matcher(tag.group(3));
            while (attribute.find()) {
                attributes.put(attribute.group(1), decoded(attribute.group(2)));
            }
            Pdml element = new Pdml(tag.group(2), attributes, new ArrayList<>());
            open.peek().children.add(element);
            if (tag.group(4).isEmpty()) {
                open.push(element);
            }
        }
        return root.all(element -> element.element.equals("packet"));
    }

    private static String decoded(String text) {
        return text.replace("&quot;", "\"")
                .replace("&#x27;", "'")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }

    String name() {
        return attributes.getOrDefault("name", "");
    }

    /** The value as tshark would filter for it. */
    String show() {
        return attributes.getOrDefault("show", "");
    }

    /** The line that tshark shows, without the field's name in front. */
    String meaning() {
        String line = attributes.getOrDefault("showname", "");
        return line.substring(line.indexOf(": ") + (line.contains(": ") ? 2 : 1));
    }

    int position() {
        return Integer.parseInt(attributes.getOrDefault("pos", "0"));
    }

    int size() {
        return Integer.parseInt(attributes.getOrDefault("size", "0"));
    }

    /** The elements below that are like that, in order. */
    List<Pdml> all(Predicate<Pdml> which) {
        List<Pdml> found = new ArrayList<>();
        collect(which, found);
        return found;
    }

    private void collect(Predicate<Pdml> which, List<Pdml> found) {
        for (Pdml child : children) {
            if (which.test(child)) {
                found.add(child);
            }
            child.collect(which, found);
        }
    }

    /** The first element below of that name; null if there is none. */
    Pdml first(String name) {
        List<Pdml> found = all(element -> element.name().equals(name));
        return found.isEmpty() ? null : found.get(0);
    }
}
