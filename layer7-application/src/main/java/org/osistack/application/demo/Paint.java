package org.osistack.application.demo;

/** One hue a layer, where there is a terminal for it. Never the hue alone: the layer's number is always there. */
final class Paint {
    private static final int[] HUES = {0, 244, 172, 70, 37, 75, 141, 205}; // of 256, by layer

    private final boolean coloured;

    Paint(boolean coloured) {
        this.coloured = coloured;
    }

    String layer(int layer, String text) {
        return escape("38;5;" + HUES[layer], text);
    }

    String strong(String text) {
        return escape("1", text);
    }

    String faint(String text) {
        return escape("2", text);
    }

    private String escape(String code, String text) {
        return coloured ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
