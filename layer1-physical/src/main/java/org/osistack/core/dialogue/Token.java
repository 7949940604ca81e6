package org.osistack.core.dialogue;

/**
 * A token: the right, held by one user at a time, to use certain services (X.215 §7.1). Its bits are those of the Token
 * Item and the Token Setting Item of X.225.
 */
public enum Token {
    DATA(0, "data"),
    SYNCHRONIZE_MINOR(2, "synchronize-minor"),
    MAJOR_ACTIVITY(4, "major/activity"),
    RELEASE(6, "release");

    private final int shift;
    private final String text;

    Token(int shift, String text) {
        this.shift = shift;
        this.text = text;
    }

    /** Its bit in a Token Item. */
    public int bit() {
        return 1 << shift;
    }

    /** How far its two bits are shifted to the left in a Token Setting Item. */
    public int shift() {
        return shift;
    }

    @Override
    public String toString() {
        return text;
    }
}
