package org.osistack.session.x225;

import org.osistack.core.Octets;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.Token;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.session.SessionPrimitive;

/**
 * What the two sides have agreed on with CONNECT and ACCEPT (X.225 §5.7, §7.4).
 *
 * @param version 1 or 2
 * @param tokens where each available token is; fields of others are 0
 * @param initialSerialNumber of the flow to the initiator, or of both; -1 if there is none
 * @param secondInitialSerialNumber of the flow to the responder, with symmetric synchronize; -1 if there is none
 * @param serialDigits of how many digits serial numbers may be; 0 for any number of them
 * @param maxTsduToResponder in octets; 0 for no limit
 * @param maxTsduToInitiator in octets; 0 for no limit
 * @param extendedConcatenation whether the peer reads several SPDUs of category 2 in a TSDU
 */
record Agreement(
        int version,
        FunctionalUnits units,
        TokenSetting tokens,
        long initialSerialNumber,
        long secondInitialSerialNumber,
        int serialDigits,
        int maxTsduToResponder,
        int maxTsduToInitiator,
        boolean extendedConcatenation) {
    /**
     * What comes of a proposal and the responder's answer: the units that both want, as far as they can be together.
     *
     * @param expedited whether the transport connection has an expedited flow
     * @return null if neither half-duplex nor duplex remains
     */
    static Agreement of(
            Proposal proposal, SessionPrimitive.ConnectAnswer answer, Settings settings, boolean expedited) {
        FunctionalUnits units = Proposal.consistent(
                proposal.requirements().and(Proposal.supported(expedited)).and(answer.requirements()));
        if (!units.has(FunctionalUnit.HALF_DUPLEX) && !units.has(FunctionalUnit.DUPLEX)) {
            return null;
        }
        TokenSetting tokens = TokenSetting.INITIATOR;
        for (Token token : Token.values()) {
            TokenSetting.Side side = proposal.tokens().side(token);
            if (side == TokenSetting.Side.CALLED_USERS_CHOICE) {
                side = answer.tokens() != null && answer.tokens().side(token) == TokenSetting.Side.RESPONDER
                        ? TokenSetting.Side.RESPONDER
                        : TokenSetting.Side.INITIATOR;
            }
            tokens = tokens.with(token, side);
        }
        return new Agreement(
                proposal.commonVersion(settings),
                units,
                Proposal.ofAvailable(tokens, units),
                initialSerialNumber(proposal, answer, units),
                secondInitialSerialNumber(proposal, answer, units),
                proposal.serialDigits(),
                smaller(settings.maxTsdu(), proposal.maxTsduToResponder()),
                smaller(settings.maxTsdu(), proposal.maxTsduToInitiator()),
                settings.extendedConcatenation() && proposal.extendedConcatenation());
    }

    /** The responder has the last word; if it says nothing, it is what was proposed. */
    private static long initialSerialNumber(
            Proposal proposal, SessionPrimitive.ConnectAnswer answer, FunctionalUnits units) {
        if (!Proposal.isNumbered(units)) {
            return -1;
        }
        boolean isSymmetric = units.has(FunctionalUnit.SYMMETRIC_SYNCHRONIZE);
        long proposed = isSymmetric && proposal.secondInitialSerialNumber() >= 0
                ? proposal.secondInitialSerialNumber()
                : proposal.initialSerialNumber();
        return chosen(answer.initialSerialNumber(), proposed, proposal, units);
    }

    private static long secondInitialSerialNumber(
            Proposal proposal, SessionPrimitive.ConnectAnswer answer, FunctionalUnits units) {
        return units.has(FunctionalUnit.SYMMETRIC_SYNCHRONIZE)
                ? chosen(answer.secondInitialSerialNumber(), proposal.initialSerialNumber(), proposal, units)
                : -1;
    }

    private static long chosen(long answered, long proposed, Proposal proposal, FunctionalUnits units) {
        if (answered > Proposal.maxSerialNumber(proposal.serialDigits())) {
            throw new IllegalArgumentException("the initial serial number " + answered);
        }
        if (answered >= 0 || !Proposal.needsSerialNumber(units)) {
            return answered;
        }
        return proposed >= 0 ? proposed : Proposal.FIRST_SERIAL_NUMBER;
    }

    /**
     * The TSDU Maximum Size that both can have. Without a limit of this side there is none: so no segmenting is agreed on,
     * with which ISODE would want an Enclosure Item in each DATA TRANSFER, and does the same itself.
     */
    private static int smaller(int own, int proposed) {
        return own == 0 || proposed == 0 ? own : Math.min(own, proposed);
    }

    /**
     * What an ACCEPT says to a proposal of this side.
     *
     * @return null if the peer has taken what was not proposed, or has left open what it had to decide
     */
    static Agreement read(Spdu accept, Proposal proposal, Settings settings) {
        int version = (int) accept.number(Parameter.VERSION_NUMBER, Proposal.VERSION_1);
        FunctionalUnits units = Proposal.requirements(accept);
        long tsdu = accept.number(Parameter.TSDU_MAXIMUM_SIZE, 0);
        Agreement agreement = new Agreement(
                version,
                units,
                tokens(accept, proposal, units),
                Proposal.initialSerialNumber(accept),
                units.has(FunctionalUnit.SYMMETRIC_SYNCHRONIZE) ? second(accept) : -1,
                (int) accept.number(Parameter.UPPER_LIMIT_SERIAL_NUMBER, Proposal.DEFAULT_SERIAL_DIGITS),
                (int) (tsdu >>> 16),
                (int) (tsdu & 0xffff),
                settings.extendedConcatenation() && (accept.number(Parameter.PROTOCOL_OPTIONS, 0) & 1) != 0);
        return agreement.isPossible(proposal) ? agreement : null;
    }

    /** If the ACCEPT names but one initial serial number, it is that of both flows. */
    private static long second(Spdu accept) {
        long second = Proposal.secondInitialSerialNumber(accept);
        return second < 0 ? Proposal.initialSerialNumber(accept) : second;
    }

    private static TokenSetting tokens(Spdu accept, Proposal proposal, FunctionalUnits units) {
        if (accept.has(Parameter.TOKEN_SETTING_ITEM)) {
            return Proposal.ofAvailable(new TokenSetting((int) accept.number(Parameter.TOKEN_SETTING_ITEM, 0)), units);
        }
        TokenSetting tokens = Proposal.ofAvailable(proposal.tokens(), units);
        for (Token token : Token.values()) {
            if (tokens.side(token) == TokenSetting.Side.CALLED_USERS_CHOICE) {
                tokens = tokens.with(token, TokenSetting.Side.INITIATOR);
            }
        }
        return tokens;
    }

    private boolean isPossible(Proposal proposal) {
        if (version != Proposal.VERSION_1 && version != Proposal.VERSION_2 || (version & proposal.versions()) == 0) {
            return false;
        }
        if (!proposal.requirements().hasAll(units)
                || !Proposal.consistent(units).equals(units)
                || units.has(FunctionalUnit.DUPLEX) == units.has(FunctionalUnit.HALF_DUPLEX)
                || highestOf(serialDigits) > highestOf(proposal.serialDigits())
                || Math.max(initialSerialNumber, secondInitialSerialNumber) > highestOf(serialDigits)
                || Proposal.needsSerialNumber(units) && initialSerialNumber < 0) {
            return false;
        }
        for (Token token : Token.values()) {
            TokenSetting.Side asked = proposal.tokens().side(token);
            TokenSetting.Side given = tokens.side(token);
            boolean available = (Variables.available(units.bits()) & token.bit()) != 0;
            boolean decided = given == TokenSetting.Side.INITIATOR || given == TokenSetting.Side.RESPONDER;
            if (available && (!decided || asked != TokenSetting.Side.CALLED_USERS_CHOICE && asked != given)) {
                return false;
            }
        }
        return isWithin(maxTsduToResponder, proposal.maxTsduToResponder())
                && isWithin(maxTsduToInitiator, proposal.maxTsduToInitiator());
    }

    /** The highest serial number of so many digits; too high a one if there may not be so many. */
    private static long highestOf(int digits) {
        return digits > Proposal.DEFAULT_SERIAL_DIGITS ? Long.MAX_VALUE : Proposal.maxSerialNumber(digits);
    }

    /** A size in an ACCEPT is at most what was proposed; none at all lifts the limit, as ISODE does. */
    private static boolean isWithin(int given, int asked) {
        return !Proposal.isTooSmall(given) && (asked == 0 || given <= asked);
    }

    /** The ACCEPT SPDU that says this. */
    Spdu toSpdu(SessionPrimitive.ConnectAnswer answer, Settings settings) {
        Spdu.Builder accept = Spdu.of(SpduType.AC);
        if (settings.profile().sendsIdentifier() && answer.identifier() != null) {
            accept.withAny(Parameter.CALLED_REFERENCE, answer.identifier().userReference())
                    .withAny(Parameter.COMMON_REFERENCE, answer.identifier().commonReference())
                    .withAny(Parameter.ADDITIONAL_REFERENCE, answer.identifier().additionalInformation());
        }
        accept.with(Parameter.PROTOCOL_OPTIONS, settings.extendedConcatenation() ? 1 : 0)
                .with(Parameter.VERSION_NUMBER, version)
                .with(Parameter.SESSION_USER_REQUIREMENTS, Proposal.twoOctets(units.bits()));
        if (maxTsduToResponder != 0 || maxTsduToInitiator != 0) {
            accept.with(Parameter.TSDU_MAXIMUM_SIZE, Proposal.sizes(maxTsduToResponder, maxTsduToInitiator));
        }
        Proposal.addSerialNumbers(accept, initialSerialNumber, secondInitialSerialNumber, serialDigits);
        int available = Variables.available(units.bits());
        if (available != 0 && (tokens.bits() != 0 || settings.profile().sendsDefaultSetting())) {
            accept.with(Parameter.TOKEN_SETTING_ITEM, tokens.bits());
        }
        int pleased =
                answer.tokensPleased() == null ? 0 : answer.tokensPleased().bits() & available;
        if (pleased != 0) {
            accept.with(Parameter.TOKEN_ITEM, pleased);
        }
        if (answer.responding() != null) {
            accept.withAny(
                    Parameter.CALLED_SESSION_SELECTOR,
                    Octets.of(answer.responding().selector().toByteArray()));
        }
        return accept.userData(answer.userData()).build();
    }
}
