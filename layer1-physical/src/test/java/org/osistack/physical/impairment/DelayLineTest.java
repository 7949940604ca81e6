package org.osistack.physical.impairment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;

class DelayLineTest {
    private record Entry(long due, int number) {}

    @Test
    void handsOutByTimeAndThenInTheOrderOfPuttingIn() {
        SplittableRandom random = new SplittableRandom(1);
        PduPool pool = new PduPool(0);
        DelayLine line = new DelayLine();
        List<Entry> expected = new ArrayList<>();
        List<Integer> actual = new ArrayList<>();
        List<Integer> sorted = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            if (line.size() > 0 && random.nextInt(5) < 2) {
                take(line, actual);
                takeFirst(expected, sorted);
            } else {
                long due = random.nextInt(50);
                line.put(due, pool.take().append(new byte[4]).putInt32(0, i));
                expected.add(new Entry(due, i));
            }
            if (line.size() > 60) {
                while (line.size() > 0) {
                    take(line, actual);
                    takeFirst(expected, sorted);
                }
            }
        }
        while (line.size() > 0) {
            take(line, actual);
            takeFirst(expected, sorted);
        }

        assertThat(actual).isEqualTo(sorted);
        assertThat(pool.outstanding()).isZero();
    }

    private static void take(DelayLine line, List<Integer> numbers) {
        Pdu frame = line.poll();
        numbers.add(frame.getInt32(0));
        frame.release();
    }

    private static void takeFirst(List<Entry> entries, List<Integer> numbers) {
        Entry first = entries.get(0);
        for (Entry entry : entries) {
            if (entry.due() < first.due()) { // equal ones are in the order of putting in
                first = entry;
            }
        }
        entries.remove(first);
        numbers.add(first.number());
    }
}
