package org.osistack.session.x225;

import java.util.ArrayList;
import java.util.List;
import org.osistack.core.Octets;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.SessionRefusal;
import org.osistack.session.SessionUser;
import org.osistack.session.x225.StateTable.Row;

/** Says what the rows of the table say in one session connection: to the peer, to the transport, to the user. */
final class Outputs {
    private final SessionProtocolMachine machine;
    private final X225Connection user;
    private final Establishment establishment;
    private final Composer composer;
    private final Indications indications;
    private final TransportSide transport;
    private final Endings endings;

    Outputs(
            SessionProtocolMachine machine,
            X225Connection user,
            Establishment establishment,
            TransportSide transport,
            Endings endings) {
        this.machine = machine;
        this.user = user;
        this.establishment = establishment;
        this.composer = new Composer(machine.variables(), establishment);
        this.indications = new Indications(machine.variables(), establishment);
        this.transport = transport;
        this.endings = endings;
    }

    /** The SPDUs that a row names, made with the variables as they are before its actions. */
    List<Spdu> spdus(Row row, SessionPrimitive primitive) {
        List<Spdu> spdus = new ArrayList<>(2);
        for (Output output : row.outputs()) {
            switch (output) {
                case CDO -> establishment.addRestOfConnectData(spdus);
                case AB_NR, AB_R -> {
                    Spdu abort = abort(primitive, output == Output.AB_NR);
                    if (transport.mustPrepare(abort)) {
                        spdus.add(composer.spdu(Output.PR_AB, null));
                    }
                    spdus.add(abort);
                }
                case PR_AB -> {} // made with the ABORT, which tells whether it is needed
                default -> {
                    if (output.spdu() != null && (output.spdu() != SpduType.PR || machine.variables().texp)) {
                        spdus.add(composer.spdu(output, primitive));
                    }
                }
            }
        }
        return spdus;
    }

    private Spdu abort(SessionPrimitive primitive, boolean released) {
        Octets userData = primitive == null ? Octets.EMPTY : primitive.userData();
        return Translation.abort(endings.abortReason(), userData, establishment.version(), released);
    }

    /** Ask the transport for what a row names. */
    void request(Output output) {
        switch (output) {
            case T_CONNECT_REQUEST -> transport.open(establishment, machine);
            case T_CONNECT_RESPONSE -> transport.accept();
            case T_DISCONNECT_REQUEST -> transport.disconnect();
            default -> {}
        }
    }

    /** Tell the user what a row names. */
    void indicate(Output output, Arrival arrival, State before) {
        switch (output) {
            case S_CONNECT_INDICATION -> connectIndication(arrival.spdu());
            case S_CONNECT_CONFIRM_REFUSED, S_ABORT_INDICATION ->
                user.tellTheEnd(indications.primitive(output, arrival));
            case S_RELEASE_CONFIRM_ACCEPTED -> user.released(indications.primitive(output, arrival));
            case S_P_ABORT_INDICATION -> user.tellTheEnd(endings.indication(before, establishment));
            default -> user.tell(indications.primitive(output, arrival));
        }
    }

    private void connectIndication(Spdu last) {
        machine.connectIndicated();
        SessionUser answering = establishment
                .listener()
                .connectIndication(user, establishment.indication(last, transport.connection()));
        if (answering != null) {
            user.use(answering);
        } else if (!user.isEnded() && machine.state() == State.STA08) {
            user.request(establishment.refused(SessionRefusal.NOT_SPECIFIED_BY_USER));
        } else if (!user.isEnded()) {
            user.request(new SessionPrimitive.UserAbort(Octets.EMPTY));
        }
    }
}
