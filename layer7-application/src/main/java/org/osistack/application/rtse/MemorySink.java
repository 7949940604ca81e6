package org.osistack.application.rtse;

import java.io.IOException;
import java.util.Arrays;
import org.osistack.core.Octets;

/** Collects an APDU in memory, up to a limit. */
public final class MemorySink implements TransferSink {
    private final int limit;
    private byte[] octets = {};
    private int length;

    /** Make one for at most so many octets. */
    public MemorySink(int limit) {
        this.limit = limit;
    }

    @Override
    public void append(byte[] more, int offset, int count) throws IOException {
        if (count > limit - length) {
            throw new IOException("an APDU of more than " + limit + " octets");
        }
        if (length + count > octets.length) {
            octets = Arrays.copyOf(octets, Math.max(length + count, (int) Math.min(limit, 2L * octets.length)));
        }
        System.arraycopy(more, offset, octets, length, count);
        length += count;
    }

    @Override
    public void secure(Completion completion) {
        completion.done();
    }

    @Override
    public void rollBack(long toLength) {
        length = (int) Math.min(length, toLength);
    }

    @Override
    public void commit(Completion completion) {
        completion.done();
    }

    @Override
    public void discard() {
        octets = new byte[0];
        length = 0;
    }

    /** What has arrived so far; after the RT-TRANSFER indication, the APDU. */
    public Octets apdu() {
        return Octets.of(Arrays.copyOf(octets, length));
    }
}
