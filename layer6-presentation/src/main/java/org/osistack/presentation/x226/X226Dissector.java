package org.osistack.presentation.x226;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osistack.core.Direction;
import org.osistack.core.Dissection;
import org.osistack.core.Dissector;
import org.osistack.core.Pdu;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.presentation.ContextResult;
import org.osistack.presentation.ObjectIdentifier;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.BitString;
import org.osistack.presentation.ber.Tag;
import org.osistack.session.SessionAddress;

/**
 * Explains PPDUs. It remembers the contexts that CP and CPA agree on, to name them in the values that follow.
 *
 * <p>PPDUs do not say what they are: the session primitive that carries them does. Its name, if it is given as that
 * which tells users apart, decides; else what has been seen and the octets do.
 */
final class X226Dissector implements Dissector {
    private static final String PROTOCOL = "X.226";
    private static final String PARAMETERS = "X.226 §8.2";
    private static final String USER_DATA = "X.226 §8.4";
    private static final int MAX_LISTED = 100;

    private final Dissector unitData = new UnitDataDissector();
    private final Map<Integer, ObjectIdentifier> abstractSyntaxes = new HashMap<>();
    private final List<Integer> proposed = new ArrayList<>();
    private int accepted = -1; // how many contexts; -1 before the CPA PPDU

    @Override
    public void dissect(Pdu pdu, Object sap, Direction direction, Dissection out) {
        if (sap instanceof SessionAddress) { // connections tell no addresses
            unitData.dissect(pdu, sap, direction, out);
            return;
        }
        String primitive = sap == null ? "" : sap.toString();
        BerReader in = new BerReader(pdu);
        switch (in.tag()) {
            case Tag.SET -> connect(pdu, in, primitive, out);
            case Tag.SEQUENCE -> sequence(pdu, in, primitive, out);
            case 0xa0 -> {
                if (primitive.startsWith("S-TYPED-DATA")) {
                    out.pdu(PROTOCOL, "AC").summary("alter context");
                } else {
                    userAbort(pdu, in, out);
                }
            }
            case 0xa1 -> out.pdu(PROTOCOL, "ACA").summary("alter context acknowledge");
            default -> data(pdu, in, primitive, out);
        }
    }

    // ---- CP and CPA ----

    private void connect(Pdu pdu, BerReader in, String primitive, Dissection out) {
        boolean isAccept = isAccept(pdu);
        out.pdu(PROTOCOL, isAccept ? "CPA" : "CP");
        if (!isAccept) {
            abstractSyntaxes.clear();
            proposed.clear();
            accepted = -1;
        }
        in.enter(Tag.SET);
        while (in.hasMore()) {
            int offset = in.offset();
            int length = in.length();
            switch (in.tag()) {
                case 0xa0 -> {
                    int mode = CpPpdu.parseMode(in);
                    String text = mode == CpPpdu.NORMAL_MODE ? "normal" : "X.410-1984";
                    out.field("mode-selector", offset, length, mode, text, PARAMETERS);
                }
                case 0xa2 -> {
                    out.group("normal-mode-parameters", offset, length, "");
                    in.enter(0xa2);
                    while (in.hasMore()) {
                        parameter(pdu, in, isAccept, out);
                    }
                    in.leave();
                    out.end();
                }
                default -> other(in, out);
            }
        }
        in.leave();
        if (isAccept && accepted < 0) {
            accepted = 0;
        }
        out.summary(
                isAccept
                        ? accepted + " of " + proposed.size() + " contexts accepted"
                        : proposed.size() + " contexts proposed: " + names());
    }

    private String names() {
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < Math.min(3, proposed.size()); i++) {
            int id = proposed.get(i);
            names.append(i == 0 ? "" : ", ").append(id).append(" = ").append(name(abstractSyntaxes.get(id)));
        }
        return names.append(proposed.size() > 3 ? " …" : "").toString();
    }

    /** A CPA has a result list or a responding selector, a CP has none of them. */
    private static boolean isAccept(Pdu pdu) {
        BerReader in = new BerReader(pdu).enter(Tag.SET);
        while (in.hasMore() && !in.isAt(0xa2)) {
            in.skip();
        }
        in.enter(0xa2);
        while (in.hasMore()) {
            if (in.isAt(0xa5) || in.isAt(0x83)) {
                return true;
            }
            in.skip();
        }
        return false;
    }

    private void parameter(Pdu pdu, BerReader in, boolean isAccept, Dissection out) {
        int offset = in.offset();
        int length = in.length();
        switch (in.tag()) {
            case 0x80 -> out.field("protocol-version", offset, length, bits(in, 0x80), "version 1", PARAMETERS);
            case 0x81 -> selector("calling-presentation-selector", in, 0x81, offset, length, out);
            case 0x82 -> selector("called-presentation-selector", in, 0x82, offset, length, out);
            case 0x83 -> selector("responding-presentation-selector", in, 0x83, offset, length, out);
            case 0x88 -> {
                int units = bits(in, 0x88);
                String text = units == 0
                        ? "kernel"
                        : ((units & 1) != 0 ? "context management" : "") + ((units & 2) != 0 ? " restoration" : "");
                out.field("presentation-requirements", offset, length, units, text, PARAMETERS);
            }
            case 0x89 -> {
                int units = bits(in, 0x89);
                String text = new FunctionalUnits(units).toString();
                out.field("user-session-requirements", offset, length, units, text, PARAMETERS);
            }
            case 0xa4 -> definitions(in, offset, length, out);
            case 0xa5 -> results(in, offset, length, isAccept, out);
            case 0xa6 -> {
                in.enter(0xa6);
                ObjectIdentifier abstractSyntax = in.objectIdentifier(0x80);
                ObjectIdentifier transferSyntax = in.objectIdentifier(0x81);
                in.leave();
                String text = name(abstractSyntax) + ", " + name(transferSyntax);
                out.field("default-context-name", offset, length, 0, text, PARAMETERS);
            }
            default -> {
                if (UserData.isAt(in)) {
                    userData(pdu, in, out);
                } else {
                    other(in, out);
                }
            }
        }
    }

    private void definitions(BerReader in, int offset, int length, Dissection out) {
        out.group("presentation-context-definition-list", offset, length, "");
        in.enter(0xa4);
        while (in.hasMore() && proposed.size() < MAX_LISTED) {
            int at = in.offset();
            int itemLength = in.length();
            in.enter(Tag.SEQUENCE);
            int id = in.integer(Tag.INTEGER, 1, UserData.MAX_CONTEXT);
            ObjectIdentifier abstractSyntax = in.objectIdentifier(Tag.OBJECT_IDENTIFIER);
            StringBuilder text = new StringBuilder(id + " = " + name(abstractSyntax) + " in");
            in.enter(Tag.SEQUENCE);
            while (in.hasMore()) {
                text.append(' ').append(name(in.objectIdentifier(Tag.OBJECT_IDENTIFIER)));
            }
            in.leave();
            in.leave();
            if (!in.isMalformed()) {
                proposed.add(id);
                abstractSyntaxes.put(id, abstractSyntax);
                out.field("context", at, itemLength, id, text.toString(), PARAMETERS);
            }
        }
        in.leave();
        out.end();
    }

    private void results(BerReader in, int offset, int length, boolean isAccept, Dissection out) {
        out.group("presentation-context-definition-result-list", offset, length, "");
        in.enter(0xa5);
        int count = 0;
        int position = 0;
        while (in.hasMore() && position < MAX_LISTED) {
            int at = in.offset();
            int itemLength = in.length();
            in.enter(Tag.SEQUENCE);
            int result = in.integer(0x80, 0, 2);
            String text = switch (result) {
                case 0 -> "accepted in " + name(in.objectIdentifier(0x81));
                case 1 -> "rejected by the user";
                default -> "rejected by the provider: " + reason(in);
            };
            in.leave();
            if (!in.isMalformed()) {
                String which = position < proposed.size() ? proposed.get(position) + " " : "";
                out.field("result", at, itemLength, result, which + text, PARAMETERS);
                count += result == 0 ? 1 : 0;
            }
            position++;
        }
        in.leave();
        out.end();
        if (isAccept) {
            accepted = count;
        }
    }

    private static String reason(BerReader in) {
        ContextResult.Reason[] reasons = ContextResult.Reason.values();
        int reason = in.isAt(0x82) ? (int) in.integer(0x82) : 0;
        return reason >= 0 && reason < reasons.length ? reasons[reason].text() : "reason " + reason;
    }

    private static void selector(String name, BerReader in, int tag, int offset, int length, Dissection out) {
        out.field(
                name,
                offset,
                length,
                0,
                X226Entity.selector(in.octetString(tag)).toString(),
                PARAMETERS);
    }

    private static int bits(BerReader in, int tag) {
        BitString bits = in.bitString(tag);
        return bits.named();
    }

    private static void other(BerReader in, Dissection out) {
        int offset = in.offset();
        int length = in.length();
        String tag = Tag.name(in.tag());
        in.skip();
        if (!in.isMalformed()) {
            out.field("unknown parameter " + tag, offset, length, 0, "skipped");
        }
    }

    // ---- CPR, ARU and ARP ----

    private void sequence(Pdu pdu, BerReader in, String primitive, Dissection out) {
        BerReader look = new BerReader(pdu).enter(Tag.SEQUENCE);
        boolean isAbort = primitive.contains("ABORT")
                || !primitive.contains("CONNECT") && (accepted >= 0 || look.isAt(0x80) && look.length() == 3);
        in.enter(Tag.SEQUENCE);
        if (isAbort) {
            providerAbort(in, out);
        } else {
            reject(pdu, in, out);
        }
    }

    private static void providerAbort(BerReader in, Dissection out) {
        out.pdu(PROTOCOL, "ARP");
        int reason = -1;
        int event = -1;
        while (in.hasMore()) {
            int offset = in.offset();
            int length = in.length();
            if (in.isAt(0x80)) {
                reason = (int) in.integer(0x80);
                out.field("provider-reason", offset, length, reason, AbortReason.text(reason), PARAMETERS);
            } else if (in.isAt(0x81)) {
                event = (int) in.integer(0x81);
                out.field("event-identifier", offset, length, event, Event.text(event), PARAMETERS);
            } else {
                other(in, out);
            }
        }
        out.summary(new ArpPpdu(reason, event).text());
    }

    private void reject(Pdu pdu, BerReader in, Dissection out) {
        out.pdu(PROTOCOL, "CPR").summary("the called user refused");
        while (in.hasMore()) {
            int offset = in.offset();
            int length = in.length();
            if (in.isAt(0x8a)) {
                int reason = in.integer(0x8a, 0, 127);
                String text = new CprPpdu(null, null, List.of(), -1, reason, null)
                        .refusal()
                        .text();
                out.field("provider-reason", offset, length, reason, text, PARAMETERS);
                out.summary(text);
            } else if (in.isAt(0x87)) {
                out.field("default-context-result", offset, length, in.integer(0x87), "", PARAMETERS);
            } else {
                parameter(pdu, in, false, out);
            }
        }
    }

    private void userAbort(Pdu pdu, BerReader in, Dissection out) {
        out.pdu(PROTOCOL, "ARU").summary("abort by the user");
        in.enter(AruPpdu.NORMAL_MODE);
        while (in.hasMore()) {
            int offset = in.offset();
            int length = in.length();
            if (in.isAt(0xa0)) {
                StringBuilder text = new StringBuilder();
                in.enter(0xa0);
                while (in.hasMore() && text.length() < MAX_LISTED) {
                    in.enter(Tag.SEQUENCE);
                    text.append(in.integer(Tag.INTEGER)).append(" in ");
                    text.append(name(in.objectIdentifier(Tag.OBJECT_IDENTIFIER)))
                            .append(' ');
                    in.leave();
                }
                in.leave();
                String contexts = text.toString().strip();
                out.field("presentation-context-identifier-list", offset, length, 0, contexts, PARAMETERS);
            } else if (UserData.isAt(in)) {
                userData(pdu, in, out);
            } else {
                other(in, out);
            }
        }
    }

    // ---- User data ----

    private void data(Pdu pdu, BerReader in, String primitive, Dissection out) {
        boolean isTyped = primitive.startsWith("S-TYPED-DATA");
        boolean isData = primitive.isEmpty() || primitive.startsWith("S-DATA");
        out.pdu(PROTOCOL, isTyped ? "TTD" : isData ? "TD" : "user data");
        BerReader look = new BerReader(pdu).enter(UserData.FULL).enter(Tag.SEQUENCE);
        look.integer(Tag.INTEGER);
        boolean isSimple = accepted >= 0 && accepted <= 1 && look.isMalformed() || !UserData.isAt(in);
        if (isSimple && accepted <= 1) {
            String context = accepted == 1 ? "the only context" : "the default context";
            out.summary(context + ", simply encoded").sdu(0, pdu.length());
        } else if (UserData.isAt(in)) {
            out.summary(userData(pdu, in, out));
        } else {
            out.summary("not a PPDU");
        }
    }

    /** Explain User-data, and say in a few words what it carries. */
    private String userData(Pdu pdu, BerReader in, Dissection out) {
        int offset = in.offset();
        int length = in.length();
        if (!in.isAt(UserData.FULL)) {
            in.pass(in.tag());
            if (!in.isMalformed()) {
                out.field("simply-encoded-data", offset, length, 0, "", USER_DATA);
                out.sdu(in.contentsOffset(), in.contentsLength());
            }
            return "simply encoded";
        }
        out.group("fully-encoded-data", offset, length, "");
        StringBuilder summary = new StringBuilder();
        in.enter(UserData.FULL);
        for (int i = 0; in.hasMore() && i < MAX_LISTED; i++) {
            pdvList(in, summary, out);
        }
        in.leave();
        out.end();
        return summary.toString();
    }

    private void pdvList(BerReader in, StringBuilder summary, Dissection out) {
        out.group("PDV-list", in.offset(), in.length(), "");
        in.enter(Tag.SEQUENCE);
        while (in.hasMore()) {
            int offset = in.offset();
            int length = in.length();
            int tag = in.tag();
            switch (tag) {
                case Tag.OBJECT_IDENTIFIER -> {
                    String text = name(in.objectIdentifier(tag));
                    out.field("transfer-syntax-name", offset, length, 0, text, USER_DATA);
                }
                case Tag.INTEGER -> {
                    int id = in.integer(tag, 1, UserData.MAX_CONTEXT);
                    String text = id + (abstractSyntaxes.containsKey(id) ? " = " + name(abstractSyntaxes.get(id)) : "");
                    out.field("presentation-context-identifier", offset, length, id, text, USER_DATA);
                    if (!in.isMalformed()) {
                        summary.append(summary.isEmpty() ? "context " : ", ").append(text);
                    }
                }
                default -> values(in, offset, length, tag, out);
            }
        }
        in.leave();
        out.end();
    }

    private static void values(BerReader in, int offset, int length, int tag, Dissection out) {
        String name = switch (tag) {
            case UserData.SINGLE_ASN1_TYPE -> "single-ASN1-type";
            case UserData.OCTET_ALIGNED -> "octet-aligned";
            case UserData.ARBITRARY -> "arbitrary";
            default -> Tag.name(tag);
        };
        in.pass(tag);
        if (!in.isMalformed()) {
            out.field(name, offset, length, 0, in.contentsLength() + " octets", USER_DATA);
            if (!out.hasSdu()) {
                out.sdu(in.contentsOffset(), in.contentsLength());
            }
        }
    }

    private static String name(ObjectIdentifier identifier) {
        if (ObjectIdentifier.ACSE.equals(identifier)) {
            return "ACSE";
        }
        return ObjectIdentifier.BER.equals(identifier) ? "BER" : String.valueOf(identifier);
    }
}
