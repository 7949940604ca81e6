package org.osistack.physical.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class FrameQueueTest {
    @Test
    void handsFramesOutInTheOrderInWhichTheyCame() {
        FrameQueue queue = new FrameQueue(4);
        for (int round = 0; round < 3; round++) {
            assertThat(queue.offer(new byte[] {1})).isTrue();
            assertThat(queue.offer(new byte[] {2})).isTrue();
            assertThat(queue.offer(new byte[] {3})).isTrue();

            assertThat(queue.poll()).containsExactly(1);
            assertThat(queue.poll()).containsExactly(2);
            assertThat(queue.poll()).containsExactly(3);
            assertThat(queue.poll()).isNull();
        }
    }

    @Test
    void refusesAFrameWhenItIsFullAndTakesOneAgainWhenThereIsRoom() {
        FrameQueue queue = new FrameQueue(2);
        queue.offer(new byte[] {1});
        queue.offer(new byte[] {2});

        assertThat(queue.offer(new byte[] {3})).isFalse();
        assertThat(queue.poll()).containsExactly(1);
        assertThat(queue.offer(new byte[] {4})).isTrue();
        assertThat(queue.poll()).containsExactly(2);
        assertThat(queue.poll()).containsExactly(4);
    }

    @Test
    void needsACapacityThatIsAPowerOfTwo() {
        assertThatThrownBy(() -> new FrameQueue(3)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void losesAndRepeatsNothingBetweenTwoThreads() {
        FrameQueue queue = new FrameQueue(64);
        int count = 200_000;
        CompletableFuture<Void> producer = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < count; ) {
                if (queue.offer(new byte[] {(byte) i, (byte) (i >> 8), (byte) (i >> 16)})) {
                    i++;
                } else {
                    Thread.yield();
                }
            }
        });

        for (int i = 0; i < count; ) {
            byte[] frame = queue.poll();
            if (frame == null) {
                Thread.yield();
            } else {
                assertThat(frame).containsExactly(i, i >> 8, i >> 16);
                i++;
            }
        }

        producer.join();
        assertThat(queue.poll()).isNull();
    }
}
