package org.osistack.application.facade;

import org.osistack.application.Associations;
import org.osistack.application.security.Authenticator;
import org.osistack.application.security.Credentials;
import org.osistack.core.ConfigurationException;
import org.osistack.core.Host;
import org.osistack.presentation.PresentationService;

/**
 * The associations of a system: those over the stack that was asked for, and those by ACSE beside it, if that stack has no
 * ACSE. On the host's thread alone.
 */
final class SystemAssociations {
    private final OpenSystem system;
    private final Host host;
    private final SecondLinks links;
    private OpenAssociations own; // null until somebody wants them
    private OpenAssociations besides; // by ACSE in a column of its own; null until somebody wants them

    SystemAssociations(OpenSystem system, SecondLinks links) {
        this.system = system;
        this.host = system.host();
        this.links = links;
    }

    /** As {@link OpenSystem#associations}. */
    OpenAssociations own() {
        if (own == null) {
            own = new OpenAssociations(links.associations(host, Associations.over(host, system.presentation())), true);
        }
        return own;
    }

    /** Those over the stack that was asked for; null if nobody has wanted any. */
    OpenAssociations ownIfAny() {
        return own;
    }

    /** As {@link OpenSystem#acse}. */
    OpenAssociations acse() {
        if (system.isNegotiated()) {
            return own();
        }
        if (besides == null) {
            PresentationService negotiated = system.column(AcseColumn::of).service(PresentationService.class);
            besides = new OpenAssociations(Associations.over(host, negotiated), false);
        }
        return besides;
    }

    /** As {@link OpenSystem#identify}. */
    void identify(Credentials credentials) {
        checkHasAcse();
        credentials.workIn(system.background());
        own().identify(credentials);
    }

    /** As {@link OpenSystem#guard}. */
    void guard(Authenticator authenticator) {
        checkHasAcse();
        own().guard(authenticator);
    }

    private void checkHasAcse() {
        if (!system.isNegotiated()) {
            throw new ConfigurationException("users need ACSE to prove who they are: layer 6 has to be x226");
        }
    }

    /** Abort all that are open: how many these were. */
    int abortAll() {
        return (own == null ? 0 : own.abortAll()) + (besides == null ? 0 : besides.abortAll());
    }
}
