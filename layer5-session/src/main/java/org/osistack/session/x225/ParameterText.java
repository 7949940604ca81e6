package org.osistack.session.x225;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.StringJoiner;
import org.osistack.core.Octets;
import org.osistack.core.Selector;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.Token;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.dialogue.Tokens;
import org.osistack.session.SessionRefusal;

/** What the value of a parameter means, for a person (X.225 §8.3). */
final class ParameterText {
    private static final String[] RESYNC_TYPES = {"restart", "abandon", "set"};
    private static final String[] PREPARE_TYPES = {
        "",
        "MAJOR SYNC ACK or ACTIVITY END ACK comes",
        "RESYNCHRONIZE, ACTIVITY INTERRUPT or ACTIVITY DISCARD comes",
        "RESYNCHRONIZE ACK, ACTIVITY INTERRUPT ACK or ACTIVITY DISCARD ACK comes",
        "ABORT comes"
    };
    private static final String[] PREPARED = {"", "MAA/AEA", "RS/AI/AD", "RA/AIA/ADA", "AB"};
    private static final String[] ENCLOSURES = {"middle of SSDU", "beginning of SSDU", "end of SSDU", "whole SSDU"};

    private static final String[] SIDES = {
        "the initiator", "the responder", "whom the called user chooses", "a reserved place"
    };

    private ParameterText() {}

    /** The meaning of a value in that kind of SPDU; the value must have a length that the parameter allows. */
    static String of(SpduType type, Parameter parameter, Octets value) {
        if (value.isEmpty()) {
            return "of no octets: as if absent";
        }
        return switch (parameter.kind()) {
            case GROUP -> "";
            case NUMBER -> number(type, parameter, value);
            case SERIAL -> new String(value.toByteArray(), StandardCharsets.US_ASCII);
            case SELECTOR ->
                value.length() > Selector.MAX_LENGTH
                        ? "0x" + value
                        : Selector.of(value.toByteArray()).toString();
            case REASON -> reason(type, value.at(0));
            case OCTETS -> parameter == Parameter.ACTIVITY_IDENTIFIER ? readable(value) : "0x" + value;
            case USER_DATA -> value.length() + " octets";
        };
    }

    /** Octets as text in quotation marks if they are such, else in hexadecimal. */
    static String readable(Octets value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.at(i) < 0x20 || value.at(i) > 0x7e) {
                return "0x" + value;
            }
        }
        return '"' + new String(value.toByteArray(), StandardCharsets.US_ASCII) + '"';
    }

    private static String number(SpduType type, Parameter parameter, Octets value) {
        int last = value.at(value.length() - 1);
        return switch (parameter) {
            case TRANSPORT_DISCONNECT -> transportDisconnect(last);
            case TOKEN_ITEM -> new Tokens(last & Variables.ALL_TOKENS).toString();
            case TOKEN_SETTING_ITEM -> setting(new TokenSetting(last));
            case PROTOCOL_OPTIONS ->
                (last & 1) == 0 ? "basic concatenation only" : "able to receive extended concatenated SPDUs";
            case SESSION_USER_REQUIREMENTS -> new FunctionalUnits((value.at(0) << 8 | last) & 0x1fff).toString();
            case VERSION_NUMBER -> (last & 3) == 3 ? "1 and 2" : Integer.toString(last);
            case TSDU_MAXIMUM_SIZE ->
                "to the responder "
                        + size(value.at(0) << 8 | value.at(1))
                        + ", to the initiator "
                        + size(value.at(2) << 8 | last);
            case ENCLOSURE_ITEM -> ENCLOSURES[last & 3];
            case RESYNC_TYPE, SECOND_RESYNC_TYPE -> last < RESYNC_TYPES.length ? RESYNC_TYPES[last] : unknown(last);
            case PREPARE_TYPE -> last > 0 && last < PREPARE_TYPES.length ? PREPARE_TYPES[last] : unknown(last);
            case SYNC_TYPE_ITEM -> type == SpduType.MIP ? syncType(last) : activityEnd(last);
            case DATA_OVERFLOW -> (last & 1) == 0 ? "no more connect data" : "more connect data comes";
            default -> Integer.toString(last);
        };
    }

    private static String unknown(int value) {
        return "reserved value " + value;
    }

    private static String size(int octets) {
        return octets == 0 ? "without limit" : octets + " octets";
    }

    private static String activityEnd(int bits) {
        return (bits & 1) == 0 ? "the end of an activity" : "not the end of an activity";
    }

    private static String syncType(int bits) {
        return ((bits & 1) == 0 ? "explicit confirmation required" : "explicit confirmation not required")
                + ((bits & 2) == 0 ? "" : ", data separation");
    }

    private static String transportDisconnect(int bits) {
        StringJoiner text = new StringJoiner(", ");
        text.add((bits & Translation.RELEASED) == 0 ? "transport connection kept" : "transport connection released");
        if ((bits & Translation.USER_ABORT) != 0) {
            text.add("user abort");
        }
        if ((bits & Translation.PROTOCOL_ERROR) != 0) {
            text.add("protocol error");
        }
        if ((bits & Translation.NO_REASON) != 0) {
            text.add("no reason");
        }
        if ((bits & Translation.IMPLEMENTATION_RESTRICTION) != 0) {
            text.add("implementation restriction");
        }
        return text.toString();
    }

    /** What a PREPARE announces, in few words. */
    static String prepared(int type) {
        return (type > 0 && type < PREPARED.length ? PREPARED[type] : unknown(type)) + " comes";
    }

    private static String setting(TokenSetting setting) {
        StringJoiner text = new StringJoiner(", ");
        for (Token token : Token.values()) {
            text.add(token + ": "
                    + setting.side(token).name().toLowerCase(Locale.ROOT).replace('_', ' '));
        }
        return text.toString();
    }

    /**
     * Where a setting puts the tokens, in a few words: most at one side, the others named.
     *
     * @param available those that matter
     */
    static String places(TokenSetting setting, Tokens available) {
        int[] count = new int[TokenSetting.Side.values().length];
        for (Token token : available.tokens()) {
            count[setting.side(token).ordinal()]++;
        }
        TokenSetting.Side most = TokenSetting.Side.INITIATOR;
        for (TokenSetting.Side side : TokenSetting.Side.values()) {
            most = count[side.ordinal()] > count[most.ordinal()] ? side : most;
        }
        StringBuilder text = new StringBuilder(SIDES[most.ordinal()]);
        for (Token token : available.tokens()) {
            if (setting.side(token) != most) {
                text.append(" but ")
                        .append(token)
                        .append(" to ")
                        .append(SIDES[setting.side(token).ordinal()]);
            }
        }
        return text.toString();
    }

    private static String reason(SpduType type, int code) {
        if (type == SpduType.RF) {
            SessionRefusal refusal = SessionRefusal.ofCode(code);
            return refusal.code() == code ? refusal.text() : unknown(code);
        }
        return switch (code) {
            case 0 -> "no specific reason";
            case 1 -> "user's ability to receive jeopardized";
            case 3 -> "user sequence error";
            case 5 -> "local user error";
            case 6 -> "unrecoverable procedural error";
            case 128 -> "demand data token";
            default -> unknown(code);
        };
    }
}
