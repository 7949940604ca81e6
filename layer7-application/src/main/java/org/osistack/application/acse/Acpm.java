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
    private final AbnormalRelease abnormalRelease = new AbnormalRelease(this);
    private PresentationConnection connection;
    private Initiation initiation; // null on the called side
    private AssociationResponder responder; // null on the calling side
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
            Proposal proposal,
            Authenticator authenticator,
            AssociationListener listener) {
        connection = newConnection;
        origin = new Origin(ACSE.layer(), ACSE.protocol(), "from " + proposal.from());
        responder = new AssociationResponder(this, newConnection, proposal, listener);
        responder.indication(authenticator);
    }

    /** A-ASSOCIATE.indication: nothing speaks against what the peer proposes. */
    void associateIndication(Proposal proposal, AssociationListener listener) {
        acseContext = proposal.acseContext();
        data.context(proposal.applicationContext());
        agreed = proposal.agreed();
        peerTitle = proposal.calling();
        peerIdentifier = proposal.identifier();
        peerInformation = proposal.userInformation();
        user = listener.associateIndication(this);
        if (user == null) {
            refuse("");
        }
    }

    @Override
    public void accept(Octets userInformation) {
        if (state != AcpmState.STA0) {
            check(state == AcpmState.STA2, "there is nothing to accept");
            responder.accept(userInformation);
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
            responder.refuse(reason, userInformation);
        }
    }

    /** The peer has accepted. */
    void associated(AcseApdu.Aare aare, PresentationPrimitive.ConnectAnswer answer) {
        peerTitle = aare.responding();
        peerInformation = data.valueOf(aare.userInformation());
        peerIdentifier = answer.identifier() == null ? ConnectionIdentifier.NONE : answer.identifier();
        agreed = answer.requirements();
        enter(AcpmState.STA5, "AARE+");
        user.associateConfirm(this);
    }

    // ---- Data and tokens ----

    @Override
    public boolean dataRequest(Pdu apdu) {
        return data.request(apdu);
    }

    @Override
    public boolean typedDataRequest(Octets apdu) {
        return data.typedRequest(apdu);
    }

    @Override
    public boolean expeditedDataRequest(Octets apdu) {
        return data.expeditedRequest(apdu);
    }

    @Override
    public boolean capabilityDataRequest(Octets apdu) {
        return data.capabilityRequest(apdu);
    }

    @Override
    public boolean capabilityDataResponse(Octets apdu) {
        return data.capabilityResponse(apdu);
    }

    @Override
    public boolean stepRequest(DialogueStep step, Octets apdu) {
        return data.stepRequest(step, apdu);
    }

    @Override
    public void dataIndication(int from, Pdu value) {
        data.indication(from, value);
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
        if (state != AcpmState.STA0 && user != null) {
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
        release.request(userInformation);
    }

    @Override
    public void releaseResponse(boolean affirmative) {
        releaseResponse(affirmative, Octets.EMPTY);
    }

    @Override
    public void releaseResponse(boolean affirmative, Octets userInformation) {
        release.response(affirmative, userInformation);
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
            abnormalRelease.request(userInformation);
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
            abnormalRelease.indication(abort.userData());
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
            abnormalRelease.protocolError("an unexpected " + primitive.service());
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
        if (before != next && next == AcpmState.STA0 && responder != null) {
            responder.ended();
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

    AcseApdu apduIn(List<Pdv> userData) {
        return AcseApdu.in(userData, acseContext);
    }

    AcpmState state() {
        return state;
    }

    AssociationData data() {
        return data;
    }

    AbnormalRelease abnormalRelease() {
        return abnormalRelease;
    }

    /** Whether the user has heard of the end, or wants to hear nothing more. */
    boolean isOver() {
        return isOver;
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
        return responder == null ? "" : responder.user();
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
