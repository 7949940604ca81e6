package org.osistack.application.cut;

import java.util.List;
import org.osistack.core.StackSpec;

/** The usual place of a {@link Rehearsal}: bob serves, alice calls him, and there is one cable between them. */
public final class TwoHosts {
    public static final String ALICE = "alice";
    public static final String BOB = "bob";
    /** In the order in which they begin. */
    public static final List<String> NAMES = List.of(BOB, ALICE);
    /** Bob's address. */
    public static final String BOBS_ADDRESS = "10.0.0.2";

    private static final String MEDIUM = "virtual:lab,rate=100M,delay=2us";
    private static final String TRANSPORT = "tcp:keep-alive=3s,timeout=30s"; // as in the preset iso-on-tcp

    private TwoHosts() {}

    /** The seven layers over TCP, as they are unless somebody asks for others. */
    public static StackSpec isoOnTcp(String host) {
        int number = host.equals(ALICE) ? 1 : 2;
        return new StackSpec()
                .set(1, MEDIUM)
                .set(2, "ethernet,mac=02:00:00:00:00:0" + number)
                .set(3, "ipv4:10.0.0." + number + "/24")
                .set(4, TRANSPORT)
                .add(4, "tpkt")
                .set(5, "x225")
                .set(6, "x226");
    }
}
