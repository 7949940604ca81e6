package org.osistack.application.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatenciesTest {
    @Test
    void knowsSmallTimesExactly() {
        Latencies latencies = new Latencies();
        for (int i = 1; i <= 50; i++) {
            latencies.add(i);
        }

        assertThat(latencies.percentile(0.5)).isEqualTo(25);
        assertThat(latencies.percentile(0.99)).isEqualTo(50);
        assertThat(latencies.roundTrips()).isEqualTo(new RoundTrips(50, 25, 50));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.5, 0.9, 0.99, 0.999, 1})
    void isNotFarFromTheTruth(double part) {
        SplittableRandom random = new SplittableRandom(7);
        Latencies latencies = new Latencies();
        long[] all = new long[10_000];
        for (int i = 0; i < all.length; i++) {
            all[i] = random.nextLong(1L << random.nextInt(1, 45));
            latencies.add(all[i]);
        }
        Arrays.sort(all);
        long truth = all[(int) Math.ceil(part * all.length) - 1];

        assertThat(latencies.percentile(part)).isCloseTo(truth, Percentage.withPercentage(1.6));
    }

    @Test
    void takesTheLongestAndTheShortestTimes() {
        Latencies latencies = new Latencies();
        latencies.add(Long.MAX_VALUE);
        latencies.add(-1);

        assertThat(latencies.percentile(0.5)).isZero();
        assertThat(latencies.percentile(1)).isCloseTo(Long.MAX_VALUE, Percentage.withPercentage(1.6));
    }

    @Test
    void hasNothingToTellBeforeTheFirst() {
        assertThat(new Latencies().roundTrips()).isEqualTo(new RoundTrips(0, 0, 0));
    }
}
