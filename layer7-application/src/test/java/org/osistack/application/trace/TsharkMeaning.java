package org.osistack.application.trace;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import org.osistack.core.Selector;

/** What tshark says that the value of a session parameter means, in the words of our dissector. */
final class TsharkMeaning {
    private static final String[][] TOKENS = {
        {"ses.data_token", "data"},
        {"ses.synchronize_token", "synchronize-minor"},
        {"ses.major.token", "major/activity"},
        {"ses.release_token", "release"}
    };
    private static final String[][] SETTINGS = {
        {"ses.data_token_setting", "data"},
        {"ses.synchronize_minor_token_setting", "synchronize-minor"},
        {"ses.major_activity_token_setting", "major/activity"},
        {"ses.release_token_setting", "release"}
    };
    private static final String[][] UNITS = {
        {"ses.half_duplex", "half-duplex"},
        {"ses.duplex", "duplex"},
        {"ses.expedited_data", "expedited data"},
        {"ses.minor_resynchronize", "minor synchronize"},
        {"ses.major_resynchronize", "major synchronize"},
        {"ses.resynchronize", "resynchronize"},
        {"ses.activity_management", "activity management"},
        {"ses.negotiated_release", "negotiated release"},
        {"ses.capability_data", "capability data exchange"},
        {"ses.exception_data", "exceptions"},
        {"ses.typed_data", "typed data"},
        {"ses.symm_sync", "symmetric synchronize"},
        {"ses.data_sep", "data separation"}
    };
    private static final String[][] DISCONNECT = {
        {"ses.transport_flags.user_abort", "user abort"},
        {"ses.transport_flags.protocol_error", "protocol error"},
        {"ses.transport_flags.no_reason", "no reason"},
        {"ses.transport_flags.implementation_restriction", "implementation restriction"}
    };
    private static final Map<String, String> SIDES = Map.of(
            "initiator's side", "initiator",
            "responder's side", "responder",
            "called SS user's choice", "called users choice",
            "reserved", "reserved");

    private final Pdml parameter;

    TsharkMeaning(Pdml parameter) {
        this.parameter = parameter;
    }

    /** The meaning of a parameter with that code; null if tshark says nothing about it. */
    String of(int code) {
        return switch (code) {
            case 9 -> octets("ses.called_ss_user_reference");
            case 10 -> octets("ses.calling_ss_user_reference");
            case 11 -> octets("ses.common_reference");
            case 12 -> octets("ses.additional_reference_information");
            case 16 -> has("ses.data_token") ? list("none", set(TOKENS)) : null;
            case 17 -> has("ses.transport_flags.connection") ? disconnect() : null;
            case 19 ->
                !has("ses.connect.f1")
                        ? null
                        : is("ses.connect.f1")
                                ? "able to receive extended concatenated SPDUs"
                                : "basic concatenation only";
            case 20 -> has("ses.duplex") ? "kernel" + with(set(UNITS)) : null;
            case 21 -> maximumSizes();
            case 22 ->
                !has("ses.protocol_version1")
                        ? null
                        : is("ses.protocol_version1") && is("ses.protocol_version2")
                                ? "1 and 2"
                                : is("ses.protocol_version2") ? "2" : "1";
            case 23 -> text("ses.initial_serial_number");
            case 25 -> has("ses.end_of_SSDU") ? enclosure() : null;
            case 26 -> has("ses.data_token_setting") ? settings() : null;
            case 41 -> identifier();
            case 42 -> text("ses.serial_number");
            case 50 ->
                has("ses.reason_code") ? parameter.first("ses.reason_code").meaning() : null;
            case 51 -> selector("ses.calling_session_selector");
            case 52 -> selector("ses.called_session_selector");
            case 54 -> text("ses.second_serial_number");
            case 55 -> text("ses.second_initial_serial_number");
            default -> null;
        };
    }

    private boolean has(String field) {
        return parameter.first(field) != null;
    }

    private boolean is(String field) {
        return has(field) && parameter.first(field).show().equals("1");
    }

    private String text(String field) {
        return has(field) ? parameter.first(field).show() : null;
    }

    private String octets(String field) {
        return has(field) ? "0x" + hex(field) : null;
    }

    private String hex(String field) {
        return parameter.first(field).show().replace(":", "");
    }

    private String selector(String field) {
        return has(field) ? Selector.of(HexFormat.of().parseHex(hex(field))).toString() : null;
    }

    private String identifier() {
        if (!has("ses.activity_identifier")) {
            return null;
        }
        String hex = hex("ses.activity_identifier");
        StringBuilder text = new StringBuilder();
        for (byte octet : HexFormat.of().parseHex(hex)) {
            text.append((char) (octet & 0xff));
        }
        return text.chars().allMatch(c -> c >= 0x20 && c <= 0x7e) ? "\"" + text + '"' : "0x" + hex;
    }

    private List<String> set(String[][] flags) {
        List<String> set = new ArrayList<>();
        for (String[] flag : flags) {
            if (is(flag[0])) {
                set.add(flag[1]);
            }
        }
        return set;
    }

    private static String list(String otherwise, List<String> values) {
        return values.isEmpty() ? otherwise : String.join(", ", values);
    }

    private static String with(List<String> values) {
        return values.isEmpty() ? "" : ", " + String.join(", ", values);
    }

    private String disconnect() {
        String connection = is("ses.transport_flags.connection") ? "released" : "kept";
        return "transport connection " + connection + with(set(DISCONNECT));
    }

    private String enclosure() {
        boolean begins = is("ses.beginning_of_SSDU");
        boolean ends = is("ses.end_of_SSDU");
        return begins && ends ? "whole SSDU" : begins ? "beginning of SSDU" : ends ? "end of SSDU" : "middle of SSDU";
    }

    private String settings() {
        Map<String, String> sides = new LinkedHashMap<>();
        for (String[] setting : SETTINGS) {
            String shown = parameter.first(setting[0]).meaning();
            String side = shown.replaceAll("^.*: | \\(0x[0-9a-f]+\\)$", "");
            sides.put(setting[1], SIDES.getOrDefault(side, side));
        }
        List<String> texts = new ArrayList<>();
        for (Entry<String, String> side : sides.entrySet()) {
            texts.add(side.getKey() + ": " + side.getValue());
        }
        return String.join(", ", texts);
    }

    private String maximumSizes() {
        if (!has("ses.proposed_tsdu_maximum_size_i2r")) {
            return null;
        }
        return "to the responder " + size("ses.proposed_tsdu_maximum_size_i2r") + ", to the initiator "
                + size("ses.proposed_tsdu_maximum_size_r2i");
    }

    private String size(String field) {
        String octets = parameter.first(field).show();
        return octets.equals("0") ? "without limit" : octets + " octets";
    }
}
