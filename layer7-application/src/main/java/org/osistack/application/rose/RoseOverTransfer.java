package org.osistack.application.rose;

import org.osistack.application.ApplicationContext;
import org.osistack.application.AssociationRequest;
import org.osistack.application.rtse.DialogueMode;
import org.osistack.application.rtse.OpenRequest;
import org.osistack.application.rtse.ReliableTransfer;
import org.osistack.application.rtse.ReliableTransferUser;
import org.osistack.application.rtse.RtseListener;
import org.osistack.application.rtse.RtseService;
import org.osistack.application.rtse.TransferState;
import org.osistack.application.security.Authenticator;
import org.osistack.core.Host;
import org.osistack.core.Octets;

/** Remote operations by reliable transfer (X.229 §7.3), two-way alternate. */
final class RoseOverTransfer implements RoseService {
    private final Host host;
    private final RtseService transfers;
    private final ApduMeter meter;

    RoseOverTransfer(Host host, RtseService transfers, ApduMeter meter) {
        this.host = host;
        this.transfers = transfers;
        this.meter = meter;
    }

    @Override
    public void attach(ApplicationContext context, RoseSettings settings, RoseListener listener) {
        transfers.attach(context, new Opening(settings, listener));
    }

    @Override
    public void attach(
            ApplicationContext context, Authenticator authenticator, RoseSettings settings, RoseListener listener) {
        transfers.attach(context, authenticator, new Opening(settings, listener));
    }

    @Override
    public void detach(ApplicationContext context) {
        transfers.detach(context);
    }

    @Override
    public RoseConnection bindRequest(
            AssociationRequest association, RoseSettings settings, Octets argument, RoseUser user) {
        RoseConnection connection = new RoseConnection(host, settings, true, user);
        TransferCarrier carrier =
                new TransferCarrier(connection, settings.maxApduLength(), meter, new Tray(transfers.log(), true));
        connection.carrier(carrier);
        carrier.transfer(transfers.openRequest(open(association, argument), carrier));
        return connection;
    }

    @Override
    public RoseConnection recoverRequest(
            TransferState state, AssociationRequest association, RoseSettings settings, RoseUser user) {
        RoseConnection connection = new RoseConnection(host, settings, true, user);
        TransferCarrier carrier =
                new TransferCarrier(connection, settings.maxApduLength(), meter, new Tray(transfers.log(), true));
        connection.carrier(carrier);
        connection.goOn(user);
        carrier.restore(state);
        carrier.transfer(transfers.recoverRequest(state, open(association, Octets.EMPTY), carrier));
        return connection;
    }

    private static OpenRequest open(AssociationRequest association, Octets argument) {
        return new OpenRequest(
                association, DialogueMode.TWO_WAY_ALTERNATE, true, BindValue.BIND_ARGUMENT.wrapped(argument));
    }

    /** Makes a connection for remote operations of each association that is opened. */
    private final class Opening implements RtseListener {
        private final RoseSettings settings;
        private final RoseListener listener;

        Opening(RoseSettings settings, RoseListener listener) {
            this.settings = settings;
            this.listener = listener;
        }

        @Override
        public ReliableTransferUser openIndication(ReliableTransfer transfer, DialogueMode mode, Octets userData) {
            RoseConnection connection = new RoseConnection(host, settings, false, null);
            TransferCarrier carrier =
                    new TransferCarrier(connection, settings.maxApduLength(), meter, new Tray(transfers.log(), false));
            carrier.transfer(transfer);
            connection.carrier(carrier);
            if (mode == DialogueMode.TWO_WAY_ALTERNATE) {
                connection.bindIndication(listener, BindValue.BIND_ARGUMENT.unwrapped(userData));
            } else {
                carrier.bindRefusal("remote operations are two-way alternate", Octets.EMPTY);
            }
            return carrier;
        }

        @Override
        public ReliableTransferUser recoverIndication(ReliableTransfer transfer, TransferState state) {
            RoseConnection connection = new RoseConnection(host, settings, false, null);
            TransferCarrier carrier =
                    new TransferCarrier(connection, settings.maxApduLength(), meter, new Tray(transfers.log(), false));
            carrier.transfer(transfer);
            connection.carrier(carrier);
            RoseUser user = listener.recoverIndication(connection);
            connection.goOn(user);
            if (user != null) {
                carrier.restore(state);
            }
            return user == null ? null : carrier;
        }
    }
}
