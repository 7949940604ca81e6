package org.osistack.application.acse;

import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;
import org.osistack.application.ApplicationContext;
import org.osistack.application.Association;
import org.osistack.application.AssociationListener;
import org.osistack.application.AssociationUser;
import org.osistack.application.AssociationUser.Ending;
import org.osistack.application.ForeignText;
import org.osistack.core.Discard;
import org.osistack.core.Octets;
import org.osistack.core.Origin;
import org.osistack.core.Pdu;
import org.osistack.core.dialogue.ConnectionIdentifier;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.SerialNumbers;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.dialogue.Tokens;
import org.osistack.presentation.Pdv;
import org.osistack.presentation.PresentationAddress;
import org.osistack.presentation.PresentationConnection;
import org.osistack.presentation.PresentationPrimitive;
import org.osistack.presentation.PresentationRefusal;
import org.osistack.presentation.PresentationUser;
import org.osistack.presentation.ber.BerLength;

/**
 * The association control protocol machine (ACPM) of one association (X.227 Annex A).
 *
 * <pre>
 *          A-ASC.req: AARQ            AARE+                A-RLS.req: RLRQ
 *   STA0 -----------------> STA1 -------------> STA5 ------------------------> STA3 --- RLRE+ ---&gt; STA0
 *     |    AARQ                    A-ASC.rsp+:    |  RLRQ                        | RLRQ: both want to end
 *     +-------------------> STA2 ------AARE+----->+------------> STA4            +--> STA6 initiator: answers first
 *                                                     A-RLS.rsp+: RLRE+ -> STA0  +--> STA7 responder: answers second
 *
 *   all back to STA0: AARE-, ABRT, P-P-ABORT
 * </pre>
 */
final class Acpm implements Association, PresentationUser {
    /** The states by their names in X.227 Annex A. */
    enum State {
        /** Idle: not yet associated, or no longer. */
        STA0,
        /** Awaiting AARE. */
        STA1,
        /** Awaiting A-ASSOCIATE.response. */
        STA2,
        /** Awaiting RLRE. */
        STA3,
        /** Awaiting A-RELEASE.response. */
        STA4,
        /** Associated. */
        STA5,
        /** Collision of releases, association initiator: its user answers first. */
        STA6,
        /** Collision of releases, association responder: its user answers when the peer's has. */
        STA7
    }

    private static final Origin ACSE = new Origin(7, "ACSE");

    private final AcseService service;
    private final ApplicationContext context;
    private final FunctionalUnits supported;
    private final boolean isInitiator;
    private PresentationConnection connection;
    private Proposal proposal; // of the peer
    private AssociationUser user;
    private State state = State.STA0;
    private Origin origin = ACSE;
    private int acseContext = AcseService.ACSE_CONTEXT;
    private int applicationContext = AcseService.APPLICATION_CONTEXT;
    private FunctionalUnits agreed = FunctionalUnits.KERNEL;
    private AeTitle peerTitle = AeTitle.NONE;
    private Octets peerInformation = Octets.EMPTY;
    private Boolean heldResponse; // to a release, until the peer has answered ours
    private boolean isOver; // the user has heard of the end, or has aborted
    private boolean paused;
    private final ArrayDeque<Octets> waiting = new ArrayDeque<>(); // APDUs that came with another, while paused

    Acpm(AcseService service, ApplicationContext context, FunctionalUnits supported, AssociationUser user) {
        this.service = service;
        this.context = context;
        this.supported = supported;
        this.user = user;
        this.isInitiator = user != null;
    }

    void connection(PresentationConnection newConnection) {
        connection = newConnection;
    }

    // ---- A-ASSOCIATE ----

    /** A-ASSOCIATE.request: the P-CONNECT.request with the AARQ. */
    PresentationPrimitive.Connect connectRequest(
            PresentationAddress called, TokenSetting tokens, Octets userInformation) {
        origin = new Origin(ACSE.layer(), ACSE.protocol(), "to " + called);
        enter(State.STA1, "A-ASSOCIATE.request");
        return new PresentationPrimitive.Connect(
                null,
                called,
                AcseService.contexts(context),
                List.of(),
                ConnectionIdentifier.NONE,
                supported,
                -1,
                tokens,
                apdu(AcseApdu.Aarq.of(
                        context.name(), service.title, External.listOf(applicationContext, userInformation))));
    }

    /** P-CONNECT.indication: answered here, or by the application that listens. */
    void connectIndication(
            PresentationConnection newConnection,
            PresentationPrimitive.Connect indication,
            AssociationListener listener) {
        connection = newConnection;
        origin = new Origin(ACSE.layer(), ACSE.protocol(), "from " + indication.calling());
        proposal = new Proposal(indication, context, supported, service.title);
        PresentationPrimitive.ConnectAnswer objection = proposal.objection();
        if (objection != null) {
            connection.request(objection);
            return;
        }
        acseContext = proposal.acseContext();
        applicationContext = proposal.applicationContext();
        agreed = proposal.agreed();
        peerTitle = proposal.calling();
        peerInformation = proposal.userInformation();
        enter(State.STA2, "AARQ");
        user = listener.associateIndication(this);
        if (user == null) {
            refuse("");
        }
    }

    @Override
    public void accept(Octets userInformation) {
        if (state != State.STA0) {
            check(state == State.STA2, "there is nothing to accept");
            enter(State.STA5, "A-ASSOCIATE.response+");
            connection.request(proposal.accept(userInformation));
        }
    }

    @Override
    public void refuse(String reason) {
        isOver = true;
        if (state != State.STA0) {
            check(state == State.STA2, "there is nothing to refuse");
            enter(State.STA0, "A-ASSOCIATE.response-");
            connection.request(proposal.reject(Diagnostic.NO_REASON, reason));
        }
    }

    private void connectConfirm(PresentationPrimitive.ConnectAnswer answer) {
        AcseApdu apdu = AcseApdu.in(answer.userData(), acseContext);
        AcseApdu.Aare aare = apdu instanceof AcseApdu.Aare read ? read : null;
        if (!answer.isAccepted()) {
            enter(State.STA0, "P-CONNECT.confirm-");
            over(Ending.REFUSED, aare == null ? answer.refusalText() : text(aare));
        } else if (aare == null) {
            protocolError("no AARE in the answer");
        } else if (aare.result() != AcseApdu.Result.ACCEPTED) {
            abort(AcseApdu.Abrt.Source.SERVICE_PROVIDER, "AARE-"); // it came where only an acceptance can come
            over(Ending.REFUSED, text(aare));
        } else if (!answer.results().get(1).isAccepted()) {
            abort(AcseApdu.Abrt.Source.SERVICE_USER, "P-CONNECT.confirm+");
            over(Ending.REFUSED, "the peer does not know the application's abstract syntax");
        } else {
            peerTitle = aare.responding();
            peerInformation = External.valueOf(aare.userInformation(), applicationContext);
            agreed = answer.requirements();
            enter(State.STA5, "AARE+");
            user.associateConfirm(this);
        }
    }

    private static String text(AcseApdu.Aare aare) {
        String text = aare.diagnostic().text();
        String more =
                aare.implementationInformation() == null ? "" : ForeignText.harmless(aare.implementationInformation());
        if (text.isEmpty() && more.isEmpty()) {
            return PresentationRefusal.USER.text();
        }
        return text + (text.isEmpty() || more.isEmpty() ? "" : ": ") + more;
    }

    // ---- Data and tokens ----

    @Override
    public boolean dataRequest(Pdu apdu) {
        if (state == State.STA0) {
            apdu.release(); // after the end
            return true;
        }
        checkMaySend();
        return connection.dataRequest(applicationContext, apdu);
    }

    @Override
    public boolean typedDataRequest(Octets apdu) {
        if (state == State.STA0) {
            return true;
        }
        checkMaySend();
        check(functionalUnits().has(FunctionalUnit.TYPED_DATA), "typed data was not agreed on");
        return connection.request(new PresentationPrimitive.TypedData(userData(apdu)));
    }

    private void checkMaySend() {
        check(state == State.STA5 || state == State.STA4, "not associated, or about to end");
    }

    @Override
    public boolean expeditedDataRequest(Octets apdu) {
        if (state == State.STA0) {
            return true;
        }
        checkMaySend();
        check(functionalUnits().has(FunctionalUnit.EXPEDITED_DATA), "expedited data was not agreed on");
        return connection.request(
                new PresentationPrimitive.ExpeditedData(List.of(new Pdv(AcseService.DEFAULT_CONTEXT, apdu))));
    }

    @Override
    public boolean stepRequest(DialogueStep step, Octets apdu) {
        if (state == State.STA0) {
            return true;
        }
        checkMaySend();
        return connection.request(new PresentationPrimitive.Step(step, userData(apdu)));
    }

    private List<Pdv> userData(Octets apdu) {
        return apdu.isEmpty() ? List.of() : List.of(new Pdv(applicationContext, apdu));
    }

    @Override
    public void dataIndication(int from, Pdu value) {
        if (from == applicationContext && state != State.STA0 && BerLength.isOne(value)) {
            user.dataIndication(value);
            return;
        }
        service.host.discards(ACSE.layer(), ACSE.protocol()).drop(Discard.UNEXPECTED, value);
        if (state != State.STA0) {
            protocolError("data of presentation context " + from);
        }
    }

    private void severalApdus(List<Pdv> values) {
        for (Pdv value : values) {
            if (value.context() != applicationContext) {
                protocolError("data of presentation context " + value.context());
                return;
            }
            waiting.add(value.value());
        }
        deliverWaiting(false);
    }

    private void deliverWaiting(boolean evenThoughPaused) {
        while (!waiting.isEmpty() && (!paused || evenThoughPaused) && state != State.STA0) {
            Octets apdu = waiting.poll();
            Pdu pdu = service.host.pool().take(apdu.length());
            apdu.appendTo(pdu);
            user.dataIndication(pdu);
        }
    }

    /** Hand on the values of a primitive that is not S-DATA. */
    private void values(String what, List<Pdv> values, int context, Consumer<Octets> user) {
        for (Pdv value : values) {
            if (state == State.STA0) {
                return;
            }
            if (value.context() != context) {
                protocolError(what + " of presentation context " + value.context());
                return;
            }
            user.accept(value.value());
        }
    }

    private void step(DialogueStep step, List<Pdv> values) {
        if (values.isEmpty()) {
            user.stepIndication(step, Octets.EMPTY);
        } else if (values.size() > 1) {
            protocolError("several values with P-" + step.service());
        } else {
            values("user data", values, applicationContext, apdu -> user.stepIndication(step, apdu));
        }
    }

    @Override
    public void pause() {
        paused = true;
        connection.pause();
    }

    @Override
    public void resume() {
        paused = false;
        deliverWaiting(false);
        if (!paused) {
            connection.resume();
        }
    }

    @Override
    public void readyIndication() {
        if (state != State.STA0) {
            user.readyIndication();
        }
    }

    // ---- A-RELEASE ----

    @Override
    public void releaseRequest() {
        if (state == State.STA0) {
            return;
        }
        check(state == State.STA5, "not associated, or about to end");
        enter(State.STA3, "A-RELEASE.request");
        boolean taken = false;
        try {
            taken = connection.request(new PresentationPrimitive.Release(apdu(AcseApdu.Release.request())));
        } finally {
            if (!taken) {
                enter(State.STA5, "not taken"); // such as for want of a token
            }
        }
    }

    @Override
    public void releaseResponse(boolean affirmative) {
        if (state == State.STA0) {
            return;
        }
        check(state == State.STA4 || state == State.STA6 || state == State.STA7, "there is no release to answer");
        check(
                affirmative || functionalUnits().has(FunctionalUnit.NEGOTIATED_RELEASE),
                "negotiated release was not agreed on");
        if (state == State.STA7) {
            heldResponse = affirmative; // the association initiator answers first
            return;
        }
        boolean isCollision = state == State.STA6;
        connection.request(
                new PresentationPrimitive.ReleaseAnswer(affirmative, apdu(AcseApdu.Release.response(affirmative))));
        String cause = affirmative ? "A-RELEASE.response+" : "A-RELEASE.response-";
        enter(isCollision ? State.STA3 : affirmative ? State.STA0 : State.STA5, cause);
        if (state == State.STA0) {
            service.host.loop().defer(() -> over(Ending.RELEASED, ""));
        }
    }

    private void releaseIndication(List<Pdv> userData) {
        AcseApdu apdu = AcseApdu.in(userData, acseContext);
        boolean isRequest = apdu instanceof AcseApdu.Release release && release.tag() == AcseApdu.RLRQ;
        if (!isRequest && !userData.isEmpty()) {
            protocolError("no RLRQ in a release");
        } else if (state == State.STA5 || state == State.STA3) {
            deliverWaiting(true);
            State collision = isInitiator ? State.STA6 : State.STA7;
            enter(state == State.STA5 ? State.STA4 : collision, "RLRQ");
            user.releaseIndication();
        } else {
            protocolError("a second RLRQ");
        }
    }

    private void releaseConfirm(PresentationPrimitive.ReleaseAnswer answer) {
        AcseApdu apdu = AcseApdu.in(answer.userData(), acseContext);
        boolean isResponse = apdu instanceof AcseApdu.Release release && release.tag() == AcseApdu.RLRE;
        if (!isResponse && !answer.userData().isEmpty()) {
            protocolError("no RLRE in the answer to a release");
        } else if (state == State.STA7) {
            enter(State.STA4, answer.affirmative() ? "RLRE+" : "RLRE-");
            if (heldResponse != null) {
                releaseResponse(heldResponse);
            }
        } else if (state != State.STA3) {
            protocolError("an RLRE that nobody asked for");
        } else if (answer.affirmative()) {
            enter(State.STA0, "RLRE+");
            over(Ending.RELEASED, "");
        } else {
            enter(State.STA5, "RLRE-");
            user.releaseRefused();
        }
    }

    // ---- A-ABORT ----

    @Override
    public void abortRequest() {
        isOver = true;
        if (state != State.STA0) {
            abort(AcseApdu.Abrt.Source.SERVICE_USER, "A-ABORT.request");
        }
    }

    private void protocolError(String what) {
        abort(AcseApdu.Abrt.Source.SERVICE_PROVIDER, what);
        over(Ending.PROVIDER_ABORTED, "protocol error: " + what);
    }

    private void abort(AcseApdu.Abrt.Source source, String cause) {
        enter(State.STA0, cause);
        connection.request(new PresentationPrimitive.UserAbort(apdu(AcseApdu.Abrt.by(source))));
    }

    private void abortIndication(List<Pdv> userData) {
        enter(State.STA0, "ABRT");
        if (AcseApdu.in(userData, acseContext) instanceof AcseApdu.Abrt abrt
                && abrt.source() == AcseApdu.Abrt.Source.SERVICE_PROVIDER) {
            over(Ending.PROVIDER_ABORTED, "protocol error, says the peer");
        } else {
            over(Ending.ABORTED, "aborted by the peer");
        }
    }

    /** Tell the user of the end, once. */
    private void over(Ending ending, String detail) {
        waiting.clear();
        if (!isOver && user != null) {
            isOver = true;
            user.ended(ending, detail);
        }
    }

    // ---- What the presentation service tells ----

    @Override
    public void indication(PresentationPrimitive primitive) {
        if (state == State.STA0) {
            return;
        }
        if (primitive instanceof PresentationPrimitive.UserAbort abort) {
            abortIndication(abort.userData());
        } else if (primitive instanceof PresentationPrimitive.ProviderAbort abort) {
            enter(State.STA0, "P-P-ABORT.indication");
            over(Ending.PROVIDER_ABORTED, abort.reason());
        } else if (primitive instanceof PresentationPrimitive.ConnectAnswer answer) {
            connectConfirm(answer);
        } else if (primitive instanceof PresentationPrimitive.Data data) {
            severalApdus(data.userData());
        } else if (primitive instanceof PresentationPrimitive.TypedData data) {
            values("typed data", data.userData(), applicationContext, user::typedDataIndication);
        } else if (primitive instanceof PresentationPrimitive.ExpeditedData data) {
            values("expedited data", data.userData(), AcseService.DEFAULT_CONTEXT, user::expeditedDataIndication);
        } else if (primitive instanceof PresentationPrimitive.Step step) {
            step(step.step(), step.userData());
        } else if (primitive instanceof PresentationPrimitive.Release release) {
            releaseIndication(release.userData());
        } else if (primitive instanceof PresentationPrimitive.ReleaseAnswer answer) {
            releaseConfirm(answer);
        } else {
            protocolError("an unexpected " + primitive.service());
        }
    }

    private List<Pdv> apdu(AcseApdu apdu) {
        return List.of(new Pdv(acseContext, apdu.emit()));
    }

    private void enter(State next, String cause) {
        State before = state;
        state = next;
        if (before != next && service.host.observer().isWatching()) {
            service.host.observer().stateChanged(origin, before.name(), next.name(), cause);
        }
    }

    private static void check(boolean allowed, String otherwise) {
        if (!allowed) {
            throw new IllegalStateException(otherwise);
        }
    }

    @Override
    public FunctionalUnits functionalUnits() {
        return agreed;
    }

    @Override
    public SerialNumbers serialNumbers() {
        return connection.serialNumbers();
    }

    @Override
    public Tokens ownTokens() {
        return connection.ownTokens();
    }

    @Override
    public String peer() {
        String address = connection.remote().host() == null
                ? connection.remote().toString()
                : connection.remote().host().toString();
        return peerTitle.isEmpty() ? address : peerTitle + " (" + address + ")";
    }

    @Override
    public Octets userInformation() {
        return peerInformation;
    }
}
