package org.osistack.transport.tcp;

import org.osistack.core.Pdu;

/**
 * The options of a segment (RFC 9293 §3.1, RFC 7323, RFC 2018): those of one that arrived, and how to write each.
 *
 * <p>Read once into fields, so that a steady flow allocates nothing. Options that are not known are skipped; at a
 * length that cannot be, reading ends (RFC 9293 §3.1, MUST-7).
 */
final class TcpOptions {
    static final int END = 0;
    static final int NO_OPERATION = 1;
    static final int MAX_SEGMENT_SIZE = 2;
    static final int WINDOW_SCALE = 3;
    static final int SACK_PERMITTED = 4;
    static final int SACK = 5;
    static final int TIMESTAMPS = 8;

    /** Timestamps with the padding that aligns them. */
    static final int TIMESTAMPS_LENGTH = 12;
    /** What precedes the blocks of a SACK option, padding included. */
    static final int SACK_HEAD_LENGTH = 4;
    /** One block of a SACK option. */
    static final int SACK_BLOCK_LENGTH = 8;

    static final int MAX_SACK_BLOCKS = 4;
    static final int ABSENT = -1;

    private static final int TIMESTAMPS_WORD = 0x0101080a; // NOP, NOP, kind 8, length 10

    int maxSegmentSize;
    int windowScale;
    boolean sackPermitted;
    boolean timestamps;
    int tsVal;
    int tsEcr;
    int sackBlocks;
    final int[] sackLeft = new int[MAX_SACK_BLOCKS];
    final int[] sackRight = new int[MAX_SACK_BLOCKS];

    /** Read the options of a valid segment whose header has this length. */
    void parse(Pdu segment, int headerLength) {
        maxSegmentSize = ABSENT;
        windowScale = ABSENT;
        sackPermitted = false;
        timestamps = false;
        sackBlocks = 0;
        int offset = TcpHeader.LENGTH;
        if (headerLength == TcpHeader.LENGTH + TIMESTAMPS_LENGTH && segment.getInt32(offset) == TIMESTAMPS_WORD) {
            readTimestamps(segment, offset + 2); // nearly every segment: RFC 7323 appendix A
            return;
        }
        while (offset < headerLength) {
            int kind = segment.getUint8(offset);
            if (kind == END) {
                return;
            }
            if (kind == NO_OPERATION) {
                offset++;
                continue;
            }
            int length = offset + 1 < headerLength ? segment.getUint8(offset + 1) : 0;
            if (length < 2 || offset + length > headerLength) {
                return;
            }
            read(segment, kind, offset, length);
            offset += length;
        }
    }

    private void read(Pdu segment, int kind, int offset, int length) {
        switch (kind) {
            case MAX_SEGMENT_SIZE -> {
                if (length == 4) {
                    maxSegmentSize = segment.getUint16(offset + 2);
                }
            }
            case WINDOW_SCALE -> {
                if (length == 3) {
                    windowScale = segment.getUint8(offset + 2);
                }
            }
            case SACK_PERMITTED -> sackPermitted = length == 2;
            case SACK -> readSack(segment, offset + 2, length - 2);
            case TIMESTAMPS -> {
                if (length == 10) {
                    readTimestamps(segment, offset);
                }
            }
            default -> {
                // not known here: skipped
            }
        }
    }

    private void readTimestamps(Pdu segment, int offset) {
        timestamps = true;
        tsVal = segment.getInt32(offset + 2);
        tsEcr = segment.getInt32(offset + 6);
    }

    private void readSack(Pdu segment, int offset, int length) {
        for (int at = 0; at + SACK_BLOCK_LENGTH <= length && sackBlocks < MAX_SACK_BLOCKS; at += SACK_BLOCK_LENGTH) {
            sackLeft[sackBlocks] = segment.getInt32(offset + at);
            sackRight[sackBlocks] = segment.getInt32(offset + at + 4);
            sackBlocks++;
        }
    }

    /** Write the timestamps option with its padding at this offset. */
    static void putTimestamps(Pdu segment, int offset, int tsVal, int tsEcr) {
        segment.putInt32(offset, TIMESTAMPS_WORD).putInt32(offset + 4, tsVal).putInt32(offset + 8, tsEcr);
    }

    /** Write the head of a SACK option of so many blocks, padding included. */
    static void putSackHead(Pdu segment, int offset, int blocks) {
        segment.putInt32(offset, 0x01010000 | SACK << 8 | 2 + blocks * SACK_BLOCK_LENGTH);
    }

    /** How many octets the options of a SYN segment take. */
    static int synLength(boolean sack, boolean timestamps, boolean windowScale) {
        return 4 + (timestamps ? TIMESTAMPS_LENGTH : sack ? 4 : 0) + (windowScale ? 4 : 0);
    }

    /**
     * Write the options of a SYN segment in the order in which Linux does, which the devices of this world are used
     * to: maximum segment size, SACK permitted, timestamps, no operation, window scale.
     *
     * @param windowScale {@link #ABSENT} to leave it out
     */
    static void putSyn(Pdu segment, int mss, boolean sack, boolean timestamps, int tsVal, int tsEcr, int windowScale) {
        int offset = TcpHeader.LENGTH;
        segment.putInt32(offset, MAX_SEGMENT_SIZE << 24 | 4 << 16 | mss);
        offset += 4;
        if (timestamps) {
            putTimestamps(segment, offset, tsVal, tsEcr);
            if (sack) {
                segment.putUint16(offset, SACK_PERMITTED << 8 | 2); // in the place of the padding
            }
            offset += TIMESTAMPS_LENGTH;
        } else if (sack) {
            segment.putInt32(offset, 0x01010000 | SACK_PERMITTED << 8 | 2);
            offset += 4;
        }
        if (windowScale != ABSENT) {
            segment.putInt32(offset, NO_OPERATION << 24 | WINDOW_SCALE << 16 | 3 << 8 | windowScale);
        }
    }
}
