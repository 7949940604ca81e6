package org.osistack.application.cut;

import org.osistack.core.TraceEvent;

/**
 * The names of the trace in the form that points have: one word each. What a dissector writes as {@code GT·DT} or
 * {@code SYN ACK} is {@code GT+DT} and {@code SYN+ACK}; a PDU is meant by the whole or by any part. Other blanks become
 * hyphens, as in {@code tail-loss-probe}.
 */
final class PointNames {
    private static final String AND = "+";

    private PointNames() {}

    /** One word for a name; empty if the dissector gave none, as to the middle of a PDU. */
    static String canonical(String name) {
        boolean plain = true;
        boolean flags = true; // capitals alone: several names with blanks between them, as TCP's
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            plain &= c > ' ' && c != '·' && c != ',' && c != '…';
            flags &= c == ' ' || Character.isUpperCase(c);
        }
        if (plain) {
            return name;
        }
        String word = name.replaceAll("…", "").replaceAll("\\s*[·,]\\s*", AND).strip();
        return word.replaceAll("\\s+", flags ? AND : "-").replaceAll("^\\++|\\++$", "");
    }

    /** How often a PDU's name occurs in another: once if they are equal, else as often as it is a part. */
    static int occurrences(String name, String of) {
        if (name.equalsIgnoreCase(of)) {
            return of.isEmpty() ? 0 : 1;
        }
        if (of.indexOf('+') < 0) {
            return 0;
        }
        int found = 0;
        for (String part : parts(of)) {
            found += name.equalsIgnoreCase(part) ? 1 : 0;
        }
        return found;
    }

    /** What a name is made of. */
    static String[] parts(String canonical) {
        return canonical.split("\\+");
    }

    /** The state that a change of states ends in. */
    static String stateEntered(String change) {
        int arrow = change.indexOf('→');
        return canonical(change.substring(arrow + 1).strip());
    }

    /** A timer and what becomes of it, such as {@code TIM.expired}. */
    static String timer(TraceEvent event) {
        return canonical(event.name()) + "." + event.parameter("event");
    }
}
