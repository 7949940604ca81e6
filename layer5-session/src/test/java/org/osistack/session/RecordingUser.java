package org.osistack.session;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;

/** A session user that writes down what it hears. */
public final class RecordingUser implements SessionUser {
    public final List<SessionPrimitive> heard = new ArrayList<>();
    public final List<Octets> data = new ArrayList<>();
    public SessionConnection connection;
    public int ready;
    public Consumer<SessionPrimitive> reaction = primitive -> {};

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

    public SessionPrimitive last() {
        return heard.get(heard.size() - 1);
    }

    public <P extends SessionPrimitive> P last(Class<P> type) {
        return type.cast(last());
    }
}
