package org.osistack.application;

import org.osistack.application.security.Credentials;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Octets;
import org.osistack.core.dialogue.ConnectionIdentifier;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;

/**
 * What an A-ASSOCIATE.request asks for.
 *
 * @param host where the called application entity is
 * @param requirements the session functional units wanted
 * @param tokens where the available tokens are to be at first
 * @param identifier how this side calls the session connection; {@link ConnectionIdentifier#NONE} if it need not be named
 * @param userInformation an APDU of the application that goes along; empty for none. Only ACSE can carry one
 * @param credentials who asks, and the proof of it; null to say nothing. Only ACSE can carry them
 */
public record AssociationRequest(
        ApplicationContext context,
        NetworkAddress host,
        FunctionalUnits requirements,
        TokenSetting tokens,
        ConnectionIdentifier identifier,
        Octets userInformation,
        Credentials credentials) {
    /** A request without user information. */
    public AssociationRequest(
            ApplicationContext context, NetworkAddress host, FunctionalUnits requirements, TokenSetting tokens) {
        this(context, host, requirements, tokens, Octets.EMPTY);
    }

    /** A request that says nothing about who asks, and does not name the session connection. */
    public AssociationRequest(
            ApplicationContext context,
            NetworkAddress host,
            FunctionalUnits requirements,
            TokenSetting tokens,
            Octets userInformation) {
        this(context, host, requirements, tokens, ConnectionIdentifier.NONE, userInformation, null);
    }

    /** This request with credentials. */
    public AssociationRequest by(Credentials newCredentials) {
        return new AssociationRequest(context, host, requirements, tokens, identifier, userInformation, newCredentials);
    }

    /** This request to another address. */
    AssociationRequest at(NetworkAddress newHost) {
        return new AssociationRequest(context, newHost, requirements, tokens, identifier, userInformation, credentials);
    }

    /** The same request with a dialogue of another kind. */
    public AssociationRequest with(
            FunctionalUnits newRequirements,
            TokenSetting newTokens,
            ConnectionIdentifier newIdentifier,
            Octets newUserInformation) {
        return new AssociationRequest(
                context, host, newRequirements, newTokens, newIdentifier, newUserInformation, credentials);
    }
}
