package org.osistack.session.mux;

import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.Token;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.dialogue.Tokens;

/**
 * What the two sides of a session agree on (mux §4.2).
 *
 * @param units the functional units that both want
 * @param tokens where the tokens are that these units have
 */
record Agreement(FunctionalUnits units, TokenSetting tokens) {
    /** What this protocol has. */
    static final FunctionalUnits SUPPORTED = FunctionalUnits.of(
            FunctionalUnit.HALF_DUPLEX,
            FunctionalUnit.DUPLEX,
            FunctionalUnit.NEGOTIATED_RELEASE,
            FunctionalUnit.TYPED_DATA);

    /** What both want: with half-duplex, not duplex as well. */
    static FunctionalUnits common(FunctionalUnits proposed, FunctionalUnits wanted) {
        FunctionalUnits both = proposed.and(wanted).and(SUPPORTED);
        return both.has(FunctionalUnit.HALF_DUPLEX) ? both.without(FunctionalUnit.DUPLEX) : both;
    }

    /** Whether the two can talk at all. */
    boolean isPossible() {
        return units.has(FunctionalUnit.DUPLEX) != units.has(FunctionalUnit.HALF_DUPLEX);
    }

    /** Where the called side has put the tokens whose place was left to it. */
    static TokenSetting placed(TokenSetting proposed, TokenSetting answered) {
        TokenSetting placed = TokenSetting.INITIATOR;
        for (Token token : Token.values()) {
            TokenSetting.Side side = proposed.side(token);
            if (side == TokenSetting.Side.CALLED_USERS_CHOICE && answered != null) {
                side = answered.side(token);
            }
            if (side == TokenSetting.Side.RESPONDER) {
                placed = placed.with(token, side);
            }
        }
        return placed;
    }

    /** The tokens that there are. */
    static Tokens available(FunctionalUnits units) {
        int bits = 0;
        if (units.has(FunctionalUnit.HALF_DUPLEX)) {
            bits |= Token.DATA.bit();
        }
        if (units.has(FunctionalUnit.NEGOTIATED_RELEASE)) {
            bits |= Token.RELEASE.bit();
        }
        return new Tokens(bits);
    }

    /** The tokens that one side has at first. */
    Tokens owned(boolean initiator) {
        int bits = 0;
        for (Token token : available(units).tokens()) {
            if ((tokens.side(token) == TokenSetting.Side.INITIATOR) == initiator) {
                bits |= token.bit();
            }
        }
        return new Tokens(bits);
    }
}
