package org.osistack.application.naming.dns;

/**
 * What a query asks for (RFC 1035 §4.1.2).
 *
 * @param type one of {@link DnsRecord}'s, or any other
 * @param unicastResponse whether the answer may come to the asker alone (RFC 6762 §5.4); the class is IN otherwise
 */
public record DnsQuestion(DnsName name, int type, boolean unicastResponse) {
    /** Whether a record of this name and type answers it. */
    public boolean asksFor(DnsName otherName, int otherType) {
        return (type == otherType || type == DnsRecord.ANY) && name.equals(otherName);
    }
}
