package org.osistack.presentation.x226;

import java.util.ArrayList;
import java.util.List;
import org.osistack.core.Octets;
import org.osistack.presentation.ObjectIdentifier;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.Tag;

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
record AruPpdu(List<Identifier> contexts, UserData userData) {
    static final int NORMAL_MODE = 0xa0;

    /** A context that user data belongs to, and how it is written. */
    record Identifier(int context, ObjectIdentifier transferSyntax) {}

    /** Read an ARU PPDU; null if it is none. */
    static AruPpdu parse(Octets octets) {
        BerReader reader = new BerReader(octets);
        List<Identifier> contexts = new ArrayList<>();
        UserData userData = null;
        reader.enter(NORMAL_MODE);
        if (reader.isAt(0xa0)) {
            reader.enter(0xa0);
            while (reader.hasMore()) {
                reader.enter(Tag.SEQUENCE);
                contexts.add(new Identifier(
                        reader.integer(Tag.INTEGER, 1, UserData.MAX_CONTEXT),
                        reader.objectIdentifier(Tag.OBJECT_IDENTIFIER)));
                reader.leave();
            }
            reader.leave();
        }
        while (reader.hasMore()) {
            if (UserData.isAt(reader)) {
                userData = UserData.parse(reader);
            } else {
                reader.skip();
            }
        }
        reader.leave();
        return reader.isMalformed() ? null : new AruPpdu(List.copyOf(contexts), userData);
    }

    Octets emit() {
        BerWriter out = new BerWriter();
        if (userData != null) {
            userData.emit(out);
        }
        if (!contexts.isEmpty()) {
            int listEnd = out.mark();
            for (int i = contexts.size() - 1; i >= 0; i--) {
                int end = out.mark();
                out.objectIdentifier(Tag.OBJECT_IDENTIFIER, contexts.get(i).transferSyntax());
                out.integer(Tag.INTEGER, contexts.get(i).context());
                out.wrap(Tag.SEQUENCE, end);
            }
            out.wrap(0xa0, listEnd);
        }
        return out.wrap(NORMAL_MODE, 0).toOctets();
    }
}
