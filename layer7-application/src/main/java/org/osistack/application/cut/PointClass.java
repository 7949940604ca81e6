package org.osistack.application.cut;

import java.util.Locale;

/** What a {@link CutPoint} is tied to; the recovery bill has a row for each. */
public enum PointClass {
    /** A PDU is sent, or has been received. */
    PDU,
    /** The middle of a frame on the medium. */
    OCTET,
    /** A machine enters a state. */
    STATE,
    /** A timer is started, fires, or is stopped. */
    TIMER,
    /** A service primitive passes a service access point. */
    PRIMITIVE;

    /** As it is typed. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
