package org.osistack.application.acse;

import java.util.List;
import org.osistack.application.Association;
import org.osistack.application.AssociationListener;
import org.osistack.application.AssociationUser;
import org.osistack.application.AssociationUser.Ending;
import org.osistack.application.security.Authenticator;
import org.osistack.core.Discard;
import org.osistack.core.Octets;
import org.osistack.core.Origin;
import org.osistack.core.Pdu;
import org.osistack.core.dialogue.ConnectionIdentifier;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.SerialNumbers;
import org.osistack.core.dialogue.Tokens;
import org.osistack.presentation.Pdv;
import org.osistack.presentation.PresentationConnection;
import org.osistack.presentation.PresentationPrimitive;
import org.osistack.presentation.PresentationUser;

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
    private static final Origin ACSE = new Origin(7, "ACSE");

    private final AcseService service;
    private final AssociationData data = new AssociationData(this);
    private final OrderlyRelease release;
    private PresentationConnection connection;
    private Initiation initiation; // null on the called side
    private Proposal proposal; // of the peer; null on the calling side
    private Authenticator.Admission admission; // of the peer's user; null if nobody had to be admitted
    private AssociationUser user;
    private AcpmState state = AcpmState.STA0;
    private Origin origin = ACSE;
    private int acseContext = AcseService.ACSE_CONTEXT;
    private FunctionalUnits agreed = FunctionalUnits.KERNEL;
    private AeTitle peerTitle = AeTitle.NONE;
    private ConnectionIdentifier peerIdentifier = ConnectionIdentifier.NONE;
    private Octets peerInformation = Octets.EMPTY;
    private boolean isAnswered;
    private boolean isOver; // the user has heard of the end, or has aborted

    /** Make the machine of an association that somebody else asks for. */
    Acpm(AcseService service) {
        this(service, null);
    }

    /**
     * Make the machine of an association that is asked for here.
     *
     * @param user hears of it
     */
    Acpm(AcseService service, AssociationUser user) {
        this.service = service;
        this.user = user;
        this.release = new OrderlyRelease(this, user != null);
    }

    // ---- A-ASSOCIATE ----

    /** A-ASSOCIATE.request: the P-CONNECT.request with the AARQ. */
    void associateRequest(Initiation newInitiation) {
        initiation = newInitiation;
        origin = new Origin(ACSE.layer(), ACSE.protocol(), "to " + newInitiation.called());
        connect(newInitiation.connect());
    }

    void connect(PresentationPrimitive.Connect connect) {
        enter(AcpmState.STA1, "A-ASSOCIATE.request");
        connection = service.connect(connect, this);
        if (data.isPaused()) {
            connection.pause();
        }
    }

    /** P-CONNECT.indication: answered here, or by the application that listens. */
    void connectIndication(
            PresentationConnection newConnection,
            Proposal newProposal,
            Authenticator authenticator,
            AssociationListener listener) {
        connection = newConnection;
        proposal = newProposal;
        origin = new Origin(ACSE.layer(), ACSE.protocol(), "from " + proposal.from());
        PresentationPrimitive.ConnectAnswer objection = proposal.objection();
        if (objection == null && authenticator != null) {
            Authenticator.Decision decision = authenticator.decide(proposal.claim());
            objection = proposal.objection(decision);
            admission = decision instanceof Authenticator.Admission admitted ? admitted : null;
        }
        if (objection != null) {
            connection.request(objection);
            return;
        }
        acseContext = proposal.acseContext();
        data.context(proposal.applicationContext());
        agreed = proposal.agreed();
        peerTitle = proposal.calling();
        peerIdentifier = proposal.identifier();
        peerInformation = proposal.userInformation();
        enter(AcpmState.STA2, "AARQ");
        user = listener.associateIndication(this);
        if (user == null) {
            refuse("");
        }
    }

    @Override
    public void accept(Octets userInformation) {
        if (state != AcpmState.STA0) {
            check(state == AcpmState.STA2, "there is nothing to accept");
            enter(AcpmState.STA5, "A-ASSOCIATE.response+");
            connection.request(proposal.accept(userInformation, admission == null ? null : admission.response()));
        }
    }

    @Override
    public void refuse(String reason) {
        refuse(reason, Octets.EMPTY);
    }

    @Override
    public void refuse(String reason, Octets userInformation) {
        isOver = true;
        if (state != AcpmState.STA0) {
            check(state == AcpmState.STA2, "there is nothing to refuse");
            enter(AcpmState.STA0, "A-ASSOCIATE.response-");
            connection.request(proposal.reject(Diagnostic.NO_REASON, reason, userInformation));
        }
    }

    /** The peer has accepted. */
    void associated(AcseApdu.Aare aare, PresentationPrimitive.ConnectAnswer answer) {
        peerTitle = aare.responding();
        peerInformation = valueOf(aare.userInformation());
        peerIdentifier = answer.identifier() == null ? ConnectionIdentifier.NONE : answer.identifier();
        agreed = answer.requirements();
        enter(AcpmState.STA5, "AARE+");
        user.associateConfirm(this);
    }

    // ---- Data and tokens ----

    @Override
    public boolean dataRequest(Pdu apdu) {
        if (state == AcpmState.STA0) {
            apdu.release(); // after the end
            return true;
        }
        checkMaySend();
        return data.request(apdu);
    }

    private void checkMaySend() {
        check(state == AcpmState.STA5 || state == AcpmState.STA4, "not associated, or about to end");
    }

    @Override
    public boolean typedDataRequest(Octets apdu) {
        if (state == AcpmState.STA0) {
            return true;
        }
        checkMaySend();
        return data.typedRequest(apdu);
    }

    @Override
    public boolean expeditedDataRequest(Octets apdu) {
        if (state == AcpmState.STA0) {
            return true;
        }
        checkMaySend();
        return data.expeditedRequest(apdu);
    }

    @Override
    public boolean capabilityDataRequest(Octets apdu) {
        if (state == AcpmState.STA0) {
            return true;
        }
        checkMaySend();
        return data.capabilityRequest(apdu);
    }

    @Override
    public boolean capabilityDataResponse(Octets apdu) {
        if (state == AcpmState.STA0) {
            return true;
        }
        checkMaySend();
        return data.capabilityResponse(apdu);
    }

    @Override
    public boolean stepRequest(DialogueStep step, Octets apdu) {
        if (state == AcpmState.STA0) {
            return true;
        }
        checkMaySend();
        return data.stepRequest(step, apdu);
    }

    @Override
    public void dataIndication(int from, Pdu value) {
        if (state == AcpmState.STA0) {
            drop(Discard.UNEXPECTED, value);
        } else {
            data.indication(from, value);
        }
    }

    @Override
    public void pause() {
        data.pause();
    }

    @Override
    public void resume() {
        data.resume();
    }

    @Override
    public void readyIndication() {
        if (state != AcpmState.STA0) {
            user.readyIndication();
        }
    }

    // ---- A-RELEASE ----

    @Override
    public void releaseRequest() {
        releaseRequest(Octets.EMPTY);
    }

    @Override
    public void releaseRequest(Octets userInformation) {
        if (state != AcpmState.STA0) {
            release.request(userInformation);
        }
    }

    @Override
    public void releaseResponse(boolean affirmative) {
        releaseResponse(affirmative, Octets.EMPTY);
    }

    @Override
    public void releaseResponse(boolean affirmative, Octets userInformation) {
        if (state != AcpmState.STA0) {
            release.response(affirmative, userInformation);
        }
    }

    /** The answer to a release was given: the association is over when this turn is. */
    void released() {
        service.host.loop().defer(() -> over(Ending.RELEASED, ""));
    }

    // ---- A-ABORT ----

    @Override
    public void abortRequest() {
        abortRequest(Octets.EMPTY);
    }

    @Override
    public void abortRequest(Octets userInformation) {
        isOver = true;
        if (state != AcpmState.STA0) {
            abort(AcseApdu.Abrt.by(AcseApdu.Abrt.Source.SERVICE_USER, listOf(userInformation)), "A-ABORT.request");
        }
    }

    void protocolError(String what) {
        abort(AcseApdu.Abrt.by(AcseApdu.Abrt.Source.SERVICE_PROVIDER, List.of()), what);
        over(Ending.PROVIDER_ABORTED, "protocol error: " + what);
    }

    void abort(AcseApdu.Abrt abrt, String cause) {
        enter(AcpmState.STA0, cause);
        connection.request(new PresentationPrimitive.UserAbort(apdu(abrt)));
    }

    private void abortIndication(List<Pdv> userData) {
        enter(AcpmState.STA0, "ABRT");
        AcseApdu.Abrt abrt = apduIn(userData) instanceof AcseApdu.Abrt read ? read : null;
        if (abrt != null && abrt.source() == AcseApdu.Abrt.Source.SERVICE_PROVIDER) {
            over(Ending.PROVIDER_ABORTED, "protocol error, says the peer");
        } else {
            over(Ending.ABORTED, "aborted by the peer", abrt == null ? Octets.EMPTY : valueOf(abrt.userInformation()));
        }
    }

    /** Tell the user of the end, once. */
    void over(Ending ending, String detail) {
        over(ending, detail, Octets.EMPTY);
    }

    void over(Ending ending, String detail, Octets userInformation) {
        data.end();
        if (!isOver && user != null) {
            isOver = true;
            user.ended(ending, detail, userInformation);
        }
    }

    // ---- What the presentation service tells ----

    @Override
    public void indication(PresentationPrimitive primitive) {
        if (state == AcpmState.STA0) {
            return;
        }
        if (primitive instanceof PresentationPrimitive.UserAbort abort) {
            abortIndication(abort.userData());
        } else if (primitive instanceof PresentationPrimitive.ProviderAbort abort) {
            enter(AcpmState.STA0, "P-P-ABORT.indication");
            over(Ending.PROVIDER_ABORTED, abort.reason());
        } else if (primitive instanceof PresentationPrimitive.ConnectAnswer answer && initiation != null) {
            initiation.confirm(this, answer);
        } else if (primitive instanceof PresentationPrimitive.Release asked) {
            release.indication(asked.userData());
        } else if (primitive instanceof PresentationPrimitive.ReleaseAnswer answer) {
            release.confirm(answer);
        } else if (!data.indication(primitive)) {
            protocolError("an unexpected " + primitive.service());
        }
    }

    /** An APDU of ACSE as user data. */
    List<Pdv> apdu(AcseApdu apdu) {
        return List.of(new Pdv(acseContext, apdu.emit()));
    }

    void enter(AcpmState next, String cause) {
        AcpmState before = state;
        state = next;
        if (before != next && service.host.observer().isWatching()) {
            service.host.observer().stateChanged(origin, before.name(), next.name(), cause);
        }
        if (before != next && next == AcpmState.STA0 && admission != null) {
            admission.ended();
        }
    }

    static void check(boolean allowed, String otherwise) {
        if (!allowed) {
            throw new IllegalStateException(otherwise);
        }
    }

    void drop(Discard reason, Pdu pdu) {
        service.host.discards(ACSE.layer(), ACSE.protocol()).drop(reason, pdu);
    }

    Pdu take(int length) {
        return service.host.pool().take(length);
    }

    /** The application's APDU in this user information; empty if there is none. */
    Octets valueOf(List<External> userInformation) {
        return External.valueOf(userInformation, data.context());
    }

    List<External> listOf(Octets userInformation) {
        return External.listOf(data.context(), userInformation);
    }

    AcseApdu apduIn(List<Pdv> userData) {
        return AcseApdu.in(userData, acseContext);
    }

    AcpmState state() {
        return state;
    }

    AssociationData data() {
        return data;
    }

    boolean isIdle() {
        return state == AcpmState.STA0;
    }

    PresentationConnection connection() {
        return connection;
    }

    /** The application. */
    AssociationUser associationUser() {
        return user;
    }

    @Override
    public String user() {
        return admission == null ? "" : admission.user();
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
    public int sessionNumber() {
        return connection == null ? 0 : connection.sessionNumber();
    }

    @Override
    public String peer() {
        String address = connection.remote().host() == null
                ? connection.remote().toString()
                : connection.remote().host().toString();
        return peerTitle.isEmpty() ? address : peerTitle + " (" + address + ")";
    }

    /** The peer's ACSE, or its user, has answered. */
    void answered() {
        isAnswered = true;
    }

    @Override
    public boolean wasAnswered() {
        return isAnswered || initiation == null;
    }

    @Override
    public ConnectionIdentifier peerIdentifier() {
        return peerIdentifier;
    }

    @Override
    public Octets userInformation() {
        return peerInformation;
    }
}
