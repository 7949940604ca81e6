package org.osistack.datalink;

import org.osistack.core.Medium;
import org.osistack.core.Pdu;
import org.osistack.core.SapTrace;

/** A data link service that reports each primitive and passes it on. */
public final class DataLinkTap implements DataLinkService {
    private final DataLinkService below;
    private final SapTrace trace;

    public DataLinkTap(DataLinkService below, SapTrace trace) {
        this.below = below;
        this.trace = trace;
    }

    @Override
    public MacAddress address() {
        return below.address();
    }

    @Override
    public Medium medium() {
        return below.medium();
    }

    @Override
    public int maxSduLength() {
        return below.maxSduLength();
    }

    @Override
    public void attach(NetworkProtocol protocol, DataLinkUser user) {
        below.attach(protocol, new DataLinkUser() {
            @Override
            public void unitDataIndication(MacAddress source, MacAddress destination, Pdu sdu) {
                trace.up(
                        "DL-UNITDATA.indication",
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
            public void statusIndication(boolean up) {
                user.statusIndication(up);
            }
        });
    }

    @Override
    public void unitDataRequest(MacAddress destination, NetworkProtocol protocol, Pdu sdu) {
        trace.down("DL-UNITDATA.request", 0, protocol, sdu, "destination", destination, "protocol", protocol);
        below.unitDataRequest(destination, protocol, sdu);
        trace.end();
    }

    @Override
    public void joinGroup(MacAddress group) {
        below.joinGroup(group);
    }

    @Override
    public void leaveGroup(MacAddress group) {
        below.leaveGroup(group);
    }
}
