package org.osistack.transport;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.osistack.core.Pdu;

/** A user of a connection that writes down what it hears. */
public class RecordingUser implements TransportUser {
    public final List<String> heard = new ArrayList<>();
    public final ByteArrayOutputStream received = new ByteArrayOutputStream();
    public DisconnectReason reason;
    public OctetStreamConnection connection;
    public Runnable onReady = () -> {};
    public Runnable onRelease = () -> {};
    public Runnable onData = () -> {};

    @Override
    public void connectConfirm(TransportConnection confirmed) {
        heard.add("confirm");
    }

    @Override
    public void dataIndication(Pdu tsdu) {
        heard.add("data " + tsdu.length());
        received.write(tsdu.array(), tsdu.arrayOffset(), tsdu.length());
        tsdu.release();
        onData.run();
    }

    @Override
    public void readyIndication() {
        heard.add("ready");
        onReady.run();
    }

    @Override
    public void releaseIndication() {
        heard.add("release");
        onRelease.run();
    }

    @Override
    public void disconnectIndication(DisconnectReason newReason) {
        if (reason != null) {
            throw new AssertionError("ended twice: " + reason + ", then " + newReason);
        }
        reason = newReason;
        heard.add("disconnect " + newReason);
    }
}
