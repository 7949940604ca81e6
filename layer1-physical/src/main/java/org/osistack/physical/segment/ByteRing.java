package org.osistack.physical.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.concurrent.atomic.AtomicLong;
import org.osistack.core.Pdu;

/**
 * Octets on their way from one thread to another: the first reads them from a channel, the second takes frames out.
 * Bounded, and without locks.
 */
final class ByteRing {
    private final ByteBuffer forWriting;
    private final ByteBuffer forReading;
    private final int capacity;
    private final AtomicLong written = new AtomicLong(); // octets ever; the writing thread's
    private final AtomicLong read = new AtomicLong(); // octets ever; the reading thread's

    /** Make a ring of a capacity that is a power of two. */
    ByteRing(int capacity) {
        this.capacity = capacity;
        this.forWriting = ByteBuffer.allocateDirect(capacity);
        this.forReading = forWriting.duplicate();
    }

    boolean isFull() {
        return written.get() - read.get() == capacity;
    }

    /** Read once from the channel what fits in one piece: how many octets that were; -1 at the end of the channel. */
    int readFrom(ReadableByteChannel channel) throws IOException {
        long position = written.get();
        int free = capacity - (int) (position - read.get());
        int index = (int) (position & capacity - 1);
        forWriting.limit(Math.min(capacity, index + free)).position(index);
        int count = channel.read(forWriting);
        if (count > 0) {
            written.set(position + count);
        }
        return count;
    }

    /** The length of the first frame; -1 if it hasn't arrived as a whole. It may be any number: check it. */
    int firstLength() {
        long available = written.get() - read.get();
        if (available < Framing.LENGTH_FIELD) {
            return -1;
        }
        long position = read.get();
        int length = 0;
        for (int i = 0; i < Framing.LENGTH_FIELD; i++) {
            length = length << 8 | forReading.get((int) (position + i & capacity - 1)) & 0xff;
        }
        return Framing.isValid(length) && available < Framing.LENGTH_FIELD + length ? -1 : length;
    }

    /** Take the first frame out, behind the PDU's data. */
    void take(int length, Pdu pdu) {
        long position = read.get() + Framing.LENGTH_FIELD;
        int index = (int) (position & capacity - 1);
        int to = pdu.arrayOffset() + pdu.length();
        pdu.pushTrailer(length);
        int inOnePiece = Math.min(length, capacity - index);
        forReading.get(index, pdu.array(), to, inOnePiece);
        forReading.get(0, pdu.array(), to + inOnePiece, length - inOnePiece);
        read.set(position + length);
    }
}
