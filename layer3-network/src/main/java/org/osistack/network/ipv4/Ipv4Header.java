package org.osistack.network.ipv4;

import org.osistack.core.Checksum;
import org.osistack.core.Discard;
import org.osistack.core.Pdu;

/**
 * The header of an Internet datagram (RFC 791 §3.1) as a view of the octets of a PDU.
 *
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |Version|  IHL  |Type of Service|          Total Length         |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |         Identification        |Flags|      Fragment Offset    |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |  Time to Live |    Protocol   |         Header Checksum       |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                       Source Address                          |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                    Destination Address                        |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                    Options                    |    Padding    |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
final class Ipv4Header {
    /** Of a header without options. */
    static final int LENGTH = 20;
    /** Of the longest header. */
    static final int MAX_LENGTH = 60;
    /** Of the longest datagram. */
    static final int MAX_TOTAL_LENGTH = 65_535;
    /** The flag "may not be fragmented". */
    static final int DONT_FRAGMENT = 0x4000;
    /** The flag "this is not the last fragment". */
    static final int MORE_FRAGMENTS = 0x2000;
    /** What the number in the fragment offset field counts: units of 8 octets. */
    static final int FRAGMENT_UNIT = 8;

    static final int VERSION_AND_IHL = 0;
    static final int TYPE_OF_SERVICE = 1;
    static final int TOTAL_LENGTH = 2;
    static final int IDENTIFICATION = 4;
    static final int FLAGS_AND_OFFSET = 6;
    static final int TIME_TO_LIVE = 8;
    static final int PROTOCOL = 9;
    static final int CHECKSUM = 10;
    static final int SOURCE = 12;
    static final int DESTINATION = 16;

    private static final int VERSION_4 = 0x40;
    private static final int OFFSET_MASK = 0x1fff;

    private Pdu datagram;

    /**
     * What is wrong with a datagram that has arrived; null if nothing is, so that all accessors may be used and its
     * total length is no more than the octets that are there (RFC 1122 §3.2.1).
     */
    static Discard fault(Pdu datagram) {
        int there = datagram.length();
        if (there < LENGTH) {
            return Discard.TOO_SHORT;
        }
        int versionAndIhl = datagram.getUint8(VERSION_AND_IHL);
        if (versionAndIhl >>> 4 != 4) {
            return Discard.BAD_VERSION;
        }
        int headerLength = (versionAndIhl & 0xf) << 2;
        int totalLength = datagram.getUint16(TOTAL_LENGTH);
        if (headerLength < LENGTH || headerLength > totalLength || totalLength > there) {
            return Discard.BAD_LENGTH;
        }
        return Checksum.sum(datagram, 0, headerLength) == 0xffff ? null : Discard.BAD_CHECKSUM;
    }

    /**
     * Whether these octets begin with a header that may be read, though they needn't be the whole datagram: what ICMP
     * quotes.
     */
    static boolean isReadable(Pdu octets, int offset) {
        if (octets.length() - offset < LENGTH) {
            return false;
        }
        int versionAndIhl = octets.getUint8(offset);
        int headerLength = (versionAndIhl & 0xf) << 2;
        return versionAndIhl >>> 4 == 4 && headerLength >= LENGTH && octets.length() - offset >= headerLength;
    }

    Ipv4Header wrap(Pdu newDatagram) {
        this.datagram = newDatagram;
        return this;
    }

    /** Write version and length of a header without options. The type of service is all zero. */
    Ipv4Header init() {
        datagram.putUint16(VERSION_AND_IHL, (VERSION_4 | LENGTH >>> 2) << 8);
        return this;
    }

    /** The length of the header, options included, in octets. */
    int headerLength() {
        return (datagram.getUint8(VERSION_AND_IHL) & 0xf) << 2;
    }

    int typeOfService() {
        return datagram.getUint8(TYPE_OF_SERVICE);
    }

    Ipv4Header typeOfService(int value) {
        datagram.putUint8(TYPE_OF_SERVICE, value);
        return this;
    }

    /** The length of header and data, in octets. */
    int totalLength() {
        return datagram.getUint16(TOTAL_LENGTH);
    }

    Ipv4Header totalLength(int octets) {
        datagram.putUint16(TOTAL_LENGTH, octets);
        return this;
    }

    int identification() {
        return datagram.getUint16(IDENTIFICATION);
    }

    Ipv4Header identification(int value) {
        datagram.putUint16(IDENTIFICATION, value);
        return this;
    }

    boolean dontFragment() {
        return (datagram.getUint16(FLAGS_AND_OFFSET) & DONT_FRAGMENT) != 0;
    }

    boolean moreFragments() {
        return (datagram.getUint16(FLAGS_AND_OFFSET) & MORE_FRAGMENTS) != 0;
    }

    /** Where the data belong in the whole datagram's, in octets. */
    int fragmentOffset() {
        return (datagram.getUint16(FLAGS_AND_OFFSET) & OFFSET_MASK) * FRAGMENT_UNIT;
    }

    /** Whether this is a part of a datagram: more fragments follow, or some went before. */
    boolean isFragment() {
        return (datagram.getUint16(FLAGS_AND_OFFSET) & (MORE_FRAGMENTS | OFFSET_MASK)) != 0;
    }

    /**
     * Write flags and fragment offset.
     *
     * @param offset in octets, a multiple of 8
     */
    Ipv4Header fragment(int flags, int offset) {
        datagram.putUint16(FLAGS_AND_OFFSET, flags | offset / FRAGMENT_UNIT);
        return this;
    }

    int timeToLive() {
        return datagram.getUint8(TIME_TO_LIVE);
    }

    Ipv4Header timeToLive(int hops) {
        datagram.putUint8(TIME_TO_LIVE, hops);
        return this;
    }

    int protocol() {
        return datagram.getUint8(PROTOCOL);
    }

    Ipv4Header protocol(int number) {
        datagram.putUint8(PROTOCOL, number);
        return this;
    }

    int source() {
        return datagram.getInt32(SOURCE);
    }

    Ipv4Header source(int address) {
        datagram.putInt32(SOURCE, address);
        return this;
    }

    int destination() {
        return datagram.getInt32(DESTINATION);
    }

    Ipv4Header destination(int address) {
        datagram.putInt32(DESTINATION, address);
        return this;
    }

    /** Write the checksum over the header as it is now. */
    Ipv4Header fillChecksum() {
        datagram.putUint16(CHECKSUM, 0);
        datagram.putUint16(CHECKSUM, Checksum.of(Checksum.sum(datagram, 0, headerLength())));
        return this;
    }
}
