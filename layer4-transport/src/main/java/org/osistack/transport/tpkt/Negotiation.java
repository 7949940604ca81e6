package org.osistack.transport.tpkt;

import java.util.ArrayList;
import java.util.List;
import org.osistack.core.Octets;
import org.osistack.core.Selector;

/**
 * What the two sides agree on by CR and CC (X.224 §6.5, RFC 1006 §5): how long a TPDU may be, and whether there is
 * expedited data.
 */
final class Negotiation {
    private static final int LARGEST_EXPONENT = 15; // a larger one is beyond any packet

    private Negotiation() {}

    /** The CR. Its parameters say no more than they have to: some peers refuse what they don't know. */
    static Tpdu connectRequest(
            int reference, Settings settings, Selector calling, Selector called, boolean expeditedProposed) {
        List<Tpdu.Parameter> parameters = new ArrayList<>(4);
        if (settings.sizeCode() >= 0) {
            parameters.add(octet(Tpdu.TPDU_SIZE, settings.sizeCode()));
        }
        addSelector(parameters, Tpdu.CALLING_SELECTOR, calling);
        addSelector(parameters, Tpdu.CALLED_SELECTOR, called);
        if (expeditedProposed) {
            parameters.add(octet(Tpdu.ADDITIONAL_OPTIONS, Tpdu.TRANSPORT_EXPEDITED));
        }
        return new Tpdu(Tpdu.Type.CR, 0, reference, 0, parameters);
    }

    private static void addSelector(List<Tpdu.Parameter> parameters, int code, Selector selector) {
        if (!selector.isEmpty()) {
            parameters.add(new Tpdu.Parameter(code, Octets.of(selector.toByteArray())));
        }
    }

    /**
     * The CC for that CR: a TPDU size only if the CR has one, its selectors again, and a word about options only if the
     * CR has one, too. Then it is said even if it is no, since X.224 takes silence for a yes.
     */
    static Tpdu connectConfirm(Tpdu request, int reference, Settings settings, boolean expedited) {
        List<Tpdu.Parameter> parameters = new ArrayList<>(4);
        if (request.sizeCode() >= 0) {
            int own = settings.sizeCode() < 0 ? Settings.MAX_SIZE_CODE : settings.sizeCode();
            int agreed = Math.max(Settings.MIN_SIZE_CODE, Math.min(request.sizeCode(), own));
            parameters.add(octet(Tpdu.TPDU_SIZE, agreed));
        }
        for (Tpdu.Parameter parameter : request.parameters()) {
            if (parameter.code() == Tpdu.CALLING_SELECTOR || parameter.code() == Tpdu.CALLED_SELECTOR) {
                parameters.add(parameter);
            }
        }
        if (request.parameter(Tpdu.ADDITIONAL_OPTIONS) != null) {
            parameters.add(octet(Tpdu.ADDITIONAL_OPTIONS, expedited ? Tpdu.TRANSPORT_EXPEDITED : 0));
        }
        return new Tpdu(Tpdu.Type.CC, request.source(), reference, 0, parameters);
    }

    private static Tpdu.Parameter octet(int code, int value) {
        return new Tpdu.Parameter(code, Octets.of((byte) value));
    }

    /** How long TPDUs may be after that CC: what it says, if that is less than our own size. */
    static int maxTpdu(Settings settings, Tpdu confirm) {
        int own = Math.min(settings.maxTpdu(), TpktHeader.MAX_TPDU);
        int code = confirm.sizeCode();
        if (code < 0 || code > LARGEST_EXPONENT) {
            return own;
        }
        return Math.min(own, 1 << Math.max(code, Settings.MIN_SIZE_CODE));
    }
}
