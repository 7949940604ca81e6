package org.osistack.presentation.x226;

import java.util.List;
import org.osistack.core.Dissection;
import org.osistack.core.Pdu;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.presentation.ObjectIdentifier;
import org.osistack.presentation.PresentationRequirements;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.BitString;
import org.osistack.presentation.ber.Tag;

/** Explains the PPDUs that establish a connection: CP, CPA and CPR. */
final class NegotiationExplanation {
    private final Explanation ppdu;
    private final BerReader in;
    private final Dissection out;
    private final ContextNames names;

    NegotiationExplanation(Explanation ppdu) {
        this.ppdu = ppdu;
        this.in = ppdu.in;
        this.out = ppdu.out;
        this.names = ppdu.names;
    }

    /** CP or CPA. */
    void connect() {
        boolean isAccept = isAccept(ppdu.pdu);
        out.pdu(Explanation.PROTOCOL, isAccept ? "CPA" : "CP");
        if (!isAccept) {
            names.clear();
        }
        in.enter(Tag.SET);
        while (in.hasMore()) {
            int offset = in.offset();
            int length = in.length();
            switch (in.tag()) {
                case 0xa0 -> {
                    int mode = CpPpdu.parseMode(in);
                    String text = mode == CpPpdu.NORMAL_MODE ? "normal" : "X.410-1984";
                    out.field("mode-selector", offset, length, mode, text, Explanation.PARAMETERS);
                }
                case 0xa2 -> {
                    out.group("normal-mode-parameters", offset, length, "");
                    in.enter(0xa2);
                    while (in.hasMore()) {
                        parameter(isAccept);
                    }
                    in.leave();
                    out.end();
                }
                default -> ppdu.other();
            }
        }
        in.leave();
        if (isAccept && names.defined() < 0) {
            names.define(0);
        }
        List<Integer> proposed = names.proposed();
        out.summary(
                isAccept
                        ? names.defined() + " of " + proposed.size() + " contexts accepted"
                        : proposed.size() + " contexts proposed: " + names(proposed));
    }

    private String names(List<Integer> proposed) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(3, proposed.size()); i++) {
            text.append(i == 0 ? "" : ", ").append(names.text(proposed.get(i)));
        }
        return text.append(proposed.size() > 3 ? " …" : "").toString();
    }

    /** A CPA has a result list or a responding selector, a CP has none of them. */
    private static boolean isAccept(Pdu pdu) {
        BerReader in = new BerReader(pdu).enter(Tag.SET);
        while (in.hasMore() && !in.isAt(0xa2)) {
            in.skip();
        }
        in.enter(0xa2);
        while (in.hasMore()) {
            if (in.isAt(Parameters.DEFINITION_RESULT_LIST) || in.isAt(0x83)) {
                return true;
            }
            in.skip();
        }
        return false;
    }

    /** CPR, whose SEQUENCE was entered. */
    void reject() {
        out.pdu(Explanation.PROTOCOL, "CPR").summary("the called user refused");
        while (in.hasMore()) {
            int offset = in.offset();
            int length = in.length();
            if (in.isAt(0x8a)) {
                int reason = in.integer(0x8a, 0, 127);
                String text = new CprPpdu(null, null, List.of(), -1, reason, null)
                        .refusal()
                        .text();
                out.field("provider-reason", offset, length, reason, text, Explanation.PARAMETERS);
                out.summary(text);
            } else if (in.isAt(0x87)) {
                out.field("default-context-result", offset, length, in.integer(0x87), "", Explanation.PARAMETERS);
            } else {
                parameter(false);
            }
        }
    }

    private void parameter(boolean isAccept) {
        int offset = in.offset();
        int length = in.length();
        switch (in.tag()) {
            case 0x80 -> field("protocol-version", offset, length, bits(0x80).named(), "version 1");
            case 0x81 -> selector("calling-presentation-selector", 0x81, offset, length);
            case 0x82 -> selector("called-presentation-selector", 0x82, offset, length);
            case 0x83 -> selector("responding-presentation-selector", 0x83, offset, length);
            case 0x88 -> {
                BitString bits = bits(0x88);
                PresentationRequirements requirements = Parameters.requirements(bits);
                field("presentation-requirements", offset, length, bits.named(), requirements.toString());
            }
            case 0x89 -> {
                int units = bits(0x89).named();
                field("user-session-requirements", offset, length, units, new FunctionalUnits(units).toString());
            }
            case Parameters.DEFINITION_LIST ->
                ppdu.contexts("presentation-context-definition-list", Parameters.DEFINITION_LIST, names::propose);
            case Parameters.DEFINITION_RESULT_LIST -> {
                int accepted = ppdu.results(
                        "presentation-context-definition-result-list",
                        Parameters.DEFINITION_RESULT_LIST,
                        names.proposed());
                if (isAccept) {
                    names.define(accepted);
                }
            }
            case 0xa6 -> {
                in.enter(0xa6);
                ObjectIdentifier abstractSyntax = in.objectIdentifier(0x80);
                ObjectIdentifier transferSyntax = in.objectIdentifier(0x81);
                in.leave();
                String text = ContextNames.name(abstractSyntax) + ", " + ContextNames.name(transferSyntax);
                field("default-context-name", offset, length, 0, text);
            }
            default -> ppdu.userDataOrOther();
        }
    }

    private BitString bits(int tag) {
        return in.bitString(tag);
    }

    private void selector(String name, int tag, int offset, int length) {
        field(name, offset, length, 0, X226Entity.selector(in.octetString(tag)).toString());
    }

    private void field(String name, int offset, int length, long value, String text) {
        out.field(name, offset, length, value, text, Explanation.PARAMETERS);
    }
}
