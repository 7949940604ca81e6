package org.osistack.presentation.x226;

import java.util.List;
import org.osistack.core.Direction;
import org.osistack.core.Dissection;
import org.osistack.core.Pdu;
import org.osistack.presentation.ContextResult;
import org.osistack.presentation.ObjectIdentifier;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.Tag;

/**
 * One PPDU that is being explained, with what the explanations of all PPDUs share: user data, lists of contexts, results
 * and parameters that are not known.
 */
final class Explanation {
    static final String PROTOCOL = "X.226";
    static final String PARAMETERS = "X.226 §8.2";

    private static final String USER_DATA = "X.226 §8.4";

    final Pdu pdu;
    final BerReader in;
    final Direction direction;
    final ContextNames names;
    final Dissection out;

    Explanation(Pdu pdu, Direction direction, ContextNames names, Dissection out) {
        this.pdu = pdu;
        this.in = new BerReader(pdu);
        this.direction = direction;
        this.names = names;
        this.out = out;
    }

    /** A parameter that is not known. */
    void other() {
        int offset = in.offset();
        int length = in.length();
        String tag = Tag.name(in.tag());
        in.skip();
        if (!in.isMalformed()) {
            out.field("unknown parameter " + tag, offset, length, 0, "skipped");
        }
    }

    /** User data if it is next, else a parameter that is not known. */
    void userDataOrOther() {
        if (UserData.isAt(in)) {
            userData();
        } else {
            other();
        }
    }

    // ---- Lists ----

    /** Hears of a context in a list. */
    interface ContextListener {
        void context(int id, ObjectIdentifier abstractSyntax);
    }

    /** Contexts with their abstract and transfer syntaxes. */
    void contexts(String name, int tag, ContextListener listener) {
        out.group(name, in.offset(), in.length(), "");
        in.enter(tag);
        for (int i = 0; in.hasMore() && i < ContextNames.MAX_LISTED; i++) {
            int offset = in.offset();
            int length = in.length();
            in.enter(Tag.SEQUENCE);
            int id = in.integer(Tag.INTEGER, 1, UserData.MAX_CONTEXT);
            ObjectIdentifier abstractSyntax = in.objectIdentifier(Tag.OBJECT_IDENTIFIER);
            StringBuilder text = new StringBuilder(id + " = " + ContextNames.name(abstractSyntax) + " in");
            in.enter(Tag.SEQUENCE);
            while (in.hasMore()) {
                text.append(' ').append(ContextNames.name(in.objectIdentifier(Tag.OBJECT_IDENTIFIER)));
            }
            in.leave();
            in.leave();
            if (!in.isMalformed()) {
                listener.context(id, abstractSyntax);
                out.field("context", offset, length, id, text.toString(), PARAMETERS);
            }
        }
        in.leave();
        out.end();
    }

    /**
     * What became of contexts.
     *
     * @param asked the contexts in question, in their order
     * @return how many were accepted
     */
    int results(String name, int tag, List<Integer> asked) {
        out.group(name, in.offset(), in.length(), "");
        in.enter(tag);
        int accepted = 0;
        for (int i = 0; in.hasMore() && i < ContextNames.MAX_LISTED; i++) {
            int offset = in.offset();
            int length = in.length();
            in.enter(Tag.SEQUENCE);
            int result = in.integer(0x80, 0, 2);
            String text = switch (result) {
                case 0 -> "accepted in " + ContextNames.name(in.objectIdentifier(0x81));
                case 1 -> "rejected by the user";
                default -> "rejected by the provider: " + reason();
            };
            in.leave();
            if (!in.isMalformed()) {
                String which = i < asked.size() ? asked.get(i) + " " : "";
                out.field("result", offset, length, result, which + text, PARAMETERS);
                accepted += result == 0 ? 1 : 0;
            }
        }
        in.leave();
        out.end();
        return accepted;
    }

    private String reason() {
        ContextResult.Reason[] reasons = ContextResult.Reason.values();
        long reason = in.isAt(0x82) ? in.integer(0x82) : 0;
        return reason >= 0 && reason < reasons.length ? reasons[(int) reason].text() : "reason " + reason;
    }

    /** Contexts with the transfer syntaxes that they have. */
    void identifiers() {
        int offset = in.offset();
        int length = in.length();
        StringBuilder text = new StringBuilder();
        in.enter(0xa0);
        while (in.hasMore() && text.length() < ContextNames.MAX_LISTED) {
            in.enter(Tag.SEQUENCE);
            text.append(text.isEmpty() ? "" : ", ").append(in.integer(Tag.INTEGER));
            text.append(" in ").append(ContextNames.name(in.objectIdentifier(Tag.OBJECT_IDENTIFIER)));
            in.leave();
        }
        in.leave();
        out.field("presentation-context-identifier-list", offset, length, 0, text.toString(), PARAMETERS);
    }

    // ---- User data ----

    /** Explain User-data, and say in a few words what it carries. */
    String userData() {
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
        for (int i = 0; in.hasMore() && i < ContextNames.MAX_LISTED; i++) {
            pdvList(summary);
        }
        in.leave();
        out.end();
        return summary.toString();
    }

    private void pdvList(StringBuilder summary) {
        out.group("PDV-list", in.offset(), in.length(), "");
        in.enter(Tag.SEQUENCE);
        while (in.hasMore()) {
            int offset = in.offset();
            int length = in.length();
            int tag = in.tag();
            switch (tag) {
                case Tag.OBJECT_IDENTIFIER -> {
                    String text = ContextNames.name(in.objectIdentifier(tag));
                    out.field("transfer-syntax-name", offset, length, 0, text, USER_DATA);
                }
                case Tag.INTEGER -> {
                    int id = in.integer(tag, 1, UserData.MAX_CONTEXT);
                    String text = names.text(id);
                    out.field("presentation-context-identifier", offset, length, id, text, USER_DATA);
                    if (!in.isMalformed()) {
                        summary.append(summary.isEmpty() ? "context " : ", ").append(text);
                    }
                }
                default -> values(offset, length, tag);
            }
        }
        in.leave();
        out.end();
    }

    private void values(int offset, int length, int tag) {
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
}
