package org.osistack.session.x225;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.osistack.core.Octets;
import org.osistack.core.Selector;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.session.SessionAddress;
import org.osistack.session.SessionListener;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.SessionRefusal;
import org.osistack.transport.TransportAddress;
import org.osistack.transport.TransportConnection;

/**
 * How one session connection comes about: what is proposed, whether it can be had, and what is agreed (X.225 §7.1 to
 * §7.5). The state machine says when; this says what.
 */
final class Establishment {
    private static final int LONGEST_OVERFLOW = 0xff00; // octets of user data in one CONNECT DATA OVERFLOW

    private final Settings settings;
    private final Variables v;
    private final Sender sender;
    private final ByteArrayOutputStream connectData = new ByteArrayOutputStream();

    private SessionAccessPoint accessPoint; // null on the side that asks
    private TransportAddress calling;
    private SessionAddress remote;
    private Proposal proposal;
    private SessionListener listener;
    private SessionRefusal refusal;
    private Agreement agreement;

    Establishment(Settings settings, Variables v, Sender sender) {
        this.settings = settings;
        this.v = v;
        this.sender = sender;
    }

    // ---- the side that asks
    // -------------------------------------------------------------------------------------------

    /** S-CONNECT.request. */
    void propose(SessionPrimitive.Connect connect, Proposal newProposal) {
        proposal = newProposal;
        remote = connect.called();
        calling = connect.calling() == null ? null : connect.calling().transport();
        v.overflow = proposal.overflow();
    }

    /** Whether the transport connection is to have an expedited flow. */
    boolean wantsExpeditedFlow() {
        return settings.expedited() == Settings.Expedited.YES
                || settings.expedited() == Settings.Expedited.AUTO
                        && proposal.requirements().has(FunctionalUnit.EXPEDITED_DATA);
    }

    /** T-CONNECT.confirm: what needs an expedited flow cannot be had without one. */
    void transportIsThere() {
        if (!v.texp) {
            proposal = proposal.withoutExpeditedData();
        }
    }

    /** The same again, on another transport connection. */
    void startAgain() {
        v.overflow = proposal.overflow();
    }

    /** This side's transport address, as far as the user has named it; may be null. */
    TransportAddress calling() {
        return calling;
    }

    /**
     * An ACCEPT has come.
     *
     * @return whether it keeps to what was proposed
     */
    boolean read(Spdu accept) {
        Agreement said = Agreement.read(accept, proposal, settings);
        int pleased = (int) accept.number(Parameter.TOKEN_ITEM, 0) & Variables.ALL_TOKENS;
        if (said == null || (pleased & ~Variables.available(said.units().bits())) != 0) {
            return false;
        }
        agree(said);
        return true;
    }

    SessionPrimitive.ConnectAnswer confirm(Spdu accept) {
        return Translation.accepted(accept, agreement, remote.transport());
    }

    /** CONNECT DATA OVERFLOW: what the CONNECT had no room for (X.225 §7.3). Its SSDU began in the CONNECT. */
    void addRestOfConnectData(List<Spdu> spdus) {
        Octets data = proposal.userData();
        for (int from = Proposal.MAX_DATA_IN_CONNECT; from < data.length(); from += LONGEST_OVERFLOW) {
            int to = Math.min(data.length(), from + LONGEST_OVERFLOW);
            spdus.add(Spdu.of(SpduType.CDO)
                    .with(Parameter.ENCLOSURE_ITEM, to == data.length() ? 2 : 0)
                    .userData(data.slice(from, to))
                    .build());
        }
    }

    // ---- the side that is asked
    // -----------------------------------------------------------------------------------------

    /** T-CONNECT.indication. */
    void waitAt(SessionAccessPoint newAccessPoint, TransportAddress peer) {
        accessPoint = newAccessPoint;
        remote = new SessionAddress(Selector.EMPTY, peer);
    }

    /** A CONNECT has come: set p76 and p204. */
    void consider(Spdu connect) {
        proposal = Proposal.read(connect);
        listener = accessPoint.listener(proposal.called());
        refusal = proposal.fault(settings);
        if (refusal == null) {
            refusal = accessPoint.fault(proposal.called(), remote.transport().host());
        }
        v.unacceptable = refusal != null;
        v.overflow = proposal.overflow();
    }

    /** Whether a CONNECT DATA OVERFLOW brings no more than may be stored: set p202. */
    boolean isWithinLimit(Spdu overflow) {
        v.moreConnectData = (overflow.number(Parameter.ENCLOSURE_ITEM, 3) & 2) == 0;
        return connectData.size() + overflow.userData().length() <= settings.maxSsdu();
    }

    /** Action [50]. */
    void keepConnectData(Spdu spdu) {
        connectData.writeBytes((spdu.type() == SpduType.CN ? proposal.userData() : spdu.userData()).toByteArray());
    }

    /** Who hears of the connection. */
    SessionListener listener() {
        return listener;
    }

    /** S-CONNECT.indication, now that the last of the connect data has come. */
    SessionPrimitive.Connect indication(Spdu last, TransportConnection transport) {
        Octets userData = proposal.userData();
        if (proposal.overflow()) {
            keepConnectData(last);
            userData = Octets.of(connectData.toByteArray());
            connectData.reset();
        }
        remote = new SessionAddress(proposal.calling(), transport.remote());
        return Translation.connect(proposal, transport.remote(), transport.local(), userData, v.texp);
    }

    /**
     * S-CONNECT.response, accepting. See what the answer makes of the proposal, and agree on that.
     *
     * @return null; or why no connection can come of it
     */
    SessionRefusal answer(SessionPrimitive.ConnectAnswer answer) {
        Agreement possible = Agreement.of(proposal, answer, settings, v.texp);
        if (possible == null) {
            return SessionRefusal.REJECTED_BY_USER;
        }
        if (possible.version() == Proposal.VERSION_1 && answer.userData().length() > Proposal.MAX_DATA_VERSION_1) {
            return SessionRefusal.VERSIONS_NOT_SUPPORTED;
        }
        agree(possible);
        return null;
    }

    // ---- both
    // ---------------------------------------------------------------------------------------------------------

    private void agree(Agreement newAgreement) {
        agreement = newAgreement;
        int units = agreement.units().bits();
        v.agreedUnits = units;
        boolean isNumbered = Proposal.needsSerialNumber(agreement.units());
        v.initialSerialNumber = isNumbered ? agreement.initialSerialNumber() : 0;
        long toInitiator = v.initialSerialNumber;
        long toResponder = isNumbered ? agreement.secondInitialSerialNumber() : 0;
        v.initialSending = v.isInitiator() ? toResponder : toInitiator;
        v.initialReceiving = v.isInitiator() ? toInitiator : toResponder;
        v.agreedMaxSerialNumber = Proposal.maxSerialNumber(agreement.serialDigits());
        v.tokens = Variables.held(agreement.tokens(), units, v.isInitiator());
        sender.limit(
                agreement.version(),
                v.isInitiator() ? agreement.maxTsduToResponder() : agreement.maxTsduToInitiator(),
                agreement.extendedConcatenation());
    }

    /** Which version's rules hold: the one agreed on, or else the lowest that it may become. */
    int version() {
        if (agreement != null) {
            return agreement.version();
        }
        if (proposal == null) {
            return Proposal.VERSION_1;
        }
        return v.vtca || (proposal.versions() & Proposal.VERSION_1) == 0
                ? proposal.commonVersion(settings)
                : Proposal.VERSION_1;
    }

    /** The peer's address, as far as is known. */
    SessionAddress remote() {
        return remote;
    }

    /**
     * CONNECT, OVERFLOW ACCEPT, ACCEPT or REFUSE, for the answer of the user, or for none.
     *
     * @param released whether a REFUSE ends the transport connection too
     */
    Spdu spdu(SpduType type, SessionPrimitive.ConnectAnswer answer, boolean released) {
        return switch (type) {
            case CN -> proposal.toSpdu(settings);
            case OA ->
                Spdu.of(SpduType.OA)
                        .with(Parameter.VERSION_NUMBER, Proposal.VERSION_2)
                        .build();
            case AC -> agreement.toSpdu(answer, settings);
            default ->
                answer == null
                        ? Translation.refuse(refusal, null, Octets.EMPTY, settings, released)
                        : Translation.refuse(
                                answer.refusal(),
                                answer.identifier(),
                                answer.userData().length() <= Translation.maxRefuseData(version())
                                        ? answer.userData()
                                        : Octets.EMPTY,
                                settings,
                                released);
        };
    }

    /** The answer of one who refuses, without more. */
    SessionPrimitive.ConnectAnswer refused(SessionRefusal reason) {
        return Translation.refused(reason, null, remote.transport(), FunctionalUnits.KERNEL, Octets.EMPTY);
    }
}
