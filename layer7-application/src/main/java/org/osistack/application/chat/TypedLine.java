package org.osistack.application.chat;

/**
 * What a person in a half-duplex room has typed.
 *
 * @param text what is said; of a command what stands behind it
 */
record TypedLine(Kind kind, String text) {
    enum Kind {
        LINE,
        ASIDE,
        PLEASE,
        GIVE,
        ALL,
        WHO,
        /** It begins as a command does, and is none. */
        UNKNOWN
    }

    /** The commands, for a person. */
    static final String COMMANDS = "/please, /give: the floor; /all: all tokens; /who: who is here; !TEXT: out of turn";

    static TypedLine parse(String typed) {
        if (typed.startsWith("!")) {
            String text = typed.substring(1).strip();
            return new TypedLine(text.isEmpty() ? Kind.UNKNOWN : Kind.ASIDE, text.isEmpty() ? "!" : text);
        }
        if (!typed.startsWith("/")) {
            return new TypedLine(Kind.LINE, typed);
        }
        String[] words = typed.strip().split("\\s+", 2);
        Kind kind = switch (words[0]) {
            case "/please" -> Kind.PLEASE;
            case "/give" -> Kind.GIVE;
            case "/all" -> Kind.ALL;
            case "/who" -> Kind.WHO;
            default -> Kind.UNKNOWN;
        };
        return new TypedLine(kind, kind == Kind.UNKNOWN ? words[0] : words.length == 2 ? words[1] : "");
    }

    /** What to say to somebody who typed something of {@link Kind#UNKNOWN}. */
    String complaint() {
        return text.equals("!") ? "behind ! nothing is said" : "there is no " + text + ": " + COMMANDS;
    }
}
