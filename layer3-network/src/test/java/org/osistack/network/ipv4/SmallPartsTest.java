package org.osistack.network.ipv4;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.osistack.core.Simulation;

class SmallPartsTest {
    @Test
    void usesEveryIdentificationOnceBeforeAnyComesAgain() {
        for (int seed = 0; seed < 20; seed++) {
            DatagramIds ids = new DatagramIds(new Simulation(seed).newRandom());
            BitSet seen = new BitSet();
            for (int i = 0; i < 0x10000; i++) {
                int id = ids.next();
                assertThat(id).isBetween(0, 0xffff);
                seen.set(id);
            }
            assertThat(seen.cardinality()).isEqualTo(0x10000);
        }
    }

    @Test
    void doesNotCountIdentificationsUp() {
        DatagramIds ids = new DatagramIds(new Simulation(1).newRandom());
        int steps = 0;
        for (int i = 0, before = ids.next(); i < 1000; i++) {
            int next = ids.next();
            steps += Math.abs(next - before) <= 1 ? 1 : 0;
            before = next;
        }
        assertThat(steps).isLessThan(100);
    }

    @Test
    void letsABurstThroughAndThenSoManyASecond() {
        TokenBucket bucket = new TokenBucket(5, 10, 0);
        assertThat(taken(bucket, 0, 20)).isEqualTo(5);
        assertThat(taken(bucket, 99_999_999, 20)).isZero();
        assertThat(taken(bucket, 100_000_000, 20)).isOne();
        assertThat(taken(bucket, 399_999_999, 20)).isEqualTo(2);
        assertThat(taken(bucket, 3_600_000_000_000L, 20)).isEqualTo(5);
    }

    private static int taken(TokenBucket bucket, long now, int times) {
        int taken = 0;
        for (int i = 0; i < times; i++) {
            taken += bucket.take(now) ? 1 : 0;
        }
        return taken;
    }
}
