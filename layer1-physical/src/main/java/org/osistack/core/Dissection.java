package org.osistack.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The explanation of one PDU: its name, its fields, and which octets it merely carries. Filled in by a
 * {@link Dissector}.
 *
 * <p>Offsets count from the first octet of the PDU. Every octet outside the SDU is this protocol's own: its PCI.
 */
public final class Dissection {
    /**
     * One field of the PCI.
     *
     * @param name by its standard's name
     * @param depth 0, or more for a field inside another
     * @param offset of its first octet
     * @param length in octets
     * @param firstBit of a field that doesn't fill its octets, 0 being the most significant bit; -1 if it fills them
     * @param bits how many bits it has; 0 if it fills its octets
     * @param value the field as an unsigned number, or 0 if it is none
     * @param text the value as a person reads it, with its meaning
     * @param clause where the standard defines it; empty if not given
     */
    public record Field(
            String name,
            int depth,
            int offset,
            int length,
            int firstBit,
            int bits,
            long value,
            String text,
            String clause) {}

    private String protocol = "";
    private String name = "";
    private String summary = "";
    private final List<Field> fields = new ArrayList<>();
    private int depth;
    private int sduOffset = -1;
    private int sduLength;
    private String whole = "";
    private long place;
    private boolean stream;
    private boolean begins;

    /**
     * Name the PDU.
     *
     * @param newProtocol the protocol, such as {@code TCP}
     * @param newName the PDU by its standard's name, such as {@code DT}
     */
    public Dissection pdu(String newProtocol, String newName) {
        protocol = newProtocol;
        name = newName;
        return this;
    }

    /** Say in a few words what matters in it, such as {@code 49152 → 102  seq 1021  ack 733}. */
    public Dissection summary(String newSummary) {
        summary = newSummary;
        return this;
    }

    public Dissection field(String fieldName, int offset, int length, long value, String text) {
        return field(fieldName, offset, length, value, text, "");
    }

    public Dissection field(String fieldName, int offset, int length, long value, String text, String clause) {
        fields.add(new Field(fieldName, depth, offset, length, -1, 0, value, text, clause));
        return this;
    }

    /** Add a field of some bits; {@code firstBit} 0 is the most significant bit of the octet at {@code offset}. */
    public Dissection bits(
            String fieldName, int offset, int length, int firstBit, int bits, long value, String text, String clause) {
        fields.add(new Field(fieldName, depth, offset, length, firstBit, bits, value, text, clause));
        return this;
    }

    /** Add a field that holds the fields that follow, until {@link #end()}. */
    public Dissection group(String fieldName, int offset, int length, String text) {
        field(fieldName, offset, length, 0, text);
        depth++;
        return this;
    }

    /** End the innermost group. */
    public Dissection end() {
        depth--;
        return this;
    }

    /** Say which octets are the user's: {@code length} octets from {@code offset} on. */
    public Dissection sdu(int offset, int length) {
        sduOffset = offset;
        sduLength = length;
        return this;
    }

    /**
     * Say that the SDU is a segment of a longer one, which is cut up here and put together again by the peer.
     *
     * @param of tells the longer SDU apart from the others between the same two hosts; the same on both
     * @param offset of the segment's first octet in it
     */
    public Dissection segmentOf(String of, long offset) {
        whole = of;
        place = offset;
        begins = offset == 0;
        return this;
    }

    /**
     * Say that the SDU is some octets of a stream that the protocol keeps in order, whatever the PDUs they came in.
     *
     * @param of tells the stream apart from the others between the same two hosts; the same on both, one a direction
     * @param sequence the number of the SDU's first octet in the stream, modulo 2^32
     * @param first whether the stream begins with this octet, as after a SYN
     */
    public Dissection streamOf(String of, long sequence, boolean first) {
        whole = of;
        place = sequence;
        stream = true;
        begins = first;
        return this;
    }

    /** What the SDU is a piece of; empty if it is a whole by itself. */
    public String whole() {
        return whole;
    }

    /** Where in the whole the SDU begins: an offset, or a sequence number of a {@linkplain #isStream() stream}. */
    public long place() {
        return place;
    }

    /** Whether the whole is a stream without an end. */
    public boolean isStream() {
        return stream;
    }

    /** Whether the SDU is where the whole begins. */
    public boolean isBeginning() {
        return begins;
    }

    public String protocol() {
        return protocol;
    }

    public String name() {
        return name;
    }

    public String summary() {
        return summary;
    }

    public List<Field> fields() {
        return Collections.unmodifiableList(fields);
    }

    /** Whether the PDU carries octets of its user at all. */
    public boolean hasSdu() {
        return sduOffset >= 0;
    }

    public int sduOffset() {
        return sduOffset;
    }

    public int sduLength() {
        return sduLength;
    }
}
