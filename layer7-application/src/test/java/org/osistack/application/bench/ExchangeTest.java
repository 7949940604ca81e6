package org.osistack.application.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ExchangeTest {
    private static final Window WINDOW = new Window(100, 2, 3);

    private final Fake participant = new Fake();

    private long[] ask(String word) throws IOException {
        return Exchange.ask(word, "10.0.0.1", WINDOW, line -> Exchange.answer(participant, line));
    }

    @Test
    void carriesEachFigure() throws IOException {
        assertThat(ask("goodput")).containsExactly(1, 2, 3, 4);
        assertThat(ask("roundtrips")).containsExactly(5, 6, 7);
        assertThat(ask("connections")).containsExactly(8, 9);
        assertThat(ask("processor")).containsExactly(10);
        assertThat(participant.asked).isEqualTo("10.0.0.1 " + WINDOW);
    }

    @Test
    void carriesWhatWentWrong() {
        participant.failure = "no answer in 20 s";

        assertThatThrownBy(() -> ask("goodput")).isInstanceOf(IOException.class).hasMessage("no answer in 20 s");
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThat(Exchange.answer(participant, "colour 10.0.0.1 1 2 3"))
                .isEqualTo("failed there is nothing called colour");
    }

    private static final class Fake implements Participant {
        private String asked;
        private String failure;

        @Override
        public String address() {
            return "10.0.0.2";
        }

        private void asked(String address, Window window) throws IOException {
            asked = address + " " + window;
            if (failure != null) {
                throw new IOException(failure);
            }
        }

        @Override
        public Goodput goodput(String address, Window window) throws IOException {
            asked(address, window);
            return new Goodput(1, 2, 3, 4);
        }

        @Override
        public RoundTrips roundTrips(String address, Window window) throws IOException {
            asked(address, window);
            return new RoundTrips(5, 6, 7);
        }

        @Override
        public Connections connections(String address, Window window) throws IOException {
            asked(address, window);
            return new Connections(8, 9);
        }

        @Override
        public long processorNanos() {
            return 10;
        }

        @Override
        public void close() {}
    }
}
