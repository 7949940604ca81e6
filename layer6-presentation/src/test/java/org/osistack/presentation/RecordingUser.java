package org.osistack.presentation;

import java.util.ArrayList;
import java.util.List;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;

/** Remembers what a presentation user hears, and answers nothing by itself. */
public final class RecordingUser implements PresentationUser, PresentationListener {
    public PresentationConnection connection;
    public PresentationPrimitive.Connect connect;
    public final List<PresentationPrimitive> heard = new ArrayList<>();
    public final List<Pdv> data = new ArrayList<>();
    public int ready;

    @Override
    public PresentationUser connectIndication(
            PresentationConnection newConnection, PresentationPrimitive.Connect newConnect) {
        connection = newConnection;
        connect = newConnect;
        return this;
    }

    @Override
    public void dataIndication(int context, Pdu value) {
        data.add(new Pdv(context, Octets.of(value)));
        value.release();
    }

    @Override
    public void indication(PresentationPrimitive primitive) {
        heard.add(primitive);
    }

    @Override
    public void readyIndication() {
        ready++;
    }

    /** The last primitive heard. */
    public PresentationPrimitive last() {
        return heard.get(heard.size() - 1);
    }

    /** The last primitive heard, which must be of this kind. */
    public <P extends PresentationPrimitive> P last(Class<P> type) {
        return type.cast(last());
    }
}
