package org.osistack.application.bench;

import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Pdu;

/** Opens conversations and ends them, one after another. */
final class ConnectionsMeasurement extends Measurement<Connections> {
    private long count;
    private boolean clockStarted;

    ConnectionsMeasurement(Host host, Conversations conversations, NetworkAddress address, Window window) {
        super(host, conversations, address, window);
    }

    @Override
    public void opened() {
        if (!clockStarted) {
            clockStarted = true;
            startClock();
        }
        conversation().finish();
    }

    @Override
    void begin() {
        count = 0;
    }

    @Override
    public void received(Pdu message, int octets) {
        message.release();
        fail("octets that nobody asked for");
    }

    @Override
    public void ended(String problem) {
        if (isOver()) {
            return;
        }
        if (problem != null) {
            fail(problem);
            return;
        }
        count++;
        host.loop().defer(() -> {
            if (!isOver()) {
                open();
            }
        });
    }

    @Override
    Connections result(long nanos) {
        return new Connections(count, nanos);
    }
}
