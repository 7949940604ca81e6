package org.osistack.application;

import org.osistack.presentation.ObjectIdentifier;

/**
 * What two application entities must have in common to understand each other (X.217 §3.5.9).
 *
 * @param application the application's name, such as {@code chat}
 * @param name of the application context
 * @param abstractSyntax of its APDUs, which are BER encodings
 * @param port where its servers listen when there are no selectors to tell applications apart, as over plain TCP
 */
public record ApplicationContext(
        String application, ObjectIdentifier name, ObjectIdentifier abstractSyntax, int port) {}
