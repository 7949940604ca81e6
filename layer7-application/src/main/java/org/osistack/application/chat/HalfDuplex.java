package org.osistack.application.chat;

import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.Token;
import org.osistack.core.dialogue.Tokens;

/** What a half-duplex room uses of the session service (X.215 §8). */
final class HalfDuplex {
    /**
     * What there must be: the data token, which is the floor; typed data, to speak without it; the release token, by
     * which leaving is told from wanting the floor.
     */
    static final FunctionalUnits NEEDED = FunctionalUnits.of(
            FunctionalUnit.HALF_DUPLEX, FunctionalUnit.TYPED_DATA, FunctionalUnit.NEGOTIATED_RELEASE);

    /** What it uses if it is there: S-CONTROL-GIVE belongs to activity management. */
    static final FunctionalUnits WANTED = NEEDED.with(FunctionalUnit.ACTIVITY_MANAGEMENT);

    private HalfDuplex() {}

    /** The tokens that there are with these units (X.215 §7.1). */
    static Tokens available(FunctionalUnits units) {
        Tokens tokens = units.has(FunctionalUnit.HALF_DUPLEX) ? Tokens.of(Token.DATA) : Tokens.NONE;
        if (units.has(FunctionalUnit.NEGOTIATED_RELEASE)) {
            tokens = new Tokens(tokens.bits() | Token.RELEASE.bit());
        }
        if (units.has(FunctionalUnit.ACTIVITY_MANAGEMENT)) {
            tokens = new Tokens(tokens.bits() | Token.MAJOR_ACTIVITY.bit());
        }
        return tokens;
    }

    static Tokens both(Tokens one, Tokens other) {
        return new Tokens(one.bits() & other.bits());
    }

    static Tokens without(Tokens all, Tokens some) {
        return new Tokens(all.bits() & ~some.bits());
    }
}
