package org.osistack.application.bench;

import org.osistack.core.Host;
import org.osistack.core.MediumManagement;
import org.osistack.core.MediumStatistics;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Pdu;

/** Asks for a flood and counts it. */
final class GoodputMeasurement extends Measurement<Goodput> {
    private final MediumManagement medium; // null if it counts nothing
    private long octets;
    private MediumStatistics before;

    GoodputMeasurement(
            Host host, Conversations conversations, NetworkAddress address, Window window, MediumManagement medium) {
        super(host, conversations, address, window);
        this.medium = medium;
    }

    @Override
    public void opened() {
        send(new Request(Request.FLOOD, window.size()).toByteArray());
        startClock();
    }

    @Override
    void begin() {
        octets = 0;
        before = medium == null ? null : medium.statistics();
    }

    @Override
    public void received(Pdu message, int count) {
        octets += count;
        message.release();
    }

    @Override
    Goodput result(long nanos) {
        if (before == null) {
            return new Goodput(octets, nanos, 0, 0);
        }
        MediumStatistics after = medium.statistics();
        return new Goodput(
                octets,
                nanos,
                after.framesReceived() - before.framesReceived(),
                after.octetsReceived() - before.octetsReceived());
    }
}
