package org.osistack.application.rose;

import org.osistack.application.ApplicationContext;
import org.osistack.application.AssociationRequest;
import org.osistack.application.AssociationService;
import org.osistack.application.rtse.RtseService;
import org.osistack.application.rtse.TransferState;
import org.osistack.application.security.Authenticator;
import org.osistack.core.Host;
import org.osistack.core.Octets;

/** Remote operations (X.219), with one APDU in each P-DATA, or by reliable transfer. */
public interface RoseService {
    /**
     * Hear of associations in this application context.
     *
     * @throws IllegalStateException if somebody else does already
     */
    void attach(ApplicationContext context, RoseSettings settings, RoseListener listener);

    /**
     * Hear of associations in this application context, of those alone that the authenticator admits.
     *
     * @throws IllegalStateException if somebody else does already, or there is no ACSE to carry the proof
     */
    void attach(ApplicationContext context, Authenticator authenticator, RoseSettings settings, RoseListener listener);

    /** Hear no more of them. Associations that exist go on. */
    void detach(ApplicationContext context);

    /**
     * RO-BIND.request. The user hears the answer later, never before this call returns.
     *
     * @param association whom to call; what is of the dialogue's kind, and user information, is chosen here
     * @param argument one encoding; empty if there is none
     */
    RoseConnection bindRequest(AssociationRequest association, RoseSettings settings, Octets argument, RoseUser user);

    /**
     * Go on with an association by reliable transfer that this side asked for before a restart.
     *
     * @throws UnsupportedOperationException without reliable transfer
     */
    default RoseConnection recoverRequest(
            TransferState state, AssociationRequest association, RoseSettings settings, RoseUser user) {
        throw new UnsupportedOperationException("only reliable transfer is recovered");
    }

    /** Remote operations with one APDU in each P-DATA. */
    static RoseService over(Host host, AssociationService associations) {
        return new RoseOverData(host, associations);
    }

    /** Remote operations by reliable transfer. */
    static RoseService over(Host host, RtseService transfers) {
        return over(host, transfers, ApduMeter.NONE);
    }

    /**
     * Remote operations by reliable transfer.
     *
     * @param meter hears how their APDUs fare
     */
    static RoseService over(Host host, RtseService transfers, ApduMeter meter) {
        return new RoseOverTransfer(host, transfers, meter);
    }
}
