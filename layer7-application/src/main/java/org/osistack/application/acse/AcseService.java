package org.osistack.application.acse;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osistack.application.ApplicationContext;
import org.osistack.application.Association;
import org.osistack.application.AssociationListener;
import org.osistack.application.AssociationRequest;
import org.osistack.application.AssociationService;
import org.osistack.application.AssociationUser;
import org.osistack.application.UnitDataService;
import org.osistack.application.security.Authenticator;
import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.presentation.NegotiatedConnectionless;
import org.osistack.presentation.NegotiatedPresentation;
import org.osistack.presentation.ObjectIdentifier;
import org.osistack.presentation.PresentationAddress;
import org.osistack.presentation.PresentationConnection;
import org.osistack.presentation.PresentationContext;
import org.osistack.presentation.PresentationPrimitive;

/**
 * Associations by ACSE over a presentation service with contexts.
 *
 * <p>An application listens at its context's selectors, and at the transport protocol's own port. An association has two presentation contexts: 1 for ACSE, 3 for the
 * application's APDUs.
 */
public final class AcseService implements AssociationService {
    /** The presentation context of ACSE in the associations that this side asks for. */
    static final int ACSE_CONTEXT = 1;
    /** The presentation context of the application in the associations that this side asks for. */
    static final int APPLICATION_CONTEXT = 3;
    /** The context of expedited data, which may overtake the agreement on others (X.216): the application's. */
    static final int DEFAULT_CONTEXT = 0;

    final Host host;
    final AeTitle title;
    private final NegotiatedPresentation presentation;
    private final AcseUnitData unitData; // null if the presentation service has no connectionless mode
    private final Map<String, PresentationAddress> attached = new HashMap<>();

    /**
     * Make the association service of a host.
     *
     * @param title by which this host's application entities call themselves; {@link AeTitle#NONE} to say nothing
     */
    public AcseService(Host host, NegotiatedPresentation presentation, AeTitle title) {
        this.host = host;
        this.presentation = presentation;
        this.title = title;
        NegotiatedConnectionless connectionless = presentation.connectionless();
        this.unitData = connectionless == null ? null : new AcseUnitData(host, connectionless, title);
    }

    @Override
    public void attach(ApplicationContext context, FunctionalUnits supported, AssociationListener listener) {
        attach(context, supported, null, listener);
    }

    /** {@inheritDoc} Null for an authenticator admits everybody. */
    @Override
    public void attach(
            ApplicationContext context,
            FunctionalUnits supported,
            Authenticator authenticator,
            AssociationListener listener) {
        PresentationAddress address = address(context, null);
        presentation.attach(address, (connection, connect) -> {
            Acpm acpm = new Acpm(this);
            Proposal proposal = new Proposal(connect, context, supported, title);
            acpm.connectIndication(connection, proposal, authenticator, listener);
            return acpm;
        });
        attached.put(context.application(), address);
    }

    @Override
    public void detach(ApplicationContext context) {
        PresentationAddress address = attached.remove(context.application());
        if (address != null) {
            presentation.detach(address);
        }
    }

    @Override
    public Association associateRequest(AssociationRequest request, AssociationUser user) {
        Acpm acpm = new Acpm(this, user);
        acpm.associateRequest(new Initiation(this, request, address(request.context(), request.host())));
        return acpm;
    }

    PresentationConnection connect(PresentationPrimitive.Connect connect, Acpm acpm) {
        return presentation.connectRequest(connect, acpm);
    }

    @Override
    public FunctionalUnits functionalUnits() {
        return presentation.functionalUnits();
    }

    @Override
    public NetworkAddress parseAddress(String text) {
        return presentation.parseAddress(text);
    }

    @Override
    public UnitDataService connectionless() {
        return unitData;
    }

    /** The contexts that an association of this application needs. */
    static List<PresentationContext> contexts(ApplicationContext context) {
        List<ObjectIdentifier> transferSyntaxes = List.of(ObjectIdentifier.BER);
        return List.of(
                new PresentationContext(ACSE_CONTEXT, ObjectIdentifier.ACSE, transferSyntaxes),
                new PresentationContext(APPLICATION_CONTEXT, context.abstractSyntax(), transferSyntaxes));
    }

    private static PresentationAddress address(ApplicationContext context, NetworkAddress host) {
        ApplicationContext.Selectors selectors = context.selectors();
        return new PresentationAddress(selectors.presentation(), selectors.session(), selectors.transport(), 0, host);
    }
}
