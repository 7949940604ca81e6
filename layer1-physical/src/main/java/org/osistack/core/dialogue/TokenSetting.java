package org.osistack.core.dialogue;

/**
 * Where each available token is to be at first (X.215 §12.1.2.10, X.225 Token Setting Item).
 *
 * @param bits two bits a token, as the Token Setting Item parameter has them
 */
public record TokenSetting(int bits) {
    /** All tokens at the side that asked for the session connection. */
    public static final TokenSetting INITIATOR = new TokenSetting(0x00);
    /** All tokens at the other side. */
    public static final TokenSetting RESPONDER = new TokenSetting(0x55);
    /** The called user chooses for each. */
    public static final TokenSetting CALLED_USERS_CHOICE = new TokenSetting(0xaa);

    /** Which side has a token. The values are those of X.225. */
    public enum Side {
        INITIATOR,
        RESPONDER,
        CALLED_USERS_CHOICE,
        RESERVED
    }

    public Side side(Token token) {
        return Side.values()[bits >>> token.shift() & 3];
    }

    public TokenSetting with(Token token, Side side) {
        return new TokenSetting(bits & ~(3 << token.shift()) | side.ordinal() << token.shift());
    }
}
