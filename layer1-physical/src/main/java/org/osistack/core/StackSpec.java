package org.osistack.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A stack in words: which module each layer uses, with its options, lowest first. A layer may name several modules that
 * stand on one another, such as {@code tcp} and {@code tpkt}.
 *
 * <p>A module is written {@code NAME[:VALUE][,key=value…]}; options may begin at the colon, too, as in
 * {@code ethernet:mac=02:00:00:00:00:01}.
 */
public final class StackSpec {
    /** The highest layer that is part of a stack; applications stand on it. */
    public static final int TOP = 6;

    /**
     * One module with its options.
     *
     * @param layer from 1 to 6
     */
    public record Module(int layer, String name, Options options) {}

    private final List<List<Module>> layers = new ArrayList<>();

    public StackSpec() {
        for (int i = 0; i < TOP; i++) {
            layers.add(new ArrayList<>());
        }
    }

    /** A stack of named modules without options, one a layer, lowest first. */
    public static StackSpec of(String... modules) {
        StackSpec spec = new StackSpec();
        for (int i = 0; i < modules.length; i++) {
            spec.set(i + 1, modules[i]);
        }
        return spec;
    }

    /** Read a stack from a file: a line a module, {@code l1 virtual:lab,loss=1%}; {@code #} begins a comment. */
    public static StackSpec read(Path file) {
        try {
            return parse(Files.readAllLines(file), file.toString());
        } catch (NoSuchFileException e) {
            throw new ConfigurationException("there is no file " + file, e);
        } catch (IOException e) {
            throw new ConfigurationException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** Read a stack from lines as they stand in a file. */
    public static StackSpec parse(List<String> lines, String source) {
        StackSpec spec = new StackSpec();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).replaceFirst("#.*", "").strip();
            if (line.isEmpty()) {
                continue;
            }
            String[] words = line.split("\\s+", 2);
            if (words.length != 2 || !words[0].matches("[lL][1-6]")) {
                throw new ConfigurationException(
                        source + ", line " + (i + 1) + ": expected l1 to l6 and a module, such as: l2 ethernet");
            }
            spec.add(words[0].charAt(1) - '0', words[1]);
        }
        return spec;
    }

    /** Let the layer use this module instead of what it used. */
    public StackSpec set(int layer, String module) {
        modulesOf(layer).clear();
        return add(layer, module);
    }

    /** Let the layer have no module, as that of a column whose application stands on a lower one. */
    public StackSpec clear(int layer) {
        modulesOf(layer).clear();
        return this;
    }

    /** Let its layer use this module of another stack on top of those it uses already. */
    public StackSpec add(Module module) {
        modulesOf(module.layer()).add(module);
        return this;
    }

    /** Let the layer use this module on top of those it uses already. */
    public StackSpec add(int layer, String module) {
        modulesOf(layer).add(parseModule(layer, module));
        return this;
    }

    /** Give the topmost module of a layer another value for one option, such as an address. */
    public StackSpec with(int layer, String key, String value) {
        List<Module> modules = modulesOf(layer);
        if (modules.isEmpty()) {
            throw new ConfigurationException("layer " + layer + " has no module that could take " + key + "=" + value);
        }
        Module last = modules.get(modules.size() - 1);
        Map<String, String> values = new LinkedHashMap<>(last.options().values());
        values.put(key, value);
        modules.set(
                modules.size() - 1,
                new Module(
                        layer,
                        last.name(),
                        new Options(last.name(), last.options().main(), values)));
        return this;
    }

    /** The modules of one layer, lowest first. */
    public List<Module> layer(int layer) {
        return Collections.unmodifiableList(modulesOf(layer));
    }

    private List<Module> modulesOf(int layer) {
        if (layer < 1 || layer > TOP) {
            throw new ConfigurationException("a stack has layers 1 to " + TOP + ", and no layer " + layer);
        }
        return layers.get(layer - 1);
    }

    /** All modules, lowest first. */
    public List<Module> modules() {
        List<Module> all = new ArrayList<>();
        layers.forEach(all::addAll);
        return all;
    }

    /** A copy that can be changed apart from this one. */
    public StackSpec copy() {
        StackSpec copy = new StackSpec();
        for (int i = 0; i < TOP; i++) {
            copy.layers.get(i).addAll(layers.get(i));
        }
        return copy;
    }

    private static Module parseModule(int layer, String text) {
        String[] parts = text.strip().split(",", -1);
        String[] head = parts[0].split(":", 2);
        String name = head[0].strip();
        if (!name.matches("[a-z0-9-]+")) {
            throw new ConfigurationException(
                    "layer " + layer + ": " + text + " is not of the form NAME[:VALUE][,key=value…]");
        }
        String main = head.length == 2 && !head[1].isBlank() ? head[1].strip() : null;
        Map<String, String> values = new LinkedHashMap<>();
        if (main != null && main.matches("[a-z0-9-]+\\s*=.*")) {
            putOption(name, main, values);
            main = null;
        }
        for (int i = 1; i < parts.length; i++) {
            putOption(name, parts[i], values);
        }
        return new Module(layer, name, new Options(name, main, values));
    }

    private static void putOption(String module, String text, Map<String, String> values) {
        String[] pair = text.split("=", 2);
        if (pair.length != 2 || pair[0].isBlank()) {
            throw new ConfigurationException(module + ": " + text + " is not of the form key=value");
        }
        if (values.put(pair[0].strip(), pair[1].strip()) != null) {
            throw new ConfigurationException(module + ": " + pair[0].strip() + " is given twice");
        }
    }
}
