package org.osistack.presentation.x226;

import java.util.List;
import org.osistack.core.Octets;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.Tag;

/**
 * The RS PPDU, resynchronize, and the RSA PPDU that acknowledges it, which looks the same (X.226 §8.5).
 *
 * <pre>
 *   30 L  [A0 L {30 L 02 id 06 transfer syntax}]   presentation-context-identifier-list
 *         [user data]
 * </pre>
 *
 * @param contexts null if absent
 * @param userData null if absent
 */
record RsPpdu(List<Parameters.Identifier> contexts, UserData userData) {
    static final int IDENTIFIER_LIST = 0xa0;

    /** Read an RS or RSA PPDU; null if it is none. */
    static RsPpdu parse(Octets octets) {
        BerReader reader = new BerReader(octets);
        List<Parameters.Identifier> contexts = null;
        UserData userData = null;
        reader.enter(Tag.SEQUENCE);
        while (reader.hasMore()) {
            if (reader.isAt(IDENTIFIER_LIST)) {
                contexts = Parameters.identifiers(reader);
            } else if (UserData.isAt(reader)) {
                userData = UserData.parse(reader);
            } else {
                reader.skip();
            }
        }
        reader.leave().end();
        return reader.isMalformed() ? null : new RsPpdu(contexts, userData);
    }

    Octets emit() {
        BerWriter out = new BerWriter();
        if (userData != null) {
            userData.emit(out);
        }
        if (contexts != null) {
            Parameters.identifiers(out, contexts);
        }
        return out.wrap(Tag.SEQUENCE, 0).toOctets();
    }
}
