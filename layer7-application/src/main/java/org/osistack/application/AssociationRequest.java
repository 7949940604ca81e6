package org.osistack.application;

import org.osistack.core.NetworkAddress;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;

/**
 * What an A-ASSOCIATE.request asks for.
 *
 * @param host where the called application entity is
 * @param requirements the session functional units wanted
 * @param tokens where the available tokens are to be at first
 */
public record AssociationRequest(
        ApplicationContext context, NetworkAddress host, FunctionalUnits requirements, TokenSetting tokens) {}
