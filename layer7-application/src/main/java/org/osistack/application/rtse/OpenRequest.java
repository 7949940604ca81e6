package org.osistack.application.rtse;

import org.osistack.application.AssociationRequest;
import org.osistack.core.Octets;

/**
 * What an RT-OPEN.request asks for.
 *
 * @param association whom to call, and how; its functional units, tokens, identifier and user information are RTSE's to
 *     choose. To recover the association the same request is made again
 * @param mode who may transfer
 * @param initiatorHasTurn whether this side has the turn at first
 * @param userData one encoding; empty for none
 */
public record OpenRequest(
        AssociationRequest association, DialogueMode mode, boolean initiatorHasTurn, Octets userData) {}
