package org.osistack.presentation.x226;

import java.util.List;
import org.osistack.core.Octets;
import org.osistack.presentation.ContextResult;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.BitString;
import org.osistack.presentation.ber.Tag;

/**
 * The CPA PPDU, connect presentation accept (X.226 §8.5).
 *
 * <pre>
 *   31 L  A0 03 80 01 01                     mode-selector: normal
 *         A2 L  [80 protocol-version] [83 responding-presentation-selector]
 *               [A5 L {30 L 80 result [81 transfer syntax] [82 provider-reason]}]  definition result list
 *               [88 presentation-requirements] [89 user-session-requirements]
 *               [user data]
 * </pre>
 *
 * <p>Parameters that are absent are null; the result list is then empty.
 */
record CpaPpdu(
        int mode,
        BitString protocolVersion,
        Octets respondingSelector,
        List<ContextResult> results,
        BitString presentationRequirements,
        BitString sessionRequirements,
        UserData userData) {
    /** Read a CPA PPDU; null if it is none. */
    static CpaPpdu parse(Octets octets) {
        BerReader reader = new BerReader(octets);
        int mode = -1;
        CpaPpdu parameters = null;
        reader.enter(Tag.SET);
        while (reader.hasMore()) {
            switch (reader.tag()) {
                case 0xa0 -> mode = CpPpdu.parseMode(reader);
                case 0xa2 -> parameters = normalMode(reader);
                default -> reader.skip();
            }
        }
        reader.leave();
        if (reader.isMalformed() || mode < 0) {
            return null;
        }
        CpaPpdu p = parameters == null ? new CpaPpdu(mode, null, null, List.of(), null, null, null) : parameters;
        return new CpaPpdu(
                mode,
                p.protocolVersion,
                p.respondingSelector,
                p.results,
                p.presentationRequirements,
                p.sessionRequirements,
                p.userData);
    }

    private static CpaPpdu normalMode(BerReader reader) {
        BitString version = null;
        Octets selector = null;
        List<ContextResult> results = List.of();
        BitString presentationRequirements = null;
        BitString sessionRequirements = null;
        UserData userData = null;
        reader.enter(0xa2);
        while (reader.hasMore()) {
            switch (reader.tag()) {
                case 0x80 -> version = reader.bitString(0x80);
                case 0x83 -> selector = reader.octetString(0x83);
                case Parameters.DEFINITION_RESULT_LIST ->
                    results = Parameters.results(reader, Parameters.DEFINITION_RESULT_LIST);
                case 0x88 -> presentationRequirements = reader.bitString(0x88);
                case 0x89 -> sessionRequirements = reader.bitString(0x89);
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
        return new CpaPpdu(
                CpPpdu.NORMAL_MODE,
                version,
                selector,
                results,
                presentationRequirements,
                sessionRequirements,
                userData);
    }

    Octets emit() {
        BerWriter out = new BerWriter();
        if (userData != null) {
            userData.emit(out);
        }
        Parameters.bits(out, 0x89, sessionRequirements);
        Parameters.bits(out, 0x88, presentationRequirements);
        Parameters.results(out, Parameters.DEFINITION_RESULT_LIST, results);
        Parameters.octets(out, 0x83, respondingSelector);
        Parameters.bits(out, 0x80, protocolVersion);
        out.wrap(0xa2, 0);
        int end = out.mark();
        out.integer(0x80, mode).wrap(0xa0, end);
        return out.wrap(Tag.SET, 0).toOctets();
    }
}
