package org.osistack.application.trace;

import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** One line of text in the making, in the hues of the layers. What is put in can play no tricks on a terminal. */
final class Line {
    /** One hue a layer, the same everywhere, legible on dark and on light; the user's words are in the terminal's own. */
    private static final int[] HUES = {0, 244, 172, 70, 37, 33, 135, 168};

    private final AttributedStringBuilder text = new AttributedStringBuilder();

    Line add(String plain) {
        return add(plain, AttributedStyle.DEFAULT);
    }

    Line bold(String strong) {
        return add(strong, AttributedStyle.DEFAULT.bold());
    }

    /** What is less important. */
    Line dim(String weak) {
        return add(weak, AttributedStyle.DEFAULT.foreground(HUES[1]));
    }

    /** What goes wrong. */
    Line warning(String wrong) {
        return add(
                wrong, AttributedStyle.DEFAULT.foreground(AttributedStyle.RED).bold());
    }

    /** In the hue of a layer, or of the user. */
    Line of(int layer, String its) {
        return add(its, hue(layer));
    }

    /** The same, and stronger. */
    Line boldOf(int layer, String its) {
        return add(its, hue(layer).bold());
    }

    private static AttributedStyle hue(int layer) {
        return layer >= 1 && layer < HUES.length
                ? AttributedStyle.DEFAULT.foreground(HUES[layer])
                : AttributedStyle.DEFAULT.bold();
    }

    private Line add(String more, AttributedStyle style) {
        text.style(style).append(Texts.clean(more)).style(AttributedStyle.DEFAULT);
        return this;
    }

    Line and(Line other) {
        text.append(other.text);
        return this;
    }

    /** Go on at this column, counted from 0; one space behind what is there if that is longer. */
    Line to(int column) {
        return add(" ".repeat(Math.max(columns() == 0 ? 0 : 1, column - columns())));
    }

    int columns() {
        return text.columnLength();
    }

    /** At most so many columns, with an ellipsis if something is missing. */
    Line cut(int columns) {
        if (columns() <= columns) {
            return this;
        }
        Line cut = new Line();
        cut.text.append(text.toAttributedString().columnSubSequence(0, Math.max(0, columns - 1)));
        return cut.dim("…");
    }

    String plain() {
        return text.toString().stripTrailing();
    }

    String coloured() {
        return text.toAttributedString().toAnsi(256, AttributedString.ForceMode.Force256Colors);
    }
}
