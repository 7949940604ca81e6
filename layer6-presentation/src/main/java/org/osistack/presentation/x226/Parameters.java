package org.osistack.presentation.x226;

import java.util.ArrayList;
import java.util.List;
import org.osistack.core.Octets;
import org.osistack.presentation.ContextResult;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.BitString;
import org.osistack.presentation.ber.Tag;

/** Parameters that several PPDUs have; those that are null are not written. */
final class Parameters {
    /** Protocol version 1, the only one there is. */
    static final BitString VERSION_1 = BitString.ofNamed(1, 1);
    /** No presentation functional unit but the kernel. */
    static final BitString NO_REQUIREMENTS = BitString.ofNamed(0, 2);

    private Parameters() {}

    static void octets(BerWriter out, int tag, Octets value) {
        if (value != null) {
            out.octetString(tag, value);
        }
    }

    static void bits(BerWriter out, int tag, BitString value) {
        if (value != null) {
            out.bitString(tag, value);
        }
    }

    /** Read a definition-result-list: {@code A5 L {30 L 80 result [81 transfer syntax] [82 reason]}}. */
    static List<ContextResult> results(BerReader reader) {
        List<ContextResult> results = new ArrayList<>();
        reader.enter(0xa5);
        while (reader.hasMore()) {
            reader.enter(Tag.SEQUENCE);
            int result = reader.integer(0x80, 0, 2);
            switch (result) {
                case 0 -> results.add(ContextResult.accepted(reader.objectIdentifier(0x81)));
                case 1 -> results.add(ContextResult.rejectedByUser());
                default -> {
                    ContextResult.Reason[] reasons = ContextResult.Reason.values();
                    int reason = reader.isAt(0x82) ? (int) reader.integer(0x82) : 0;
                    results.add(ContextResult.rejectedByProvider(
                            reason > 0 && reason < reasons.length ? reasons[reason] : reasons[0]));
                }
            }
            reader.leave();
        }
        reader.leave();
        return List.copyOf(results);
    }

    static void results(BerWriter out, List<ContextResult> results) {
        if (results.isEmpty()) {
            return;
        }
        int listEnd = out.mark();
        for (int i = results.size() - 1; i >= 0; i--) {
            ContextResult result = results.get(i);
            int end = out.mark();
            if (result.isAccepted()) {
                out.objectIdentifier(0x81, result.transferSyntax());
            } else if (result.result() == ContextResult.Result.PROVIDER_REJECTION) {
                out.integer(0x82, result.reason().ordinal());
            }
            out.integer(0x80, result.result().ordinal());
            out.wrap(Tag.SEQUENCE, end);
        }
        out.wrap(0xa5, listEnd);
    }
}
