package org.osistack.session.mux;

import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.Selector;
import org.osistack.core.dialogue.ConnectionIdentifier;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.dialogue.Tokens;
import org.osistack.session.SessionAddress;

/**
 * An ACCEPT (mux §4.2).
 *
 * <pre>
 *   octet   0              2        3         4                                                     12
 *           | requirements | tokens | pleased | lengths of four parts, an octet each | 0 0 0 0       |
 *           | responding session selector | user reference | common reference | additional information |
 *           | user data
 * </pre>
 */
record AcceptUnit(
        FunctionalUnits requirements,
        TokenSetting tokens,
        Tokens pleased,
        Selector responding,
        ConnectionIdentifier identifier,
        Octets userData) {
    /** The most that a unit has before its user data. */
    static final int MAX_HEAD =
            OpenUnit.FIXED_LENGTH + Selector.MAX_LENGTH + 2 * SessionAddress.MAX_SELECTOR_LENGTH + 64 + 64 + 4;

    private static final int[] LONGEST = {SessionAddress.MAX_SELECTOR_LENGTH, 64, 64, 4};

    /** Read the body of a unit; null if it is malformed. The PDU stays the caller's. */
    static AcceptUnit parse(Pdu body) {
        Octets[] parts = UnitParts.parse(body, LONGEST);
        if (parts == null) {
            return null;
        }
        return new AcceptUnit(
                new FunctionalUnits(body.getUint16(0)),
                new TokenSetting(body.getUint8(2)),
                new Tokens(body.getUint8(3)),
                UnitParts.selector(parts[0]),
                new ConnectionIdentifier(parts[1], parts[2], parts[3]),
                parts[4]);
    }

    /** The octets before the user data. */
    byte[] head() {
        return UnitParts.head(
                requirements.bits(),
                tokens.bits(),
                pleased.bits(),
                UnitParts.octets(responding),
                identifier.userReference(),
                identifier.commonReference(),
                identifier.additionalInformation());
    }
}
