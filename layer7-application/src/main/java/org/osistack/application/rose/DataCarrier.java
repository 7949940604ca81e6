package org.osistack.application.rose;

import java.util.ArrayDeque;
import org.osistack.application.Association;
import org.osistack.application.AssociationUser;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;

/** One APDU in each P-DATA. */
final class DataCarrier implements Carrier, AssociationUser {
    private final Host host;
    private final RoseConnection connection;
    private final ArrayDeque<Octets> waiting = new ArrayDeque<>();
    private Association association;
    private Octets unbinding; // when all has been sent; null if it is not wanted

    DataCarrier(Host host, RoseConnection connection, Association association) {
        this.host = host;
        this.connection = connection;
        this.association = association;
    }

    void association(Association newAssociation) {
        association = newAssociation;
    }

    // ---- requests ----

    @Override
    public void send(Octets apdu, int priority, boolean isAwaited) {
        waiting.add(apdu);
        if (waiting.size() == 1) {
            readyIndication();
        }
    }

    @Override
    public int waiting() {
        return waiting.size();
    }

    @Override
    public void readyIndication() {
        while (!waiting.isEmpty()) {
            Octets apdu = waiting.peek();
            Pdu pdu = host.pool().take(apdu.length());
            apdu.appendTo(pdu);
            if (!association.dataRequest(pdu)) {
                pdu.release();
                return;
            }
            waiting.remove();
        }
        Octets argument = unbinding;
        if (argument != null) {
            unbinding = null;
            association.releaseRequest(argument);
        }
    }

    @Override
    public String peerUser() {
        return association.user();
    }

    @Override
    public int sessionNumber() {
        return association.sessionNumber();
    }

    @Override
    public void bindResponse(Octets result) {
        association.accept(BindValue.BIND_RESULT.wrapped(result));
    }

    @Override
    public void bindRefusal(String reason, Octets error) {
        association.refuse(reason, BindValue.BIND_ERROR.wrapped(error));
    }

    @Override
    public void unbindRequest(Octets argument) {
        unbinding = BindValue.UNBIND_ARGUMENT.wrapped(argument);
        readyIndication();
    }

    @Override
    public void unbindResponse(Octets result) {
        association.releaseResponse(true, BindValue.UNBIND_RESULT.wrapped(result));
    }

    @Override
    public void abort() {
        association.abortRequest();
    }

    // ---- indications ----

    @Override
    public void associateConfirm(Association confirmed) {
        association = confirmed;
        connection.bindConfirm(BindValue.BIND_RESULT.unwrapped(confirmed.userInformation()));
    }

    @Override
    public void dataIndication(Pdu apdu) {
        Octets octets = Octets.of(apdu);
        apdu.release();
        connection.received(octets);
    }

    @Override
    public void releaseIndication() {
        releaseIndication(Octets.EMPTY);
    }

    @Override
    public void releaseIndication(Octets userInformation) {
        connection.unbindIndication(BindValue.UNBIND_ARGUMENT.unwrapped(userInformation));
    }

    @Override
    public void ended(Ending ending, String detail) {
        ended(ending, detail, Octets.EMPTY);
    }

    @Override
    public void ended(Ending ending, String detail, Octets userInformation) {
        if (ending == Ending.REFUSED) {
            connection.bindRefused(detail, BindValue.BIND_ERROR.unwrapped(userInformation));
            return;
        }
        for (Octets apdu = waiting.poll(); apdu != null; apdu = waiting.poll()) {
            connection.notDelivered(apdu);
        }
        connection.ended(ending == Ending.RELEASED, detail, BindValue.UNBIND_RESULT.unwrapped(userInformation));
    }
}
