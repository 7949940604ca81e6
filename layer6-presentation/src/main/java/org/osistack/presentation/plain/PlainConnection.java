package org.osistack.presentation.plain;

import org.osistack.core.Pdu;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.SerialNumbers;
import org.osistack.core.dialogue.Tokens;
import org.osistack.presentation.PresentationAddress;
import org.osistack.presentation.PresentationConnection;
import org.osistack.presentation.PresentationPrimitive;
import org.osistack.presentation.PresentationUser;
import org.osistack.session.SessionConnection;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.SessionUser;

/** A session connection as a presentation connection. */
final class PlainConnection implements PresentationConnection, SessionUser {
    private SessionConnection below;
    private PresentationUser user;

    PlainConnection(SessionConnection below) {
        this.below = below;
    }

    void below(SessionConnection connection) {
        below = connection;
    }

    void user(PresentationUser newUser) {
        user = newUser;
    }

    @Override
    public boolean dataRequest(int context, Pdu value) {
        if (context != 0) {
            throw new IllegalArgumentException("plain has no presentation context " + context);
        }
        return below.dataRequest(value);
    }

    @Override
    public boolean request(PresentationPrimitive primitive) {
        if (primitive instanceof PresentationPrimitive.Data data) {
            throw new IllegalArgumentException(
                    "plain carries values one at a time, not " + data.userData().size());
        }
        return below.request(PlainPrimitives.toSession(primitive));
    }

    @Override
    public void dataIndication(Pdu ssdu) {
        user.dataIndication(0, ssdu);
    }

    @Override
    public void indication(SessionPrimitive primitive) {
        user.indication(PlainPrimitives.toPresentation(primitive));
    }

    @Override
    public void readyIndication() {
        user.readyIndication();
    }

    @Override
    public FunctionalUnits functionalUnits() {
        return below.functionalUnits();
    }

    @Override
    public Tokens ownTokens() {
        return below.ownTokens();
    }

    @Override
    public SerialNumbers serialNumbers() {
        return below.serialNumbers();
    }

    @Override
    public int sessionNumber() {
        return below.number();
    }

    @Override
    public PresentationAddress remote() {
        return PlainEntity.presentationAddress(below.remote());
    }

    @Override
    public void pause() {
        below.pause();
    }

    @Override
    public void resume() {
        below.resume();
    }
}
