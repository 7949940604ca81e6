package org.osistack.application.security;

import org.osistack.application.ApplicationContext;
import org.osistack.application.Association;
import org.osistack.application.AssociationListener;
import org.osistack.application.AssociationRequest;
import org.osistack.application.AssociationService;
import org.osistack.application.AssociationUser;
import org.osistack.core.NetworkAddress;
import org.osistack.core.dialogue.FunctionalUnits;

/** An association service in which all applications are guarded, without their doing: who calls has to prove who it is. */
public final class GuardedAssociations implements AssociationService {
    private final AssociationService below;
    private final Authenticator authenticator;

    public GuardedAssociations(AssociationService below, Authenticator authenticator) {
        this.below = below;
        this.authenticator = authenticator;
    }

    @Override
    public void attach(ApplicationContext context, FunctionalUnits supported, AssociationListener listener) {
        below.attach(context, supported, authenticator, listener);
    }

    /** An application that has an authenticator of its own keeps it. */
    @Override
    public void attach(
            ApplicationContext context, FunctionalUnits supported, Authenticator own, AssociationListener listener) {
        below.attach(context, supported, own, listener);
    }

    @Override
    public void detach(ApplicationContext context) {
        below.detach(context);
    }

    @Override
    public Association associateRequest(AssociationRequest request, AssociationUser user) {
        return below.associateRequest(request, user);
    }

    @Override
    public NetworkAddress parseAddress(String text) {
        return below.parseAddress(text);
    }
}
