package org.osistack.session.mux;

import org.osistack.core.Pdu;

/**
 * The body of a HELLO, as a view of the octets of a PDU that begins with it (mux §6.1).
 *
 * <pre>
 *   octet   0                    4         5       6          8
 *           | 4f 53 4d 58 "OSMX" | version | flags | 0        |
 *           8                                                16
 *           | entity                                          |
 *           16                                               24
 *           | trunk                                           |
 *           24                                               40
 *           | share of the secret, or challenge (16 octets)   |
 *           40                   44                          48
 *           | path               | credit                     |
 *           48                   52                          56
 *           | longest unit       | longest frame              |
 *           56                   60                          64
 *           | sessions           | patience in milliseconds   |
 * </pre>
 */
final class HelloFrame {
    static final int LENGTH = 64;
    static final int VERSION_1 = 1;

    /** The path is to join a trunk that exists. */
    static final int JOIN = 0x01;
    /** It comes from the side that was called. */
    static final int ANSWER = 0x02;
    /** In an answer: there is no such trunk here. */
    static final int UNKNOWN = 0x04;
    /** In an answer: there is no room for it. */
    static final int FULL = 0x08;

    private static final int MAGIC_NUMBER = 0x4f534d58;

    private static final int MAGIC = 0;
    private static final int VERSION = 4;
    private static final int FLAGS = 5;
    private static final int RESERVED = 6;
    private static final int ENTITY = 8;
    private static final int TRUNK = 16;
    private static final int SHARE = 24;
    private static final int PATH = 40;
    private static final int CREDIT = 44;
    private static final int MAX_UNIT = 48;
    private static final int MAX_FRAME = 52;
    private static final int MAX_SESSIONS = 56;
    private static final int PATIENCE = 60;

    private Pdu body;

    HelloFrame wrap(Pdu newBody) {
        this.body = newBody;
        return this;
    }

    /** Whether it is a HELLO of this protocol and version, with limits that one can live with. */
    static boolean isValid(Pdu body) {
        return body.length() == LENGTH
                && body.getInt32(MAGIC) == MAGIC_NUMBER
                && body.getUint8(VERSION) == VERSION_1
                && body.getUint32(MAX_FRAME) >= Parameters.MIN_FRAME
                && body.getUint32(MAX_FRAME) <= Parameters.MAX_FRAME
                && body.getUint32(CREDIT) >= 2 * body.getUint32(MAX_FRAME)
                && body.getUint32(CREDIT) <= Parameters.MAX_CREDIT
                && body.getUint32(MAX_UNIT) >= Parameters.MIN_UNIT
                && body.getInt32(MAX_SESSIONS) > 0;
    }

    /** Write the constant part; the body has {@link #LENGTH} octets. */
    HelloFrame init(int flags) {
        body.putInt32(MAGIC, MAGIC_NUMBER)
                .putUint8(VERSION, VERSION_1)
                .putUint8(FLAGS, flags)
                .putUint16(RESERVED, 0);
        return this;
    }

    int version() {
        return body.getUint8(VERSION);
    }

    int flags() {
        return body.getUint8(FLAGS);
    }

    boolean has(int flag) {
        return (flags() & flag) != 0;
    }

    /** A number that an entity gives itself when it starts. */
    long entity() {
        return body.getInt64(ENTITY);
    }

    HelloFrame entity(long entity) {
        body.putInt64(ENTITY, entity);
        return this;
    }

    /** The number that the calling entity has given the trunk. */
    long trunk() {
        return body.getInt64(TRUNK);
    }

    HelloFrame trunk(long trunk) {
        body.putInt64(TRUNK, trunk);
        return this;
    }

    byte[] share() {
        byte[] share = new byte[TrunkSecret.SHARE_LENGTH];
        body.copyTo(SHARE, share, 0, share.length);
        return share;
    }

    HelloFrame share(byte[] share) {
        body.putInt64(SHARE, TrunkSecret.longAt(share, 0)).putInt64(SHARE + 8, TrunkSecret.longAt(share, 8));
        return this;
    }

    /** The number of the path in its trunk: from 1, in the order of asking. */
    int path() {
        return body.getInt32(PATH);
    }

    HelloFrame path(int path) {
        body.putInt32(PATH, path);
        return this;
    }

    Parameters parameters() {
        return new Parameters(
                body.getInt32(CREDIT),
                (int) Math.min(Integer.MAX_VALUE, body.getUint32(MAX_UNIT)),
                body.getInt32(MAX_FRAME),
                body.getInt32(MAX_SESSIONS),
                body.getUint32(PATIENCE));
    }

    HelloFrame parameters(Parameters parameters) {
        body.putInt32(CREDIT, parameters.credit())
                .putInt32(MAX_UNIT, parameters.maxUnit())
                .putInt32(MAX_FRAME, parameters.maxFrame())
                .putInt32(MAX_SESSIONS, parameters.maxSessions())
                .putInt32(PATIENCE, (int) parameters.patienceMillis());
        return this;
    }
}
