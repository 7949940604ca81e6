package org.osistack.presentation.x226;

import java.util.List;
import org.osistack.core.Octets;
import org.osistack.presentation.PresentationContext;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.BerWriter;

/**
 * The AC PPDU, alter context (X.226 §8.5). It travels as typed data, where the tag tells it from values.
 *
 * <pre>
 *   A0 L  [A0 L {30 L 02 id 06 abstract syntax 30 L {06 transfer syntax}}]   addition list
 *         [A1 L {02 id}]                                                     deletion list
 *         [user data]
 * </pre>
 *
 * @param userData null if absent
 */
record AcPpdu(List<PresentationContext> additions, List<Integer> deletions, UserData userData) {
    static final int TAG = 0xa0;
    static final int ADDITION_LIST = 0xa0;
    static final int DELETION_LIST = 0xa1;

    /** Read an AC PPDU; null if it is none. */
    static AcPpdu parse(Octets octets) {
        BerReader reader = new BerReader(octets);
        List<PresentationContext> additions = List.of();
        List<Integer> deletions = List.of();
        UserData userData = null;
        reader.enter(TAG);
        while (reader.hasMore()) {
            switch (reader.tag()) {
                case ADDITION_LIST -> additions = Parameters.contexts(reader, ADDITION_LIST);
                case DELETION_LIST -> deletions = Parameters.integers(reader, DELETION_LIST, 1, UserData.MAX_CONTEXT);
                default -> {
                    if (UserData.isAt(reader)) {
                        userData = UserData.parse(reader);
                    } else {
                        reader.skip();
                    }
                }
            }
        }
        reader.leave().end();
        return reader.isMalformed() ? null : new AcPpdu(additions, deletions, userData);
    }

    Octets emit() {
        BerWriter out = new BerWriter();
        if (userData != null) {
            userData.emit(out);
        }
        Parameters.integers(out, DELETION_LIST, deletions);
        Parameters.contexts(out, ADDITION_LIST, additions);
        return out.wrap(TAG, 0).toOctets();
    }
}
