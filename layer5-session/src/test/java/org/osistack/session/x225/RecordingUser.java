package org.osistack.session.x225;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.session.SessionConnection;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.SessionUser;

/** A session user that writes down what it hears. */
final class RecordingUser implements SessionUser {
    final List<SessionPrimitive> heard = new ArrayList<>();
    final List<Octets> data = new ArrayList<>();
    SessionConnection connection;
    int ready;
    Consumer<SessionPrimitive> reaction = primitive -> {};

    @Override
    public void dataIndication(Pdu ssdu) {
        data.add(Octets.of(ssdu));
        ssdu.release();
    }

    @Override
    public void indication(SessionPrimitive primitive) {
        heard.add(primitive);
        reaction.accept(primitive);
    }

    @Override
    public void readyIndication() {
        ready++;
    }

    SessionPrimitive last() {
        return heard.get(heard.size() - 1);
    }

    <P extends SessionPrimitive> P last(Class<P> type) {
        return type.cast(last());
    }
}
