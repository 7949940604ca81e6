package org.osistack.transport.tcp;

import java.util.Arrays;
import org.osistack.core.Pdu;

/**
 * The texts that arrived out of order and wait for what is missing before them, sorted and without overlap. What came
 * first is kept where texts overlap. It also knows which blocks to acknowledge selectively (RFC 2018 §4).
 */
final class Reassembly {
    /** What became of a text. */
    enum Outcome {
        KEPT,
        DUPLICATE,
        OVER_LIMIT
    }

    private final MemoryBudget budget;
    private final int limit;
    private int spent;

    private Pdu[] texts = {};
    private int[] starts = {};
    private int count;

    private int[] lefts = {}; // blocks of texts without a gap between them
    private int[] rights = {};
    private int blocks;

    private final int[] recent = new int[TcpOptions.MAX_SACK_BLOCKS]; // a number in each block that grew last
    private int recents;

    /**
     * Make an empty one.
     *
     * @param budget what all connections share
     * @param limit how much memory this connection may use, in octets
     */
    Reassembly(MemoryBudget budget, int limit) {
        this.budget = budget;
        this.limit = limit;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** Keep a text. It is taken over if it is kept, and remains the caller's otherwise. */
    Outcome insert(int sequenceNumber, Pdu text) {
        int start = sequenceNumber;
        int end = start + text.length();
        int at = firstEndingAfter(start);
        if (at < count && !SequenceNumber.isAfter(starts[at], start)) { // its front is there
            start = endOf(at);
            at++;
        }
        if (!SequenceNumber.isBefore(start, end)) {
            return Outcome.DUPLICATE;
        }
        int size = text.headroom() + text.length() + text.tailroom();
        if (spent + size > limit || !budget.take(size)) {
            return Outcome.OVER_LIMIT;
        }
        spent += size;
        while (at < count && !SequenceNumber.isAfter(endOf(at), end)) { // covers another one
            forget(removeAt(at));
        }
        if (at < count && SequenceNumber.isBefore(starts[at], end)) { // its back is there
            end = starts[at];
        }
        text.pullHeader(start - sequenceNumber).truncate(end - start);
        if (text.length() == 0) {
            unspend(text);
            return Outcome.DUPLICATE;
        }
        store(at, start, text);
        addToBlocks(start, end);
        return Outcome.KEPT;
    }

    private void store(int at, int start, Pdu text) {
        if (at > 0 && endOf(at - 1) == start && texts[at - 1].tailroom() >= text.length()) {
            texts[at - 1].append(text, 0, text.length()); // so that many small segments don't keep many large buffers
            forget(text);
            return;
        }
        if (count == texts.length) {
            int capacity = Math.max(8, 2 * count);
            texts = Arrays.copyOf(texts, capacity);
            starts = Arrays.copyOf(starts, capacity);
        }
        System.arraycopy(texts, at, texts, at + 1, count - at);
        System.arraycopy(starts, at, starts, at + 1, count - at);
        texts[at] = text;
        starts[at] = start;
        count++;
    }

    private int endOf(int index) {
        return starts[index] + texts[index].length();
    }

    private int firstEndingAfter(int sequenceNumber) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (SequenceNumber.isAfter(endOf(middle), sequenceNumber)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private Pdu removeAt(int index) {
        Pdu text = texts[index];
        count--;
        System.arraycopy(texts, index + 1, texts, index, count - index);
        System.arraycopy(starts, index + 1, starts, index, count - index);
        texts[count] = null;
        return text;
    }

    private void unspend(Pdu text) {
        int size = text.headroom() + text.length() + text.tailroom();
        spent -= size;
        budget.giveBack(size);
    }

    private void forget(Pdu text) {
        unspend(text);
        text.release();
    }

    /** Everything before {@code rcvNxt} is there: hand over the next text; null if it is missing. */
    Pdu poll(int rcvNxt) {
        while (count > 0 && !SequenceNumber.isAfter(starts[0], rcvNxt)) {
            int known = rcvNxt - starts[0];
            Pdu text = removeAt(0);
            if (known < text.length()) {
                unspend(text);
                return text.pullHeader(known);
            }
            forget(text);
        }
        return null;
    }

    // Selective acknowledgement

    private void addToBlocks(int left, int right) {
        int first = 0;
        while (first < blocks && SequenceNumber.isBefore(rights[first], left)) {
            first++;
        }
        int last = first;
        int newLeft = left;
        int newRight = right;
        while (last < blocks && !SequenceNumber.isAfter(lefts[last], right)) {
            newLeft = SequenceNumber.earlier(newLeft, lefts[last]);
            newRight = SequenceNumber.later(newRight, rights[last]);
            last++;
        }
        replaceBlocks(first, last, newLeft, newRight);
        remember(newLeft, newRight);
    }

    private void replaceBlocks(int first, int last, int left, int right) {
        int newBlocks = blocks - (last - first) + 1;
        if (newBlocks > lefts.length) {
            int capacity = Math.max(8, 2 * newBlocks);
            lefts = Arrays.copyOf(lefts, capacity);
            rights = Arrays.copyOf(rights, capacity);
        }
        System.arraycopy(lefts, last, lefts, first + 1, blocks - last);
        System.arraycopy(rights, last, rights, first + 1, blocks - last);
        lefts[first] = left;
        rights[first] = right;
        blocks = newBlocks;
    }

    /** The block that has grown comes first from now on. */
    private void remember(int left, int right) {
        int kept = 0;
        int displaced = left;
        for (int i = 0; i < recents; i++) {
            int number = recent[i];
            if (number - left >= 0 && number - right < 0) {
                continue; // the same block
            }
            recent[kept++] = displaced;
            displaced = number;
            if (kept == recent.length) {
                break;
            }
        }
        if (kept < recent.length) {
            recent[kept++] = displaced;
        }
        recents = kept;
    }

    /** Blocks that end before this number are acknowledged and no longer reported. */
    void acknowledged(int rcvNxt) {
        int gone = 0;
        while (gone < blocks && !SequenceNumber.isAfter(rights[gone], rcvNxt)) {
            gone++;
        }
        if (gone > 0) {
            blocks -= gone;
            System.arraycopy(lefts, gone, lefts, 0, blocks);
            System.arraycopy(rights, gone, rights, 0, blocks);
        }
        int kept = 0;
        for (int i = 0; i < recents; i++) {
            if (SequenceNumber.isAfter(recent[i], rcvNxt)) {
                recent[kept++] = recent[i];
            }
        }
        recents = kept;
    }

    /** How many blocks there are to report. */
    int sackBlocks() {
        return recents;
    }

    /** The block to report at this place; the one that has grown last is at 0. */
    int blockAt(int place) {
        int low = 0;
        int high = blocks - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (SequenceNumber.isAfter(lefts[middle], recent[place])) {
                high = middle - 1;
            } else {
                low = middle;
            }
        }
        return low;
    }

    int leftOf(int block) {
        return lefts[block];
    }

    int rightOf(int block) {
        return rights[block];
    }

    /** Throw everything away. */
    void clear() {
        for (int i = 0; i < count; i++) {
            forget(texts[i]);
        }
        texts = new Pdu[0];
        starts = new int[0];
        count = 0;
        blocks = 0;
        recents = 0;
    }
}
