package org.osistack.application;

import org.osistack.presentation.ObjectIdentifier;

/**
 * The names of our own application contexts and abstract syntaxes. They stand below an arc of a UUID (X.667), which
 * needs no registration.
 */
public final class ApplicationContexts {
    private static final String ARC = "2.25.204919009926497654109426963843018795417";

    private ApplicationContexts() {}

    /**
     * The context of one of our own applications.
     *
     * @param number of the application in our arc
     * @param port as {@link ApplicationContext#port()}
     */
    public static ApplicationContext own(String application, int number, int port) {
        return new ApplicationContext(
                application,
                ObjectIdentifier.of(ARC + ".1." + number),
                ObjectIdentifier.of(ARC + ".2." + number),
                port);
    }
}
