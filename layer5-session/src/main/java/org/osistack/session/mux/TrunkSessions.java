package org.osistack.session.mux;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osistack.core.Discard;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.session.SessionRefusal;
import org.osistack.transport.DisconnectReason;

/**
 * The sessions of one trunk, by the numbers that its caller has given them, from 1; a number is used once. Two trunks have
 * numbers of their own, and each frame comes by a path that belongs to one trunk, so a number alone needs to be nobody's but
 * this trunk's.
 */
final class TrunkSessions {
    private static final long LAST_NUMBER = 0xffff_ffffL;

    private final Trunk trunk;
    private final MuxEntity entity;
    private final Host host;
    private final Settings settings;
    private final Multiplexer frames;
    private final boolean isCaller;
    private final Map<Integer, MuxSession> sessions = new LinkedHashMap<>();
    private final List<MuxSession> waiting = new ArrayList<>(); // for the trunk to be there
    private final SeenSessions seen;
    private final FrameHeader header = new FrameHeader();
    private long last; // the highest number this side has given

    /**
     * Make an empty table.
     *
     * @param isCaller whether this side has opened the trunk, and so opens the sessions
     */
    TrunkSessions(Trunk trunk, MuxEntity entity, Host host, Multiplexer frames, boolean isCaller) {
        this.trunk = trunk;
        this.entity = entity;
        this.host = host;
        this.settings = entity.settings();
        this.frames = frames;
        this.isCaller = isCaller;
        this.seen = new SeenSessions(2 * settings.maxSessions());
    }

    boolean isEmpty() {
        return sessions.isEmpty() && waiting.isEmpty();
    }

    /** Those that have a number. */
    int size() {
        return sessions.size();
    }

    /** A path that was up is lost. */
    void pathLost() {
        for (MuxSession session : List.copyOf(sessions.values())) {
            session.pathLost();
        }
    }

    /** The trunk is there: open those that have waited. */
    void beginWaiting() {
        List<MuxSession> starting = List.copyOf(waiting);
        waiting.clear();
        starting.forEach(this::begin);
    }

    /** The trunk has ended: all hear why. */
    void end(DisconnectReason reason) {
        List<MuxSession> ending = new ArrayList<>(sessions.values());
        ending.addAll(waiting);
        sessions.clear();
        waiting.clear();
        for (MuxSession session : ending) {
            session.trunkEnded(reason);
        }
    }

    /** Open a session on this trunk, now or as soon as it is there. */
    void open(MuxSession session) {
        if (trunk.isEstablished()) {
            begin(session);
            frames.wake();
        } else {
            waiting.add(session);
        }
    }

    private void begin(MuxSession session) {
        if (session.isOver()) {
            return;
        }
        SessionRefusal refusal = null;
        if (session.establishment().proposal().userData().length()
                > trunk.peer().maxUnit()) {
            refusal = SessionRefusal.IMPLEMENTATION_RESTRICTION;
        } else if (sessions.size() >= trunk.peer().maxSessions() || last == LAST_NUMBER) {
            refusal = SessionRefusal.CONGESTION;
        }
        if (refusal != null) {
            SessionRefusal reason = refusal;
            host.loop().defer(() -> session.notOpened(reason));
            return;
        }
        int number = (int) ++last;
        sessions.put(number, session);
        session.open(number, trunk.peer());
    }

    /** A session is over for good. */
    void forget(MuxSession session, boolean tell) {
        entity.forget(session);
        waiting.remove(session);
        if (sessions.remove(session.id(), session) && tell) {
            frames.gone(session.id());
        }
    }

    /** A frame of a session. It is taken over. */
    void frame(Pdu frame) {
        FrameType type = header.wrap(frame).type();
        int number = header.session();
        int sequence = header.sequence();
        boolean asking = header.isAsking();
        MuxSession session = sessions.get(number);
        if (session == null && type == FrameType.OPEN && !isCaller && !seen.contains(number)) {
            session = opened(number, frame);
            if (session == null) {
                return;
            }
        }
        if (session == null) {
            stranger(type, number, asking, frame);
        } else if (type.isUnit()) {
            session.frame(frame, sequence);
        } else {
            int credit =
                    type.allows(4) && frame.length() == FrameHeader.LENGTH + 4 ? frame.getInt32(FrameHeader.LENGTH) : 0;
            int reason = type == FrameType.ABORT ? frame.getUint8(FrameHeader.LENGTH) : 0;
            Octets data = type == FrameType.ABORT
                    ? UnitParts.octets(frame, FrameHeader.LENGTH + 1, frame.length() - FrameHeader.LENGTH - 1)
                    : Octets.EMPTY;
            frame.release();
            switch (type) {
                case ABORT -> session.abortedByPeer(reason, data);
                case GONE -> session.gone();
                default -> session.acknowledged(sequence, credit, type == FrameType.RESUME, asking);
            }
        }
    }

    /** A session that the peer opens; null if it may not, and then the frame has been taken over. */
    private MuxSession opened(int number, Pdu frame) {
        if (!seen.add(number)) {
            trunk.drop(Discard.OUT_OF_WINDOW, frame);
            trunk.end(DisconnectReason.PROTOCOL_ERROR);
            return null;
        }
        if (sessions.size() >= 2 * settings.maxSessions()) { // up to there they hear why
            trunk.drop(Discard.OVER_LIMIT, frame);
            frames.gone(number);
            return null;
        }
        MuxSession session = entity.newSession(trunk, false);
        sessions.put(number, session);
        session.opened(number, trunk.peer());
        return session;
    }

    /** A frame of a session that isn't here: the peer may need to know. */
    private void stranger(FrameType type, int number, boolean asking, Pdu frame) {
        boolean known = !isCaller ? seen.contains(number) : Integer.toUnsignedLong(number) <= last;
        if (type == FrameType.ABORT && !isCaller && !known) {
            known = seen.add(number); // its OPEN may still be under way
        }
        if (known && !type.isUnit()) {
            frame.release(); // what was under way, or a peer that asks
        } else {
            trunk.drop(known ? Discard.DUPLICATE : Discard.NO_CONNECTION, frame);
        }
        if (known && (type.isUnit() || type == FrameType.ABORT || asking)) {
            frames.gone(number);
        }
    }
}
