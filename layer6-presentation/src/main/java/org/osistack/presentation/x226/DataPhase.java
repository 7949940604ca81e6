package org.osistack.presentation.x226;

import java.util.List;
import org.osistack.core.Discard;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.presentation.Pdv;
import org.osistack.presentation.PresentationPrimitive;
import org.osistack.presentation.PresentationUser;
import org.osistack.session.SessionConnection;

/** P-DATA of one connection: the TD PPDU, which is written around a value and taken off it where it lies. */
final class DataPhase {
    /** Of a value, in octets: for the header here, and those of session and transport. */
    private static final int MIN_HEADROOM = ValueCodec.MAX_HEADER_LENGTH + 40;

    private final X226Entity entity;
    private final ValueCodec codec;

    DataPhase(X226Entity entity, ValueCodec codec) {
        this.entity = entity;
        this.codec = codec;
    }

    /** P-DATA.request with one value, as {@code PresentationConnection} has it. */
    boolean request(SessionConnection session, int context, Pdu value) {
        if (value.headroom() < MIN_HEADROOM) { // such as a value that was received and is sent back
            Pdu copy = value.copy();
            boolean taken = false;
            try {
                taken = request(session, context, copy);
            } finally {
                (taken ? value : copy).release();
            }
            return taken;
        }
        int length = value.length();
        codec.wrap(context, value);
        int header = value.length() - length;
        boolean taken = false;
        try {
            taken = session.dataRequest(value);
        } finally {
            if (!taken) {
                value.pullHeader(header);
            }
        }
        return taken;
    }

    /** P-DATA.request with several values. */
    boolean request(SessionConnection session, List<Pdv> values) {
        Octets ssdu = codec.whole(values);
        Pdu pdu = entity.host.pool().take(ssdu.length());
        ssdu.appendTo(pdu);
        boolean taken = false;
        try {
            taken = session.dataRequest(pdu);
        } finally {
            if (!taken) {
                pdu.release();
            }
        }
        return taken;
    }

    /**
     * A TD PPDU has arrived: tell the user.
     *
     * @return why it cannot be read; null if it can
     */
    AbortReason indication(Pdu ssdu, PresentationUser user) {
        int context = codec.unwrap(ssdu);
        if (context >= 0) {
            user.dataIndication(context, ssdu);
            return null;
        }
        Octets octets = Octets.of(ssdu);
        List<Pdv> values = context == ValueCodec.NO_CONTEXT ? null : codec.whole(octets, codec.receiving());
        if (values == null || values.isEmpty()) {
            entity.discards.drop(Discard.MALFORMED, ssdu);
            return ValueCodec.reasonAgainst(octets);
        }
        ssdu.release();
        user.indication(new PresentationPrimitive.Data(values));
        return null;
    }
}
