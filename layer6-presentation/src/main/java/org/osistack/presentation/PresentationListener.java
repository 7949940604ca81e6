package org.osistack.presentation;

/** Hears of presentation connections that others want. */
@FunctionalInterface
public interface PresentationListener {
    /**
     * P-CONNECT.indication: somebody wants a presentation connection. The user that is returned answers with a
     * {@link PresentationPrimitive.ConnectAnswer}, now or later.
     *
     * @return the user of the new connection; null to refuse at once
     */
    PresentationUser connectIndication(PresentationConnection connection, PresentationPrimitive.Connect connect);
}
