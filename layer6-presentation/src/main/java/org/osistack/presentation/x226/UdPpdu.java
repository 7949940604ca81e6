package org.osistack.presentation.x226;

import java.util.ArrayList;
import java.util.List;
import org.osistack.core.Octets;
import org.osistack.presentation.PresentationContext;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.BitString;
import org.osistack.presentation.ber.Tag;

/**
 * The UD PPDU, unit data (X.236 §8): the only PPDU of the connectionless presentation protocol.
 *
 * <pre>
 *   30 L  [80 protocol-version]
 *         [81 calling-presentation-selector] [82 called-presentation-selector]
 *         [A4 L {30 L 02 id 06 abstract syntax 30 L {06 transfer syntax}}]   definition list
 *         user data
 *   user data…                                     UDC: the same values in other transfer syntaxes
 * </pre>
 *
 * <p>Parameters that are absent are null; the definition list is then empty. Those that are not known are skipped.
 *
 * @param encodings the user data of the UD, and what follows it as UDC PPDUs: the same values once more each
 */
record UdPpdu(
        BitString protocolVersion,
        Octets callingSelector,
        Octets calledSelector,
        List<PresentationContext> contexts,
        List<UserData> encodings) {
    /** How many encodings of the same values are looked at. */
    private static final int MAX_ENCODINGS = 16;

    /** A unit of one encoding, without what has a default value. */
    static UdPpdu of(Octets calling, Octets called, List<PresentationContext> contexts, UserData userData) {
        return new UdPpdu(null, calling, called, contexts, List.of(userData));
    }

    /** Read a UD PPDU and its UDC PPDUs; null if it is none. */
    static UdPpdu parse(Octets octets) {
        BerReader reader = new BerReader(octets);
        BitString version = null;
        Octets calling = null;
        Octets called = null;
        List<PresentationContext> contexts = List.of();
        List<UserData> encodings = new ArrayList<>();
        reader.enter(Tag.SEQUENCE);
        while (reader.hasMore()) {
            switch (reader.tag()) {
                case 0x80 -> version = reader.bitString(0x80);
                case 0x81 -> calling = reader.octetString(0x81);
                case 0x82 -> called = reader.octetString(0x82);
                case Parameters.DEFINITION_LIST -> contexts = Parameters.contexts(reader, Parameters.DEFINITION_LIST);
                default -> {
                    if (UserData.isAt(reader) && encodings.isEmpty()) {
                        encodings.add(UserData.parse(reader));
                    } else {
                        reader.skip();
                    }
                }
            }
        }
        reader.leave();
        if (encodings.isEmpty()) {
            return null;
        }
        while (reader.hasMore()) {
            encodings.add(UserData.parse(reader));
            if (encodings.size() > MAX_ENCODINGS) {
                return null;
            }
        }
        return reader.isMalformed() ? null : new UdPpdu(version, calling, called, contexts, List.copyOf(encodings));
    }

    /** Whether it is of version 1, the only one there is; a sender that doesn't say speaks it. */
    boolean isVersion1() {
        return protocolVersion == null || protocolVersion.has(0);
    }

    BerWriter emit() {
        BerWriter out = new BerWriter();
        for (int i = encodings.size() - 1; i > 0; i--) {
            encodings.get(i).emit(out);
        }
        int end = out.mark();
        encodings.get(0).emit(out);
        Parameters.contexts(out, Parameters.DEFINITION_LIST, contexts);
        Parameters.octets(out, 0x82, calledSelector);
        Parameters.octets(out, 0x81, callingSelector);
        Parameters.bits(out, 0x80, protocolVersion);
        return out.wrap(Tag.SEQUENCE, end);
    }
}
