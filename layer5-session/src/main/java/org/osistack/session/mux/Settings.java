package org.osistack.session.mux;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.osistack.core.ConfigurationException;
import org.osistack.core.OptionSpec;
import org.osistack.core.Options;

/**
 * The options of this provider. Times are in nanoseconds, sizes in octets.
 *
 * @param connections how many transport connections a trunk has at a time
 * @param resumeNanos how long sessions outlive their last transport connection
 * @param keepAliveNanos after how much silence a path is asked; after twice as much it is lost; 0 for never
 * @param dialNanos how long a path may take to be opened
 * @param idleNanos how long a trunk without sessions stays
 * @param maxSessions of one trunk
 * @param maxPeers how many trunks others may open here
 * @param memory for what arrived and could not be delivered yet, of all sessions
 * @param port where sessions are listened for and asked for over an octet stream if no port is named
 * @param addresses groups of addresses that are the same peer's
 */
record Settings(
        int connections,
        long resumeNanos,
        int credit,
        long keepAliveNanos,
        int maxFrame,
        int maxUnit,
        long dialNanos,
        long idleNanos,
        int maxSessions,
        int maxPeers,
        long memory,
        int port,
        List<List<String>> addresses) {

    /** How many transport connections a trunk may have at a time, whatever the peer wants. */
    static final int MAX_PATHS = 8;

    static final List<OptionSpec> OPTIONS = List.of(
            new OptionSpec("connections", "1-8", "1", "transport connections to a peer at a time"),
            new OptionSpec("resume", "DURATION", "30s", "how long sessions outlive their last transport connection"),
            new OptionSpec("credit", "SIZE", "256k", "octets of a session that may wait for its user, and be resent"),
            new OptionSpec("keep-alive", "DURATION", "10s", "ask after so much silence, give up after twice; 0 never"),
            new OptionSpec("frame", "OCTETS", "8000", "longest frame to take, header included"),
            new OptionSpec("max-ssdu", "SIZE", "1M", "longest SSDU put together from frames"),
            new OptionSpec("connect-timeout", "DURATION", "10s", "how long a transport connection may take to open"),
            new OptionSpec("idle", "DURATION", "5s", "how long transport connections outlive the last session"),
            new OptionSpec("max-sessions", "NUMBER", "1000", "sessions with one peer at a time"),
            new OptionSpec("max-peers", "NUMBER", "10000", "peers that may call at a time"),
            new OptionSpec("memory", "SIZE", "256M", "for what arrives and can't be delivered yet, of all sessions"),
            new OptionSpec("port", "NUMBER", "5505", "port over an octet stream if no other is named"),
            new OptionSpec("addresses", "A+B/C+D", "", "addresses of one peer, joined by +; peers, by /"));

    static Settings of(Options options) {
        int maxFrame = options.integer("frame", 8000, Parameters.MIN_FRAME, Parameters.MAX_FRAME);
        int credit = (int) options.octets("credit", 256 << 10, 512, Parameters.MAX_CREDIT);
        if (credit < 2 * maxFrame) {
            throw new ConfigurationException("mux: credit=" + credit + " is less than two frames of " + maxFrame);
        }
        long dial = options.nanos("connect-timeout", Duration.ofSeconds(10));
        if (dial < 1_000_000) {
            throw new ConfigurationException("mux: connect-timeout is less than 1ms");
        }
        long resume = options.nanos("resume", Duration.ofSeconds(30));
        if (resume > Duration.ofDays(40).toNanos()) {
            throw new ConfigurationException("mux: resume is more than 40 days");
        }
        return new Settings(
                options.integer("connections", 1, 1, MAX_PATHS),
                resume,
                credit,
                options.nanos("keep-alive", Duration.ofSeconds(10)),
                maxFrame,
                (int) options.octets("max-ssdu", 1 << 20, Parameters.MIN_UNIT, 1 << 30),
                dial,
                options.nanos("idle", Duration.ofSeconds(5)),
                options.integer("max-sessions", 1000, 1, 1 << 20),
                options.integer("max-peers", 10_000, 1, 1 << 20),
                options.octets("memory", 256 << 20, 1 << 16, 1L << 40),
                options.integer("port", 5505, 1, 0xffff),
                addresses(options.text("addresses", "")));
    }

    private static List<List<String>> addresses(String text) {
        List<List<String>> groups = new ArrayList<>();
        if (!text.isEmpty()) {
            for (String group : text.split("/")) {
                groups.add(List.of(group.split("\\+")));
            }
        }
        return groups;
    }

    Parameters parameters() {
        return new Parameters(credit, maxUnit, maxFrame, maxSessions, resumeNanos / 1_000_000);
    }
}
