package org.osistack.application.acse;

import java.util.List;
import org.osistack.application.AssociationUser.Ending;
import org.osistack.core.Octets;
import org.osistack.presentation.Pdv;
import org.osistack.presentation.PresentationPrimitive;

/** The abnormal release of an association (X.227 §7.3): A-ABORT by a user, or by a machine that cannot go on. */
final class AbnormalRelease {
    private final Acpm acpm;

    AbnormalRelease(Acpm acpm) {
        this.acpm = acpm;
    }

    /** A-ABORT.request. */
    void request(Octets userInformation) {
        abort(
                AcseApdu.Abrt.by(AcseApdu.Abrt.Source.SERVICE_USER, acpm.data().listOf(userInformation)),
                "A-ABORT.request");
    }

    /** The peer has sent what it may not: abort, and tell the user. */
    void protocolError(String what) {
        abort(AcseApdu.Abrt.by(AcseApdu.Abrt.Source.SERVICE_PROVIDER, List.of()), what);
        acpm.over(Ending.PROVIDER_ABORTED, "protocol error: " + what);
    }

    /** Send an ABRT; the user hears nothing. */
    void abort(AcseApdu.Abrt abrt, String cause) {
        acpm.enter(AcpmState.STA0, cause);
        acpm.connection().request(new PresentationPrimitive.UserAbort(acpm.apdu(abrt)));
    }

    /** The peer has aborted. */
    void indication(List<Pdv> userData) {
        acpm.enter(AcpmState.STA0, "ABRT");
        AcseApdu.Abrt abrt = acpm.apduIn(userData) instanceof AcseApdu.Abrt read ? read : null;
        if (abrt != null && abrt.source() == AcseApdu.Abrt.Source.SERVICE_PROVIDER) {
            acpm.over(Ending.PROVIDER_ABORTED, "protocol error, says the peer");
        } else {
            acpm.over(
                    Ending.ABORTED,
                    "aborted by the peer",
                    abrt == null ? Octets.EMPTY : acpm.data().valueOf(abrt.userInformation()));
        }
    }
}
