package org.osistack.presentation.x226;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osistack.core.Direction;
import org.osistack.core.Dissection;
import org.osistack.core.Dissector;
import org.osistack.core.Pdu;
import org.osistack.presentation.ObjectIdentifier;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.Tag;
import org.osistack.session.SessionAddress;

/**
 * Explains PPDUs. It remembers the contexts that CP and CPA, AC and ACA agree on, to name them in the values that follow.
 *
 * <p>PPDUs do not say what they are: the session primitive that carries them does. Its name, if it is given as that
 * which tells users apart, decides; else what has been seen and the octets do.
 */
final class X226Dissector implements Dissector {
    private final Dissector unitData = new UnitDataDissector();
    private final ContextNames names = new ContextNames();

    @Override
    public void dissect(Pdu pdu, Object sap, Direction direction, Dissection out) {
        if (sap instanceof SessionAddress) { // connections tell no addresses
            unitData.dissect(pdu, sap, direction, out);
            return;
        }
        String primitive = sap == null ? "" : sap.toString();
        Explanation ppdu = new Explanation(pdu, direction, names, out);
        if (primitive.startsWith("S-EXPEDITED-DATA")) {
            out.pdu(Explanation.PROTOCOL, "TE").summary("the default context").sdu(0, pdu.length());
        } else if (primitive.startsWith("S-RESYNCHRONIZE")) {
            resynchronize(ppdu, isAnswer(primitive));
        } else if (primitive.startsWith("S-TYPED-DATA") && ppdu.in.isAt(AcPpdu.TAG)) {
            alter(ppdu);
        } else if (ppdu.in.isAt(AcaPpdu.TAG) && (primitive.isEmpty() || primitive.startsWith("S-TYPED-DATA"))) {
            alterAcknowledge(ppdu);
        } else if (primitive.isEmpty() || primitive.contains("CONNECT") || primitive.contains("ABORT")) {
            byTag(ppdu, primitive);
        } else {
            data(ppdu, primitive);
        }
    }

    private static boolean isAnswer(String primitive) {
        return primitive.endsWith(".response") || primitive.endsWith(".confirm");
    }

    private void byTag(Explanation ppdu, String primitive) {
        switch (ppdu.in.tag()) {
            case Tag.SET -> new NegotiationExplanation(ppdu).connect();
            case Tag.SEQUENCE -> sequence(ppdu, primitive);
            case AruPpdu.NORMAL_MODE -> userAbort(ppdu);
            default -> data(ppdu, primitive);
        }
    }

    // ---- CPR, ARU and ARP ----

    private void sequence(Explanation ppdu, String primitive) {
        BerReader look = new BerReader(ppdu.pdu).enter(Tag.SEQUENCE);
        boolean isAbort = primitive.contains("ABORT")
                || !primitive.contains("CONNECT") && (names.defined() >= 0 || look.isAt(0x80) && look.length() == 3);
        ppdu.in.enter(Tag.SEQUENCE);
        if (isAbort) {
            providerAbort(ppdu);
        } else {
            new NegotiationExplanation(ppdu).reject();
        }
    }

    private static void providerAbort(Explanation ppdu) {
        BerReader in = ppdu.in;
        Dissection out = ppdu.out;
        out.pdu(Explanation.PROTOCOL, "ARP");
        int reason = -1;
        int event = -1;
        while (in.hasMore()) {
            int offset = in.offset();
            int length = in.length();
            if (in.isAt(0x80)) {
                reason = (int) in.integer(0x80);
                out.field("provider-reason", offset, length, reason, AbortReason.text(reason), Explanation.PARAMETERS);
            } else if (in.isAt(0x81)) {
                event = (int) in.integer(0x81);
                out.field("event-identifier", offset, length, event, Event.text(event), Explanation.PARAMETERS);
            } else {
                ppdu.other();
            }
        }
        out.summary(new ArpPpdu(reason, event).text());
    }

    private static void userAbort(Explanation ppdu) {
        ppdu.out.pdu(Explanation.PROTOCOL, "ARU").summary("abort by the user");
        ppdu.in.enter(AruPpdu.NORMAL_MODE);
        identifiersAndUserData(ppdu);
    }

    private static void identifiersAndUserData(Explanation ppdu) {
        while (ppdu.in.hasMore()) {
            if (ppdu.in.isAt(RsPpdu.IDENTIFIER_LIST)) {
                ppdu.identifiers();
            } else {
                ppdu.userDataOrOther();
            }
        }
    }

    // ---- AC, ACA, RS and RSA ----

    private static void alter(Explanation ppdu) {
        Dissection out = ppdu.out.pdu(Explanation.PROTOCOL, "AC");
        BerReader in = ppdu.in.enter(AcPpdu.TAG);
        Map<Integer, ObjectIdentifier> additions = new LinkedHashMap<>();
        List<Integer> deletions = new ArrayList<>();
        while (in.hasMore()) {
            if (in.isAt(AcPpdu.ADDITION_LIST)) {
                ppdu.contexts("presentation-context-addition-list", AcPpdu.ADDITION_LIST, additions::put);
            } else if (in.isAt(AcPpdu.DELETION_LIST)) {
                out.group("presentation-context-deletion-list", in.offset(), in.length(), "");
                in.enter(AcPpdu.DELETION_LIST);
                while (in.hasMore() && deletions.size() < ContextNames.MAX_LISTED) {
                    int offset = in.offset();
                    int length = in.length();
                    int id = in.integer(Tag.INTEGER, 1, UserData.MAX_CONTEXT);
                    deletions.add(id);
                    out.field("context", offset, length, id, ppdu.names.text(id), Explanation.PARAMETERS);
                }
                in.leave();
                out.end();
            } else {
                ppdu.userDataOrOther();
            }
        }
        ppdu.names.alter(ppdu.direction, additions, deletions);
        out.summary("alter contexts: define " + list(additions.keySet()) + ", delete " + list(deletions));
    }

    private static String list(Iterable<Integer> ids) {
        StringBuilder text = new StringBuilder();
        ids.forEach(id -> text.append(text.isEmpty() ? "" : " ").append(id));
        return text.isEmpty() ? "none" : text.toString();
    }

    private static void alterAcknowledge(Explanation ppdu) {
        Dissection out = ppdu.out.pdu(Explanation.PROTOCOL, "ACA");
        BerReader in = ppdu.in.enter(AcaPpdu.TAG);
        List<Integer> additions = ppdu.names.additionsAnswered(ppdu.direction);
        List<Integer> deletions = ppdu.names.deletionsAnswered(ppdu.direction);
        int added = 0;
        int deleted = 0;
        while (in.hasMore()) {
            if (in.isAt(AcaPpdu.ADDITION_RESULT_LIST)) {
                added = ppdu.results(
                        "presentation-context-addition-result-list", AcaPpdu.ADDITION_RESULT_LIST, additions);
            } else if (in.isAt(AcaPpdu.DELETION_RESULT_LIST)) {
                deleted = deletionResults(ppdu, deletions);
            } else {
                ppdu.userDataOrOther();
            }
        }
        if (ppdu.names.defined() >= 0) {
            ppdu.names.define(Math.max(0, ppdu.names.defined() + added - deleted));
        }
        out.summary(added + " contexts defined, " + deleted + " deleted");
    }

    private static int deletionResults(Explanation ppdu, List<Integer> asked) {
        BerReader in = ppdu.in;
        ppdu.out.group("presentation-context-deletion-result-list", in.offset(), in.length(), "");
        in.enter(AcaPpdu.DELETION_RESULT_LIST);
        int deleted = 0;
        for (int i = 0; in.hasMore() && i < ContextNames.MAX_LISTED; i++) {
            int offset = in.offset();
            int length = in.length();
            int result = in.integer(Tag.INTEGER, AcaPpdu.ACCEPTANCE, AcaPpdu.USER_REJECTION);
            String which = i < asked.size() ? asked.get(i) + " " : "";
            String text = which + (result == AcaPpdu.ACCEPTANCE ? "accepted" : "rejected by the user");
            ppdu.out.field("result", offset, length, result, text, Explanation.PARAMETERS);
            deleted += in.isMalformed() || result != AcaPpdu.ACCEPTANCE ? 0 : 1;
        }
        in.leave();
        ppdu.out.end();
        return deleted;
    }

    private static void resynchronize(Explanation ppdu, boolean isAnswer) {
        ppdu.out
                .pdu(Explanation.PROTOCOL, isAnswer ? "RSA" : "RS")
                .summary(isAnswer ? "resynchronize acknowledge" : "resynchronize");
        ppdu.in.enter(Tag.SEQUENCE);
        identifiersAndUserData(ppdu);
    }

    // ---- User data ----

    private static String name(String primitive) {
        if (primitive.startsWith("S-CAPABILITY-DATA")) {
            return isAnswer(primitive) ? "TCC" : "TC";
        } else if (primitive.startsWith("S-TYPED-DATA")) {
            return "TTD";
        }
        return primitive.isEmpty() || primitive.startsWith("S-DATA") ? "TD" : "user data";
    }

    private void data(Explanation ppdu, String primitive) {
        ppdu.out.pdu(Explanation.PROTOCOL, name(primitive));
        int defined = names.defined();
        BerReader look = new BerReader(ppdu.pdu).enter(UserData.FULL).enter(Tag.SEQUENCE);
        look.integer(Tag.INTEGER);
        boolean isSimple = defined >= 0 && defined <= 1 && look.isMalformed() || !UserData.isAt(ppdu.in);
        if (isSimple && defined <= 1) {
            String context = defined == 1 ? "the only context" : "the default context";
            ppdu.out.summary(context + ", simply encoded").sdu(0, ppdu.pdu.length());
        } else if (UserData.isAt(ppdu.in)) {
            ppdu.out.summary(ppdu.userData());
        } else {
            ppdu.out.summary("not a PPDU");
        }
    }
}
