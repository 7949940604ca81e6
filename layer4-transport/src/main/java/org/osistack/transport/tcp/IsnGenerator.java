package org.osistack.transport.tcp;

import java.util.random.RandomGenerator;
import org.osistack.core.NetworkAddress;

/**
 * Initial sequence numbers and timestamp offsets that nobody off the path can guess, and that still grow from one
 * connection between the same two addresses to the next (RFC 6528 §3; RFC 7323 §5.4).
 */
final class IsnGenerator {
    private static final long TICK_NANOS = 4_000; // M of RFC 6528 §3: the 4-microsecond timer

    private final SipHash hash;

    IsnGenerator(RandomGenerator random) {
        hash = new SipHash(random);
    }

    /** What is particular to a pair of addresses: its upper and its lower half are two independent offsets. */
    long secretOf(NetworkAddress local, int localPort, NetworkAddress remote, int remotePort) {
        return hash.of(
                (long) local.hashCode() << 32 | remote.hashCode() & 0xffff_ffffL, (long) localPort << 32 | remotePort);
    }

    /** ISN = M + F(localip, localport, remoteip, remoteport, secretkey). */
    static int isn(long secret, long nowNanos) {
        return (int) (nowNanos / TICK_NANOS) + (int) secret;
    }

    static int timestampOffset(long secret) {
        return (int) (secret >>> 32);
    }
}
