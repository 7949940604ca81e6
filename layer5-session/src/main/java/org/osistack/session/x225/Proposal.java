package org.osistack.session.x225;

import org.osistack.core.Octets;
import org.osistack.core.Selector;
import org.osistack.core.dialogue.ConnectionIdentifier;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.Token;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.SessionRefusal;

/**
 * What a CONNECT SPDU proposes (X.225 §7.1, §8.3.1).
 *
 * @param versions bit 1 version 1, bit 2 version 2
 * @param initialSerialNumber of the flow to the responder, or of both; -1 if absent
 * @param secondInitialSerialNumber of the flow to the initiator, with symmetric synchronize; -1 if absent
 * @param serialDigits of how many digits serial numbers may be; 0 for any number of them
 * @param maxTsduToResponder in octets; 0 for no limit
 * @param maxTsduToInitiator in octets; 0 for no limit
 * @param extendedConcatenation whether this side reads several SPDUs of category 2 in a TSDU
 * @param userData as far as the CONNECT carries it
 * @param overflow whether more of it follows in CONNECT DATA OVERFLOW
 */
record Proposal(
        ConnectionIdentifier identifier,
        Selector calling,
        Selector called,
        int versions,
        FunctionalUnits requirements,
        long initialSerialNumber,
        long secondInitialSerialNumber,
        int serialDigits,
        TokenSetting tokens,
        int maxTsduToResponder,
        int maxTsduToInitiator,
        boolean extendedConcatenation,
        Octets userData,
        boolean overflow) {
    /** The functional units that this implementation has, besides the kernel: all. */
    static final FunctionalUnits SUPPORTED = FunctionalUnits.of(FunctionalUnit.values());

    /** The number of the first synchronization point if no user names one: that of the first in an activity. */
    static final long FIRST_SERIAL_NUMBER = 1;

    /** The requirements when the parameter is absent (X.225 §8.3.1.16). */
    static final int DEFAULT_REQUIREMENTS = 0x0349;

    /** The Upper Limit Serial Number when the parameter is absent (X.225 §8.3.1.13). */
    static final int DEFAULT_SERIAL_DIGITS = 6;

    static final int MAX_DATA_VERSION_1 = 512;
    static final int MAX_DATA_IN_CONNECT = 10_240;
    static final int VERSION_1 = 1;
    static final int VERSION_2 = 2;

    private static final FunctionalUnits NUMBERED = FunctionalUnits.of(
            FunctionalUnit.MINOR_SYNCHRONIZE,
            FunctionalUnit.SYMMETRIC_SYNCHRONIZE,
            FunctionalUnit.MAJOR_SYNCHRONIZE,
            FunctionalUnit.RESYNCHRONIZE);

    /**
     * What a user asks for.
     *
     * @throws IllegalArgumentException if the protocol, or this part of it, cannot carry that
     */
    static Proposal of(SessionPrimitive.Connect connect, Settings settings) {
        FunctionalUnits wanted = connect.requirements();
        if (!hasWayOfTalking(wanted)) {
            throw new IllegalArgumentException("neither duplex nor half-duplex is asked for");
        }
        checkCombination(wanted, settings);
        if (connect.initialSerialNumber() >= 0 && !isNumbered(wanted)) {
            throw new IllegalArgumentException("a serial number without a functional unit that counts");
        }
        if (connect.secondInitialSerialNumber() >= 0 && !wanted.has(FunctionalUnit.SYMMETRIC_SYNCHRONIZE)) {
            throw new IllegalArgumentException("a second serial number without symmetric synchronize");
        }
        int digits = settings.largeSerialNumbers() ? 0 : DEFAULT_SERIAL_DIGITS;
        long highest = Math.max(connect.initialSerialNumber(), connect.secondInitialSerialNumber());
        if (highest > maxSerialNumber(digits)) {
            throw new IllegalArgumentException("the initial serial number " + highest);
        }
        int length = connect.userData().length();
        boolean needsVersion2 = length > MAX_DATA_VERSION_1;
        if (needsVersion2 && (settings.versions() & VERSION_2) == 0) {
            throw new IllegalArgumentException("S-CONNECT with " + length + " octets of user data needs version 2");
        }
        if (length > settings.maxSsdu()) {
            throw new IllegalArgumentException("S-CONNECT with " + length + " octets of user data");
        }
        return new Proposal(
                settings.profile().sendsIdentifier() && connect.identifier() != null
                        ? connect.identifier()
                        : ConnectionIdentifier.NONE,
                connect.calling() == null ? Selector.EMPTY : connect.calling().selector(),
                connect.called().selector(),
                needsVersion2 ? VERSION_2 : settings.versions(),
                wanted,
                connect.initialSerialNumber() < 0 && needsSerialNumber(wanted)
                        ? FIRST_SERIAL_NUMBER
                        : connect.initialSerialNumber(),
                connect.secondInitialSerialNumber() < 0 && wanted.has(FunctionalUnit.SYMMETRIC_SYNCHRONIZE)
                        ? connect.initialSerialNumber() < 0 && needsSerialNumber(wanted)
                                ? FIRST_SERIAL_NUMBER
                                : connect.initialSerialNumber()
                        : connect.secondInitialSerialNumber(),
                digits,
                connect.tokens() == null ? TokenSetting.INITIATOR : connect.tokens(),
                settings.maxTsdu(),
                settings.maxTsdu(),
                settings.extendedConcatenation(),
                connect.userData(),
                length > MAX_DATA_IN_CONNECT);
    }

    private static void checkCombination(FunctionalUnits wanted, Settings settings) {
        if (wanted.has(FunctionalUnit.EXCEPTIONS) && !wanted.has(FunctionalUnit.HALF_DUPLEX)) {
            throw new IllegalArgumentException("exceptions are asked for without half-duplex");
        }
        if (wanted.has(FunctionalUnit.CAPABILITY_DATA) && !wanted.has(FunctionalUnit.ACTIVITY_MANAGEMENT)) {
            throw new IllegalArgumentException("capability data exchange is asked for without activity management");
        }
        if (wanted.has(FunctionalUnit.DATA_SEPARATION)
                && !wanted.has(FunctionalUnit.MINOR_SYNCHRONIZE)
                && !wanted.has(FunctionalUnit.SYMMETRIC_SYNCHRONIZE)) {
            throw new IllegalArgumentException("data separation is asked for without minor synchronization points");
        }
        if (wanted.has(FunctionalUnit.EXPEDITED_DATA) && settings.expedited() == Settings.Expedited.NO) {
            throw new IllegalArgumentException("expedited data is asked for, and expedited=no forbids its transport");
        }
    }

    /**
     * What of a set of units can be together: of half-duplex and duplex, half-duplex; of minor and symmetric synchronize,
     * minor synchronize; and a unit that stands on another goes when that one goes.
     */
    static FunctionalUnits consistent(FunctionalUnits units) {
        FunctionalUnits left = units;
        if (left.has(FunctionalUnit.HALF_DUPLEX)) {
            left = left.without(FunctionalUnit.DUPLEX);
        } else {
            left = left.without(FunctionalUnit.EXCEPTIONS);
        }
        if (!left.has(FunctionalUnit.ACTIVITY_MANAGEMENT)) {
            left = left.without(FunctionalUnit.CAPABILITY_DATA);
        }
        if (left.has(FunctionalUnit.MINOR_SYNCHRONIZE)) {
            left = left.without(FunctionalUnit.SYMMETRIC_SYNCHRONIZE);
        } else if (!left.has(FunctionalUnit.SYMMETRIC_SYNCHRONIZE)) {
            left = left.without(FunctionalUnit.DATA_SEPARATION);
        }
        return left;
    }

    /** The highest serial number of so many digits; 0 for any number of them, as far as they are read here. */
    static long maxSerialNumber(int digits) {
        return digits == 0 ? Spdu.MAX_SERIAL_NUMBER : Math.round(Math.pow(10, digits)) - 1;
    }

    /** Whether there are serial numbers with these units. */
    static boolean isNumbered(FunctionalUnits units) {
        return units.and(NUMBERED).bits() != 0;
    }

    /** Whether there must be an initial one: an activity begins with one of its own (X.225 §8.3.1.12). */
    static boolean needsSerialNumber(FunctionalUnits units) {
        return isNumbered(units) && !units.has(FunctionalUnit.ACTIVITY_MANAGEMENT);
    }

    /** What this implementation has on a transport connection with, or without, an expedited flow. */
    static FunctionalUnits supported(boolean expedited) {
        return expedited ? SUPPORTED : SUPPORTED.without(FunctionalUnit.EXPEDITED_DATA);
    }

    /** The same without the unit that needs the transport's expedited flow. */
    Proposal withoutExpeditedData() {
        return new Proposal(
                identifier,
                calling,
                called,
                versions,
                requirements.without(FunctionalUnit.EXPEDITED_DATA),
                initialSerialNumber,
                secondInitialSerialNumber,
                serialDigits,
                tokens,
                maxTsduToResponder,
                maxTsduToInitiator,
                extendedConcatenation,
                userData,
                overflow);
    }

    private static boolean hasWayOfTalking(FunctionalUnits units) {
        return units.has(FunctionalUnit.DUPLEX) || units.has(FunctionalUnit.HALF_DUPLEX);
    }

    /** What a CONNECT that was received proposes. */
    static Proposal read(Spdu connect) {
        long tsdu = connect.number(Parameter.TSDU_MAXIMUM_SIZE, 0);
        Octets extended = connect.octets(Parameter.EXTENDED_USER_DATA);
        return new Proposal(
                new ConnectionIdentifier(
                        connect.octets(Parameter.CALLING_REFERENCE),
                        connect.octets(Parameter.COMMON_REFERENCE),
                        connect.octets(Parameter.ADDITIONAL_REFERENCE)),
                selector(connect, Parameter.CALLING_SESSION_SELECTOR),
                selector(connect, Parameter.CALLED_SESSION_SELECTOR),
                (int) connect.number(Parameter.VERSION_NUMBER, VERSION_1) & (VERSION_1 | VERSION_2),
                requirements(connect),
                initialSerialNumber(connect),
                secondInitialSerialNumber(connect),
                (int) connect.number(Parameter.UPPER_LIMIT_SERIAL_NUMBER, DEFAULT_SERIAL_DIGITS),
                new TokenSetting((int) connect.number(Parameter.TOKEN_SETTING_ITEM, 0)),
                (int) (tsdu >>> 16),
                (int) (tsdu & 0xffff),
                (connect.number(Parameter.PROTOCOL_OPTIONS, 0) & 1) != 0,
                extended.isEmpty() ? connect.userData() : extended,
                (connect.number(Parameter.DATA_OVERFLOW, 0) & 1) != 0);
    }

    /** What a CONNECT or ACCEPT names for the flow of its sender, in either parameter; -1 if neither is there. */
    static long initialSerialNumber(Spdu spdu) {
        return spdu.serialNumber(
                spdu.has(Parameter.LARGE_INITIAL_SERIAL_NUMBER)
                        ? Parameter.LARGE_INITIAL_SERIAL_NUMBER
                        : Parameter.INITIAL_SERIAL_NUMBER);
    }

    /** What it names for the other flow. */
    static long secondInitialSerialNumber(Spdu spdu) {
        return spdu.serialNumber(
                spdu.has(Parameter.LARGE_SECOND_INITIAL_SERIAL_NUMBER)
                        ? Parameter.LARGE_SECOND_INITIAL_SERIAL_NUMBER
                        : Parameter.SECOND_INITIAL_SERIAL_NUMBER);
    }

    /** Add initial serial numbers to a CONNECT or ACCEPT; the large parameters have room for more than six digits. */
    static void addSerialNumbers(Spdu.Builder spdu, long first, long second, int digits) {
        if (digits != DEFAULT_SERIAL_DIGITS) {
            spdu.with(Parameter.UPPER_LIMIT_SERIAL_NUMBER, digits);
        }
        if (first >= 0) {
            spdu.withSerialNumber(
                    first > Spdu.MAX_SHORT_SERIAL_NUMBER
                            ? Parameter.LARGE_INITIAL_SERIAL_NUMBER
                            : Parameter.INITIAL_SERIAL_NUMBER,
                    first);
        }
        if (second >= 0) {
            spdu.withSerialNumber(
                    second > Spdu.MAX_SHORT_SERIAL_NUMBER
                            ? Parameter.LARGE_SECOND_INITIAL_SERIAL_NUMBER
                            : Parameter.SECOND_INITIAL_SERIAL_NUMBER,
                    second);
        }
    }

    static Selector selector(Spdu spdu, Parameter parameter) {
        return Selector.of(spdu.octets(parameter).toByteArray());
    }

    static FunctionalUnits requirements(Spdu spdu) {
        return new FunctionalUnits(
                (int) spdu.number(Parameter.SESSION_USER_REQUIREMENTS, DEFAULT_REQUIREMENTS) & 0x1fff);
    }

    /** Why it cannot be accepted, whoever is called; null if it can. */
    SessionRefusal fault(Settings settings) {
        if ((versions & settings.versions()) == 0) {
            return SessionRefusal.VERSIONS_NOT_SUPPORTED;
        }
        if (!hasWayOfTalking(requirements.and(SUPPORTED))
                || isTooSmall(maxTsduToResponder)
                || isTooSmall(maxTsduToInitiator)) {
            return SessionRefusal.IMPLEMENTATION_RESTRICTION;
        }
        for (Token token : Token.values()) {
            if (tokens.side(token) == TokenSetting.Side.RESERVED) {
                return SessionRefusal.NOT_SPECIFIED;
            }
        }
        if (needsSerialNumber(requirements) && initialSerialNumber < 0
                || serialDigits > DEFAULT_SERIAL_DIGITS
                || Math.max(initialSerialNumber, secondInitialSerialNumber) > maxSerialNumber(serialDigits)) {
            return SessionRefusal.NOT_SPECIFIED;
        }
        return overflow && (versions & VERSION_2) == 0 ? SessionRefusal.NOT_SPECIFIED : null;
    }

    static boolean isTooSmall(int maxTsdu) {
        return maxTsdu != 0 && maxTsdu < Settings.MIN_TSDU;
    }

    /** The highest version that both have. */
    int commonVersion(Settings settings) {
        return (versions & settings.versions() & VERSION_2) != 0 ? VERSION_2 : VERSION_1;
    }

    /** The CONNECT SPDU that proposes this. */
    Spdu toSpdu(Settings settings) {
        Spdu.Builder connect = Spdu.of(SpduType.CN);
        connect.withAny(Parameter.CALLING_REFERENCE, identifier.userReference())
                .withAny(Parameter.COMMON_REFERENCE, identifier.commonReference())
                .withAny(Parameter.ADDITIONAL_REFERENCE, identifier.additionalInformation())
                .with(Parameter.PROTOCOL_OPTIONS, extendedConcatenation ? 1 : 0)
                .with(Parameter.VERSION_NUMBER, versions)
                .with(Parameter.SESSION_USER_REQUIREMENTS, twoOctets(requirements.bits()))
                .withAny(Parameter.CALLING_SESSION_SELECTOR, Octets.of(calling.toByteArray()))
                .withAny(Parameter.CALLED_SESSION_SELECTOR, Octets.of(called.toByteArray()));
        if (maxTsduToResponder != 0 || maxTsduToInitiator != 0) {
            connect.with(Parameter.TSDU_MAXIMUM_SIZE, sizes(maxTsduToResponder, maxTsduToInitiator));
        }
        addSerialNumbers(connect, initialSerialNumber, secondInitialSerialNumber, serialDigits);
        TokenSetting setting = ofAvailable(tokens, requirements);
        if (Variables.available(requirements.bits()) != 0
                && (setting.bits() != 0 || settings.profile().sendsDefaultSetting())) {
            connect.with(Parameter.TOKEN_SETTING_ITEM, setting.bits());
        }
        if (overflow) {
            connect.with(Parameter.DATA_OVERFLOW, 1)
                    .with(Parameter.EXTENDED_USER_DATA, userData.slice(0, MAX_DATA_IN_CONNECT));
        } else if (userData.length() > MAX_DATA_VERSION_1) {
            connect.with(Parameter.EXTENDED_USER_DATA, userData);
        } else {
            connect.userData(userData);
        }
        return connect.build();
    }

    static Octets twoOctets(int number) {
        return Octets.of((byte) (number >>> 8), (byte) number);
    }

    static Octets sizes(int toResponder, int toInitiator) {
        return Octets.of(
                (byte) (toResponder >>> 8), (byte) toResponder, (byte) (toInitiator >>> 8), (byte) toInitiator);
    }

    /** The setting with the fields of tokens that these units don't make available set to 0. */
    static TokenSetting ofAvailable(TokenSetting setting, FunctionalUnits units) {
        TokenSetting result = TokenSetting.INITIATOR;
        for (Token token : Token.values()) {
            if ((Variables.available(units.bits()) & token.bit()) != 0) {
                result = result.with(token, setting.side(token));
            }
        }
        return result;
    }
}
