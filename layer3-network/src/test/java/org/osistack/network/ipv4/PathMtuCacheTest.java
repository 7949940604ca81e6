package org.osistack.network.ipv4;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.osistack.core.Simulation;

class PathMtuCacheTest {
    private static final int THERE = 0x08080808;

    private final Simulation time = new Simulation(1);
    private final PathMtuCache cache = new PathMtuCache(time.newHost("alice"), 1500);

    @Test
    void believesWhatARouterTellsForTenMinutes() {
        assertThat(cache.mtu(THERE)).isEqualTo(1500);
        assertThat(cache.tooLong(THERE, 1400, 1500)).isTrue();
        assertThat(cache.mtu(THERE)).isEqualTo(1400);
        assertThat(cache.mtu(THERE + 1)).isEqualTo(1500);
        time.run(Duration.ofSeconds(599));
        assertThat(cache.mtu(THERE)).isEqualTo(1400);
        time.run(Duration.ofSeconds(1));
        assertThat(cache.mtu(THERE)).isEqualTo(1500);
    }

    @Test
    void neverRaisesWhatIsKnownAndBelievesNothingAboutADatagramThatFits() {
        assertThat(cache.tooLong(THERE, 1600, 1500)).isFalse();
        assertThat(cache.tooLong(THERE, 1400, 1300)).isFalse();
        assertThat(cache.tooLong(THERE, 1200, 1500)).isTrue();
        assertThat(cache.tooLong(THERE, 1300, 1500)).isFalse();
        assertThat(cache.tooLong(THERE, 67, 1500)).isFalse();
        assertThat(cache.mtu(THERE)).isEqualTo(1200);
    }

    @Test
    void takesTheNextPlateauWhenARouterDoesNotTell() {
        assertThat(cache.tooLong(THERE, 0, 1500)).isTrue();
        assertThat(cache.mtu(THERE)).isEqualTo(1492);
        assertThat(cache.tooLong(THERE, 0, 1492)).isTrue();
        assertThat(cache.mtu(THERE)).isEqualTo(1006);
    }

    @Test
    void staysAt552AndLetsRoutersFragmentBelow() {
        assertThat(cache.isNarrow(THERE)).isFalse();
        assertThat(cache.tooLong(THERE, 68, 1500)).isTrue();
        assertThat(cache.mtu(THERE)).isEqualTo(552);
        assertThat(cache.isNarrow(THERE)).isTrue();
    }

    @Test
    void keepsTheLatestWhenItIsToldOfManyDestinations() {
        for (int i = 0; i < 100_000; i++) {
            assertThat(cache.tooLong(0x14000000 + i, 1400, 1500)).isTrue();
            assertThat(cache.mtu(0x14000000 + i)).isEqualTo(1400);
            time.run(Duration.ofNanos(1));
        }
        int known = 0;
        for (int i = 0; i < 100_000; i++) {
            known += cache.mtu(0x14000000 + i) == 1400 ? 1 : 0;
        }
        assertThat(known).isBetween(100, 256);
    }
}
