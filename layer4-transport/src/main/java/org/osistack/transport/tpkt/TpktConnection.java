package org.osistack.transport.tpkt;

import java.util.List;
import org.osistack.core.Host;
import org.osistack.core.Observer;
import org.osistack.core.Origin;
import org.osistack.core.Pdu;
import org.osistack.core.Selector;
import org.osistack.core.Timer;
import org.osistack.transport.DisconnectReason;
import org.osistack.transport.OctetStreamConnection;
import org.osistack.transport.TransportAddress;
import org.osistack.transport.TransportConnection;
import org.osistack.transport.TransportListener;
import org.osistack.transport.TransportUser;

/**
 * One transport connection of class 0 over one TCP connection (X.224 clause 6 and Annex A, RFC 1006 §5). In the words of
 * X.224, the octet stream is the network connection: N-CONNECT opens it, N-DISCONNECT closes it.
 *
 * <p>{@link State} shows its life; what a TPDU does is in {@link TpduArrival}.
 */
final class TpktConnection implements TransportConnection, TransportUser {
    /**
     * While the user wants no normal data, the stream is read on for expedited data until what has to be kept is so
     * much, in octets.
     */
    private static final int READ_AHEAD = 64 * 1024;

    private final TpktEntity entity;
    private final Host host;
    private final Settings settings;
    private final Observer observer;
    private final Origin origin;
    private final Timer timer;
    private final Framer framer;
    private final Segmenter segmenter;
    private final Reassembler reassembler;
    private final Delivery delivery;
    private final int reference;

    private State state = State.CLOSED;
    private OctetStreamConnection stream;
    private SelectorTable selectors; // of the side that is called
    private TransportAddress local;
    private TransportAddress remote;
    private Tpdu connectRequest; // that was received
    private int peerReference;
    private boolean expedited; // is proposed; when the connection is open: is agreed on
    private boolean streamPaused;

    TpktConnection(TpktEntity entity, Host host, Settings settings, int reference) {
        this.entity = entity;
        this.host = host;
        this.settings = settings;
        this.reference = reference;
        this.observer = host.observer();
        this.origin = new Origin(4, "TPKT", "reference " + reference);
        this.timer = host.newTimer(this::timeout);
        this.segmenter = new Segmenter(host.pool());
        this.reassembler = new Reassembler(host.pool(), settings.maxTsdu());
        this.delivery = new Delivery(host.loop());
        this.framer = new Framer(host.pool(), new TpduArrival(this, entity, reassembler, delivery));
    }

    // The side that asks

    /** T-CONNECT.request: open the stream, and then send a CR. */
    void connect(TransportAddress calling, TransportAddress called, boolean proposed, TransportUser user) {
        delivery.user(user);
        expedited = proposed && settings.expedited();
        remote = new TransportAddress(
                called.host(), called.port() == 0 ? TpktEntity.PORT : called.port(), called.selector());
        local = calling == null ? new TransportAddress(null, 0) : calling;
        stream = entity.openStream(
                new TransportAddress(local.host(), local.port()),
                new TransportAddress(remote.host(), remote.port()),
                this);
        enter(State.WFNC, "T-CONNECT.request");
        timer.arm(settings.timeoutNanos());
    }

    @Override
    public void connectConfirm(TransportConnection connection) {
        if (state != State.WFNC) {
            return;
        }
        local = new TransportAddress(stream.local().host(), stream.local().port(), local.selector());
        enter(State.WFCC, "N-CONNECT.confirm");
        send(Negotiation.connectRequest(reference, settings, local.selector(), remote.selector(), expedited));
    }

    void connected(Tpdu confirm) {
        if (confirm.transportClass() != 0) {
            endWith(DisconnectReason.NEGOTIATION_FAILED);
            return;
        }
        if (confirm.destination() != reference) {
            endWith(DisconnectReason.PROTOCOL_ERROR);
            return;
        }
        peerReference = confirm.source();
        timer.disarm();
        open(confirm, expedited && confirm.selectsExpedited(), "CC");
        delivery.confirm(this);
    }

    // The side that is called

    /** N-CONNECT.indication: somebody has opened a stream to one of our ports. */
    void accept(OctetStreamConnection newStream, SelectorTable newSelectors) {
        stream = newStream;
        selectors = newSelectors;
        remote = newStream.remote();
        local = newStream.local();
        enter(State.WFCR, "N-CONNECT.indication");
        timer.arm(settings.timeoutNanos());
        newStream.connectResponse(false);
    }

    void called(Tpdu request) {
        connectRequest = request;
        peerReference = request.source();
        Selector calling = request.selector(Tpdu.CALLING_SELECTOR);
        Selector calledSelector = request.selector(Tpdu.CALLED_SELECTOR);
        if (!request.allowsClass0()) {
            refuse(ErrorText.NEGOTIATION_FAILED);
            return;
        }
        TransportListener listener = calledSelector == null ? null : selectors.listener(calledSelector);
        if (calling == null || listener == null) {
            refuse(ErrorText.ADDRESS_UNKNOWN);
            return;
        }
        remote = new TransportAddress(remote.host(), remote.port(), calling);
        local = new TransportAddress(local.host(), local.port(), calledSelector);
        expedited = settings.expedited() && request.selectsExpedited();
        timer.disarm();
        enter(State.WFTRESP, "CR");
        TransportUser user = listener.connectIndication(this, expedited);
        if (user != null) {
            delivery.user(user);
        } else if (state == State.WFTRESP) {
            refuse(ErrorText.SESSION_ENTITY_NOT_ATTACHED);
        } else {
            disconnectRequest();
        }
    }

    @Override
    public void connectResponse(boolean accepted) {
        if (state.isOver()) {
            return;
        }
        if (state != State.WFTRESP) {
            throw new IllegalStateException("T-CONNECT.response in state " + state);
        }
        boolean agreed = expedited && accepted;
        Tpdu confirm = Negotiation.connectConfirm(connectRequest, reference, settings, agreed);
        open(confirm, agreed, "T-CONNECT.response");
        send(confirm);
    }

    private void refuse(int reason) {
        send(new Tpdu(Tpdu.Type.DR, peerReference, 0, reason, List.of()));
        close("DR " + reason);
    }

    // Data

    /** CR and CC have passed. */
    private void open(Tpdu confirm, boolean expeditedAgreed, String cause) {
        expedited = expeditedAgreed;
        segmenter.open(stream, Negotiation.maxTpdu(settings, confirm));
        enter(State.OPEN, cause);
        controlFlow();
    }

    @Override
    public boolean isExpedited() {
        return state == State.OPEN && expedited;
    }

    @Override
    public boolean dataRequest(Pdu tsdu) {
        if (isOver(tsdu, "T-DATA.request")) {
            return true;
        }
        if (tsdu.length() == 0) {
            throw new IllegalArgumentException("a TSDU of no octets");
        }
        return segmenter.data(tsdu);
    }

    @Override
    public boolean expeditedDataRequest(Pdu tsdu) {
        if (isOver(tsdu, "T-EXPEDITED-DATA.request")) {
            return true;
        }
        if (!expedited) {
            throw new IllegalStateException("expedited data was not agreed on");
        }
        if (tsdu.length() == 0 || tsdu.length() > TpktHeader.MAX_EXPEDITED) {
            throw new IllegalArgumentException("an expedited TSDU of " + tsdu.length() + " octets");
        }
        return segmenter.expedited(tsdu);
    }

    /** Requests after the end are ignored. */
    private boolean isOver(Pdu tsdu, String primitive) {
        if (state.isOver()) {
            tsdu.release();
            return true;
        }
        if (state != State.OPEN) {
            throw new IllegalStateException(primitive + " in state " + state);
        }
        return false;
    }

    @Override
    public void readyIndication() {
        boolean wasEmpty = segmenter.isEmpty();
        segmenter.proceed();
        if (state == State.OPEN) {
            if (segmenter.takeReady()) {
                delivery.ready();
            }
        } else if (state == State.CLOSING && !wasEmpty && segmenter.isEmpty()) {
            stream.releaseRequest();
        }
    }

    @Override
    public void dataIndication(Pdu octets) {
        if (!state.isOver()) {
            framer.octets(octets);
            controlFlow();
        } else {
            octets.release();
        }
    }

    /** Short TPDUs find room: they are sent first on an empty stream, or last on one that is given up. */
    void send(Tpdu tpdu) {
        Pdu pdu = TpktHeader.push(tpdu.emit(host.pool()));
        if (!stream.dataRequest(pdu)) {
            pdu.release();
        }
    }

    @Override
    public void pause() {
        delivery.pause();
        controlFlow();
    }

    @Override
    public void resume() {
        delivery.resume();
        controlFlow();
    }

    /** Read no more of the stream than the user wants; but look for expedited data some way ahead. */
    private void controlFlow() {
        if (state != State.OPEN) {
            return;
        }
        boolean pause =
                delivery.isPaused() && (!expedited || delivery.heldOctets() + reassembler.octets() >= READ_AHEAD);
        if (pause != streamPaused) {
            streamPaused = pause;
            if (pause) {
                stream.pause();
            } else {
                stream.resume();
            }
        }
    }

    // The end

    @Override
    public void disconnectRequest() {
        switch (state) {
            case CLOSED, CLOSING -> {}
            case WFNC -> {
                enter(State.CLOSED, "T-DISCONNECT.request");
                timer.disarm();
                delivery.end();
                stream.disconnectRequest();
            }
            case WFTRESP -> refuse(ErrorText.NORMAL_DISCONNECT);
            default -> close("T-DISCONNECT.request");
        }
    }

    /** Tell the user that the connection has ended, and close the stream. */
    void endWith(DisconnectReason reason) {
        delivery.flush();
        if (state.isOver()) {
            return; // the user has ended it in the meantime
        }
        segmenter.clear();
        TransportUser told = close(reason.text());
        if (told != null) {
            told.disconnectIndication(reason);
        }
    }

    /**
     * Close the stream in an orderly way, so that what was handed over still arrives, and throw away what comes. A peer
     * that does not close it too is waited for only so long.
     *
     * @return the user, who hears no more; null if there is none
     */
    private TransportUser close(String cause) {
        enter(State.CLOSING, cause);
        framer.clear();
        reassembler.clear();
        TransportUser last = delivery.end();
        timer.arm(settings.timeoutNanos());
        stream.resume();
        if (segmenter.isEmpty()) {
            stream.releaseRequest();
        }
        return last;
    }

    @Override
    public void releaseIndication() {
        if (state != State.CLOSING) {
            endWith(state == State.WFCC ? DisconnectReason.REFUSED : DisconnectReason.REMOTE_USER);
        } else if (!segmenter.isEmpty()) {
            segmenter.clear();
            stream.releaseRequest();
        }
    }

    @Override
    public void disconnectIndication(DisconnectReason reason) {
        delivery.flush();
        enter(State.CLOSED, "N-DISCONNECT.indication");
        TransportUser told = clear();
        if (told != null) {
            told.disconnectIndication(reason == DisconnectReason.RELEASED ? DisconnectReason.REMOTE_USER : reason);
        }
    }

    private void timeout() {
        observer.timerExpired(origin, "connection");
        enter(State.CLOSED, "timer");
        TransportUser told = clear();
        stream.disconnectRequest();
        if (told != null) {
            told.disconnectIndication(DisconnectReason.TIMEOUT);
        }
    }

    private TransportUser clear() {
        timer.disarm();
        framer.clear();
        segmenter.clear();
        reassembler.clear();
        return delivery.end();
    }

    private void enter(State next, String cause) {
        if (next != state && observer.isWatching()) {
            observer.stateChanged(origin, state.name(), next.name(), cause);
        }
        state = next;
    }

    // For those who ask

    State state() {
        return state;
    }

    /** The peer's reference; 0 while it has not said it. */
    int peerReference() {
        return peerReference;
    }

    @Override
    public TransportAddress local() {
        return local;
    }

    @Override
    public TransportAddress remote() {
        return remote;
    }
}
