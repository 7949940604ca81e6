package org.osistack.application.trace;

import java.util.ArrayList;
import java.util.List;

/** Octets in hexadecimal on one line, each in the hue of the layer that wrote it, with a bar where the SDU begins. */
final class HexLine {
    private static final String BAR = "│ ";

    private HexLine() {}

    /**
     * The octets of a PDU, as many as there is room for: the control information first of all.
     *
     * @param sduOffset -1 if there is no SDU
     */
    static Line of(byte[] octets, Owners owners, int sduOffset, int sduLength, int columns) {
        int[] layers = layers(owners, octets.length);
        boolean hasSdu = sduOffset >= 0 && sduLength > 0;
        int before = hasSdu ? sduOffset : octets.length;
        int after = hasSdu ? octets.length - sduOffset - sduLength : 0;
        int room = columns / 3 - (hasSdu && before > 0 ? 1 : 0) - (after > 0 ? 1 : 0);
        int showAfter = Math.min(after, 4);
        int showBefore = Math.min(before, hasSdu ? Math.max(room / 2, room - showAfter - sduLength) : room);
        int showSdu = hasSdu ? Math.max(0, Math.min(sduLength, room - showBefore - showAfter)) : 0;
        Line line = new Line();
        run(line, octets, layers, 0, showBefore, before);
        if (hasSdu) {
            if (before > 0) {
                line.dim(BAR);
            }
            run(line, octets, layers, sduOffset, showSdu, sduLength);
            if (after > 0) {
                line.dim(BAR);
                run(line, octets, layers, sduOffset + sduLength, showAfter, after);
            }
        }
        return line;
    }

    private static void run(Line line, byte[] octets, int[] layers, int from, int show, int of) {
        if (show == 0 && of > 0) {
            line.dim("… ");
            return;
        }
        int shown = show < of ? show - 1 : show;
        append(line, octets, layers, from, from + shown);
        if (show < of) {
            line.dim("… ");
        }
    }

    /** Add octets in the hues of their layers, each with a space behind it. */
    static void append(Line line, byte[] octets, int[] layers, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(digit(octets[i] >> 4)).append(digit(octets[i])).append(' ');
            if (i + 1 == to || layers[i + 1] != layers[i]) {
                line.of(layers[i], text.toString());
                text.setLength(0);
            }
        }
    }

    private static char digit(int nibble) {
        return Character.forDigit(nibble & 0xf, 16);
    }

    static int[] layers(Owners owners, int length) {
        int[] layers = new int[length];
        int at = 0;
        for (Owners.Run run : owners.runs()) {
            for (int i = 0; i < run.length() && at < length; i++) {
                layers[at++] = run.owner().layer();
            }
        }
        return layers;
    }

    /** The whole PDU, a row or more for each owner in turn: who wrote which octets. */
    static List<Line> map(byte[] octets, Owners owners, int columns) {
        int perRow = columns >= 100 ? 16 : 12;
        int nameColumns = 21;
        List<Line> rows = new ArrayList<>();
        int[] layers = layers(owners, octets.length);
        int at = 0;
        for (Owners.Run run : owners.runs()) {
            Owner owner = run.owner();
            int end = Math.min(octets.length, at + run.length());
            boolean first = true;
            for (int row = at; row < end; row += perRow) {
                int to = Math.min(end, row + perRow);
                Line line = new Line().dim(String.format("  %04x ", row));
                if (first) {
                    line.boldOf(owner.layer(), owner.layer() < Owner.USER ? owner.layer() + " " : "  ");
                    line.of(owner.layer(), Texts.cut(owner.name(), nameColumns - 1));
                }
                line.to(9 + nameColumns);
                append(line, octets, layers, row, to);
                line.to(9 + nameColumns + perRow * 3 + 1).of(owner.layer(), ascii(octets, row, to));
                rows.add(line);
                first = false;
            }
            at = end;
        }
        return rows;
    }

    private static String ascii(byte[] octets, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(octets[i] >= 0x20 && octets[i] < 0x7f ? (char) octets[i] : '.');
        }
        return text.toString();
    }
}
