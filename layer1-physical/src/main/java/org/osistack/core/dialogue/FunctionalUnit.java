package org.osistack.core.dialogue;

/**
 * A functional unit of the session service (X.215 §8): a set of services that the two users agree to have. Its bit in
 * the Session User Requirements parameter is X.225 §8.3.1.16's.
 */
public enum FunctionalUnit {
    HALF_DUPLEX(0x0001, "half-duplex"),
    DUPLEX(0x0002, "duplex"),
    EXPEDITED_DATA(0x0004, "expedited data"),
    MINOR_SYNCHRONIZE(0x0008, "minor synchronize"),
    MAJOR_SYNCHRONIZE(0x0010, "major synchronize"),
    RESYNCHRONIZE(0x0020, "resynchronize"),
    ACTIVITY_MANAGEMENT(0x0040, "activity management"),
    NEGOTIATED_RELEASE(0x0080, "negotiated release"),
    CAPABILITY_DATA(0x0100, "capability data exchange"),
    EXCEPTIONS(0x0200, "exceptions"),
    TYPED_DATA(0x0400, "typed data"),
    SYMMETRIC_SYNCHRONIZE(0x0800, "symmetric synchronize"),
    DATA_SEPARATION(0x1000, "data separation");

    private final int bit;
    private final String text;

    FunctionalUnit(int bit, String text) {
        this.bit = bit;
        this.text = text;
    }

    /** Its bit in the Session User Requirements. */
    public int bit() {
        return bit;
    }

    @Override
    public String toString() {
        return text;
    }
}
