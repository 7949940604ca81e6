package org.osistack.core;

/**
 * One option of a layer's module, for those who list them and those who check them.
 *
 * @param name as it is written before the {@code =}
 * @param value what a value looks like, such as {@code DURATION} or {@code on|off}
 * @param defaultValue what holds if it is not given; empty if the module finds out by itself or goes without
 * @param text what it does, in one line
 */
public record OptionSpec(String name, String value, String defaultValue, String text) {}
