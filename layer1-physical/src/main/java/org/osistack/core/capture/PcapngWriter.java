package org.osistack.core.capture;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.osistack.core.Direction;

/**
 * Writes a capture of Ethernet frames in the pcapng format (draft-ietf-opsawg-pcapng), with a comment on each that tells
 * its story: Wireshark shows it above the frame's own fields.
 *
 * <p>A file is one section: its header, a description of each interface, names of addresses, and the packets, in any
 * order but that an interface comes before its packets.
 *
 * <p>For one thread. Methods throw {@link IOException} when the octets can't be written: a full disk, or a reader that
 * has gone.
 */
public final class PcapngWriter implements Closeable {
    private static final int SECTION_HEADER = 0x0a0d0d0a; // §4.1
    private static final int INTERFACE_DESCRIPTION = 1; // §4.2
    private static final int NAME_RESOLUTION = 4; // §4.5
    private static final int ENHANCED_PACKET = 6; // §4.3

    private static final int OPT_COMMENT = 1; // §3.5
    private static final int SHB_HARDWARE = 2; // §4.1
    private static final int SHB_OS = 3;
    private static final int SHB_USERAPPL = 4;
    private static final int IF_NAME = 2; // §4.2
    private static final int IF_DESCRIPTION = 3;
    private static final int IF_TSRESOL = 9;
    private static final int IF_FCSLEN = 13;
    private static final int EPB_FLAGS = 2; // §4.3

    private static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;
    private static final int LINKTYPE_ETHERNET = 1;
    private static final int NANOSECONDS = 9; // as the negative power of ten
    private static final int NO_LIMIT = 0;
    private static final int FLAG_INBOUND = 1; // §4.3.1: bits 0 and 1
    private static final int FLAG_OUTBOUND = 2;
    private static final int FLAG_FCS_LENGTH_SHIFT = 5; // bits 5 to 8
    private static final int NRB_RECORD_END = 0;
    private static final int NRB_RECORD_IPV4 = 1;
    private static final int NRB_RECORD_IPV6 = 2;

    private final OutputStream out;
    private final BlockWriter block;
    private final boolean live;
    private int interfaces;

    /**
     * Begin a capture.
     *
     * <pre>
     *    0                   1                   2                   3
     *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
     *   +---------------------------------------------------------------+
     *   |                   Block Type = 0x0A0D0D0A                     |
     *   +---------------------------------------------------------------+
     *   |                      Block Total Length                       |
     *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
     *   |              Byte-Order Magic = 0x1A2B3C4D                    |
     *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
     *   |      Major Version = 1        |       Minor Version = 0       |
     *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
     *   |               Section Length = -1: not specified              |
     *   |                                                               |
     *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
     *   /       Options: shb_hardware, shb_os, shb_userappl             /
     *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
     *   |                      Block Total Length                       |
     *   +---------------------------------------------------------------+
     * </pre>
     *
     * @param out where the octets go; closed with the writer
     * @param live whether each packet is to be seen at once by whoever reads the other end, such as a Wireshark behind a
     *     pipe
     * @param application what wrote the capture, with its version
     */
    public PcapngWriter(OutputStream out, boolean live, String application) throws IOException {
        this.out = out;
        this.live = live;
        this.block = new BlockWriter(out);
        block.begin(SECTION_HEADER)
                .uint32(BYTE_ORDER_MAGIC)
                .uint16(1)
                .uint16(0)
                .uint64(-1)
                .option(SHB_HARDWARE, System.getProperty("os.arch"))
                .option(SHB_OS, System.getProperty("os.name") + " " + System.getProperty("os.version"))
                .option(SHB_USERAPPL, application)
                .end();
        flushIfLive();
    }

    /**
     * Describe an interface.
     *
     * <pre>
     *   +---------------------------------------------------------------+
     *   |                    Block Type = 0x00000001                    |
     *   +---------------------------------------------------------------+
     *   |                      Block Total Length                       |
     *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
     *   |     LinkType = 1: Ethernet    |           Reserved            |
     *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
     *   |                   SnapLen = 0: no limit                       |
     *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
     *   /  Options: if_name, if_description, if_tsresol, if_fcslen      /
     *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
     *   |                      Block Total Length                       |
     *   +---------------------------------------------------------------+
     * </pre>
     *
     * @param name a short one, such as {@code alice}
     * @param description such as the medium's name
     * @param fcsLength how many octets of frame check sequence each frame has: 4 or 0
     * @return the number of the interface, for {@link #packet}
     */
    public int addInterface(String name, String description, int fcsLength) throws IOException {
        block.begin(INTERFACE_DESCRIPTION)
                .uint16(LINKTYPE_ETHERNET)
                .uint16(0)
                .uint32(NO_LIMIT)
                .option(IF_NAME, name)
                .option(IF_DESCRIPTION, description)
                .option(IF_TSRESOL, (byte) NANOSECONDS)
                .option(IF_FCSLEN, (byte) fcsLength)
                .end();
        flushIfLive();
        return interfaces++;
    }

    /**
     * Name an address.
     *
     * <pre>
     *   +---------------------------------------------------------------+
     *   |                    Block Type = 0x00000004                    |
     *   +---------------------------------------------------------------+
     *   |                      Block Total Length                       |
     *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
     *   | Record Type: 1 IPv4, 2 IPv6   |      Record Value Length      |
     *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
     *   /   address, then its names, each ended by a zero; padded       /
     *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
     *   |  Record Type = end of record  |   Record Value Length = 0     |
     *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
     *   |                      Block Total Length                       |
     *   +---------------------------------------------------------------+
     * </pre>
     *
     * @param address an IPv4 or an IPv6 address, 4 or 16 octets; others have no names in this format
     */
    public void addName(byte[] address, String... names) throws IOException {
        if (address.length != 4 && address.length != 16) {
            throw new IllegalArgumentException("an address of " + address.length + " octets");
        }
        int length = address.length;
        List<byte[]> encoded = new ArrayList<>();
        for (String name : names) {
            byte[] octets = name.getBytes(StandardCharsets.UTF_8);
            encoded.add(octets);
            length += octets.length + 1;
        }
        block.begin(NAME_RESOLUTION)
                .uint16(address.length == 4 ? NRB_RECORD_IPV4 : NRB_RECORD_IPV6)
                .uint16(length)
                .octets(address);
        for (byte[] name : encoded) {
            block.octets(name).uint8(0);
        }
        block.pad().uint16(NRB_RECORD_END).uint16(0).end();
        flushIfLive();
    }

    /**
     * Write a frame down.
     *
     * <pre>
     *   +---------------------------------------------------------------+
     *   |                    Block Type = 0x00000006                    |
     *   +---------------------------------------------------------------+
     *   |                      Block Total Length                       |
     *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
     *   |                         Interface ID                          |
     *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
     *   |                        Timestamp (High)                       |
     *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
     *   |                        Timestamp (Low)                        |
     *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
     *   |                    Captured Packet Length                     |
     *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
     *   |                    Original Packet Length                     |
     *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
     *   /                   Packet Data, padded to 32 bits              /
     *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
     *   /                Options: opt_comment, epb_flags                /
     *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
     *   |                      Block Total Length                       |
     *   +---------------------------------------------------------------+
     * </pre>
     *
     * @param interfaceId from {@link #addInterface}
     * @param nanos the time in nanoseconds since 1970-01-01 UTC
     * @param direction whether the interface sent it ({@link Direction#DOWN}) or received it
     * @param fcsLength how many of the octets, at their end, are its frame check sequence
     * @param comment what there is to say about it; empty for nothing
     */
    public void packet(int interfaceId, long nanos, Direction direction, byte[] octets, int fcsLength, String comment)
            throws IOException {
        if (interfaceId < 0 || interfaceId >= interfaces) {
            throw new IllegalArgumentException("there is no interface " + interfaceId);
        }
        int flags = (direction == Direction.UP ? FLAG_INBOUND : FLAG_OUTBOUND) | fcsLength << FLAG_FCS_LENGTH_SHIFT;
        block.begin(ENHANCED_PACKET)
                .uint32(interfaceId)
                .uint64(nanos)
                .uint32(octets.length)
                .uint32(octets.length)
                .octets(octets)
                .pad()
                .option(OPT_COMMENT, comment)
                .option(EPB_FLAGS, (byte) (flags >>> 24), (byte) (flags >>> 16), (byte) (flags >>> 8), (byte) flags)
                .end();
        flushIfLive();
    }

    private void flushIfLive() throws IOException {
        if (live) {
            out.flush();
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
