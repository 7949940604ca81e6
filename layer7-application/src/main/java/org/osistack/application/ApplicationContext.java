package org.osistack.application;

import org.osistack.core.Selector;
import org.osistack.presentation.ObjectIdentifier;

/**
 * What two application entities must have in common to understand each other (X.217 §3.5.9).
 *
 * @param application the application's name, such as {@code chat}
 * @param name of the application context; null, on the side that is called, to take any, and answer with the same
 * @param abstractSyntax of its APDUs, which are BER encodings
 * @param selectors where its servers listen in stacks that have selectors
 * @param port where its servers listen when there are no selectors to tell applications apart, as over plain TCP
 */
public record ApplicationContext(
        String application, ObjectIdentifier name, ObjectIdentifier abstractSyntax, Selectors selectors, int port) {
    /**
     * The selectors of three layers.
     *
     * @param presentation the presentation selector
     * @param session the session selector
     * @param transport the transport selector
     */
    public record Selectors(Selector presentation, Selector session, Selector transport) {}

    /** A context whose presentation selector is the application's name in ASCII; the other selectors are empty. */
    public ApplicationContext(String application, ObjectIdentifier name, ObjectIdentifier abstractSyntax, int port) {
        this(
                application,
                name,
                abstractSyntax,
                new Selectors(Selector.ofText(application), Selector.EMPTY, Selector.EMPTY),
                port);
    }
}
