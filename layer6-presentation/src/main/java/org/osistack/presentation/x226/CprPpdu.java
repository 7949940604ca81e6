package org.osistack.presentation.x226;

import java.util.List;
import org.osistack.core.Octets;
import org.osistack.presentation.ContextResult;
import org.osistack.presentation.PresentationRefusal;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.BitString;
import org.osistack.presentation.ber.Tag;

/**
 * The CPR PPDU, connect presentation reject (X.226 §8.5), in normal mode.
 *
 * <pre>
 *   30 L  [80 protocol-version] [83 responding-presentation-selector] [A5 definition result list]
 *         [87 default-context-result] [8A provider-reason] [user data]
 * </pre>
 *
 * <p>Parameters that are absent are null or -1; the result list is then empty.
 *
 * @param defaultContextResult 0 to 2, as the results of contexts
 * @param providerReason 0 to 7; -1 if the user rejected
 */
record CprPpdu(
        BitString protocolVersion,
        Octets respondingSelector,
        List<ContextResult> results,
        int defaultContextResult,
        int providerReason,
        UserData userData) {
    private static final int MAX_ENUMERATED = 127;

    static CprPpdu byProvider(PresentationRefusal refusal) {
        return new CprPpdu(null, null, List.of(), -1, reason(refusal), null);
    }

    private static int reason(PresentationRefusal refusal) {
        return refusal.ordinal() - PresentationRefusal.NOT_SPECIFIED.ordinal();
    }

    /** Whose refusal it is, and why. */
    PresentationRefusal refusal() {
        if (providerReason < 0) {
            return PresentationRefusal.USER;
        }
        return providerReason > reason(PresentationRefusal.NO_PSAP_AVAILABLE)
                ? PresentationRefusal.NOT_SPECIFIED
                : PresentationRefusal.values()[PresentationRefusal.NOT_SPECIFIED.ordinal() + providerReason];
    }

    /** Read a CPR PPDU; null if it is none. */
    static CprPpdu parse(Octets octets) {
        BerReader reader = new BerReader(octets);
        BitString version = null;
        Octets selector = null;
        List<ContextResult> results = List.of();
        int defaultContextResult = -1;
        int providerReason = -1;
        UserData userData = null;
        reader.enter(Tag.SEQUENCE);
        while (reader.hasMore()) {
            switch (reader.tag()) {
                case 0x80 -> version = reader.bitString(0x80);
                case 0x83 -> selector = reader.octetString(0x83);
                case Parameters.DEFINITION_RESULT_LIST ->
                    results = Parameters.results(reader, Parameters.DEFINITION_RESULT_LIST);
                case 0x87 -> defaultContextResult = reader.integer(0x87, 0, 2);
                case 0x8a -> providerReason = reader.integer(0x8a, 0, MAX_ENUMERATED);
                default -> {
                    if (UserData.isAt(reader)) {
                        userData = UserData.parse(reader);
                    } else {
                        reader.skip();
                    }
                }
            }
        }
        reader.leave();
        return reader.isMalformed()
                ? null
                : new CprPpdu(version, selector, results, defaultContextResult, providerReason, userData);
    }

    Octets emit() {
        BerWriter out = new BerWriter();
        if (userData != null) {
            userData.emit(out);
        }
        if (providerReason >= 0) {
            out.integer(0x8a, providerReason);
        }
        if (defaultContextResult >= 0) {
            out.integer(0x87, defaultContextResult);
        }
        Parameters.results(out, Parameters.DEFINITION_RESULT_LIST, results);
        Parameters.octets(out, 0x83, respondingSelector);
        Parameters.bits(out, 0x80, protocolVersion);
        return out.wrap(Tag.SEQUENCE, 0).toOctets();
    }
}
