package org.osistack.presentation.x226;

import org.osistack.core.Origin;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.presentation.PresentationAddress;
import org.osistack.presentation.PresentationPrimitive;
import org.osistack.presentation.PresentationRefusal;
import org.osistack.presentation.PresentationUser;
import org.osistack.session.SessionConnection;
import org.osistack.session.SessionPrimitive;

/**
 * The presentation protocol machine (PPM) of one connection (X.226 Annex A): its state, what it knows, and how it ends. The
 * user speaks to it through {@link X226Connection}, the session service through {@link Arrivals}.
 *
 * <pre>
 *             P-CONNECT.req: CP              CPA                    P-ALTER.req: AC
 *   STAI0 ------------------------> STAI1 ---------+            +-------------------------> STAac0
 *     |                                            v            |                           AC | ^ P-ALTER.rsp: ACA
 *     |       CP                            +--&gt; STAt0 ---------+                              v |
 *     +---------------------------> STAI2 --+      |            | AC        P-ALTER.req: AC  STAac2
 *                                      P-CONNECT.rsp+: CPA      +-------------> STAac1 -----------^
 *
 *   ACA leads from STAac0 to STAt0 and from STAac2 to STAac1, P-ALTER.rsp from STAac1 to STAt0
 *   all of them back to STAt0: resynchronization, exceptions, interruption and discard of an activity
 *   all back to STAI0: CPR, release, ARU, ARP, S-P-ABORT
 * </pre>
 *
 * <p>All other services are passed on where there is a connection, and leave the state as it is.
 */
final class Ppm {
    final X226Entity entity;
    final ValueCodec codec;
    final Contexts contexts;
    final Establishment establishment;
    final ContextManagement management;
    final DialogueSteps steps;
    final ReleasePhase release = new ReleasePhase();
    SessionConnection session;
    PresentationUser user;
    private final boolean isInitiator;
    private State state = State.STAI0;
    private Origin origin = X226Entity.ORIGIN;

    /**
     * A machine without a connection.
     *
     * @param session null if this side asks for the connection, until it has
     * @param user null if the other side asks for the connection, until there is one
     */
    Ppm(X226Entity entity, SessionConnection session, PresentationUser user) {
        this.entity = entity;
        this.session = session;
        this.user = user;
        this.isInitiator = user != null;
        this.codec = new ValueCodec(entity);
        this.contexts = new Contexts(codec);
        this.establishment = new Establishment(entity, codec, contexts);
        this.management = new ContextManagement(entity.maxContexts, isInitiator, codec, contexts);
        this.steps = new DialogueSteps(entity.profile, codec, contexts, () -> this.session.serialNumbers());
    }

    State state() {
        return state;
    }

    boolean isConnected() {
        return state.isConnected();
    }

    /** The functional units that the users have, which may be fewer than session has. */
    FunctionalUnits functionalUnits() {
        return establishment.restricted(session.functionalUnits());
    }

    boolean hasManagement() {
        return establishment.requirements().contextManagement();
    }

    /** Whether typed data is the users' too, and not only there for AC and ACA PPDUs (p14). */
    boolean mayUseTypedData() {
        return !hasManagement() || functionalUnits().has(FunctionalUnit.TYPED_DATA);
    }

    /** Contexts, or their alterations, may have changed. */
    void altered(ContextSet before, String cause) {
        enter(contexts.state(), cause);
        if (!before.equals(contexts.defined())) {
            note("defined context set: " + contexts.defined());
        }
    }

    /** One side has answered a release, which may have ended the connection. */
    void answered(ReleasePhase.Outcome outcome, String cause) {
        if (outcome == ReleasePhase.Outcome.ENDS) {
            enter(State.STAI0, cause);
        } else if (outcome == ReleasePhase.Outcome.HALF_WAY) {
            contexts.voidAlterations();
            enter(State.STAt0, cause);
        }
    }

    void enter(State next, String cause) {
        State before = state;
        state = next;
        if (before != next && entity.host.observer().isWatching()) {
            entity.host.observer().stateChanged(origin, before.name(), next.name(), cause);
        }
    }

    private void note(String text) {
        if (entity.host.observer().isWatching()) {
            entity.host.observer().note(origin, text);
        }
    }

    /** The peer is known now. */
    void name(PresentationAddress remote) {
        origin = new Origin(
                X226Entity.ORIGIN.layer(), X226Entity.ORIGIN.protocol(), (isInitiator ? "to " : "from ") + remote);
    }

    // ---- The end ----

    /** Refuse the connection that the peer asks for. */
    void refuse(PresentationRefusal refusal) {
        note("refused: " + refusal.text());
        enter(State.STAI0, "CPR");
        session.request(establishment.refusal(refusal));
    }

    /** Abort as the provider: the peer has broken the protocol. */
    void abort(AbortReason reason, Event event) {
        ArpPpdu arp = new ArpPpdu(reason, event);
        note("aborted: " + arp.text());
        enter(State.STAI0, event.text());
        session.request(new SessionPrimitive.UserAbort(arp.emit()));
        end(new PresentationPrimitive.ProviderAbort("protocol error: " + arp.text()), event.text());
    }

    /** The connection has ended: tell the user. */
    void end(PresentationPrimitive primitive, String cause) {
        enter(State.STAI0, cause);
        if (user != null) {
            user.indication(primitive);
        }
    }
}
