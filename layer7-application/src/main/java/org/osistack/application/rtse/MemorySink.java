package org.osistack.application.rtse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.osistack.core.Octets;

/** Collects an APDU in memory, up to a limit. */
public final class MemorySink implements TransferSink {
    private final int limit;
    private byte[] octets = {};
    private final ByteArrayOutputStream fresh = new ByteArrayOutputStream();

    /** Make one for at most so many octets. */
    public MemorySink(int limit) {
        this.limit = limit;
    }

    @Override
    public void append(byte[] more, int offset, int length) throws IOException {
        if (length > limit - octets.length - fresh.size()) {
            throw new IOException("an APDU of more than " + limit + " octets");
        }
        fresh.write(more, offset, length);
    }

    private void join() {
        int before = octets.length;
        octets = Arrays.copyOf(octets, before + fresh.size());
        System.arraycopy(fresh.toByteArray(), 0, octets, before, fresh.size());
        fresh.reset();
    }

    @Override
    public void secure(Completion completion) {
        completion.done();
    }

    @Override
    public void rollBack(long length) {
        join();
        octets = Arrays.copyOf(octets, (int) Math.min(length, octets.length));
    }

    @Override
    public void commit(Completion completion) {
        join();
        completion.done();
    }

    @Override
    public void discard() {
        octets = new byte[0];
        fresh.reset();
    }

    /** What has arrived so far; after the RT-TRANSFER indication, the APDU. */
    public Octets apdu() {
        join();
        return Octets.of(octets);
    }
}
