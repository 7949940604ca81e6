package org.osistack.session.mux;

import org.osistack.core.Octets;
import org.osistack.session.SessionAddress;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.SessionRefusal;
import org.osistack.session.SessionUser;

/** How one session comes about: who has proposed what, and the question to the user who is called (mux §4.1 to §4.3). */
final class Establishment {
    private final MuxSession session;
    private final Trunk trunk;
    private OpenUnit proposal; // null until it is there
    private SessionAddress remote;
    private boolean asking; // the user is being told of its session

    Establishment(MuxSession session, Trunk trunk) {
        this.session = session;
        this.trunk = trunk;
    }

    /** This side proposes it. */
    void propose(OpenUnit open, SessionAddress called) {
        proposal = open;
        remote = called;
    }

    /** The peer's OPEN is complete: ask the user. */
    void indicate(OpenUnit open) {
        proposal = open;
        remote = new SessionAddress(open.calling(), trunk.remote());
        SessionRefusal refusal = trunk.refusal(open);
        if (refusal != null) {
            refuse(refusal, Octets.EMPTY);
            return;
        }
        SessionPrimitive.Connect connect = new SessionPrimitive.Connect(
                open.identifier(), remote, trunk.called(open), open.requirements(), -1, open.tokens(), open.userData());
        asking = true;
        SessionUser answering;
        try {
            answering = trunk.listener(open).connectIndication(session.connection(), connect);
        } finally {
            asking = false;
        }
        if (session.isOver()) {
            return;
        }
        session.usedBy(answering);
        if (answering == null && session.state() == State.ANSWERING) {
            refuse(SessionRefusal.NOT_SPECIFIED_BY_USER, Octets.EMPTY);
        } else if (answering == null) {
            session.abort(SessionControls.BY_USER, Octets.EMPTY, "nobody wants it");
        }
    }

    /** S-CONNECT is refused, by the user or by this provider. */
    void refuse(SessionRefusal refusal, Octets userData) {
        byte[] reason = {(byte) (refusal.code() >>> 8), (byte) refusal.code()};
        session.usedBy(null);
        session.add(FrameType.REFUSE, reason, userData);
        session.enter(State.ENDING, Event.CONNECT_REFUSE.toString());
    }

    /** What was proposed; null until it is there. */
    OpenUnit proposal() {
        return proposal;
    }

    /** The other side's address; null until it is known. */
    SessionAddress remote() {
        return remote;
    }

    /** Whether the user is being told of its session. */
    boolean isAsking() {
        return asking;
    }
}
