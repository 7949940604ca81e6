package org.osistack.session.x225;

import org.osistack.core.Octets;
import org.osistack.core.Selector;
import org.osistack.core.dialogue.ActivityIdentifier;
import org.osistack.core.dialogue.ConnectionIdentifier;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.dialogue.Tokens;
import org.osistack.session.SessionAddress;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.SessionRefusal;

/** Primitives as tests need them. */
final class Primitives {
    static final FunctionalUnits DUPLEX = FunctionalUnits.of(FunctionalUnit.DUPLEX);
    static final FunctionalUnits HALF_DUPLEX = FunctionalUnits.of(FunctionalUnit.HALF_DUPLEX);

    private Primitives() {}

    static SessionAddress address(String transport, String session) {
        return new SessionAddress(Selector.ofText(session), RecordNetwork.address(transport));
    }

    static ActivityIdentifier activity(String text) {
        return new ActivityIdentifier(Octets.ofText(text));
    }

    static SessionPrimitive.Connect connect(FunctionalUnits units, TokenSetting tokens, Octets userData) {
        return new SessionPrimitive.Connect(
                ConnectionIdentifier.NONE, null, address("bob", "S"), units, -1, tokens, userData);
    }

    static SessionPrimitive.Connect connect(FunctionalUnits units) {
        return connect(units, TokenSetting.INITIATOR, Octets.EMPTY);
    }

    static SessionPrimitive.ConnectAnswer accept(FunctionalUnits units, TokenSetting tokens, Octets userData) {
        return new SessionPrimitive.ConnectAnswer(
                null, ConnectionIdentifier.NONE, null, units, -1, tokens, Tokens.NONE, userData);
    }

    static SessionPrimitive.ConnectAnswer accept(FunctionalUnits units) {
        return accept(units, TokenSetting.INITIATOR, Octets.EMPTY);
    }

    static SessionPrimitive.ConnectAnswer refuse(SessionRefusal refusal, Octets userData) {
        return new SessionPrimitive.ConnectAnswer(
                refusal,
                ConnectionIdentifier.NONE,
                null,
                FunctionalUnits.KERNEL,
                -1,
                TokenSetting.INITIATOR,
                Tokens.NONE,
                userData);
    }
}
