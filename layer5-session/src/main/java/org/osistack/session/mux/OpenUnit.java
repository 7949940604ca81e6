package org.osistack.session.mux;

import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.Selector;
import org.osistack.core.dialogue.ConnectionIdentifier;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.session.SessionAddress;

/**
 * An OPEN (mux §4.1).
 *
 * <pre>
 *   octet   0              2        3   4                                                     12
 *           | requirements | tokens | 0 | lengths of seven parts, an octet each           | 0 |
 *           | called transport selector | called session selector | calling session selector |
 *           | user reference | common reference | additional information | reserved |
 *           | user data
 * </pre>
 */
record OpenUnit(
        FunctionalUnits requirements,
        TokenSetting tokens,
        Selector calledTransport,
        Selector called,
        Selector calling,
        ConnectionIdentifier identifier,
        Octets userData) {
    static final int FIXED_LENGTH = 12;

    private static final int[] LONGEST = {
        Selector.MAX_LENGTH, SessionAddress.MAX_SELECTOR_LENGTH, SessionAddress.MAX_SELECTOR_LENGTH, 64, 64, 4
    };

    /** Read the body of a unit; null if it is malformed. The PDU stays the caller's. */
    static OpenUnit parse(Pdu body) {
        Octets[] parts = UnitParts.parse(body, LONGEST);
        if (parts == null) {
            return null;
        }
        return new OpenUnit(
                new FunctionalUnits(body.getUint16(0)),
                new TokenSetting(body.getUint8(2)),
                UnitParts.selector(parts[0]),
                UnitParts.selector(parts[1]),
                UnitParts.selector(parts[2]),
                new ConnectionIdentifier(parts[3], parts[4], parts[5]),
                parts[6]);
    }

    /** The octets before the user data. */
    byte[] head() {
        return UnitParts.head(
                requirements.bits(),
                tokens.bits(),
                0,
                UnitParts.octets(calledTransport),
                UnitParts.octets(called),
                UnitParts.octets(calling),
                identifier.userReference(),
                identifier.commonReference(),
                identifier.additionalInformation());
    }
}
