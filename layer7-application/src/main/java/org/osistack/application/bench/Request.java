package org.osistack.application.bench;

import java.nio.ByteBuffer;

/**
 * What the measuring side asks for in the first octets of a conversation; big endian, and the same over every stack and
 * over the kernel's sockets.
 *
 * <pre>
 *  0                   1                   2                   3                   4
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |      kind     |                             size                              |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * @param kind {@link #FLOOD} or {@link #ECHO}
 * @param size of the messages, in octets
 */
record Request(int kind, int size) {
    /** The port on which participants listen, of our stacks and of the kernel's. */
    static final int PORT = 4009;

    /** Send messages as fast as possible, until the conversation ends. */
    static final int FLOOD = 1;

    /** Send back what comes. */
    static final int ECHO = 2;

    static final int LENGTH = 5;
    static final int MAX_SIZE = 65_000;

    /** Read it from the first octets; null if it makes no sense. */
    static Request parse(byte[] octets) {
        ByteBuffer buffer = ByteBuffer.wrap(octets);
        Request request = new Request(buffer.get(), buffer.getInt());
        boolean valid = (request.kind == FLOOD || request.kind == ECHO) && isSize(request.size);
        return valid ? request : null;
    }

    static boolean isSize(int size) {
        return size >= 1 && size <= MAX_SIZE;
    }

    byte[] toByteArray() {
        return ByteBuffer.allocate(LENGTH).put((byte) kind).putInt(size).array();
    }
}
