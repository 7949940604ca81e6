package org.osistack.network.ipv4;

import org.osistack.core.Pdu;
import org.osistack.network.NetworkReport;

/** Hears that a datagram of this host did not arrive. */
@FunctionalInterface
interface ReportUser {
    /**
     * A datagram did not arrive.
     *
     * @param reporter who says so; this host itself if it couldn't send
     * @param source as it was sent
     * @param destination as it was sent
     * @param protocol the number of the protocol that sent it
     * @param sdu its first octets; remains the caller's
     */
    void report(NetworkReport report, int reporter, int source, int destination, int protocol, Pdu sdu);
}
