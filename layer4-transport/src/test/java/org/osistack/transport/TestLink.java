package org.osistack.transport;

import java.util.random.RandomGenerator;
import java.util.zip.CRC32;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Pdu;
import org.osistack.network.TransportProtocol;

/** A link between two hosts in virtual time that delays, loses, duplicates, reorders and corrupts, by its seed. */
public final class TestLink {
    public double loss;
    public double duplication;
    public double reordering;
    public double corruption;
    public long delayNanos = 1_000_000;
    public long bitsPerSecond; // 0: without limit
    public int queueLimit = Integer.MAX_VALUE; // octets waiting for the link
    public boolean down;
    /** Asked about each SDU; true to lose it. */
    public java.util.function.Predicate<Pdu> losing = sdu -> false;

    private final RandomGenerator random;
    private final CRC32 octets = new CRC32();
    private final long[] freeAt = new long[2];
    private long carried;

    /** Join two hosts. */
    public TestLink(TestNetwork left, TestNetwork right, RandomGenerator random) {
        this.random = random;
        left.link = (source, destination, protocol, sdu) -> carry(left, right, 0, source, destination, protocol, sdu);
        right.link = (source, destination, protocol, sdu) -> carry(right, left, 1, source, destination, protocol, sdu);
    }

    private void carry(
            TestNetwork from,
            TestNetwork to,
            int direction,
            NetworkAddress source,
            NetworkAddress destination,
            TransportProtocol protocol,
            Pdu sdu) {
        carried++;
        octets.update(sdu.array(), sdu.arrayOffset(), sdu.length());
        long now = from.host.now();
        long queued = Math.max(0, freeAt[direction] - now) * bitsPerSecond / 8_000_000_000L;
        if (down || losing.test(sdu) || random.nextDouble() < loss || queued > queueLimit) {
            sdu.release();
            return;
        }
        long sending = 0;
        if (bitsPerSecond > 0) {
            freeAt[direction] = Math.max(freeAt[direction], now) + sdu.length() * 8_000_000_000L / bitsPerSecond;
            sending = freeAt[direction] - now;
        }
        for (int copies = duplication > 0 && random.nextDouble() < duplication ? 2 : 1; copies > 0; copies--) {
            Pdu copy = to.host.pool().takeForReceiving(sdu.length()).append(sdu, 0, sdu.length());
            if (corruption > 0 && random.nextDouble() < corruption) {
                int at = random.nextInt(copy.length());
                copy.putUint8(at, copy.getUint8(at) ^ 1 << random.nextInt(8));
            }
            long more = reordering > 0 && random.nextDouble() < reordering ? random.nextLong(3 * delayNanos + 1) : 0;
            to.host
                    .newTimer(() -> to.arrives(source, destination, protocol, copy))
                    .arm(sending + delayNanos + more);
        }
        sdu.release();
    }

    /** A sum over all octets that were sent, in order: equal for equal runs. */
    public long fingerprint() {
        return octets.getValue();
    }

    /** How many SDUs were sent. */
    public long carried() {
        return carried;
    }
}
