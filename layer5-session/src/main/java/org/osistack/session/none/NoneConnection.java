package org.osistack.session.none;

import org.osistack.core.Host;
import org.osistack.core.Observer;
import org.osistack.core.Octets;
import org.osistack.core.Origin;
import org.osistack.core.Pdu;
import org.osistack.core.Selector;
import org.osistack.core.dialogue.ConnectionIdentifier;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.SerialNumbers;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.dialogue.Tokens;
import org.osistack.core.management.SessionStatus;
import org.osistack.session.ProviderAbortReason;
import org.osistack.session.SessionAddress;
import org.osistack.session.SessionConnection;
import org.osistack.session.SessionListener;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.SessionRefusal;
import org.osistack.session.SessionUser;
import org.osistack.transport.DisconnectReason;
import org.osistack.transport.OctetStreamConnection;
import org.osistack.transport.TransportAddress;
import org.osistack.transport.TransportConnection;
import org.osistack.transport.TransportUser;

/**
 * A session connection that is a transport connection, without a protocol of its own.
 *
 * <pre>
 *   S-CONNECT             T-CONNECT
 *   S-DATA                T-DATA
 *   S-RELEASE.request     this direction of the stream is released (in TCP, a FIN)
 *   S-RELEASE.indication  the peer has released its direction; this one may still carry data
 *   S-RELEASE.response    this direction is released too, and that is the end
 *   S-RELEASE.confirm     both directions are released
 *   S-U-ABORT             T-DISCONNECT
 *   S-P-ABORT             the transport connection is lost
 * </pre>
 *
 * <p>A record transport has no release by directions: there S-RELEASE.request is T-DISCONNECT.request, confirmed at once,
 * and T-DISCONNECT.indication by the peer's user is S-RELEASE.indication, for it cannot be told from an abort.
 */
final class NoneConnection implements SessionConnection, TransportUser {
    static final FunctionalUnits DUPLEX = FunctionalUnits.of(FunctionalUnit.DUPLEX);

    private enum State {
        CONNECTING,
        ANSWERING,
        OPEN,
        RELEASE_REQUESTED,
        RELEASE_INDICATED,
        ENDED
    }

    private final NoneEntity entity;
    private final Host host;
    private final Observer observer;
    private final Origin origin;
    private final int number;
    private final long since;
    private final boolean initiator;
    private final TransportAddress peer;

    private State state;
    private TransportConnection transport;
    private SessionUser user;
    private boolean peerIsGone;

    NoneConnection(NoneEntity entity, Host host, int number, boolean initiator, TransportAddress peer) {
        this.entity = entity;
        this.host = host;
        this.observer = host.observer();
        this.origin = new Origin(5, "none", "session " + number);
        this.number = number;
        this.since = host.now();
        this.initiator = initiator;
        this.peer = peer;
        this.state = initiator ? State.CONNECTING : State.ANSWERING;
    }

    // ---- how it begins
    // ---------------------------------------------------------------------------------------------------

    /** The side that asks. */
    void use(TransportConnection newTransport, SessionUser newUser) {
        transport = newTransport;
        user = newUser;
    }

    /** The side that is asked: tell the listener, and whether it wants to hear more. */
    TransportUser indicate(TransportConnection newTransport, SessionListener listener) {
        transport = newTransport;
        SessionUser answering = listener.connectIndication(
                this,
                new SessionPrimitive.Connect(
                        ConnectionIdentifier.NONE,
                        new SessionAddress(Selector.EMPTY, newTransport.remote()),
                        new SessionAddress(Selector.EMPTY, newTransport.local()),
                        DUPLEX,
                        -1,
                        TokenSetting.INITIATOR,
                        Octets.EMPTY));
        if (answering == null) {
            end("refused");
            return null;
        }
        user = answering;
        return this;
    }

    @Override
    public void connectConfirm(TransportConnection connection) {
        if (state == State.CONNECTING) {
            enter(State.OPEN, "T-CONNECT.confirm");
            user.indication(answer(null));
        }
    }

    private SessionPrimitive.ConnectAnswer answer(SessionRefusal refusal) {
        return new SessionPrimitive.ConnectAnswer(
                refusal,
                ConnectionIdentifier.NONE,
                remote(),
                refusal == null ? DUPLEX : FunctionalUnits.KERNEL,
                -1,
                TokenSetting.INITIATOR,
                Tokens.NONE,
                Octets.EMPTY);
    }

    // ---- requests and responses
    // ------------------------------------------------------------------------------------------

    @Override
    public boolean dataRequest(Pdu ssdu) {
        if (state == State.ENDED || peerIsGone) {
            ssdu.release();
            return true;
        }
        if (state != State.OPEN && state != State.RELEASE_INDICATED) {
            throw new IllegalStateException("S-DATA.request is not allowed in state " + state);
        }
        if (ssdu.length() == 0) {
            throw new IllegalArgumentException("S-DATA of no octets");
        }
        return transport.dataRequest(ssdu);
    }

    @Override
    public boolean request(SessionPrimitive primitive) {
        if (state == State.ENDED) {
            return true;
        }
        if (!primitive.userData().isEmpty()) {
            throw new IllegalArgumentException(
                    "this session layer has no protocol that could carry user data with " + primitive.service());
        }
        if (primitive instanceof SessionPrimitive.ConnectAnswer answer) {
            check(State.ANSWERING, primitive);
            answered(answer);
        } else if (primitive instanceof SessionPrimitive.Release) {
            check(State.OPEN, primitive);
            release();
        } else if (primitive instanceof SessionPrimitive.ReleaseAnswer answer) {
            check(State.RELEASE_INDICATED, primitive);
            if (!answer.affirmative()) {
                throw new IllegalStateException("negotiated release was not agreed on");
            }
            releaseThisDirection();
            end("S-RELEASE.response");
        } else if (primitive instanceof SessionPrimitive.UserAbort) {
            transport.disconnectRequest();
            end("S-U-ABORT.request");
        } else {
            throw new IllegalStateException(primitive.service() + " needs a functional unit that is not there");
        }
        return true;
    }

    private void check(State expected, SessionPrimitive primitive) {
        if (state != expected) {
            throw new IllegalStateException(primitive.service() + " is not allowed in state " + state);
        }
    }

    private void answered(SessionPrimitive.ConnectAnswer answer) {
        if (!answer.isAccepted()) {
            transport.disconnectRequest();
            end("S-CONNECT.response");
            return;
        }
        if (!answer.requirements().has(FunctionalUnit.DUPLEX)) {
            throw new IllegalArgumentException("this session layer has duplex only");
        }
        enter(State.OPEN, "S-CONNECT.response");
        transport.connectResponse(false);
    }

    private void release() {
        enter(State.RELEASE_REQUESTED, "S-RELEASE.request");
        releaseThisDirection();
        if (!isStream()) {
            host.loop().defer(this::released);
        }
    }

    private void releaseThisDirection() {
        if (isStream()) {
            ((OctetStreamConnection) transport).releaseRequest();
        } else {
            transport.disconnectRequest();
        }
    }

    private boolean isStream() {
        return transport instanceof OctetStreamConnection;
    }

    private void released() {
        if (state == State.RELEASE_REQUESTED) {
            tellTheEnd(new SessionPrimitive.ReleaseAnswer(true, Octets.EMPTY), "both directions released");
        }
    }

    // ---- indications and confirms
    // ----------------------------------------------------------------------------------------

    @Override
    public void dataIndication(Pdu octets) {
        if (user == null) {
            octets.release();
        } else {
            user.dataIndication(octets);
        }
    }

    @Override
    public void readyIndication() {
        if (user != null) {
            user.readyIndication();
        }
    }

    @Override
    public void releaseIndication() {
        if (state == State.OPEN) {
            enter(State.RELEASE_INDICATED, "T-RELEASE.indication");
            user.indication(new SessionPrimitive.Release(Octets.EMPTY));
        } else {
            released();
        }
    }

    @Override
    public void disconnectIndication(DisconnectReason reason) {
        switch (state) {
            case ENDED -> {}
            case CONNECTING -> tellTheEnd(answer(SessionRefusal.ofTransport(reason)), "T-DISCONNECT.indication");
            case RELEASE_REQUESTED -> {
                if (reason == DisconnectReason.RELEASED) {
                    released();
                } else {
                    aborted(reason);
                }
            }
            case OPEN -> {
                if (!isStream() && reason == DisconnectReason.REMOTE_USER) {
                    peerIsGone = true;
                    releaseIndication();
                } else {
                    aborted(reason);
                }
            }
            default -> aborted(reason);
        }
    }

    private void aborted(DisconnectReason reason) {
        if (observer.isWatching()) {
            observer.note(origin, "transport: " + reason.text());
        }
        tellTheEnd(
                reason == DisconnectReason.REMOTE_USER
                        ? new SessionPrimitive.UserAbort(Octets.EMPTY)
                        : new SessionPrimitive.ProviderAbort(ProviderAbortReason.ofTransport(reason)),
                "T-DISCONNECT.indication");
    }

    private void tellTheEnd(SessionPrimitive primitive, String cause) {
        SessionUser told = user;
        end(cause);
        if (told != null) {
            told.indication(primitive);
        }
    }

    private void end(String cause) {
        enter(State.ENDED, cause);
        user = null;
        transport.resume();
        entity.forget(this);
    }

    private void enter(State next, String cause) {
        if (observer.isWatching()) {
            observer.stateChanged(origin, state.name(), next.name(), cause);
        }
        state = next;
    }

    /** The layer is closed, or an operator ends this connection. */
    void close() {
        transport.disconnectRequest();
        disconnectIndication(DisconnectReason.LOCAL_CLOSE);
    }

    // ---- what others may ask
    // ---------------------------------------------------------------------------------------------

    @Override
    public FunctionalUnits functionalUnits() {
        return state == State.CONNECTING || state == State.ANSWERING ? FunctionalUnits.KERNEL : DUPLEX;
    }

    @Override
    public Tokens ownTokens() {
        return Tokens.NONE;
    }

    @Override
    public SerialNumbers serialNumbers() {
        return SerialNumbers.NONE;
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public SessionAddress remote() {
        return new SessionAddress(Selector.EMPTY, peer);
    }

    @Override
    public void pause() {
        if (state != State.ENDED) {
            transport.pause();
        }
    }

    @Override
    public void resume() {
        transport.resume();
    }

    SessionStatus status() {
        return new SessionStatus(
                number,
                state.name(),
                initiator,
                remote().toString(),
                functionalUnits(),
                ownTokens(),
                Tokens.NONE,
                SerialNumbers.NONE,
                null,
                since,
                SessionStatus.UNKNOWN);
    }
}
