package org.osistack.application.rtse;

import java.util.ArrayList;
import java.util.List;

/** A sink whose work is never done until somebody says so. */
final class SlowSink implements TransferSink {
    final List<Completion> waiting = new ArrayList<>();
    final List<Long> rollBacks = new ArrayList<>();
    long octets;
    int commits;
    boolean isDiscarded;

    @Override
    public void append(byte[] array, int offset, int length) {
        octets += length;
    }

    @Override
    public void secure(Completion completion) {
        waiting.add(completion);
    }

    @Override
    public void rollBack(long length) {
        octets = length;
        rollBacks.add(length);
    }

    @Override
    public void commit(Completion completion) {
        commits++;
        waiting.add(completion);
    }

    @Override
    public void discard() {
        isDiscarded = true;
    }
}
