package org.osistack.presentation.x226;

import java.util.List;
import org.osistack.core.Octets;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.BerWriter;

/**
 * The ARU PPDU, abnormal release by the user (X.226 §8.5), in normal mode.
 *
 * <pre>
 *   A0 L  [A0 L {30 L 02 id 06 transfer syntax}]   presentation-context-identifier-list
 *         [user data]
 * </pre>
 *
 * @param userData null if absent
 */
record AruPpdu(List<Parameters.Identifier> contexts, UserData userData) {
    static final int NORMAL_MODE = 0xa0;

    /** Read an ARU PPDU; null if it is none. */
    static AruPpdu parse(Octets octets) {
        BerReader reader = new BerReader(octets);
        List<Parameters.Identifier> contexts = List.of();
        UserData userData = null;
        reader.enter(NORMAL_MODE);
        if (reader.isAt(0xa0)) {
            contexts = Parameters.identifiers(reader);
        }
        while (reader.hasMore()) {
            if (UserData.isAt(reader)) {
                userData = UserData.parse(reader);
            } else {
                reader.skip();
            }
        }
        reader.leave();
        return reader.isMalformed() ? null : new AruPpdu(contexts, userData);
    }

    Octets emit() {
        BerWriter out = new BerWriter();
        if (userData != null) {
            userData.emit(out);
        }
        if (!contexts.isEmpty()) {
            Parameters.identifiers(out, contexts);
        }
        return out.wrap(NORMAL_MODE, 0).toOctets();
    }
}
