package org.osistack.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventLoopTest {
    private long now = 100;
    private final EventLoop loop = new EventLoop(() -> now);
    private final List<String> done = new ArrayList<>();

    @Test
    void hasNothingToDoAtFirst() {
        assertThat(loop.runOnce()).isZero();
        assertThat(loop.nextDeadline()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void countsWhatItDid() {
        loop.defer(() -> done.add("deferred"));
        loop.newTimer(() -> done.add("timer")).arm(0);
        loop.addPoller(() -> 3);

        assertThat(loop.runOnce()).isEqualTo(5);
        assertThat(done).containsExactly("deferred", "timer");
    }

    @Test
    void whatIsPutOffInATurnIsDoneInTheNext() {
        loop.defer(() -> {
            done.add("first");
            loop.defer(() -> done.add("second"));
        });

        loop.runOnce();
        assertThat(done).containsExactly("first");
        loop.runOnce();
        assertThat(done).containsExactly("first", "second");
    }

    @Test
    void nextDeadlineIsNowIfSomethingWasPutOff() {
        loop.newTimer(() -> {}).arm(50);
        assertThat(loop.nextDeadline()).isEqualTo(150);

        loop.defer(() -> {});

        assertThat(loop.nextDeadline()).isEqualTo(100);
    }

    @Test
    void aPollerMayRemoveItselfOrAnother() {
        EventLoop.Poller[] pollers = new EventLoop.Poller[2];
        pollers[0] = () -> {
            done.add("a");
            loop.removePoller(pollers[0]);
            return 0;
        };
        pollers[1] = () -> {
            done.add("b");
            return 0;
        };
        loop.addPoller(pollers[0]);
        loop.addPoller(pollers[1]);

        loop.runOnce();
        assertThat(done).containsExactly("a", "b");
        loop.runOnce();
        assertThat(done).containsExactly("a", "b", "b");

        loop.removePoller(pollers[1]);
        loop.runOnce();
        assertThat(done).hasSize(3);
    }
}
