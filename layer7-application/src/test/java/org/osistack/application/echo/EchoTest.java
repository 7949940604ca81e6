package org.osistack.application.echo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osistack.application.Association;
import org.osistack.application.FakeAssociations;

class EchoTest {
    private final FakeAssociations.Pair pair = new FakeAssociations.Pair();
    private final List<String> events = new ArrayList<>();

    @AfterEach
    void noPduLeaks() {
        pair.simulation.run(Duration.ofMinutes(1));
        assertThat(pair.outstanding()).isZero();
    }

    @Test
    void measuresTheRoundTripOfEachMessage() {
        new EchoServer().serve(pair.called.environment(line -> {}), null);

        open(3, 100);

        assertThat(events)
                .containsExactly(
                        "open", "1: 100 octets, 2 ms", "2: 100 octets, 2 ms", "3: 100 octets, 2 ms", "finished: null");
    }

    @Test
    void saysThatNobodyServesEcho() {
        open(1, 1);

        assertThat(events).containsExactly("finished: refused");
    }

    private void open(int count, int size) {
        EchoClient.open(pair.client, pair.calling, null, count, size, 1_000_000, new EchoClient.Listener() {
            @Override
            public void open(Association association) {
                events.add("open");
            }

            @Override
            public void echoed(int number, int octets, long roundTripNanos) {
                events.add(number + ": " + octets + " octets, " + roundTripNanos / 1_000_000 + " ms");
            }

            @Override
            public void finished(String problem) {
                events.add("finished: " + problem);
            }
        });
        pair.simulation.run(Duration.ofSeconds(1));
    }
}
