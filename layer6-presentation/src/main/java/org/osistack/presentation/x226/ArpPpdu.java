package org.osistack.presentation.x226;

import org.osistack.core.Octets;
import org.osistack.presentation.ber.BerReader;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.Tag;

/**
 * The ARP PPDU, abnormal release by the provider (X.226 §8.5).
 *
 * <pre>
 *   30 L  [80 provider-reason] [81 event-identifier]
 * </pre>
 *
 * @param reason as {@link AbortReason} counts; -1 if absent
 * @param event as {@link Event} counts; -1 if absent
 */
record ArpPpdu(int reason, int event) {
    private static final int MAX_ENUMERATED = 127;

    ArpPpdu(AbortReason reason, Event event) {
        this(reason.ordinal(), event.ordinal());
    }

    /** Read an ARP PPDU; null if it is none. */
    static ArpPpdu parse(Octets octets) {
        BerReader reader = new BerReader(octets);
        int reason = -1;
        int event = -1;
        reader.enter(Tag.SEQUENCE);
        while (reader.hasMore()) {
            switch (reader.tag()) {
                case 0x80 -> reason = reader.integer(0x80, 0, MAX_ENUMERATED);
                case 0x81 -> event = reader.integer(0x81, 0, MAX_ENUMERATED);
                default -> reader.skip();
            }
        }
        reader.leave();
        return reader.isMalformed() ? null : new ArpPpdu(reason, event);
    }

    Octets emit() {
        BerWriter out = new BerWriter();
        if (event >= 0) {
            out.integer(0x81, event);
        }
        if (reason >= 0) {
            out.integer(0x80, reason);
        }
        return out.wrap(Tag.SEQUENCE, 0).toOctets();
    }

    /** For a person. */
    String text() {
        String why = reason < 0 ? AbortReason.NOT_SPECIFIED.text() : AbortReason.text(reason);
        return event < 0 ? why : why + ", at " + Event.text(event);
    }
}
