package org.osistack.application.trace;

import java.util.List;
import org.osistack.core.TraceEvent;
import org.osistack.core.dialogue.Token;

/**
 * How a dialogue stands at one of its ends, as its session protocol machine has told: the state, who has which token, the
 * serial numbers.
 */
final class Standing {
    /** A letter a token, in the order of {@link Token}. */
    private static final String LETTERS = "dmar";

    final String session;
    private String state = "";
    private List<String> own = List.of();
    private List<String> peers = List.of();
    private Numbers numbers = Numbers.NONE;
    private Numbers received = Numbers.NONE;

    /** V(A), V(M) and V(R); empty texts if there are none. */
    record Numbers(String va, String vm, String vr) {
        static final Numbers NONE = new Numbers("", "", "");

        private static Numbers of(TraceEvent event, String flow) {
            return new Numbers(
                    event.parameter("V(A" + flow + ")"),
                    event.parameter("V(M" + flow + ")"),
                    event.parameter("V(R" + flow + ")"));
        }

        boolean areThere() {
            return !vm.isEmpty();
        }
    }

    Standing(String session) {
        this.session = session;
    }

    Standing copy() {
        Standing copy = new Standing(session);
        copy.state = state;
        copy.own = own;
        copy.peers = peers;
        copy.numbers = numbers;
        copy.received = received;
        return copy;
    }

    /** Something has changed. */
    void hear(TraceEvent event) {
        switch (event.kind()) {
            case STATE -> state = to(event);
            case TOKEN -> {
                own = names(event.parameter("own"));
                peers = names(event.parameter("peer"));
            }
            case CHECKPOINT -> {
                received = Numbers.of(event, "r");
                numbers = Numbers.of(event, received.areThere() ? "s" : "");
            }
            default -> {
                // of no interest
            }
        }
    }

    /** The state in which a change of states began. */
    static String from(TraceEvent change) {
        return change.name().substring(0, Math.max(0, change.name().indexOf(" →")));
    }

    private static String to(TraceEvent change) {
        return change.name().substring(change.name().indexOf('→') + 1).strip();
    }

    private static List<String> names(String tokens) {
        return tokens.isEmpty() || tokens.equals("none") ? List.of() : List.of(tokens.split(", "));
    }

    /** By its standard's name; empty if none was told. */
    String state() {
        return state;
    }

    /** The tokens that this side has. */
    List<String> own() {
        return own;
    }

    /** The tokens that the peer has. */
    List<String> peers() {
        return peers;
    }

    /** A letter for each token that is here, a dot for each at the peer, a blank for one that there is not. */
    String tokens() {
        StringBuilder text = new StringBuilder();
        for (Token token : Token.values()) {
            String name = token.toString();
            text.append(own.contains(name) ? LETTERS.charAt(token.ordinal()) : peers.contains(name) ? '·' : ' ');
        }
        return text.toString();
    }

    /** Its serial numbers; where each flow has its own, those of the flow that this side sends. */
    Numbers numbers() {
        return numbers;
    }

    /** The serial numbers of the flow that this side receives, where each flow has its own; otherwise none. */
    Numbers received() {
        return received;
    }

    /** V(A): of both flows where each has its own, first that which this side sends; empty if there is none. */
    String va() {
        return ofBoth(numbers.va, received.va);
    }

    /** V(M), likewise. */
    String vm() {
        return ofBoth(numbers.vm, received.vm);
    }

    /** V(R), likewise. */
    String vr() {
        return ofBoth(numbers.vr, received.vr);
    }

    private static String ofBoth(String sent, String received) {
        return received.isEmpty() ? sent : sent + '/' + received;
    }
}
