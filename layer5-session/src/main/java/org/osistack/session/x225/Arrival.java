package org.osistack.session.x225;

import org.osistack.core.Octets;

/**
 * An SPDU that has arrived, whole or put together.
 *
 * @param information its user information; none if it has none, or if that travels as a PDU of its own
 */
record Arrival(Spdu spdu, Octets information) {
    Arrival(Spdu spdu) {
        this(spdu, Octets.EMPTY);
    }
}
