package org.osistack.transport.tpkt;

import java.util.ArrayList;
import java.util.List;
import org.osistack.core.Discard;
import org.osistack.core.Host;
import org.osistack.core.Observer;
import org.osistack.core.Octets;
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
 * <pre>
 *            T-CONNECT.request                                  N-CONNECT.indication
 *   CLOSED ───────────────────▶ WFNC                  CLOSED ──────────────────────▶ WFCR
 *                                 │ N-CONNECT.confirm                                  │ CR
 *                                 ▼ CR                                                 ▼ T-CONNECT.indication
 *                               WFCC                                                WFTRESP
 *                                 │ CC                                                 │ T-CONNECT.response
 *                                 ▼ T-CONNECT.confirm                                  ▼ CC
 *                               OPEN  ◀── DT ──▶ T-DATA                              OPEN
 *
 *   any: T-DISCONNECT.request, DR, ER, N-DISCONNECT, or what class 0 does not know ──▶ CLOSING ──▶ CLOSED
 * </pre>
 *
 * <p>WFCR (wait for CR) and CLOSING (this side has released the stream, the peer has not) are states of the network
 * connection that X.224 leaves to the network service.
 */
final class TpktConnection implements TransportConnection, TransportUser, Framer.Sink {
    private enum State {
        CLOSED,
        WFNC,
        WFCC,
        WFCR,
        WFTRESP,
        OPEN,
        CLOSING
    }

    private final TpktEntity entity;
    private final Host host;
    private final Settings settings;
    private final Observer observer;
    private final Origin origin;
    private final Timer timer;
    private final Framer framer;
    private final int reference;

    private State state = State.CLOSED;
    private OctetStreamConnection stream;
    private TransportUser user;
    private SelectorTable selectors; // of the side that is called
    private TransportAddress local;
    private TransportAddress remote;
    private Tpdu connectRequest; // that was received
    private int peerReference;
    private int maxData; // octets of user data in one TPDU

    private Pdu sending; // a TSDU that is being cut; null if none is
    private int sent;
    private boolean proceeding;
    private boolean wantsReady;
    private Pdu receiving; // a TSDU that is being put together; null if none is

    TpktConnection(TpktEntity entity, Host host, Settings settings, int reference) {
        this.entity = entity;
        this.host = host;
        this.settings = settings;
        this.reference = reference;
        this.observer = host.observer();
        this.origin = new Origin(4, "TPKT", "reference " + reference);
        this.timer = host.newTimer(this::timeout);
        this.framer = new Framer(host.pool(), this);
    }

    // ---- the side that asks
    // ---------------------------------------------------------------------------------------------

    /** T-CONNECT.request: open the stream, and then send a CR. */
    void connect(TransportAddress calling, TransportAddress called, TransportUser newUser) {
        user = newUser;
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
        List<Tpdu.Parameter> parameters = new ArrayList<>(3);
        if (settings.sizeCode() >= 0) {
            parameters.add(new Tpdu.Parameter(Tpdu.TPDU_SIZE, Octets.of((byte) settings.sizeCode())));
        }
        addSelector(parameters, Tpdu.CALLING_SELECTOR, local.selector());
        addSelector(parameters, Tpdu.CALLED_SELECTOR, remote.selector());
        enter(State.WFCC, "N-CONNECT.confirm");
        send(new Tpdu(Tpdu.Type.CR, 0, reference, 0, parameters));
    }

    private static void addSelector(List<Tpdu.Parameter> parameters, int code, Selector selector) {
        if (!selector.isEmpty()) {
            parameters.add(new Tpdu.Parameter(code, Octets.of(selector.toByteArray())));
        }
    }

    private void connected(Tpdu confirm) {
        if (confirm.transportClass() != 0) {
            endWith(DisconnectReason.NEGOTIATION_FAILED);
            return;
        }
        if (confirm.destination() != reference) {
            endWith(DisconnectReason.PROTOCOL_ERROR);
            return;
        }
        peerReference = confirm.source();
        negotiate(confirm.sizeCode());
        timer.disarm();
        enter(State.OPEN, "CC");
        user.connectConfirm(this);
    }

    /** Take over the peer's TPDU size, if it is less than this side's own. Without one the own holds. */
    private void negotiate(int sizeCode) {
        int most = settings.maxTpdu();
        if (sizeCode >= 0 && sizeCode < 16) {
            most = Math.min(most, 1 << Math.max(sizeCode, Settings.MIN_SIZE_CODE));
        }
        maxData = Math.min(most, TpktHeader.MAX_TPDU) - (TpktHeader.WITH_DT - TpktHeader.LENGTH);
    }

    // ---- the side that is called
    // -----------------------------------------------------------------------------------------

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

    private void called(Tpdu request) {
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
        timer.disarm();
        enter(State.WFTRESP, "CR");
        TransportUser answer = listener.connectIndication(this, false);
        if (answer != null) {
            user = answer;
        } else if (state == State.WFTRESP) {
            refuse(ErrorText.SESSION_ENTITY_NOT_ATTACHED);
        } else {
            disconnectRequest();
        }
    }

    @Override
    public void connectResponse(boolean expedited) {
        if (state == State.CLOSED || state == State.CLOSING) {
            return;
        }
        if (state != State.WFTRESP) {
            throw new IllegalStateException("T-CONNECT.response in state " + state);
        }
        int sizeCode = connectRequest.sizeCode();
        List<Tpdu.Parameter> parameters = new ArrayList<>(4);
        if (sizeCode >= 0) {
            int own = settings.sizeCode() < 0 ? Settings.MAX_SIZE_CODE : settings.sizeCode();
            sizeCode = Math.max(Settings.MIN_SIZE_CODE, Math.min(sizeCode, own));
            parameters.add(new Tpdu.Parameter(Tpdu.TPDU_SIZE, Octets.of((byte) sizeCode)));
        }
        negotiate(sizeCode);
        for (Tpdu.Parameter parameter : connectRequest.parameters()) {
            if (parameter.code() == Tpdu.CALLING_SELECTOR || parameter.code() == Tpdu.CALLED_SELECTOR) {
                parameters.add(parameter);
            }
        }
        if (connectRequest.parameter(Tpdu.ADDITIONAL_OPTIONS) != null) {
            parameters.add(new Tpdu.Parameter(Tpdu.ADDITIONAL_OPTIONS, Octets.of((byte) 0))); // no expedited data
        }
        enter(State.OPEN, "T-CONNECT.response");
        send(new Tpdu(Tpdu.Type.CC, peerReference, reference, 0, parameters));
    }

    private void refuse(int reason) {
        send(new Tpdu(Tpdu.Type.DR, peerReference, 0, reason, List.of()));
        close("DR " + reason);
    }

    // ---- data
    // ------------------------------------------------------------------------------------------------------------

    @Override
    public boolean dataRequest(Pdu tsdu) {
        if (state == State.CLOSED || state == State.CLOSING) {
            tsdu.release();
            return true;
        }
        if (state != State.OPEN) {
            throw new IllegalStateException("T-DATA.request in state " + state);
        }
        if (tsdu.length() == 0) {
            throw new IllegalArgumentException("a TSDU of no octets");
        }
        if (sending != null) {
            wantsReady = true;
            return false;
        }
        if (tsdu.length() > maxData) {
            sending = tsdu;
            sent = 0;
            proceed();
            return true;
        }
        Pdu tpdu = tsdu.headroom() < TpktHeader.WITH_DT ? tsdu.copy() : tsdu; // what came from a device may have none
        boolean taken = stream.dataRequest(TpktHeader.pushWithDt(tpdu, true));
        if (taken && tpdu != tsdu) {
            tsdu.release();
        } else if (!taken) {
            wantsReady = true;
            if (tpdu == tsdu) {
                tsdu.pullHeader(TpktHeader.WITH_DT);
            } else {
                tpdu.release();
            }
        }
        return taken;
    }

    /** Send more of the TSDU that is being cut, as far as the stream takes it. */
    private void proceed() {
        if (proceeding) {
            return;
        }
        proceeding = true;
        while (sending != null) {
            int length = Math.min(maxData, sending.length() - sent);
            boolean last = sent + length == sending.length();
            Pdu tpdu = host.pool().take(length).append(sending, sent, length);
            if (!stream.dataRequest(TpktHeader.pushWithDt(tpdu, last))) {
                tpdu.release();
                break;
            }
            sent += length;
            if (last && sending != null) {
                sending.release();
                sending = null;
            }
        }
        proceeding = false;
    }

    @Override
    public void readyIndication() {
        boolean wasSending = sending != null;
        proceed();
        if (sending != null) {
            return;
        }
        if (state == State.CLOSING && wasSending) {
            stream.releaseRequest();
        } else if (wantsReady && state == State.OPEN) {
            wantsReady = false;
            user.readyIndication();
        }
    }

    @Override
    public void dataIndication(Pdu octets) {
        if (isOpen()) {
            framer.octets(octets);
        } else {
            octets.release();
        }
    }

    @Override
    public void tpdu(Pdu tpdu) {
        if (state == State.OPEN && TpktHeader.isDt(tpdu)) {
            dt(tpdu);
            return;
        }
        Tpdu parsed = Tpdu.parse(tpdu);
        if (parsed == null || !isExpected(parsed.type())) {
            error(tpdu);
            return;
        }
        tpdu.release();
        switch (parsed.type()) {
            case CR -> called(parsed);
            case CC -> connected(parsed);
            case DR -> endWith(state == State.WFCC ? ErrorText.refusal(parsed.last()) : DisconnectReason.REMOTE_USER);
            default -> endWith(DisconnectReason.PROTOCOL_ERROR);
        }
    }

    /** DR on an open connection is not of class 0, but peers use it to say farewell. */
    private boolean isExpected(Tpdu.Type type) {
        return switch (type) {
            case CR -> state == State.WFCR;
            case CC -> state == State.WFCC;
            case DR, ER -> state != State.WFCR;
            case DC -> false;
        };
    }

    private void dt(Pdu dt) {
        boolean end = TpktHeader.isEndOfTsdu(dt);
        dt.pullHeader(TpktHeader.WITH_DT - TpktHeader.LENGTH);
        if (receiving == null && end) {
            if (dt.length() == 0) {
                entity.discards().drop(Discard.TOO_SHORT, dt);
            } else {
                user.dataIndication(dt);
            }
            return;
        }
        int length = (receiving == null ? 0 : receiving.length()) + dt.length();
        if (length > settings.maxTsdu()) {
            entity.discards().drop(Discard.OVER_LIMIT, dt);
            endWith(DisconnectReason.PROTOCOL_ERROR);
            return;
        }
        if (receiving == null) {
            receiving = dt;
        } else {
            if (receiving.tailroom() < dt.length()) {
                receiving = Framer.larger(host.pool(), receiving, 2 * length);
            }
            receiving.append(dt, 0, dt.length());
            dt.release();
        }
        if (end) {
            Pdu tsdu = receiving;
            receiving = null;
            user.dataIndication(tsdu);
        }
    }

    /** A TPDU that class 0 does not know, or not now: tell the peer with an ER, and close (X.224 §6.22). */
    private void error(Pdu tpdu) {
        byte[] rejected = new byte[Math.min(tpdu.length(), 2)]; // up to the octet that was wrong: its code
        tpdu.copyTo(0, rejected, 0, rejected.length);
        entity.discards().drop(Discard.UNKNOWN_PDU, tpdu);
        send(new Tpdu(
                Tpdu.Type.ER,
                peerReference,
                0,
                ErrorText.INVALID_TPDU_TYPE,
                List.of(new Tpdu.Parameter(Tpdu.INVALID_TPDU, Octets.of(rejected)))));
        endWith(DisconnectReason.PROTOCOL_ERROR);
    }

    @Override
    public void garbage(Pdu part) {
        entity.discards().drop(Discard.BAD_VERSION, part);
        endWith(DisconnectReason.PROTOCOL_ERROR);
    }

    @Override
    public boolean isOpen() {
        return state != State.CLOSED && state != State.CLOSING;
    }

    /** Short TPDUs find room: they are sent first on an empty stream, or last on one that is given up. */
    private void send(Tpdu tpdu) {
        Pdu pdu = TpktHeader.push(tpdu.emit(host.pool()));
        if (!stream.dataRequest(pdu)) {
            pdu.release();
        }
    }

    @Override
    public boolean isExpedited() {
        return false;
    }

    @Override
    public boolean expeditedDataRequest(Pdu tsdu) {
        throw new IllegalStateException("expedited data was not agreed on");
    }

    // ---- the end
    // -----------------------------------------------------------------------------------------------------------

    @Override
    public void disconnectRequest() {
        switch (state) {
            case CLOSED, CLOSING -> {}
            case WFNC -> {
                enter(State.CLOSED, "T-DISCONNECT.request");
                timer.disarm();
                stream.disconnectRequest();
            }
            case WFTRESP -> refuse(ErrorText.NORMAL_DISCONNECT);
            default -> close("T-DISCONNECT.request");
        }
    }

    /** Tell the user that the connection has ended, and close the stream. */
    private void endWith(DisconnectReason reason) {
        TransportUser told = user;
        dropSending();
        close(reason.text());
        if (told != null) {
            told.disconnectIndication(reason);
        }
    }

    /**
     * Close the stream in an orderly way, so that what was handed over still arrives, and throw away what comes. A peer
     * that does not close it too is waited for only so long.
     */
    private void close(String cause) {
        enter(State.CLOSING, cause);
        user = null;
        framer.clear();
        if (receiving != null) {
            receiving.release();
            receiving = null;
        }
        timer.arm(settings.timeoutNanos());
        stream.resume();
        if (sending == null) {
            stream.releaseRequest();
        }
    }

    private void dropSending() {
        if (sending != null) {
            sending.release();
            sending = null;
        }
    }

    @Override
    public void releaseIndication() {
        if (state == State.CLOSING) {
            if (sending != null) {
                dropSending();
                stream.releaseRequest();
            }
            return;
        }
        endWith(state == State.WFCC ? DisconnectReason.REFUSED : DisconnectReason.REMOTE_USER);
    }

    @Override
    public void disconnectIndication(DisconnectReason reason) {
        TransportUser told = user;
        user = null;
        timer.disarm();
        framer.clear();
        dropSending();
        if (receiving != null) {
            receiving.release();
            receiving = null;
        }
        enter(State.CLOSED, "N-DISCONNECT.indication");
        if (told != null) {
            told.disconnectIndication(reason == DisconnectReason.RELEASED ? DisconnectReason.REMOTE_USER : reason);
        }
    }

    private void timeout() {
        observer.timerExpired(origin, "connection");
        TransportUser told = user;
        user = null;
        State before = state;
        enter(State.CLOSED, "timer");
        framer.clear();
        dropSending();
        stream.disconnectRequest();
        if (told != null && before != State.CLOSING) {
            told.disconnectIndication(DisconnectReason.TIMEOUT);
        }
    }

    private void enter(State next, String cause) {
        if (next != state && observer.isWatching()) {
            observer.stateChanged(origin, state.name(), next.name(), cause);
        }
        state = next;
    }

    // ---- what the user may ask
    // -----------------------------------------------------------------------------------------------

    @Override
    public TransportAddress local() {
        return local;
    }

    @Override
    public TransportAddress remote() {
        return remote;
    }

    @Override
    public void pause() {
        if (state == State.OPEN || state == State.WFTRESP) {
            stream.pause();
        }
    }

    @Override
    public void resume() {
        if (state != State.CLOSED) {
            stream.resume();
        }
    }
}
