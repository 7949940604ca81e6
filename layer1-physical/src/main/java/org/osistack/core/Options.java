package org.osistack.core;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The options that a person gave to one module of a stack: its main value and the {@code key=value} pairs. Getters
 * read a value in the form of its kind, and refuse others with a sentence.
 */
public final class Options {
    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]{1,30}|0x[0-9a-fA-F]{1,30}");
    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*([a-zA-Zµμ%/]*)");

    private final String module;
    private final String main;
    private final Map<String, String> values;

    /**
     * Make options.
     *
     * @param module the module's name, for messages
     * @param main the main value; null if none was given
     */
    public Options(String module, String main, Map<String, String> values) {
        this.module = module;
        this.main = main;
        this.values = new LinkedHashMap<>(values);
    }

    /** No options at all. */
    public static Options none(String module) {
        return new Options(module, null, Map.of());
    }

    /** The main value, after the colon; null if none was given. */
    public String main() {
        return main;
    }

    /** The pairs, in the order in which they were given. */
    public Map<String, String> values() {
        return Collections.unmodifiableMap(values);
    }

    public boolean has(String key) {
        return values.containsKey(key);
    }

    public String text(String key, String defaultValue) {
        return values.getOrDefault(key, defaultValue);
    }

    public boolean flag(String key, boolean defaultValue) {
        String value = values.get(key);
        if (value == null) {
            return defaultValue;
        }
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "on", "yes", "true" -> true;
            case "off", "no", "false" -> false;
            default -> throw refuse(key, value, "on or off");
        };
    }

    /** One of the constants of an enum, written in lower case with hyphens. */
    public <E extends Enum<E>> E choice(String key, Class<E> type, E defaultValue) {
        String value = values.get(key);
        if (value == null) {
            return defaultValue;
        }
        StringBuilder all = new StringBuilder();
        for (E constant : type.getEnumConstants()) {
            String name = constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
            if (name.equals(value)) {
                return constant;
            }
            all.append(all.isEmpty() ? "" : ", ").append(name);
        }
        throw refuse(key, value, "one of " + all);
    }

    public int integer(String key, int defaultValue, int min, int max) {
        return (int) integer(key, (long) defaultValue, min, max);
    }

    /** A whole number, decimal or as {@code 0x…}. */
    public long integer(String key, long defaultValue, long min, long max) {
        String value = values.get(key);
        if (value == null) {
            return defaultValue;
        }
        if (WHOLE_NUMBER.matcher(value).matches()) {
            BigInteger number = value.startsWith("0x") ? new BigInteger(value.substring(2), 16) : new BigInteger(value);
            if (number.compareTo(BigInteger.valueOf(min)) >= 0 && number.compareTo(BigInteger.valueOf(max)) <= 0) {
                return number.longValue();
            }
        }
        throw refuse(key, value, "a whole number from " + min + " to " + max);
    }

    /** A size in octets: {@code 1500}, {@code 64k}, {@code 1M}; {@code k} is 1024. */
    public long octets(String key, long defaultValue, long min, long max) {
        String value = values.get(key);
        if (value == null) {
            return defaultValue;
        }
        Matcher matcher = NUMBER_AND_UNIT.matcher(value);
        if (matcher.matches()) {
            double factor = switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
                case "" -> 1;
                case "k", "kib" -> 1 << 10;
                case "m", "mib" -> 1 << 20;
                case "g", "gib" -> 1 << 30;
                default -> Double.NaN;
            };
            double octets = Double.parseDouble(matcher.group(1)) * factor;
            if (octets >= min && octets <= max) {
                return (long) octets;
            }
        }
        throw refuse(key, value, "a size from " + min + " to " + max + " octets, such as 64k");
    }

    /** A time: {@code 5ms}, {@code 2s}, {@code 10us}, {@code 1m}; in nanoseconds. */
    public long nanos(String key, Duration defaultValue) {
        String value = values.get(key);
        if (value == null) {
            return defaultValue.toNanos();
        }
        Matcher matcher = NUMBER_AND_UNIT.matcher(value);
        if (matcher.matches()) {
            double factor = switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
                case "ns" -> 1;
                case "us", "µs", "μs" -> 1e3;
                case "ms" -> 1e6;
                case "s" -> 1e9;
                case "m", "min" -> 60e9;
                case "h" -> 3600e9;
                case "" -> matcher.group(1).equals("0") ? 0 : Double.NaN;
                default -> Double.NaN;
            };
            double nanos = Double.parseDouble(matcher.group(1)) * factor;
            if (nanos >= 0 && nanos < Long.MAX_VALUE / 4) {
                return (long) nanos;
            }
        }
        throw refuse(key, value, "a time, such as 5ms or 2s");
    }

    /** A probability: {@code 1%} or {@code 0.01}; from 0 to 1. */
    public double probability(String key, double defaultValue) {
        String value = values.get(key);
        if (value == null) {
            return defaultValue;
        }
        Matcher matcher = NUMBER_AND_UNIT.matcher(value);
        if (matcher.matches()) {
            double factor = switch (matcher.group(2)) {
                case "" -> 1;
                case "%" -> 0.01;
                default -> Double.NaN;
            };
            double probability = Double.parseDouble(matcher.group(1)) * factor;
            if (probability >= 0 && probability <= 1) {
                return probability;
            }
        }
        throw refuse(key, value, "a probability, such as 1% or 0.01");
    }

    /** A rate in bits a second: {@code 100M}, {@code 1.5Gbit/s}; empty if not given. {@code M} is a million. */
    public OptionalLong bitsPerSecond(String key) {
        String value = values.get(key);
        if (value == null) {
            return OptionalLong.empty();
        }
        Matcher matcher = NUMBER_AND_UNIT.matcher(value);
        if (matcher.matches()) {
            String unit = matcher.group(2).replaceFirst("(?i)(bit/s|bps|bit)$", "");
            double factor = switch (unit.toLowerCase(Locale.ROOT)) {
                case "" -> 1;
                case "k" -> 1e3;
                case "m" -> 1e6;
                case "g" -> 1e9;
                default -> Double.NaN;
            };
            double rate = Double.parseDouble(matcher.group(1)) * factor;
            if (rate >= 1 && rate <= 1e13) {
                return OptionalLong.of((long) rate);
            }
        }
        throw refuse(key, value, "a rate in bits a second, such as 100M");
    }

    private ConfigurationException refuse(String key, String value, String expected) {
        return new ConfigurationException(module + ": " + key + "=" + value + " is not " + expected);
    }
}
