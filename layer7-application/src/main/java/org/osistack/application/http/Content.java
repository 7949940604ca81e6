package org.osistack.application.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.osistack.core.Pdu;

/** What a response carries after its head, piece by piece. */
interface Content {
    Content NONE = new OfOctets(new byte[0]);

    /** How many octets are still to come. */
    long remaining();

    /**
     * Append the next octets to a PDU, which remains the caller's.
     *
     * @param max at most so many
     * @throws IOException if they cannot be had
     */
    void read(Pdu pdu, int max) throws IOException;

    /** Give back what was open. */
    void close();

    /** Octets in memory. */
    final class OfOctets implements Content {
        private final byte[] octets;
        private int position;

        OfOctets(byte[] octets) {
            this.octets = octets;
        }

        @Override
        public long remaining() {
            return octets.length - position;
        }

        @Override
        public void read(Pdu pdu, int max) {
            int length = Math.min(max, octets.length - position);
            pdu.append(octets, position, length);
            position += length;
        }

        @Override
        public void close() {
            // There is nothing to give back.
        }
    }

    /** Part of a file. It is read on the host's thread, a piece at a time: the page cache is taken to be fast enough. */
    final class OfFile implements Content {
        private final FileChannel channel;
        private long position;
        private long remaining;

        OfFile(FileChannel channel, Range range) {
            this.channel = channel;
            this.position = range.first();
            this.remaining = range.length();
        }

        @Override
        public long remaining() {
            return remaining;
        }

        @Override
        public void read(Pdu pdu, int max) throws IOException {
            int length = (int) Math.min(max, remaining);
            int offset = pdu.length();
            pdu.pushTrailer(length);
            ByteBuffer buffer = ByteBuffer.wrap(pdu.array(), pdu.arrayOffset() + offset, length);
            while (buffer.hasRemaining()) {
                int count = channel.read(buffer, position);
                if (count < 0) {
                    throw new IOException("the file has become shorter");
                }
                position += count;
                remaining -= count;
            }
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                remaining = 0; // it was only read: nothing is lost
            }
        }
    }
}
