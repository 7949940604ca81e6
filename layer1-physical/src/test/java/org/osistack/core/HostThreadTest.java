package org.osistack.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class HostThreadTest {
    @Test
    void carriesOutCommandsOnItsThreadInOrder() throws Exception {
        try (HostThread thread = new HostThread("hosts")) {
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                int number = i;
                thread.execute(() -> order.add(number));
            }

            assertThat(thread.submit(() -> Thread.currentThread().getName()).get())
                    .isEqualTo("hosts");
            assertThat(order).hasSize(1000).isSorted();
        }
    }

    @Test
    void handsOverWhatACommandThrewAndGoesOn() throws Exception {
        try (HostThread thread = new HostThread("hosts")) {
            CompletableFuture<Object> failed = thread.submit(() -> {
                throw new ConfigurationException("no such thing");
            });

            assertThatThrownBy(failed::get).hasCauseInstanceOf(ConfigurationException.class);
            assertThat(thread.submit(() -> 1).get()).isOne();
            assertThat(thread.ended()).isNotDone();
        }
    }

    @Test
    void firesTimersInRealTimeWhileItSleeps() throws Exception {
        try (HostThread thread = new HostThread("hosts")) {
            CompletableFuture<Long> fired = new CompletableFuture<>();
            long begin = thread.submit(() -> {
                        Host host = thread.newHost("alice");
                        host.newTimer(() -> fired.complete(host.now())).arm(20_000_000);
                        return host.now();
                    })
                    .get();

            assertThat(fired.get() - begin).isGreaterThanOrEqualTo(20_000_000);
            assertThat(thread.isVirtual()).isFalse();
        }
    }

    @Test
    void aDeviceWakesItUp() throws Exception {
        try (HostThread thread = new HostThread("hosts")) {
            ConcurrentLinkedQueue<CountDownLatch> device = new ConcurrentLinkedQueue<>();
            thread.submit(() -> {
                        thread.newHost("alice").loop().addPoller(() -> {
                            CountDownLatch latch = device.poll();
                            if (latch == null) {
                                return 0;
                            }
                            latch.countDown();
                            return 1;
                        });
                        return null;
                    })
                    .get();
            long begin = System.nanoTime();

            for (int i = 0; i < 2000; i++) {
                CountDownLatch seen = new CountDownLatch(1);
                device.add(seen);
                thread.wakeUp();
                assertThat(seen.await(10, TimeUnit.SECONDS)).isTrue();
            }

            // a wake-up that got lost would cost the 100 ms that the thread sleeps at most
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
        }
    }

    @Test
    void endsWithWhatAMachineThrew() throws Exception {
        HostThread thread = new HostThread("hosts");
        IllegalStateException failure = new IllegalStateException("a machine failed");
        CompletableFuture<?>[] late = new CompletableFuture<?>[1];
        thread.submit(() -> {
                    thread.newHost("alice")
                            .newTimer(() -> {
                                late[0] = thread.submit(() -> 1);
                                throw failure;
                            })
                            .arm(0);
                    return null;
                })
                .get();

        assertThatThrownBy(() -> thread.ended().get())
                .isInstanceOf(ExecutionException.class)
                .hasCause(failure);
        assertThatThrownBy(late[0]::get).hasCauseInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> thread.execute(() -> {}))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessage("the hosts' thread hosts has ended");
        assertThatThrownBy(() -> thread.submit(() -> 1).get()).hasCauseInstanceOf(RejectedExecutionException.class);
        thread.close();
    }

    @Test
    void carriesOutWhatCameBeforeItIsClosed() throws Exception {
        HostThread thread = new HostThread("hosts");
        List<CompletableFuture<Integer>> results = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            int number = i;
            results.add(thread.submit(() -> number));
        }

        thread.close();

        for (int i = 0; i < 2000; i++) {
            assertThat(results.get(i)).isCompletedWithValue(i);
        }
        assertThat(thread.ended()).isCompleted();
    }

    @Test
    void closesItselfFromACommand() throws Exception {
        HostThread thread = new HostThread("hosts");

        thread.execute(thread::close);

        thread.ended().get();
    }

    @Test
    void everyCommandThatComesAsItClosesIsEitherDoneOrRejected() throws Exception {
        for (int round = 0; round < 200; round++) {
            HostThread thread = new HostThread("hosts");
            List<CompletableFuture<Integer>> results = new ArrayList<>();
            Thread caller = new Thread(() -> {
                for (int i = 0; i < 50; i++) {
                    results.add(thread.submit(() -> 1));
                }
            });
            caller.start();
            thread.close();
            caller.join();

            for (CompletableFuture<Integer> result : results) {
                assertThat(result.handle((value, failure) ->
                                        value != null || failure instanceof RejectedExecutionException)
                                .get(10, TimeUnit.SECONDS))
                        .isTrue();
            }
        }
    }
}
