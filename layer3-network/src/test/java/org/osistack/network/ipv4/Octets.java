package org.osistack.network.ipv4;

import java.io.ByteArrayOutputStream;
import org.osistack.network.RecordingLink;

/** Builds datagrams for tests, field by field, with nothing of the code under test. */
final class Octets {
    static final int US = 0x0a000001;
    static final int PEER = 0x0a000002;

    private int typeOfService;
    private int id = 0x1234;
    private int flags;
    private int offset;
    private int ttl = 64;
    private int protocol = 17;
    private int source = PEER;
    private int destination = US;
    private byte[] options = {};
    private int checksumError;
    private int lengthError;

    static Octets datagram() {
        return new Octets();
    }

    Octets typeOfService(int value) {
        typeOfService = value;
        return this;
    }

    Octets id(int value) {
        id = value;
        return this;
    }

    Octets dontFragment() {
        flags |= 0x4000;
        return this;
    }

    /** A part of a datagram: from this offset on, in octets. */
    Octets fragment(int newOffset, boolean more) {
        offset = newOffset;
        flags = more ? 0x2000 : 0;
        return this;
    }

    Octets ttl(int value) {
        ttl = value;
        return this;
    }

    Octets protocol(int value) {
        protocol = value;
        return this;
    }

    Octets from(int address) {
        source = address;
        return this;
    }

    Octets to(int address) {
        destination = address;
        return this;
    }

    /** Options, padded to a multiple of four octets by whoever writes them. */
    Octets options(String hex) {
        options = RecordingLink.octets(hex);
        return this;
    }

    Octets wrongChecksum() {
        checksumError = 1;
        return this;
    }

    Octets totalLengthOffBy(int error) {
        lengthError = error;
        return this;
    }

    byte[] with(String hex) {
        return with(RecordingLink.octets(hex));
    }

    byte[] with(byte[] data) {
        int headerLength = 20 + options.length;
        byte[] all = new byte[headerLength + data.length];
        all[0] = (byte) (0x40 | headerLength / 4);
        all[1] = (byte) typeOfService;
        put(all, 2, all.length + lengthError);
        put(all, 4, id);
        put(all, 6, flags | offset / 8);
        all[8] = (byte) ttl;
        all[9] = (byte) protocol;
        put(all, 12, source >>> 16);
        put(all, 14, source);
        put(all, 16, destination >>> 16);
        put(all, 18, destination);
        System.arraycopy(options, 0, all, 20, options.length);
        put(all, 10, checksum(all, headerLength) + checksumError);
        System.arraycopy(data, 0, all, headerLength, data.length);
        return all;
    }

    /** An ICMP message with its checksum. */
    static byte[] icmp(int type, int code, int rest, byte[] data) {
        byte[] all = new byte[8 + data.length];
        all[0] = (byte) type;
        all[1] = (byte) code;
        put(all, 4, rest >>> 16);
        put(all, 6, rest);
        System.arraycopy(data, 0, all, 8, data.length);
        put(all, 2, checksum(all, all.length));
        return all;
    }

    /** Octets that count up. */
    static byte[] counting(int length) {
        byte[] data = new byte[length];
        for (int i = 0; i < length; i++) {
            data[i] = (byte) i;
        }
        return data;
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static void put(byte[] octets, int at, int value) {
        octets[at] = (byte) (value >>> 8);
        octets[at + 1] = (byte) value;
    }

    private static int checksum(byte[] octets, int length) {
        int sum = 0;
        for (int i = 0; i < length; i++) {
            sum += (octets[i] & 0xff) << (i % 2 == 0 ? 8 : 0);
        }
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return ~sum & 0xffff;
    }
}
