package org.osistack.transport.tpkt;

import java.time.Duration;
import org.osistack.core.ConfigurationException;
import org.osistack.core.Options;

/**
 * The options of this provider.
 *
 * @param maxTpdu the longest TPDU that is offered, in octets
 * @param maxTsdu the longest TSDU that is put together
 * @param timeoutNanos how long a peer may be silent while connecting, or leave its end open after ours is closed
 * @param expedited whether expedited data may be proposed and accepted
 */
record Settings(int maxTpdu, int maxTsdu, long timeoutNanos, boolean expedited) {
    static final int MIN_SIZE_CODE = 7;
    static final int MAX_SIZE_CODE = 13;

    static Settings of(Options options) {
        int tpdu = (int) options.octets("tpdu", 8192, 128, TpktHeader.MAX_TPDU);
        if (Integer.bitCount(tpdu) != 1 && tpdu != TpktHeader.MAX_TPDU || tpdu > 8192 && tpdu != TpktHeader.MAX_TPDU) {
            throw new ConfigurationException("tpkt: tpdu=" + tpdu
                    + " is not a power of two from 128 to 8192, nor 65531, the most that fits a packet");
        }
        return new Settings(
                tpdu,
                (int) options.octets("max-tsdu", 1 << 20, 1024, 1 << 30),
                options.nanos("timeout", Duration.ofSeconds(30)),
                options.flag("expedited", true));
    }

    /** The TPDU Size parameter for it; -1 to leave it away, so that only the packet limits the TPDU (RFC 1006 §5). */
    int sizeCode() {
        return maxTpdu == TpktHeader.MAX_TPDU ? -1 : Integer.numberOfTrailingZeros(maxTpdu);
    }
}
