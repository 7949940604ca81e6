package org.osistack.session.x225;

import java.time.Duration;
import org.osistack.core.ConfigurationException;
import org.osistack.core.Options;

/**
 * The options of this provider.
 *
 * @param versions those offered and accepted: bit 1 version 1, bit 2 version 2
 * @param maxTsdu the TSDU Maximum Size that is asked for in both directions; 0 for no limit
 * @param maxSsdu how long an SSDU may become that is put together from segments
 * @param expedited whether the transport is asked for its expedited flow
 * @param extendedConcatenation whether this side announces that it reads extended concatenated SPDUs, and sends them to
 *     peers that announce it too
 * @param largeSerialNumbers whether serial numbers of more than six digits are proposed
 * @param reuse whether transport connections are kept for further session connections
 * @param maxSessions how many session connections there may be at a time
 * @param maxSessionsPerPeer how many of them one peer may have asked for; 0 for no limit of its own
 * @param reuseNanos how long a transport connection without a session connection is kept
 * @param idleNanos how long a session connection may be without a word from either side; 0 for ever
 * @param lifetimeNanos how long a session connection may last; 0 for ever
 */
record Settings(
        Profile profile,
        int versions,
        int maxTsdu,
        int maxSsdu,
        int maxSessions,
        int maxSessionsPerPeer,
        Expedited expedited,
        boolean extendedConcatenation,
        boolean largeSerialNumbers,
        boolean reuse,
        long reuseNanos,
        long idleNanos,
        long lifetimeNanos,
        long timNanos,
        long connectTimeoutNanos) {
    /** What fits into the shortest TSDU that is accepted: less leaves no room for parameters. */
    static final int MIN_TSDU = 64;

    /** When a T-CONNECT asks for the expedited flow, or takes it when it is offered. */
    enum Expedited {
        /** If the user wants the expedited data unit; and whenever the peer offers it. */
        AUTO,
        /** Always. */
        YES,
        /** Never. */
        NO
    }

    static Settings of(Options options) {
        Profile profile = options.choice("profile", Profile.class, Profile.ISO);
        return new Settings(
                profile,
                versions(options.text("versions", ""), profile),
                maxTsdu((int) options.octets("max-tsdu", 0, 0, 0xffff)),
                (int) options.octets("max-ssdu", 1 << 20, 1024, 1 << 30),
                options.integer("max-sessions", 10_000, 1, 1_000_000),
                options.integer("max-sessions-per-peer", 0, 0, 1_000_000),
                options.choice("expedited", Expedited.class, Expedited.AUTO),
                options.flag("extended-concatenation", false),
                options.flag("large-serial-numbers", false),
                options.flag("reuse", false),
                options.nanos("reuse-time", Duration.ofSeconds(30)),
                options.nanos("idle", Duration.ZERO),
                options.nanos("lifetime", Duration.ZERO),
                options.nanos("tim", Duration.ofSeconds(30)),
                options.nanos("connect-timeout", Duration.ofSeconds(60)));
    }

    private static int versions(String text, Profile profile) {
        return switch (text) {
            case "" -> profile.versions();
            case "1" -> 1;
            case "2" -> 2;
            case "1+2" -> 3;
            default -> throw new ConfigurationException("x225: versions=" + text + " is not 1, 2 or 1+2");
        };
    }

    private static int maxTsdu(int octets) {
        if (octets != 0 && octets < MIN_TSDU) {
            throw new ConfigurationException(
                    "x225: max-tsdu=" + octets + " is less than " + MIN_TSDU + " octets; 0 means no limit");
        }
        return octets;
    }
}
