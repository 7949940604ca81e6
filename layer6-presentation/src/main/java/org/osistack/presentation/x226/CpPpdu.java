package org.osistack.presentation.x226;

import java.util.List;
import org.osistack.core.Octets;
import org.osistack.presentation.ObjectIdentifier;
import org.osistack.presentation.PresentationContext;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.BitString;
import org.osistack.presentation.ber.Tag;

/**
 * The CP PPDU, connect presentation (X.226 §8.5).
 *
 * <pre>
 *   31 L  A0 03 80 01 01                     mode-selector: normal
 *         A2 L  [80 protocol-version]
 *               [81 calling-presentation-selector] [82 called-presentation-selector]
 *               [A4 L {30 L 02 id 06 abstract syntax 30 L {06 transfer syntax}}]   definition list
 *               [A6 L 80 abstract syntax 81 transfer syntax]                       default context
 *               [88 presentation-requirements] [89 user-session-requirements]
 *               [user data]
 * </pre>
 *
 * <p>Parameters that are absent are null; the definition list is then empty. Others that the standard knows, and any
 * that it does not, are skipped.
 */
record CpPpdu(
        int mode,
        BitString protocolVersion,
        Octets callingSelector,
        Octets calledSelector,
        List<PresentationContext> contexts,
        DefaultContext defaultContext,
        BitString presentationRequirements,
        BitString sessionRequirements,
        UserData userData) {
    static final int X410_MODE = 0;
    static final int NORMAL_MODE = 1;

    /** The default-context-name. */
    record DefaultContext(ObjectIdentifier abstractSyntax, ObjectIdentifier transferSyntax) {}

    /** Read a CP PPDU; null if it is none. */
    static CpPpdu parse(Octets octets) {
        BerReader reader = new BerReader(octets);
        Parser parser = new Parser();
        reader.enter(Tag.SET);
        while (reader.hasMore()) { // a SET: in any order
            switch (reader.tag()) {
                case 0xa0 -> parser.mode = parseMode(reader);
                case 0xa2 -> parser.normalMode(reader);
                default -> reader.skip();
            }
        }
        reader.leave();
        return reader.isMalformed() || parser.mode < 0 ? null : parser.result();
    }

    static int parseMode(BerReader reader) {
        reader.enter(0xa0);
        int mode = reader.integer(0x80, X410_MODE, NORMAL_MODE);
        reader.leave();
        return mode;
    }

    private static final class Parser {
        private int mode = -1;
        private BitString protocolVersion;
        private Octets callingSelector;
        private Octets calledSelector;
        private List<PresentationContext> contexts = List.of();
        private DefaultContext defaultContext;
        private BitString presentationRequirements;
        private BitString sessionRequirements;
        private UserData userData;

        void normalMode(BerReader reader) {
            reader.enter(0xa2);
            while (reader.hasMore()) {
                switch (reader.tag()) {
                    case 0x80 -> protocolVersion = reader.bitString(0x80);
                    case 0x81 -> callingSelector = reader.octetString(0x81);
                    case 0x82 -> calledSelector = reader.octetString(0x82);
                    case Parameters.DEFINITION_LIST ->
                        contexts = Parameters.contexts(reader, Parameters.DEFINITION_LIST);
                    case 0xa6 -> defaultContext = defaultContext(reader);
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
        }

        private static DefaultContext defaultContext(BerReader reader) {
            reader.enter(0xa6);
            DefaultContext context = new DefaultContext(reader.objectIdentifier(0x80), reader.objectIdentifier(0x81));
            reader.leave();
            return context;
        }

        CpPpdu result() {
            return new CpPpdu(
                    mode,
                    protocolVersion,
                    callingSelector,
                    calledSelector,
                    contexts,
                    defaultContext,
                    presentationRequirements,
                    sessionRequirements,
                    userData);
        }
    }

    Octets emit() {
        BerWriter out = new BerWriter();
        if (userData != null) {
            userData.emit(out);
        }
        Parameters.bits(out, 0x89, sessionRequirements);
        Parameters.bits(out, 0x88, presentationRequirements);
        if (defaultContext != null) {
            int end = out.mark();
            out.objectIdentifier(0x81, defaultContext.transferSyntax());
            out.objectIdentifier(0x80, defaultContext.abstractSyntax());
            out.wrap(0xa6, end);
        }
        Parameters.contexts(out, Parameters.DEFINITION_LIST, contexts);
        Parameters.octets(out, 0x82, calledSelector);
        Parameters.octets(out, 0x81, callingSelector);
        Parameters.bits(out, 0x80, protocolVersion);
        out.wrap(0xa2, 0);
        int end = out.mark();
        out.integer(0x80, mode).wrap(0xa0, end);
        return out.wrap(Tag.SET, 0).toOctets();
    }
}
