package org.osistack.application.move;

import org.osistack.application.cut.TwoHosts;
import org.osistack.core.StackSpec;

/**
 * Alice and bob, and two links between them: another cable, another network, another transport. On the first all hosts have
 * TCP; on the second, RFC 1006 over TCP with short TPDUs.
 */
final class TwoLinks {
    /** How many links there are. */
    static final int COUNT = 2;
    /** From one end of either cable to the other and back. */
    static final long ROUND_TRIP_NANOS = 10_000_000;

    private static final String CABLE = ",rate=100M,delay=5ms";
    private static final String TCP = "tcp:keep-alive=3s,timeout=30s"; // as in the preset iso-on-tcp
    private static final String[] NAMES = {"virtual:first", "virtual:second"};
    private static final String SHORT_TPDUS = "tpkt:tpdu=1024";

    private TwoLinks() {}

    /** The name of a link, from 0. */
    static String name(int link) {
        return NAMES[link];
    }

    /** A host's address on a link. */
    static String address(String host, int link) {
        return "10.0." + (link + 1) + "." + (host.equals(TwoHosts.ALICE) ? 1 : 2);
    }

    /** Layers 1 to 4 on a link, and the transport that this link has of its own. */
    static StackSpec lower(String host, int link) {
        StackSpec spec = new StackSpec()
                .set(1, NAMES[link] + CABLE)
                .set(2, "ethernet,mac=02:00:00:00:0" + (link + 1) + ":0" + (host.equals(TwoHosts.ALICE) ? 1 : 2))
                .set(3, "ipv4:" + address(host, link) + "/24")
                .set(4, TCP);
        return link == 0 ? spec : spec.add(4, SHORT_TPDUS);
    }

    /**
     * All layers on a link.
     *
     * @param session layer 5
     */
    static StackSpec whole(String host, int link, String session) {
        StackSpec spec = lower(host, link);
        if (link == 0 && session.startsWith("x225")) {
            spec.add(4, "tpkt"); // X.225 needs a transport that keeps TSDUs apart
        }
        return spec.set(5, session).set(6, "x226");
    }

    /** How the transport of a link is called. */
    static String transport(int link, boolean isX225) {
        return link == 0 ? isX225 ? "TPKT on TCP" : "TCP" : "TPKT (TPDUs of 1024) on TCP";
    }
}
