package org.osistack.application;

import org.osistack.application.acse.AcseService;
import org.osistack.application.acse.AeTitle;
import org.osistack.application.stream.StreamAssociations;
import org.osistack.core.Host;
import org.osistack.presentation.NegotiatedPresentation;
import org.osistack.presentation.PresentationService;

/** Makes the association service that fits a host's presentation service. */
public final class Associations {
    private Associations() {}

    /**
     * Associations over a presentation service: by ACSE where it negotiates contexts, in which
     * this host calls itself by its name, and otherwise with the connection
     * itself as the association.
     */
    public static AssociationService over(Host host, PresentationService presentation) {
        return presentation instanceof NegotiatedPresentation negotiated
                ? new AcseService(host, negotiated, AeTitle.named(host.name()))
                : new StreamAssociations(host, presentation);
    }
}
