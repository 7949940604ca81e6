package org.osistack.application.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The kernel's sockets with themselves, over the loopback interface. */
class KernelParticipantTest {
    private static final Window WINDOW =
            new Window(64, Duration.ofMillis(5).toNanos(), Duration.ofMillis(50).toNanos());

    @Test
    void measuresTheKernel() throws IOException {
        try (KernelParticipant kernel = KernelParticipant.open("127.0.0.1", true)) {
            Goodput goodput = kernel.goodput(kernel.address(), WINDOW);
            RoundTrips roundTrips = kernel.roundTrips(kernel.address(), WINDOW);
            Connections connections = kernel.connections(kernel.address(), WINDOW);

            assertThat(goodput.octets()).isPositive();
            assertThat(goodput.nanos()).isGreaterThanOrEqualTo(WINDOW.nanos());
            assertThat(roundTrips.count()).isPositive();
            assertThat(roundTrips.p50Nanos()).isPositive().isLessThanOrEqualTo(roundTrips.p99Nanos());
            assertThat(connections.perSecond()).isPositive();
            assertThat(kernel.processorNanos()).isPositive();
        }
    }

    @Test
    void listensNoMoreWhenItIsClosed() throws IOException {
        KernelParticipant kernel = KernelParticipant.open("127.0.0.1", true);
        kernel.close();

        assertThatThrownBy(() -> kernel.goodput(kernel.address(), WINDOW)).isInstanceOf(IOException.class);
    }
}
