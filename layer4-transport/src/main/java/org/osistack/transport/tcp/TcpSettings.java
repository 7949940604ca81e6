package org.osistack.transport.tcp;

import java.time.Duration;
import java.util.List;
import org.osistack.core.ConfigurationException;
import org.osistack.core.OptionSpec;
import org.osistack.core.Options;

/**
 * What a person may choose about TCP. Times are in nanoseconds, sizes in octets.
 *
 * @param window the receive buffer of a connection
 * @param sendBuffer the send buffer of a connection
 * @param maxSegment the largest MSS to offer
 * @param windowShift our window scale; -1 not to offer window scaling
 * @param noDelay whether short segments go at once
 * @param initialWindow the first congestion window, in segments
 * @param timeoutNanos R2 of RFC 9293 §3.8.3: how long the peer may leave data unacknowledged
 * @param connectTimeoutNanos R2 for a SYN
 * @param timeWaitNanos 2 MSL
 * @param timeWaits how many connections may be in TIME-WAIT
 * @param backlog how many connections of a listener may be half open or unanswered
 * @param connections how many connections there may be in all
 * @param outOfOrder memory for what arrived out of order, of all connections
 */
record TcpSettings(
        int window,
        int sendBuffer,
        int maxSegment,
        int windowShift,
        boolean timestamps,
        boolean sack,
        boolean noDelay,
        CongestionControl.Algorithm congestion,
        int initialWindow,
        long timeoutNanos,
        long connectTimeoutNanos,
        long minRtoNanos,
        long maxRtoNanos,
        long delayedAckNanos,
        long keepAliveNanos,
        long timeWaitNanos,
        int timeWaits,
        int backlog,
        int connections,
        long outOfOrder) {

    private static final int MAX_BUFFER = 1 << 28;

    static final List<OptionSpec> OPTIONS = List.of(
            new OptionSpec("window", "SIZE", "512k", "receive buffer of a connection"),
            new OptionSpec("sendbuffer", "SIZE", "512k", "send buffer of a connection"),
            new OptionSpec("mss", "OCTETS", "", "largest MSS to offer; without it, what the network takes"),
            new OptionSpec("wscale", "0-14|off", "", "window scale to offer; without it, what the window needs"),
            new OptionSpec("timestamps", "on|off", "on", "offer timestamps (RFC 7323)"),
            new OptionSpec("sack", "on|off", "on", "offer selective acknowledgement (RFC 2018)"),
            new OptionSpec("nodelay", "on|off", "on", "send short segments at once; off for Nagle's algorithm"),
            new OptionSpec("congestion", "newreno|cubic", "newreno", "congestion control"),
            new OptionSpec("initialwindow", "SEGMENTS", "10", "first congestion window (RFC 6928)"),
            new OptionSpec("timeout", "DURATION", "100s", "give up if data stays unacknowledged for so long"),
            new OptionSpec("connecttimeout", "DURATION", "180s", "give up if a SYN stays unanswered for so long"),
            new OptionSpec("rtomin", "DURATION", "200ms", "shortest retransmission time-out"),
            new OptionSpec("rtomax", "DURATION", "60s", "longest retransmission time-out"),
            new OptionSpec("delayedack", "DURATION", "40ms", "how long an acknowledgement may wait; 0 not at all"),
            new OptionSpec(
                    "keep-alive", "DURATION", "0", "ask a silent peer after so long whether it is there; 0 never"),
            new OptionSpec("timewait", "DURATION", "60s", "how long a connection stays in TIME-WAIT (2 MSL)"),
            new OptionSpec("timewaits", "NUMBER", "16384", "how many connections may be in TIME-WAIT"),
            new OptionSpec("backlog", "NUMBER", "1024", "how many connections to a listener may wait to be opened"),
            new OptionSpec("connections", "NUMBER", "65536", "how many connections there may be in all"),
            new OptionSpec("outoforder", "SIZE", "16M", "memory for what arrives out of order, in all"));

    static TcpSettings of(Options options) {
        int window = (int) options.octets("window", 512 << 10, 1 << 11, MAX_BUFFER);
        long minRto = options.nanos("rtomin", Duration.ofMillis(200));
        long maxRto = options.nanos("rtomax", Duration.ofSeconds(60));
        if (minRto < 1_000_000
                || maxRto < minRto
                || maxRto > Duration.ofHours(1).toNanos()) {
            throw new ConfigurationException("tcp: rtomin and rtomax must be in order, from 1ms to 1h");
        }
        long delayedAck = options.nanos("delayedack", Duration.ofMillis(40));
        if (delayedAck >= 500_000_000) {
            throw new ConfigurationException("tcp: delayedack must be less than 500ms"); // RFC 9293 §3.8.6.3, MUST-40
        }
        return new TcpSettings(
                window,
                (int) options.octets("sendbuffer", 512 << 10, 1 << 11, MAX_BUFFER),
                options.integer("mss", 0xffff, 88, 0xffff),
                windowShift(options, window),
                options.flag("timestamps", true),
                options.flag("sack", true),
                options.flag("nodelay", true),
                options.choice("congestion", CongestionControl.Algorithm.class, CongestionControl.Algorithm.NEWRENO),
                options.integer("initialwindow", 10, 1, 1000),
                options.nanos("timeout", Duration.ofSeconds(100)),
                options.nanos("connecttimeout", Duration.ofSeconds(180)),
                minRto,
                maxRto,
                delayedAck,
                options.nanos("keep-alive", Duration.ZERO),
                options.nanos("timewait", Duration.ofSeconds(60)),
                options.integer("timewaits", 16384, 0, 1 << 20),
                options.integer("backlog", 1024, 1, 1 << 16),
                options.integer("connections", 65536, 1, 1 << 24),
                options.octets("outoforder", 16 << 20, 0, 1L << 40));
    }

    private static int windowShift(Options options, int window) {
        if (options.text("wscale", "").equals("off")) {
            return -1;
        }
        int needed = 0;
        while (window >> needed > 0xffff) {
            needed++;
        }
        return options.integer("wscale", needed, 0, 14);
    }
}
