package org.osistack.application.trace;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells the story of one frame in a sentence: from the user's primitive down to the segment that it travels in. */
final class FrameTales {
    private static final int MAX_LENGTH = 400; // characters
    private static final int MAX_SUMMARY = 70;

    private static final Pattern SEQUENCE = Pattern.compile("seq [0-9]+");

    private FrameTales() {}

    /** The story of a frame that is sent. */
    static String sent(Message frame) {
        List<Message> way = new ArrayList<>();
        Set<Message> seen = new LinkedHashSet<>();
        for (Message m = frame; m != null && seen.add(m); ) {
            way.add(0, m);
            m = m.parts.isEmpty() ? null : m.parts.get(0).whole();
        }
        StringBuilder tale = new StringBuilder(frame.host).append(": ");
        boolean first = true;
        for (Message message : way) {
            boolean isLower = message.pduLayer <= 3 && way.get(0).pduLayer > 3;
            if (isLower || message.pduLayer <= 2 && !first || message.isHandedThrough()) {
                continue; // Wireshark shows these itself
            }
            boolean isSegment = message.protocol.equals("TCP") && !first;
            tale.append(first ? "" : isSegment ? " in " : " → ");
            tale.append(isSegment ? segment(message) : step(message, first));
            first = false;
        }
        return Texts.cut(tale.append(why(way)).toString(), MAX_LENGTH);
    }

    private static String step(Message message, boolean first) {
        StringBuilder text = new StringBuilder();
        if (first && message.layer > 3) {
            text.append(message.primitive.replaceFirst("\\..*", "")).append(' ');
        }
        text.append(message.title());
        if (first && !message.summary.isEmpty()) {
            text.append(' ').append(Texts.cut(message.summary, MAX_SUMMARY));
        }
        if (message.layer == 4 && message.pduLayer == 5) {
            text.append(", TSDU of ").append(Texts.octets(message.length));
        }
        return text.toString();
    }

    /** Where in the stream, and how much of what. */
    private static String segment(Message message) {
        Matcher sequence = SEQUENCE.matcher(message.summary);
        String parts = Blocks.parts(message).replace("carries ", "");
        return "TCP" + (sequence.find() ? " " + sequence.group() : "") + (parts.isEmpty() ? "" : ": " + parts);
    }

    /** What a frame without words of a user is sent for. */
    private static String why(List<Message> way) {
        Message frame = way.get(way.size() - 1);
        if (way.get(0).pduLayer >= 5) {
            return "";
        }
        for (Message cause = frame.parent; cause != null; cause = cause.parent) {
            if (!cause.isDown() && cause.hasPdu() && !cause.title().isEmpty() && !way.contains(cause)) {
                return ", because " + cause.title() + " arrived";
            }
            if (cause.isDown() && !cause.hasPdu()) {
                return ", because of " + cause.primitive;
            }
        }
        return "";
    }

    /** The story of a frame that is received, from the frame's own PDUs up to the user's primitive. */
    static String received(Message frame, List<Message> above) {
        StringBuilder tale = new StringBuilder(frame.host).append(" receives: ");
        boolean first = true;
        for (Message message : above) {
            if (message.isDown() || message.pduLayer <= 3 && above.size() > 3 || message.isHandedThrough()) {
                continue;
            }
            if (message.hasPdu()) {
                tale.append(first ? "" : " → ").append(message.title());
                String more = message.pduLayer == Weaver.TOP_USER || first ? message.summary : "";
                tale.append(more.isEmpty() ? "" : " " + Texts.cut(more, MAX_SUMMARY));
            } else {
                tale.append(first ? "" : " → ").append(message.primitive);
            }
            first = false;
        }
        return Texts.cut(tale.toString(), MAX_LENGTH);
    }
}
