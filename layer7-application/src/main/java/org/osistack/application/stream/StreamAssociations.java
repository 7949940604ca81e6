package org.osistack.application.stream;

import java.util.List;
import org.osistack.application.ApplicationContext;
import org.osistack.application.Association;
import org.osistack.application.AssociationListener;
import org.osistack.application.AssociationRequest;
import org.osistack.application.AssociationService;
import org.osistack.application.AssociationUser;
import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.core.dialogue.ConnectionIdentifier;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.presentation.PresentationAddress;
import org.osistack.presentation.PresentationPrimitive;
import org.osistack.presentation.PresentationService;

/**
 * Associations over a presentation service without contexts, such as TCP's octets handed through: an application is
 * told from others by its port, and there is no functional unit but duplex.
 */
public final class StreamAssociations implements AssociationService {
    static final FunctionalUnits UNITS = FunctionalUnits.of(FunctionalUnit.DUPLEX);

    final Host host;
    private final PresentationService presentation;

    public StreamAssociations(Host host, PresentationService presentation) {
        this.host = host;
        this.presentation = presentation;
    }

    @Override
    public void attach(ApplicationContext context, FunctionalUnits supported, AssociationListener listener) {
        presentation.attach(address(context, null), (connection, connect) -> {
            StreamAssociation association = new StreamAssociation(this, null);
            association.connectIndication(connection, connect, listener);
            return association;
        });
    }

    @Override
    public void detach(ApplicationContext context) {
        presentation.detach(address(context, null));
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if it asks for half-duplex alone, or has credentials
     */
    @Override
    public Association associateRequest(AssociationRequest request, AssociationUser user) {
        if (request.requirements().has(FunctionalUnit.HALF_DUPLEX)
                && !request.requirements().has(FunctionalUnit.DUPLEX)) {
            throw new IllegalArgumentException("this stack has no half-duplex: it needs a session layer");
        }
        if (request.credentials() != null) {
            throw new IllegalArgumentException("a user needs ACSE to prove who it is: layer 6 has to be x226");
        }
        StreamAssociation association = new StreamAssociation(this, user);
        association.connection(presentation.connectRequest(
                new PresentationPrimitive.Connect(
                        null,
                        address(request.context(), request.host()),
                        List.of(),
                        List.of(),
                        ConnectionIdentifier.NONE,
                        UNITS,
                        -1,
                        TokenSetting.INITIATOR,
                        List.of()),
                association));
        return association;
    }

    @Override
    public boolean negotiatesFunctionalUnits() {
        return false;
    }

    @Override
    public FunctionalUnits functionalUnits() {
        return UNITS;
    }

    @Override
    public NetworkAddress parseAddress(String text) {
        return presentation.parseAddress(text);
    }

    private static PresentationAddress address(ApplicationContext context, NetworkAddress host) {
        return new PresentationAddress(host, context.port());
    }
}
