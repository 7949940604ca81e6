package org.osistack.application.rose;

import org.osistack.application.ApplicationContext;
import org.osistack.application.Association;
import org.osistack.application.AssociationRequest;
import org.osistack.application.AssociationService;
import org.osistack.application.security.Authenticator;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.dialogue.ConnectionIdentifier;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;

/** Remote operations in P-DATA (X.229 §7.3): kernel and duplex. */
final class RoseOverData implements RoseService {
    private static final FunctionalUnits FUNCTIONAL_UNITS = FunctionalUnits.of(FunctionalUnit.DUPLEX);

    private final Host host;
    private final AssociationService associations;

    RoseOverData(Host host, AssociationService associations) {
        this.host = host;
        this.associations = associations;
    }

    @Override
    public void attach(ApplicationContext context, RoseSettings settings, RoseListener listener) {
        associations.attach(
                context, FUNCTIONAL_UNITS, association -> associateIndication(association, settings, listener));
    }

    @Override
    public void attach(
            ApplicationContext context, Authenticator authenticator, RoseSettings settings, RoseListener listener) {
        associations.attach(
                context,
                FUNCTIONAL_UNITS,
                authenticator,
                association -> associateIndication(association, settings, listener));
    }

    private DataCarrier associateIndication(Association association, RoseSettings settings, RoseListener listener) {
        RoseConnection connection = new RoseConnection(host, settings, false, null);
        DataCarrier carrier = new DataCarrier(host, connection, association);
        connection.carrier(carrier);
        connection.bindIndication(listener, BindValue.BIND_ARGUMENT.unwrapped(association.userInformation()));
        return carrier;
    }

    @Override
    public void detach(ApplicationContext context) {
        associations.detach(context);
    }

    @Override
    public RoseConnection bindRequest(
            AssociationRequest association, RoseSettings settings, Octets argument, RoseUser user) {
        RoseConnection connection = new RoseConnection(host, settings, true, user);
        DataCarrier carrier = new DataCarrier(host, connection, null);
        connection.carrier(carrier);
        carrier.association(associations.associateRequest(
                association.with(
                        FUNCTIONAL_UNITS,
                        TokenSetting.INITIATOR,
                        ConnectionIdentifier.NONE,
                        BindValue.BIND_ARGUMENT.wrapped(argument)),
                carrier));
        return connection;
    }
}
