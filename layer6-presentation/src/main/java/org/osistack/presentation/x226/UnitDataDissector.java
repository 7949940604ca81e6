package org.osistack.presentation.x226;

import java.util.HashMap;
import java.util.Map;
import java.util.StringJoiner;
import org.osistack.core.Direction;
import org.osistack.core.Dissection;
import org.osistack.core.Dissector;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.Selector;
import org.osistack.presentation.ObjectIdentifier;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.Tag;

/** Explains the PPDU of X.236, which brings all that there is to know about it. */
final class UnitDataDissector implements Dissector {
    private static final String CLAUSE = "X.236 §8";
    private static final int MAX_LISTED = 100;

    @Override
    public void dissect(Pdu pdu, Object sap, Direction direction, Dissection out) {
        BerReader in = new BerReader(pdu);
        if (!in.isAt(Tag.SEQUENCE)) {
            out.pdu("X.236", "?").summary("no UD PPDU");
            out.field("octets", 0, pdu.length(), 0, pdu.length() + " octets");
            return;
        }
        new Walk(in, out).unit();
    }

    /** One walk through one PPDU. */
    private static final class Walk {
        private final BerReader in;
        private final Dissection out;
        private final Map<Integer, ObjectIdentifier> abstractSyntaxes = new HashMap<>();
        private final StringJoiner summary = new StringJoiner(", ");

        Walk(BerReader in, Dissection out) {
            this.in = in;
            this.out = out;
        }

        void unit() {
            out.pdu("X.236", "UD");
            in.enter(Tag.SEQUENCE);
            while (in.hasMore()) {
                parameter();
            }
            in.leave();
            while (in.hasMore()) {
                int offset = in.offset();
                int length = in.length();
                in.skip();
                if (!in.isMalformed()) {
                    out.field("UDC", offset, length, 0, "the same values in another transfer syntax", CLAUSE);
                }
            }
            out.summary(in.isMalformed() ? "not understood" : summary.toString());
        }

        private void parameter() {
            int offset = in.offset();
            int length = in.length();
            int tag = in.tag();
            switch (tag) {
                case 0x80 -> {
                    int bits = in.bitString(0x80).named();
                    out.field("protocol-version", offset, length, bits, "version 1", CLAUSE);
                }
                case 0x81 -> selector("calling-presentation-selector", tag, offset, length);
                case 0x82 -> selector("called-presentation-selector", tag, offset, length);
                case Parameters.DEFINITION_LIST -> definitions(offset, length);
                case UserData.SIMPLE -> {
                    in.pass(tag);
                    if (!in.isMalformed()) {
                        summary.add("simply encoded");
                        out.field("simply-encoded-data", offset, length, 0, in.contentsLength() + " octets", CLAUSE);
                        out.sdu(in.contentsOffset(), in.contentsLength());
                    }
                }
                case UserData.FULL -> fullyEncoded(offset, length);
                default -> {
                    in.skip();
                    if (!in.isMalformed()) {
                        out.field("unknown parameter " + Tag.name(tag), offset, length, 0, "skipped");
                    }
                }
            }
        }

        private void selector(String name, int tag, int offset, int length) {
            Octets octets = in.octetString(tag);
            String text = octets.length() > Selector.MAX_LENGTH
                    ? "0x" + octets
                    : Selector.of(octets.toByteArray()).toString();
            out.field(name, offset, length, 0, text, CLAUSE);
        }

        private void definitions(int offset, int length) {
            out.group("presentation-context-definition-list", offset, length, "");
            in.enter(Parameters.DEFINITION_LIST);
            while (in.hasMore() && abstractSyntaxes.size() < MAX_LISTED) {
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
                    abstractSyntaxes.put(id, abstractSyntax);
                    out.field("context", at, itemLength, id, text.toString(), CLAUSE);
                }
            }
            in.leave();
            out.end();
        }

        private void fullyEncoded(int offset, int length) {
            out.group("fully-encoded-data", offset, length, "");
            in.enter(UserData.FULL);
            for (int i = 0; in.hasMore() && i < MAX_LISTED; i++) {
                out.group("PDV-list", in.offset(), in.length(), "");
                in.enter(Tag.SEQUENCE);
                while (in.hasMore()) {
                    pdv();
                }
                in.leave();
                out.end();
            }
            in.leave();
            out.end();
        }

        private void pdv() {
            int offset = in.offset();
            int length = in.length();
            int tag = in.tag();
            if (tag == Tag.OBJECT_IDENTIFIER) {
                String text = name(in.objectIdentifier(tag));
                out.field("transfer-syntax-name", offset, length, 0, text, CLAUSE);
            } else if (tag == Tag.INTEGER) {
                int id = in.integer(tag, 1, UserData.MAX_CONTEXT);
                String text = id + (abstractSyntaxes.containsKey(id) ? " = " + name(abstractSyntaxes.get(id)) : "");
                out.field("presentation-context-identifier", offset, length, id, text, CLAUSE);
                summary.add("context " + text);
            } else {
                in.pass(tag);
                if (!in.isMalformed()) {
                    String name = tag == UserData.SINGLE_ASN1_TYPE ? "single-ASN1-type" : Tag.name(tag);
                    out.field(name, offset, length, 0, in.contentsLength() + " octets", CLAUSE);
                    if (!out.hasSdu()) {
                        out.sdu(in.contentsOffset(), in.contentsLength());
                    }
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
}
