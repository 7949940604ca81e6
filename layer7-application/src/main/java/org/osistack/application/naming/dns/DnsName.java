package org.osistack.application.naming.dns;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.osistack.core.Octets;

/**
 * A domain name: its labels, the most special first. Names are equal if they differ in the case of ASCII letters only
 * (RFC 1035 §2.3.3).
 */
public final class DnsName {
    /** The most octets of one label (RFC 1035 §2.3.4). */
    public static final int MAX_LABEL = 63;
    /** The most octets of a name as it is encoded (RFC 1035 §2.3.4). */
    public static final int MAX_NAME = 255;

    private final List<String> labels; // a character stands for an octet
    private final String key;

    DnsName(List<String> labels) {
        int length = 1;
        for (String label : labels) {
            if (label.isEmpty() || label.length() > MAX_LABEL) {
                throw new IllegalArgumentException("a label of " + label.length() + " octets");
            }
            length += 1 + label.length();
        }
        if (length > MAX_NAME) {
            throw new IllegalArgumentException("a name of " + length + " octets");
        }
        this.labels = List.copyOf(labels);
        this.key = String.join("\0", labels).toLowerCase(Locale.ROOT);
    }

    /**
     * Read a name as a person writes it, with dots between the labels.
     *
     * @throws IllegalArgumentException if a label is empty or too long, or the whole
     */
    public static DnsName of(String dotted) {
        byte[] octets = dotted.getBytes(StandardCharsets.UTF_8); // RFC 6762 §16
        return new DnsName(List.of(new String(octets, StandardCharsets.ISO_8859_1).split("\\.", -1)));
    }

    /** The labels; each character stands for one octet. */
    List<String> labels() {
        return labels;
    }

    /** As it is encoded, without pointers (RFC 1035 §3.1). */
    public Octets encoded() {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        for (String label : labels) {
            octets.write(label.length());
            octets.writeBytes(label.getBytes(StandardCharsets.ISO_8859_1));
        }
        octets.write(0);
        return Octets.of(octets.toByteArray());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DnsName that && key.equals(that.key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    /** With dots between the labels, and none at the end. */
    @Override
    public String toString() {
        return new String(String.join(".", labels).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
