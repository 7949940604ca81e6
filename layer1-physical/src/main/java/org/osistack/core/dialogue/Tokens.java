package org.osistack.core.dialogue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A set of tokens.
 *
 * @param bits as the Token Item parameter has them
 */
public record Tokens(int bits) {
    public static final Tokens NONE = new Tokens(0);

    public static Tokens of(Token... tokens) {
        int bits = 0;
        for (Token token : tokens) {
            bits |= token.bit();
        }
        return new Tokens(bits);
    }

    public boolean has(Token token) {
        return (bits & token.bit()) != 0;
    }

    public boolean isEmpty() {
        return bits == 0;
    }

    public List<Token> tokens() {
        List<Token> tokens = new ArrayList<>();
        for (Token token : Token.values()) {
            if (has(token)) {
                tokens.add(token);
            }
        }
        return tokens;
    }

    /** Where each of the available tokens is, for a person: these are here, the others at the peer. */
    public String placesAmong(Tokens available) {
        return available.tokens().stream()
                .map(token -> token + (has(token) ? " here" : " at the peer"))
                .collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return isEmpty() ? "none" : tokens().stream().map(Token::toString).collect(Collectors.joining(", "));
    }
}
