package org.osistack.application.acse;

import java.util.List;
import org.osistack.application.ApplicationContext;
import org.osistack.application.UnitDataService;
import org.osistack.core.Discard;
import org.osistack.core.Discards;
import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.Selector;
import org.osistack.presentation.ConnectionlessPresentation;
import org.osistack.presentation.NegotiatedConnectionless;
import org.osistack.presentation.ObjectIdentifier;
import org.osistack.presentation.Pdv;
import org.osistack.presentation.PresentationAddress;
import org.osistack.presentation.PresentationContext;

/**
 * Connectionless ACSE (X.237): an AUDT in one P-UNIT-DATA, with the application's APDU as its user information. A unit has
 * two presentation contexts, as an association has: 1 for ACSE, 3 for the application's APDUs.
 *
 * <p>A unit that cannot be understood is counted; nobody is told, for there is nothing to tell it by.
 */
final class AcseUnitData implements UnitDataService {
    private static final int SELECTOR_LENGTH = 4; // of clients

    private final Host host;
    private final NegotiatedConnectionless presentation;
    private final AeTitle title;
    private final Discards discards;

    AcseUnitData(Host host, NegotiatedConnectionless presentation, AeTitle title) {
        this.host = host;
        this.presentation = presentation;
        this.title = title;
        this.discards = host.discards(7, "ACSE");
    }

    @Override
    public AccessPoint attach(ApplicationContext context, User user) {
        return new Attached(context, user, server(context, null));
    }

    @Override
    public AccessPoint attachAnywhere(ApplicationContext context, User user) {
        byte[] octets = new byte[SELECTOR_LENGTH];
        host.random().nextBytes(octets);
        ApplicationContext.Selectors selectors = context.selectors();
        return new Attached(
                context,
                user,
                new PresentationAddress(Selector.of(octets), selectors.session(), selectors.transport(), 0, null));
    }

    @Override
    public PresentationAddress server(ApplicationContext context, NetworkAddress peer) {
        ApplicationContext.Selectors selectors = context.selectors();
        return new PresentationAddress(selectors.presentation(), selectors.session(), selectors.transport(), 0, peer);
    }

    private final class Attached implements AccessPoint, ConnectionlessPresentation.User {
        private final ApplicationContext context;
        private final User user;
        private final PresentationAddress local;

        Attached(ApplicationContext context, User user, PresentationAddress local) {
            this.context = context;
            this.user = user;
            this.local = presentation.attach(local, this);
        }

        @Override
        public void unitDataRequest(PresentationAddress destination, Pdu apdu) {
            Octets octets = Octets.of(apdu);
            apdu.release();
            List<External> information = External.listOf(AcseService.APPLICATION_CONTEXT, octets);
            Octets audt = Audt.of(context.name(), title, information).emit();
            presentation.unitDataRequest(
                    local,
                    destination,
                    -1,
                    AcseService.contexts(context),
                    List.of(new Pdv(AcseService.ACSE_CONTEXT, audt)));
        }

        @Override
        public void detach() {
            presentation.detach(local);
        }

        /** A value of the default context, which X.237 does not have. */
        @Override
        public void unitDataIndication(PresentationAddress source, PresentationAddress destination, Pdu value) {
            discards.drop(Discard.UNEXPECTED, value);
        }

        @Override
        public boolean unitDataIndication(
                PresentationAddress source,
                PresentationAddress destination,
                List<PresentationContext> contexts,
                List<Pdv> values) {
            int acse = id(contexts, ObjectIdentifier.ACSE);
            int application = id(contexts, context.abstractSyntax());
            if (acse == 0 || application == 0) {
                return false;
            }
            Pdv first = values.get(0);
            Audt audt = first.context() == acse && values.size() == 1 ? Audt.parse(first.value()) : null;
            if (audt == null) {
                drop(Discard.MALFORMED, first);
                return true;
            }
            if (!audt.isVersion1()) {
                drop(Discard.BAD_VERSION, first);
                return true;
            }
            if (!audt.applicationContext().equals(context.name())) {
                drop(Discard.NO_USER, first);
                return true;
            }
            Octets apdu = External.valueOf(audt.userInformation(), application);
            if (apdu.isEmpty()) {
                drop(Discard.MALFORMED, first);
                return true;
            }
            user.unitDataIndication(source, pdu(apdu));
            return true;
        }

        private static int id(List<PresentationContext> contexts, ObjectIdentifier abstractSyntax) {
            for (PresentationContext candidate : contexts) {
                if (candidate.abstractSyntax().equals(abstractSyntax)) {
                    return candidate.id();
                }
            }
            return 0;
        }

        private void drop(Discard reason, Pdv value) {
            discards.drop(reason, pdu(value.value()));
        }

        private Pdu pdu(Octets octets) {
            Pdu pdu = host.pool().take(octets.length());
            octets.appendTo(pdu);
            return pdu;
        }
    }
}
