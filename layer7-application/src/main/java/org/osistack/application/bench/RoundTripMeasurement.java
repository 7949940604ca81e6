package org.osistack.application.bench;

import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Pdu;

/** Asks for an echo, and sends a message whenever the one before has come back whole. */
final class RoundTripMeasurement extends Measurement<RoundTrips> {
    private final Latencies latencies = new Latencies();
    private final byte[] octets;
    private int missing; // octets of the message that is under way
    private long sentAt;

    RoundTripMeasurement(Host host, Conversations conversations, NetworkAddress address, Window window) {
        super(host, conversations, address, window);
        this.octets = new byte[window.size()];
        host.random().nextBytes(octets);
    }

    @Override
    public void opened() {
        send(new Request(Request.ECHO, window.size()).toByteArray());
        startClock();
        next();
    }

    private void next() {
        missing = octets.length;
        sentAt = host.now();
        send(octets);
    }

    @Override
    public void received(Pdu message, int count) {
        message.release();
        missing -= count;
        if (missing < 0) {
            fail("more came back than was sent");
        } else if (missing == 0) {
            if (isCounting()) {
                latencies.add(host.now() - sentAt);
            }
            next();
        }
    }

    @Override
    RoundTrips result(long nanos) {
        return latencies.roundTrips();
    }
}
