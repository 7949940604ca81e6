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
 */
record Settings(
        Profile profile,
        int versions,
        int maxTsdu,
        int maxSsdu,
        int maxConnections,
        long timNanos,
        long connectTimeoutNanos) {
    /** What fits into the shortest TSDU that is accepted: less leaves no room for parameters. */
    static final int MIN_TSDU = 64;

    static Settings of(Options options) {
        Profile profile = options.choice("profile", Profile.class, Profile.ISO);
        return new Settings(
                profile,
                versions(options.text("versions", ""), profile),
                maxTsdu((int) options.octets("max-tsdu", 0, 0, 0xffff)),
                (int) options.octets("max-ssdu", 1 << 20, 1024, 1 << 30),
                options.integer("max-connections", 10_000, 1, 1_000_000),
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
