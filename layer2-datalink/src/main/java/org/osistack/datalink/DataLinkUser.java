package org.osistack.datalink;

import org.osistack.core.Pdu;

/** What a user hears from layer 2. */
public interface DataLinkUser {
    /** DL-UNITDATA.indication: an SDU has arrived. It belongs to the user from now on. */
    void unitDataIndication(MacAddress source, MacAddress destination, Pdu sdu);

    /** The link has gone down or come up. It is up when the user attaches. */
    default void statusIndication(boolean up) {}
}
