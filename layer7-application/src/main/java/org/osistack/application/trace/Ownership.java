package org.osistack.application.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.osistack.core.Dissection;

/** Tells who wrote each octet of a PDU: what its dissection says of it, and what is known of its SDU. */
final class Ownership {
    private Ownership() {}

    /**
     * The owners of a PDU's octets.
     *
     * @param sdu those of its SDU; null if they are not known
     */
    static Owners of(Message message, Dissection pdu, Owners sdu) {
        int layer = message.pduLayer;
        Owner own = new Owner(layer, message.title());
        if (pdu.protocol().isEmpty() || !pdu.hasSdu()) {
            boolean isUsers = layer == Weaver.TOP_USER && pdu.protocol().isEmpty();
            Owner all = isUsers ? new Owner(Owner.USER, "your octets") : own;
            return withTrailer(message, pdu, all, Owners.NONE, 0, message.length);
        }
        int offset = pdu.sduOffset();
        int end = offset + pdu.sduLength();
        Owners inside = sdu != null
                ? sdu
                : Owners.of(
                        layer == Weaver.TOP_USER ? new Owner(Owner.USER, "your octets") : new Owner(layer + 1, "data"),
                        pdu.sduLength());
        Owners owners = Owners.of(own, offset).and(inside);
        return withTrailer(message, pdu, own, owners, end, message.length);
    }

    /** What lies behind the SDU: fields of the protocol's own, or padding, which the layer below has added. */
    private static Owners withTrailer(Message message, Dissection pdu, Owner own, Owners before, int from, int to) {
        Owners owners = before;
        int at = from;
        boolean hasSdu = before.length() > 0;
        for (Dissection.Field field : trailers(pdu, from)) {
            boolean isPadding = field.name().equals("Padding");
            if (field.offset() < at || !isPadding && !hasSdu) {
                continue;
            }
            owners = owners.and(Owners.of(own, field.offset() - at));
            Owner owner = isPadding
                    ? new Owner(Math.max(1, message.pduLayer - 1), "padding")
                    : new Owner(own.layer(), own.name() + " " + abbreviated(field.name()));
            int end = Math.min(to, field.offset() + field.length());
            owners = owners.and(Owners.of(owner, end - field.offset()));
            at = end;
        }
        return owners.and(Owners.of(own, to - at));
    }

    private static List<Dissection.Field> trailers(Dissection pdu, int from) {
        List<Dissection.Field> trailers = new ArrayList<>();
        for (Dissection.Field field : pdu.fields()) {
            if (field.depth() == 0 && field.offset() >= from && field.bits() == 0 && field.length() > 0) {
                trailers.add(field);
            }
        }
        trailers.sort(Comparator.comparingInt(Dissection.Field::offset));
        return trailers;
    }

    private static String abbreviated(String field) {
        return field.equals("Frame Check Sequence") ? "FCS" : field.toLowerCase(Locale.ROOT);
    }
}
