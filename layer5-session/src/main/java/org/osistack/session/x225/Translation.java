package org.osistack.session.x225;

import org.osistack.core.Octets;
import org.osistack.core.Selector;
import org.osistack.core.dialogue.ConnectionIdentifier;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.dialogue.Tokens;
import org.osistack.session.ProviderAbortReason;
import org.osistack.session.SessionAddress;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.SessionRefusal;
import org.osistack.transport.TransportAddress;

/** Between primitives and SPDUs of the beginning and the end of a session connection (X.225 §7.1 to §7.11). */
final class Translation {
    /** Transport Disconnect: the transport connection is released. */
    static final int RELEASED = 0x01;

    static final int USER_ABORT = 0x02;
    static final int PROTOCOL_ERROR = 0x04;
    static final int NO_REASON = 0x08;
    static final int IMPLEMENTATION_RESTRICTION = 0x10;

    private static final int MAX_ABORT_DATA_VERSION_1 = 9;
    private static final int MAX_REFUSE_DATA = 0xff00;

    private Translation() {}

    /**
     * ABORT. Version 1 has room for nine octets of user data, so that it fits the transport's expedited flow; more is
     * left away, since half of it would mean nothing to the peer.
     */
    static Spdu abort(int reason, Octets userData, int version, boolean released) {
        boolean fits = version != Proposal.VERSION_1 || userData.length() <= MAX_ABORT_DATA_VERSION_1;
        return Spdu.of(SpduType.AB)
                .with(Parameter.TRANSPORT_DISCONNECT, reason | (released ? RELEASED : 0))
                .userData(fits ? userData : Octets.EMPTY)
                .build();
    }

    /** REFUSE. User data that version 1 has no room for is left away. */
    static Spdu refuse(
            SessionRefusal refusal,
            ConnectionIdentifier identifier,
            Octets userData,
            Settings settings,
            boolean released) {
        Spdu.Builder refuse = Spdu.of(SpduType.RF);
        if (identifier != null && settings.profile().sendsIdentifier()) {
            refuse.withAny(Parameter.CALLED_REFERENCE, identifier.userReference())
                    .withAny(Parameter.COMMON_REFERENCE, identifier.commonReference())
                    .withAny(Parameter.ADDITIONAL_REFERENCE, identifier.additionalInformation());
        }
        if (refusal == SessionRefusal.VERSIONS_NOT_SUPPORTED) {
            refuse.with(Parameter.VERSION_NUMBER, settings.versions());
        }
        byte[] reason = new byte[1 + userData.length()];
        reason[0] = (byte) refusal.code();
        System.arraycopy(userData.toByteArray(), 0, reason, 1, userData.length());
        return refuse.with(Parameter.TRANSPORT_DISCONNECT, released ? RELEASED : 0)
                .with(Parameter.REASON_CODE, Octets.of(reason))
                .build();
    }

    /** How much user data a REFUSE carries. */
    static int maxRefuseData(int version) {
        return version == Proposal.VERSION_1 ? Proposal.MAX_DATA_VERSION_1 : MAX_REFUSE_DATA;
    }

    /** The tokens that an SPDU names. */
    static Tokens tokens(Spdu spdu) {
        return new Tokens((int) spdu.number(Parameter.TOKEN_ITEM, 0) & Variables.ALL_TOKENS);
    }

    /** Whether an SPDU wants the transport connection released; so does one that doesn't say. */
    static boolean releasesTransport(Spdu spdu) {
        return (spdu.number(Parameter.TRANSPORT_DISCONNECT, RELEASED) & RELEASED) != 0;
    }

    static SessionPrimitive.Connect connect(
            Proposal proposal, TransportAddress remote, TransportAddress local, Octets userData, boolean expedited) {
        return new SessionPrimitive.Connect(
                proposal.identifier(),
                new SessionAddress(proposal.calling(), remote),
                new SessionAddress(proposal.called(), local),
                proposal.requirements().and(Proposal.supported(expedited)),
                proposal.initialSerialNumber(),
                proposal.tokens(),
                userData,
                proposal.secondInitialSerialNumber());
    }

    static SessionPrimitive.ConnectAnswer accepted(Spdu accept, Agreement agreement, TransportAddress remote) {
        return new SessionPrimitive.ConnectAnswer(
                null,
                identifier(accept),
                new SessionAddress(Proposal.selector(accept, Parameter.CALLED_SESSION_SELECTOR), remote),
                agreement.units(),
                agreement.initialSerialNumber(),
                agreement.tokens(),
                new Tokens((int) accept.number(Parameter.TOKEN_ITEM, 0)),
                accept.userData(),
                agreement.secondInitialSerialNumber());
    }

    static SessionPrimitive.ConnectAnswer refused(Spdu refuse, TransportAddress remote) {
        Octets reason = refuse.octets(Parameter.REASON_CODE);
        return refused(
                reason.isEmpty() ? SessionRefusal.NOT_SPECIFIED : SessionRefusal.ofCode(reason.at(0)),
                identifier(refuse),
                remote,
                refuse.has(Parameter.SESSION_USER_REQUIREMENTS)
                        ? Proposal.requirements(refuse)
                        : FunctionalUnits.KERNEL,
                reason.isEmpty() ? Octets.EMPTY : reason.slice(1, reason.length()));
    }

    static SessionPrimitive.ConnectAnswer refused(
            SessionRefusal refusal,
            ConnectionIdentifier identifier,
            TransportAddress remote,
            FunctionalUnits requirements,
            Octets userData) {
        return new SessionPrimitive.ConnectAnswer(
                refusal,
                identifier,
                new SessionAddress(Selector.EMPTY, remote),
                requirements,
                -1,
                TokenSetting.INITIATOR,
                Tokens.NONE,
                userData);
    }

    private static ConnectionIdentifier identifier(Spdu answer) {
        return new ConnectionIdentifier(
                answer.octets(Parameter.CALLED_REFERENCE),
                answer.octets(Parameter.COMMON_REFERENCE),
                answer.octets(Parameter.ADDITIONAL_REFERENCE));
    }

    /** S-U-ABORT or S-P-ABORT, as the Transport Disconnect parameter says. */
    static SessionPrimitive aborted(Spdu abort) {
        int reason = (int) abort.number(Parameter.TRANSPORT_DISCONNECT, NO_REASON);
        if ((reason & USER_ABORT) != 0) {
            return new SessionPrimitive.UserAbort(abort.userData());
        }
        return new SessionPrimitive.ProviderAbort(
                (reason & PROTOCOL_ERROR) != 0
                        ? ProviderAbortReason.PROTOCOL_ERROR
                        : (reason & IMPLEMENTATION_RESTRICTION) != 0
                                ? ProviderAbortReason.IMPLEMENTATION_RESTRICTION
                                : ProviderAbortReason.UNDEFINED);
    }
}
