package org.osistack.session.x225;

import java.util.Locale;
import java.util.StringJoiner;
import org.osistack.core.dialogue.Token;
import org.osistack.core.dialogue.Tokens;
import org.osistack.session.x225.StateTable.Row;

/** Says why a primitive is not allowed, in a sentence for whoever wrote the program that issued it. */
final class Refusals {
    private Refusals() {}

    static String sentence(Event event, State state, Variables v) {
        String sentence = event + " is not allowed in " + state + " (" + state.text() + ")";
        Row[] rows = StateTable.x225().cell(event, state);
        if (rows.length == 0) {
            return sentence;
        }
        int missing = v.available() & ~v.owned;
        int wanted = switch (event) {
            case S_DATA_REQUEST -> missing & Token.DATA.bit();
            case S_SYNC_MINOR_REQUEST, S_SYNC_MINOR_REQUEST_SEPARATED ->
                missing & (Token.DATA.bit() | Token.SYNCHRONIZE_MINOR.bit());
            case S_SYNC_MAJOR_REQUEST,
                    S_ACTIVITY_START_REQUEST,
                    S_ACTIVITY_RESUME_REQUEST,
                    S_ACTIVITY_END_REQUEST,
                    S_CAPABILITY_DATA_REQUEST -> missing & ~Token.RELEASE.bit();
            case S_ACTIVITY_INTERRUPT_REQUEST, S_ACTIVITY_DISCARD_REQUEST -> missing & Token.MAJOR_ACTIVITY.bit();
            case S_RELEASE_REQUEST, S_CONTROL_GIVE_REQUEST -> missing;
            case S_TOKEN_GIVE_REQUEST -> v.tokens & missing;
            default -> 0;
        };
        if (wanted != 0) {
            return sentence + ": the peer holds the token " + new Tokens(wanted);
        }
        StringJoiner conditions = new StringJoiner("; or ");
        for (Row row : rows) {
            conditions.add(inWords(row.predicates()));
        }
        return sentence + " unless " + conditions;
    }

    private static String inWords(String predicates) {
        StringJoiner words = new StringJoiner(" and ");
        for (String literal : predicates.split("[&|() ]+")) {
            String name = literal.replace("¬", "").strip();
            if (!name.isEmpty()) {
                words.add((literal.startsWith("¬") ? "not " : "")
                        + Predicate.valueOf(name.toUpperCase(Locale.ROOT)).text());
            }
        }
        return words.toString();
    }
}
