package org.osistack.session.mux;

/**
 * What one side of a trunk tells the other about itself.
 *
 * @param credit how many octets of frames of one session it keeps that its user hasn't taken
 * @param maxUnit how many octets an SSDU, or the user data of another primitive, may have
 * @param maxFrame how many octets a frame may have, header included
 * @param maxSessions how many sessions it takes on one trunk
 * @param patienceMillis how long it keeps sessions that have no transport connection
 */
record Parameters(int credit, int maxUnit, int maxFrame, int maxSessions, long patienceMillis) {
    static final int MIN_FRAME = 256;
    static final int MAX_FRAME = FrameHeader.LENGTH + FrameHeader.MAX_BODY;
    static final int MAX_CREDIT = 1 << 30; // far below half of what sequence numbers can tell apart
    static final int MIN_UNIT = 1024;
}
