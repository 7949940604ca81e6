package org.osistack.application.rose;

import org.osistack.core.Octets;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.BerWriter;

/** The values of BIND and UNBIND, which travel with the association's beginning and end (X.219 §11), in explicit tags. */
enum BindValue {
    BIND_ARGUMENT(0xb0),
    BIND_RESULT(0xb1),
    BIND_ERROR(0xb2),
    UNBIND_ARGUMENT(0xb3),
    UNBIND_RESULT(0xb4),
    UNBIND_ERROR(0xb5);

    private final int tag;

    BindValue(int tag) {
        this.tag = tag;
    }

    int tag() {
        return tag;
    }

    /** The value in its tag; nothing if there is none. */
    Octets wrapped(Octets value) {
        return value.isEmpty()
                ? Octets.EMPTY
                : new BerWriter().element(value).wrap(tag, 0).toOctets();
    }

    /** The value in its tag; the octets as they are if they are none, as from a peer that does not use BIND. */
    Octets unwrapped(Octets octets) {
        BerReader reader = new BerReader(octets);
        reader.enter(tag);
        Octets value = reader.element();
        reader.end();
        return reader.isMalformed() ? octets : value;
    }
}
