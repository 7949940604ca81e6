package org.osistack.presentation.x226;

import java.util.List;
import java.util.Objects;
import org.osistack.core.Octets;
import org.osistack.presentation.Pdv;
import org.osistack.presentation.PresentationPrimitive;

/** Turns P-U-ABORT into the ARU PPDU, and what S-U-ABORT brings into P-U-ABORT or P-P-ABORT (X.226 Annex A). */
final class Aborts {
    private Aborts() {}

    /** P-U-ABORT.request: the ARU PPDU, which names the contexts of its values. */
    static Octets request(List<Pdv> values, ValueCodec codec) {
        ContextSet contexts = codec.sending();
        UserData data = codec.nested(values, contexts);
        List<Parameters.Identifier> identifiers = values.stream()
                .map(value -> contexts.get(value.context()))
                .filter(Objects::nonNull)
                .distinct()
                .map(context -> new Parameters.Identifier(context.id(), context.transferSyntax()))
                .toList();
        return new AruPpdu(identifiers, data).emit();
    }

    /**
     * What the user data of S-U-ABORT.indication means. It is never answered, so values that cannot be read are left away.
     *
     * @param known contexts in which the peer may have sent values
     */
    static PresentationPrimitive indication(Octets userData, ContextSet known, ValueCodec codec) {
        if (userData.isEmpty()) { // session version 1 has no room for an ARU PPDU
            return new PresentationPrimitive.UserAbort(List.of());
        }
        AruPpdu aru = AruPpdu.parse(userData);
        if (aru != null) {
            List<Pdv> values = codec.nested(aru.userData(), known);
            return new PresentationPrimitive.UserAbort(values == null ? List.of() : values);
        }
        ArpPpdu arp = ArpPpdu.parse(userData);
        return new PresentationPrimitive.ProviderAbort(
                arp == null ? "an abort that cannot be read" : "the peer's presentation layer: " + arp.text());
    }
}
