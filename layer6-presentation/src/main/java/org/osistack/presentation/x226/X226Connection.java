package org.osistack.presentation.x226;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.osistack.core.Discard;
import org.osistack.core.Octets;
import org.osistack.core.Origin;
import org.osistack.core.Pdu;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.SerialNumbers;
import org.osistack.core.dialogue.Tokens;
import org.osistack.presentation.Pdv;
import org.osistack.presentation.PresentationAddress;
import org.osistack.presentation.PresentationConnection;
import org.osistack.presentation.PresentationListener;
import org.osistack.presentation.PresentationPrimitive;
import org.osistack.presentation.PresentationRefusal;
import org.osistack.presentation.PresentationUser;
import org.osistack.presentation.ber.BerReader;
import org.osistack.session.SessionConnection;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.SessionUser;

/**
 * The presentation protocol machine of one connection (X.226 Annex A), without context management.
 *
 * <pre>
 *             P-CONNECT.req: CP              CPA
 *   STAI0 ------------------------> STAI1 ---------+
 *     |                                            v
 *     |       CP                            +--&gt; STAt0 ---- TD, TTD, tokens, release: passed on
 *     +---------------------------> STAI2 --+
 *                                      P-CONNECT.rsp+: CPA
 *
 *   all back to STAI0: CPR, release, ARU, ARP, S-P-ABORT
 * </pre>
 */
final class X226Connection implements PresentationConnection, SessionUser {
    /** The states by their names in X.226 Annex A. */
    enum State {
        /** Idle. */
        STAI0,
        /** Awaiting the CPA PPDU. */
        STAI1,
        /** Awaiting P-CONNECT.response. */
        STAI2,
        /** Connected. */
        STAt0
    }

    /** Of a value, in octets: for the header here, and those of session and transport. */
    private static final int MIN_HEADROOM = ValueCodec.MAX_HEADER_LENGTH + 40;

    private final X226Entity entity;
    private final boolean isInitiator;
    private final ValueCodec codec;
    private final Establishment establishment;
    private SessionConnection session;
    private PresentationUser user;
    private State state = State.STAI0;
    private Origin origin = X226Entity.ORIGIN;
    private boolean releasing; // rl of the state table
    private boolean releaseCollision; // cr of the state table

    X226Connection(X226Entity entity, SessionConnection session, PresentationUser user) {
        this.entity = entity;
        this.session = session;
        this.user = user;
        this.isInitiator = user != null;
        this.codec = new ValueCodec(entity);
        this.establishment = new Establishment(entity, codec);
    }

    void below(SessionConnection connection) {
        session = connection;
    }

    // ---- Establishment ----

    /** P-CONNECT.request: the S-CONNECT.request to be made for it. */
    SessionPrimitive.Connect connectRequest(PresentationPrimitive.Connect request) {
        SessionPrimitive.Connect below = establishment.request(request);
        name(request.called());
        enter(State.STAI1, "P-CONNECT.request");
        return below;
    }

    /**
     * S-CONNECT.indication.
     *
     * @param listeners who has a called presentation selector; null if nobody does
     */
    void connectIndication(SessionPrimitive.Connect indication, Function<Octets, PresentationListener> listeners) {
        Establishment.Indication meaning = establishment.indication(indication);
        if (meaning.refusal() != null) {
            refuse(meaning.refusal());
            return;
        }
        PresentationListener listener = listeners.apply(establishment.calledSelector());
        if (listener == null) {
            refuse(PresentationRefusal.CALLED_ADDRESS_UNKNOWN);
            return;
        }
        name(meaning.connect().calling());
        enter(State.STAI2, "CP");
        user = listener.connectIndication(this, meaning.connect());
        if (user == null && state == State.STAI2) {
            refuse(PresentationRefusal.USER);
        }
    }

    private void refuse(PresentationRefusal refusal) {
        if (entity.host.observer().isWatching()) {
            entity.host.observer().note(origin, "refused: " + refusal.text());
        }
        enter(State.STAI0, "CPR");
        session.request(establishment.refusal(refusal));
    }

    private boolean connectResponse(PresentationPrimitive.ConnectAnswer answer) {
        SessionPrimitive.ConnectAnswer below = establishment.response(answer);
        State before = state;
        enter(answer.isAccepted() ? State.STAt0 : State.STAI0, "P-CONNECT.response");
        boolean taken = false;
        try {
            taken = session.request(below);
        } finally {
            if (!taken) {
                enter(before, "not taken");
            }
        }
        return taken;
    }

    private void connectConfirm(SessionPrimitive.ConnectAnswer confirm) {
        if (state != State.STAI1) {
            abort(AbortReason.UNEXPECTED_SESSION_PRIMITIVE, Event.CPA);
            return;
        }
        Establishment.Confirm meaning = establishment.confirm(confirm);
        if (meaning.abort() != null) {
            abort(meaning.abort(), Event.CPA);
            return;
        }
        boolean accepted = meaning.answer().isAccepted();
        enter(accepted ? State.STAt0 : State.STAI0, accepted ? "CPA" : "CPR");
        user.indication(meaning.answer());
    }

    // ---- Data ----

    @Override
    public boolean dataRequest(int context, Pdu value) {
        if (state == State.STAI0) {
            value.release(); // after the end
            return true;
        }
        checkConnected();
        if (value.headroom() < MIN_HEADROOM) { // such as a value that was received and is sent back
            Pdu copy = value.copy();
            boolean taken = false;
            try {
                taken = dataRequest(context, copy);
            } finally {
                (taken ? value : copy).release();
            }
            return taken;
        }
        int length = value.length();
        codec.wrap(context, value);
        int header = value.length() - length;
        boolean taken = false;
        try {
            taken = session.dataRequest(value);
        } finally {
            if (!taken) {
                value.pullHeader(header);
            }
        }
        return taken;
    }

    private boolean dataRequest(List<Pdv> values) {
        Octets ssdu = codec.whole(values);
        Pdu pdu = entity.host.pool().take(ssdu.length());
        ssdu.appendTo(pdu);
        boolean taken = false;
        try {
            taken = session.dataRequest(pdu);
        } finally {
            if (!taken) {
                pdu.release();
            }
        }
        return taken;
    }

    @Override
    public void dataIndication(Pdu ssdu) {
        if (state != State.STAt0) {
            entity.discards.drop(Discard.UNEXPECTED, ssdu);
            if (state != State.STAI0) {
                abort(AbortReason.UNEXPECTED_SESSION_PRIMITIVE, Event.TD);
            }
            return;
        }
        int context = codec.unwrap(ssdu);
        if (context >= 0) {
            user.dataIndication(context, ssdu);
            return;
        }
        Octets octets = Octets.of(ssdu);
        List<Pdv> values = context == ValueCodec.NO_CONTEXT ? null : codec.whole(octets);
        if (values == null || values.isEmpty()) {
            entity.discards.drop(Discard.MALFORMED, ssdu);
            abort(ValueCodec.reasonAgainst(octets), Event.TD);
        } else {
            ssdu.release();
            user.indication(new PresentationPrimitive.Data(values));
        }
    }

    // ---- The other services ----

    @Override
    public boolean request(PresentationPrimitive primitive) {
        if (state == State.STAI0) {
            return true; // after the end
        }
        if (primitive instanceof PresentationPrimitive.UserAbort abort) {
            return abortRequest(abort.userData());
        }
        if (primitive instanceof PresentationPrimitive.ConnectAnswer answer) {
            if (state != State.STAI2) {
                throw new IllegalStateException("there is nothing to answer");
            }
            return connectResponse(answer);
        }
        checkConnected();
        if (primitive instanceof PresentationPrimitive.Data data) {
            return dataRequest(data.userData());
        }
        if (primitive instanceof PresentationPrimitive.TypedData data) {
            UserData values = codec.nested(data.userData(), codec.contexts());
            if (values == null) {
                throw new IllegalArgumentException("typed data without a value");
            }
            return session.request(new SessionPrimitive.TypedData(ValueCodec.octets(values)));
        }
        if (primitive instanceof PresentationPrimitive.Step step) {
            return session.request(new SessionPrimitive.Step(step.step(), codec.whole(step.userData())));
        }
        if (primitive instanceof PresentationPrimitive.Release release) {
            return passRelease(this::released, new SessionPrimitive.Release(codec.whole(release.userData())));
        }
        if (primitive instanceof PresentationPrimitive.ReleaseAnswer answer) {
            return passRelease(
                    () -> releaseAnswered(answer.affirmative(), "P-RELEASE.response"),
                    new SessionPrimitive.ReleaseAnswer(answer.affirmative(), codec.whole(answer.userData())));
        }
        throw new IllegalArgumentException(primitive.service() + " is not the user's to request");
    }

    private boolean abortRequest(List<Pdv> values) {
        ContextSet contexts = codec.contexts();
        UserData data = codec.nested(values, contexts);
        List<AruPpdu.Identifier> identifiers = values.stream()
                .map(value -> contexts.get(value.context()))
                .filter(Objects::nonNull)
                .distinct()
                .map(context -> new AruPpdu.Identifier(context.id(), context.transferSyntax()))
                .toList();
        enter(State.STAI0, "P-U-ABORT.request");
        return session.request(new SessionPrimitive.UserAbort(new AruPpdu(identifiers, data).emit()));
    }

    /** A release was asked for by one side; if the other has asked already, they collide. */
    private void released() {
        releaseCollision |= releasing;
        releasing = true;
    }

    /** One side has answered a release. In a collision there are two answers, and only the second ends it. */
    private void releaseAnswered(boolean affirmative, String cause) {
        boolean ends = affirmative && !releaseCollision;
        releaseCollision &= !affirmative;
        releasing = false;
        enter(ends ? State.STAI0 : state, cause);
    }

    /** Change the state, and pass the primitive on; nothing is changed if it cannot be passed on. */
    private boolean passRelease(Runnable change, SessionPrimitive primitive) {
        State before = state;
        boolean wasReleasing = releasing;
        boolean wasCollision = releaseCollision;
        change.run();
        boolean taken = false;
        try {
            taken = session.request(primitive);
        } finally {
            if (!taken) {
                releasing = wasReleasing;
                releaseCollision = wasCollision;
                enter(before, "not taken");
            }
        }
        return taken;
    }

    @Override
    public void indication(SessionPrimitive primitive) {
        if (state == State.STAI0) {
            return;
        }
        if (primitive instanceof SessionPrimitive.ConnectAnswer confirm) {
            connectConfirm(confirm);
        } else if (primitive instanceof SessionPrimitive.UserAbort abort) {
            abortIndication(abort.userData());
        } else if (primitive instanceof SessionPrimitive.ProviderAbort abort) {
            end(new PresentationPrimitive.ProviderAbort(abort.reason().text()), "S-P-ABORT.indication");
        } else if (state != State.STAt0) {
            abort(AbortReason.UNEXPECTED_SESSION_PRIMITIVE, Event.CP);
        } else if (primitive instanceof SessionPrimitive.TypedData data) {
            typedData(data.userData());
        } else if (primitive instanceof SessionPrimitive.Step step) {
            List<Pdv> values = values(step.userData(), Event.S_TOKEN_PLEASE_INDICATION);
            if (values != null) {
                user.indication(new PresentationPrimitive.Step(step.step(), values));
            }
        } else if (primitive instanceof SessionPrimitive.Release release) {
            List<Pdv> values = values(release.userData(), Event.S_RELEASE_INDICATION);
            if (values != null) {
                released();
                user.indication(new PresentationPrimitive.Release(values));
            }
        } else if (primitive instanceof SessionPrimitive.ReleaseAnswer answer) {
            List<Pdv> values = values(answer.userData(), Event.S_RELEASE_CONFIRM);
            if (values != null) {
                releaseAnswered(answer.affirmative(), "S-RELEASE.confirm");
                user.indication(new PresentationPrimitive.ReleaseAnswer(answer.affirmative(), values));
            }
        } else {
            abort(AbortReason.UNEXPECTED_SESSION_PRIMITIVE, Event.CP);
        }
    }

    private void typedData(Octets octets) {
        int tag = new BerReader(octets).tag();
        if (tag == 0xa0 || tag == 0xa1) { // the context management functional unit was not proposed
            abort(AbortReason.UNEXPECTED_PPDU, tag == 0xa0 ? Event.AC : Event.ACA);
            return;
        }
        List<Pdv> values = codec.typed(octets);
        if (values == null) {
            abort(ValueCodec.reasonAgainst(octets), Event.TTD);
        } else {
            user.indication(new PresentationPrimitive.TypedData(values));
        }
    }

    /** The values that make up all the user data of a session primitive; null if it had to be aborted for them. */
    private List<Pdv> values(Octets octets, Event event) {
        List<Pdv> values = codec.whole(octets);
        if (values == null) {
            abort(ValueCodec.reasonAgainst(octets), event);
        }
        return values;
    }

    // ---- The end ----

    private void abortIndication(Octets userData) {
        if (userData.isEmpty()) { // session version 1 has no room for an ARU PPDU
            end(new PresentationPrimitive.UserAbort(List.of()), "S-U-ABORT.indication");
            return;
        }
        AruPpdu aru = AruPpdu.parse(userData);
        if (aru != null) {
            List<Pdv> values = codec.nested(aru.userData(), codec.contexts());
            end(new PresentationPrimitive.UserAbort(values == null ? List.of() : values), "ARU");
            return;
        }
        ArpPpdu arp = ArpPpdu.parse(userData);
        end(
                new PresentationPrimitive.ProviderAbort(
                        arp == null ? "an abort that cannot be read" : "the peer's presentation layer: " + arp.text()),
                "ARP");
    }

    /** Abort as the provider: the peer has broken the protocol. */
    private void abort(AbortReason reason, Event event) {
        ArpPpdu arp = new ArpPpdu(reason, event);
        if (entity.host.observer().isWatching()) {
            entity.host.observer().note(origin, "aborted: " + arp.text());
        }
        enter(State.STAI0, event.text());
        session.request(new SessionPrimitive.UserAbort(arp.emit()));
        end(new PresentationPrimitive.ProviderAbort("protocol error: " + arp.text()), event.text());
    }

    private void end(PresentationPrimitive primitive, String cause) {
        enter(State.STAI0, cause);
        if (user != null) {
            user.indication(primitive);
        }
    }

    private void enter(State next, String cause) {
        State before = state;
        state = next;
        if (before != next && entity.host.observer().isWatching()) {
            entity.host.observer().stateChanged(origin, before.name(), next.name(), cause);
        }
    }

    private void checkConnected() {
        if (state != State.STAt0) {
            throw new IllegalStateException("not connected");
        }
    }

    private void name(PresentationAddress remote) {
        origin = new Origin(
                X226Entity.ORIGIN.layer(), X226Entity.ORIGIN.protocol(), (isInitiator ? "to " : "from ") + remote);
    }

    // ---- What is handed through ----

    @Override
    public void readyIndication() {
        if (user != null) {
            user.readyIndication();
        }
    }

    @Override
    public FunctionalUnits functionalUnits() {
        return establishment.restricted(session.functionalUnits());
    }

    @Override
    public Tokens ownTokens() {
        return session.ownTokens();
    }

    @Override
    public SerialNumbers serialNumbers() {
        return session.serialNumbers();
    }

    @Override
    public PresentationAddress remote() {
        return X226Entity.presentationAddress(establishment.remoteSelector(), session.remote());
    }

    @Override
    public void pause() {
        session.pause();
    }

    @Override
    public void resume() {
        session.resume();
    }
}
