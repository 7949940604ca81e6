package org.osistack.core.management;

import java.util.Map;
import org.osistack.core.Discard;

/** What layer management (X.700) may ask a data link entity: how much it has carried, and what it threw away. */
public interface DataLinkManagement {
    /** The station's own address as a person reads it. */
    String stationAddress();

    /** Whether the link is up, as far as the medium tells. */
    boolean isUp();

    /** How many frames were handed to the medium. */
    long framesSent();

    /** How many octets these had, as handed over: with padding, and with the frame check sequence if made here. */
    long octetsSent();

    /** How many frames were handed to a user. */
    long framesReceived();

    /** How many octets these had, as they came from the medium. */
    long octetsReceived();

    /** What was thrown away, by reason; only the counts that aren't zero. */
    Map<Discard, Long> discarded();
}
