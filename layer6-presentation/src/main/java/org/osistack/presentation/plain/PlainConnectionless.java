package org.osistack.presentation.plain;

import org.osistack.core.NetworkAddress;
import org.osistack.core.Pdu;
import org.osistack.presentation.ConnectionlessPresentation;
import org.osistack.presentation.PresentationAddress;
import org.osistack.session.ConnectionlessSession;

/** The connectionless session service as a presentation service. */
final class PlainConnectionless implements ConnectionlessPresentation {
    private final ConnectionlessSession below;

    PlainConnectionless(ConnectionlessSession below) {
        this.below = below;
    }

    @Override
    public PresentationAddress attach(PresentationAddress local, User user) {
        return PlainEntity.presentationAddress(below.attach(
                PlainEntity.sessionAddress(local),
                (source, destination, ssdu) -> user.unitDataIndication(
                        PlainEntity.presentationAddress(source), PlainEntity.presentationAddress(destination), ssdu)));
    }

    @Override
    public void detach(PresentationAddress local) {
        below.detach(PlainEntity.sessionAddress(local));
    }

    @Override
    public void unitDataRequest(PresentationAddress source, PresentationAddress destination, int lifetime, Pdu value) {
        below.unitDataRequest(
                PlainEntity.sessionAddress(source), PlainEntity.sessionAddress(destination), lifetime, value);
    }

    @Override
    public void joinGroup(NetworkAddress group) {
        below.joinGroup(group);
    }

    @Override
    public void leaveGroup(NetworkAddress group) {
        below.leaveGroup(group);
    }

    @Override
    public NetworkAddress sourceFor(NetworkAddress destination) {
        return below.sourceFor(destination);
    }

    @Override
    public NetworkAddress parseAddress(String text) {
        return below.parseAddress(text);
    }
}
