package org.osistack.application.bench;

import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Pdu;

/**
 * Opens conversations and ends them, one after another, until the time is over or there were {@value #MAX}: TCP needs a
 * port for each, and has it back only some time after the end (TIME-WAIT).
 */
final class ConnectionsMeasurement extends Measurement<Connections> {
    /** How many to open at most, those of the warm-up included. */
    static final int MAX = 8000;

    private int opened;
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
        opened++;
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
        if (opened == MAX) {
            succeedNow();
            return;
        }
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
