package org.osistack.application.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.osistack.core.Octets;

/** What is written on a person's terminal. */
@Timeout(30)
class ScribeTest {
    private final StringBuffer text = new StringBuffer();
    private final List<Boolean> brakes = new ArrayList<>();

    @Test
    void charactersAreWholeAndHarmless() {
        try (Scribe scribe = new Scribe((isError, said) -> text.append(said), hold -> {})) {
            byte[] octets = Octets.ofText("grün\t€\u001b[2J\u0007\n").toByteArray();
            for (byte octet : octets) {
                scribe.write(false, Octets.of(octet));
            }
            scribe.write(false, Octets.of((byte) 0xff));
        }
        assertThat(text).hasToString("grün\t€ [2J \n\ufffd");
    }

    @Test
    void aSlowTerminalIsAReasonToWait() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        Scribe scribe = new Scribe(
                (isError, said) -> {
                    await(slow);
                    text.append(said);
                },
                hold -> {
                    synchronized (brakes) {
                        brakes.add(hold);
                    }
                });
        for (int i = 0; i < 200; i++) {
            scribe.write(false, "x");
        }
        synchronized (brakes) {
            assertThat(brakes).containsExactly(true);
        }
        slow.countDown();
        scribe.close();
        assertThat(brakes).containsExactly(true, false);
        assertThat(text).hasSize(200);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
