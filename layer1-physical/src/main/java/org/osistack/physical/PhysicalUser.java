package org.osistack.physical;

import org.osistack.core.Pdu;

/** What layer 2 hears from layer 1. */
public interface PhysicalUser {
    /** PH-DATA.indication: a frame has arrived. It belongs to the user from now on. */
    void dataIndication(Pdu frame);

    /** PH-STATUS.indication: the link has gone down or come up. It is up when the user attaches. */
    default void statusIndication(boolean up) {}
}
