package org.osistack.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * What TCP makes of a link of 100 Mbit/s with a round trip of 10 ms and a queue of 64 segments, in virtual time. The
 * result is checked in, so that a change for the worse is seen, and one for the better is noted.
 */
class GoodputTest {
    private static final int OCTETS = 2_000_000;
    private static final double[] LOSSES = {0, 0.001, 0.01, 0.05};
    private static final int[] WINDOWS_KIB = {16, 64, 256, 1024};

    @Test
    void isAsInTheTable() throws IOException {
        StringBuilder table = new StringBuilder("Mbit/s     loss     16 KiB     64 KiB    256 KiB   1024 KiB\n");
        for (String congestion : new String[] {"newreno", "cubic"}) {
            for (double loss : LOSSES) {
                table.append(String.format(Locale.ROOT, "%-8s %5.1f %%", congestion, loss * 100));
                for (int window : WINDOWS_KIB) {
                    table.append(String.format(Locale.ROOT, " %10.2f", goodput(congestion, loss, window)));
                }
                table.append('\n');
            }
        }
        try (InputStream expected = GoodputTest.class.getResourceAsStream("goodput.txt")) {
            assertThat(table.toString()).isEqualTo(new String(expected.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static double goodput(String congestion, double loss, int windowKib) {
        TwoTcps tcps = new TwoTcps(
                42, "congestion=" + congestion, "window=" + windowKib + "k", "sendbuffer=" + windowKib + "k");
        tcps.link.delayNanos = 5_000_000;
        tcps.link.bitsPerSecond = 100_000_000;
        tcps.link.queueLimit = 64 * 1500;
        tcps.link.loss = loss;
        TwoTcps.Sender user = tcps.exchange(OCTETS, 0, 1);
        assertThat(tcps.runUntilEnded(user, Duration.ofMinutes(10))).isTrue();
        double seconds = tcps.time.now() / 1e9;
        tcps.assertNothingLeft(congestion);
        return OCTETS * 8e-6 / seconds;
    }
}
