package org.osistack.physical.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;

class ByteRingTest {
    private static final int FRAMES = 1_000_000;
    private static final int CAPACITY = 32 * 1024;

    private final PduPool pool = new PduPool(0);
    private final SplittableRandom random = new SplittableRandom(802);
    private final ByteRing ring = new ByteRing(CAPACITY);

    @AfterEach
    void noPduLeaks() {
        assertThat(pool.outstanding()).isZero();
    }

    /** A channel that gives what is in the buffer, in pieces of any length. */
    private final class Pieces implements ReadableByteChannel {
        private final ByteBuffer octets;

        Pieces(ByteBuffer octets) {
            this.octets = octets;
        }

        @Override
        public int read(ByteBuffer target) {
            int count = Math.min(target.remaining(), Math.min(octets.remaining(), 1 + random.nextInt(4000)));
            target.put(octets.slice(octets.position(), count));
            octets.position(octets.position() + count);
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    @Test
    void aMillionFramesComeOutAsTheyWentIn() throws IOException {
        byte[] contents = new byte[Framing.MAX_FRAME];
        random.nextBytes(contents);
        int[] lengths = new int[1000];
        ByteBuffer stream = ByteBuffer.allocate(lengths.length * (Framing.LENGTH_FIELD + Framing.MAX_FRAME));
        for (int given = 0; given < FRAMES; given += lengths.length) {
            stream.clear();
            for (int i = 0; i < lengths.length; i++) {
                lengths[i] = 1 + random.nextInt(1 << 1 + random.nextInt(11));
                stream.putInt(lengths[i]).put(contents, 0, lengths[i]);
            }
            Pieces pieces = new Pieces(stream.flip());
            int taken = 0;
            while (taken < lengths.length) {
                if (!ring.isFull()) {
                    ring.readFrom(pieces);
                }
                for (int length = ring.firstLength(); length >= 0; length = ring.firstLength()) {
                    Pdu frame = pool.takeForReceiving(length);
                    ring.take(length, frame);
                    if (length != lengths[taken++]
                            || !Arrays.equals(
                                    frame.array(),
                                    frame.arrayOffset(),
                                    frame.arrayOffset() + length,
                                    contents,
                                    0,
                                    length)) {
                        throw new AssertionError("frame " + taken + " is " + frame);
                    }
                    frame.release();
                }
            }
        }
    }

    @Test
    void anyOctetsAreFramesOrALengthThatNoFrameHas() throws IOException {
        byte[] octets = new byte[64];
        ByteRing other = new ByteRing(1024);
        int frames = 0;
        int garbage = 0;
        for (int i = 0; i < FRAMES; i++) {
            random.nextBytes(octets);
            ByteBuffer.wrap(octets).putInt(random.nextInt(10) == 0 ? random.nextInt() : random.nextInt(200));
            if (!other.isFull()) {
                other.readFrom(new Pieces(ByteBuffer.wrap(octets)));
            }
            int length = other.firstLength();
            if (length >= 0 && Framing.isValid(length)) {
                Pdu frame = pool.takeForReceiving(length);
                other.take(length, frame);
                frame.release();
                frames++;
            } else if (length >= 0 || other.isFull()) { // as the station does: it gives up the connection
                garbage++;
                other = new ByteRing(1024);
            }
        }
        assertThat(frames).isGreaterThan(50_000);
        assertThat(garbage).isGreaterThan(10_000);
    }
}
