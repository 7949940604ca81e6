package org.osistack.network;

import org.osistack.core.Medium;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Pdu;
import org.osistack.core.SapTrace;

/** A network service that reports each primitive and passes it on. */
public final class NetworkTap implements NetworkService {
    private final NetworkService below;
    private final SapTrace trace;

    public NetworkTap(NetworkService below, SapTrace trace) {
        this.below = below;
        this.trace = trace;
    }

    @Override
    public Medium medium() {
        return below.medium();
    }

    @Override
    public void attach(TransportProtocol protocol, NetworkUser user) {
        below.attach(protocol, new NetworkUser() {
            @Override
            public void unitDataIndication(NetworkAddress source, NetworkAddress destination, Pdu sdu) {
                trace.up(
                        "N-UNITDATA.indication",
                        0,
                        protocol,
                        sdu,
                        "source",
                        source,
                        "destination",
                        destination,
                        "protocol",
                        protocol);
                user.unitDataIndication(source, destination, sdu);
                trace.end();
            }

            @Override
            public void reportIndication(
                    NetworkReport report, NetworkAddress source, NetworkAddress destination, Pdu sdu) {
                trace.up(
                        "N-REPORT.indication",
                        0,
                        protocol,
                        sdu,
                        "report",
                        report,
                        "source",
                        source,
                        "destination",
                        destination);
                user.reportIndication(report, source, destination, sdu);
                trace.end();
            }
        });
    }

    @Override
    public void unitDataRequest(
            NetworkAddress source,
            NetworkAddress destination,
            TransportProtocol protocol,
            int lifetime,
            boolean maySegment,
            Pdu sdu) {
        trace.down(
                "N-UNITDATA.request",
                0,
                protocol,
                sdu,
                "source",
                source == null ? "(chosen below)" : source,
                "destination",
                destination,
                "protocol",
                protocol);
        below.unitDataRequest(source, destination, protocol, lifetime, maySegment, sdu);
        trace.end();
    }

    @Override
    public NetworkAddress parseAddress(String text) {
        return below.parseAddress(text);
    }

    @Override
    public NetworkAddress sourceFor(NetworkAddress destination) {
        return below.sourceFor(destination);
    }

    @Override
    public boolean isLocal(NetworkAddress address) {
        return below.isLocal(address);
    }

    @Override
    public boolean isGroup(NetworkAddress address) {
        return below.isGroup(address);
    }

    @Override
    public int maxSduLength(NetworkAddress destination) {
        return below.maxSduLength(destination);
    }

    @Override
    public int pseudoHeaderSum(
            NetworkAddress source, NetworkAddress destination, TransportProtocol protocol, int sduLength) {
        return below.pseudoHeaderSum(source, destination, protocol, sduLength);
    }

    @Override
    public void reportPortUnreachable(
            NetworkAddress source, NetworkAddress destination, TransportProtocol protocol, Pdu sdu) {
        below.reportPortUnreachable(source, destination, protocol, sdu);
    }

    @Override
    public void joinGroup(NetworkAddress group) {
        below.joinGroup(group);
    }

    @Override
    public void leaveGroup(NetworkAddress group) {
        below.leaveGroup(group);
    }
}
