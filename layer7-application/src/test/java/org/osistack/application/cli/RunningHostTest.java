package org.osistack.application.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.osistack.application.facade.OpenSystem;
import org.osistack.application.trace.TraceOptions;
import org.osistack.core.StackSpec;

class RunningHostTest {
    private final CompletableFuture<Throwable> brokenDown = new CompletableFuture<>();

    private RunningHost open() {
        StackSpec spec = StackSpec.of("loopback", "ethernet", "ipv4:10.0.0.1/24", "tcp", "none", "plain");
        return new RunningHost(OpenSystem.open("alice", spec), new TraceOptions(), brokenDown::complete);
    }

    @Test
    void hasAnAddressAndFindsHosts() {
        try (RunningHost running = open()) {
            assertThat(running.awaitAddress()).hasToString("10.0.0.1");
            assertThat(running.resolve("10.0.0.7")).hasToString("10.0.0.7");
            assertThatThrownBy(() -> running.resolve("no host"))
                    .isInstanceOf(CommandFailure.class)
                    .hasMessage("nobody on the link answers to the name no host");
        }
        assertThat(brokenDown).isNotDone();
    }

    @Test
    void endsWhenItIsClosedFromElsewhere() throws Exception {
        RunningHost running = open();
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(running::awaitEnd);

        running.close();

        waiting.get(5, TimeUnit.SECONDS);
    }

    @Test
    void tellsThatAMachineHasBrokenDown() throws Exception {
        IllegalStateException bug = new IllegalStateException("bug");
        try (RunningHost running = open()) {
            running.system().thread().execute(() -> {
                throw bug;
            });

            assertThat(brokenDown.get(5, TimeUnit.SECONDS)).isSameAs(bug);
        }
    }
}
