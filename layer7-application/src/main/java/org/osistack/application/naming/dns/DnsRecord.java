package org.osistack.application.naming.dns;

import org.osistack.core.Octets;

/**
 * A resource record of class IN (RFC 1035 §4.1.3).
 *
 * @param cacheFlush whether it replaces all that was known of this name and type (RFC 6762 §10.2)
 * @param ttl for how many seconds it holds; 0 if it holds no more
 * @param data as it is encoded, with the names in PTR records written out
 */
public record DnsRecord(DnsName name, int type, boolean cacheFlush, long ttl, Octets data) {
    /** A host's IPv4 address (RFC 1035 §3.4.1). */
    public static final int A = 1;
    /** Another name (RFC 1035 §3.3.12). */
    public static final int PTR = 12;
    /** Which records a name has, and so which it has not (RFC 4034 §4; RFC 6762 §6.1). */
    public static final int NSEC = 47;
    /** In a question: all of them. */
    public static final int ANY = 255;

    /** The class IN. */
    static final int CLASS_IN = 1;
    /** The class ANY, in questions. */
    static final int CLASS_ANY = 255;
    /** The top bit of the class: cache-flush in records (RFC 6762 §10.2), unicast-response in questions (§5.4). */
    static final int TOP_BIT = 0x8000;

    /** Whether the two are of the same name and type and say the same. */
    public boolean saysTheSameAs(DnsRecord other) {
        return type == other.type && data.equals(other.data) && name.equals(other.name);
    }

    public DnsRecord withTtl(long newTtl) {
        return new DnsRecord(name, type, cacheFlush, newTtl, data);
    }

    public DnsRecord withCacheFlush(boolean flush) {
        return new DnsRecord(name, type, flush, ttl, data);
    }
}
