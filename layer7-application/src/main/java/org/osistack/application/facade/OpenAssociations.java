package org.osistack.application.facade;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.osistack.application.ApplicationContext;
import org.osistack.application.Association;
import org.osistack.application.AssociationListener;
import org.osistack.application.AssociationRelay;
import org.osistack.application.AssociationRequest;
import org.osistack.application.AssociationService;
import org.osistack.application.AssociationUser;
import org.osistack.application.UnitDataService;
import org.osistack.application.security.Authenticator;
import org.osistack.application.security.Credentials;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Octets;
import org.osistack.core.dialogue.FunctionalUnits;

/** An association service that knows which associations there are, so that none is left when the system is closed. */
final class OpenAssociations implements AssociationService {
    private final AssociationService below;
    private final Set<Tracked> open = new LinkedHashSet<>();
    private Credentials credentials; // null to say nothing
    private Authenticator authenticator; // null to admit everybody

    OpenAssociations(AssociationService below) {
        this.below = below;
    }

    /**
     * A-ABORT.request on all of them. Their users hear that the association has ended.
     *
     * @return how many there were
     */
    int abortAll() {
        List<Tracked> all = List.copyOf(open);
        open.clear();
        for (Tracked association : all) {
            association.abort("closed on this host");
        }
        return all.size();
    }

    /** The associations that there are, oldest first, those that are still asked for included. */
    List<Association> all() {
        return List.copyOf(open);
    }

    /** A-ABORT.request on one of them, for an operator. Its user hears that the association has ended. */
    void abort(Association association) {
        for (Tracked each : List.copyOf(open)) {
            if (each == association) {
                open.remove(each);
                each.abort("ended by the operator of this host");
            }
        }
    }

    /** From now on say who asks, in all requests that do not say it themselves. */
    void identify(Credentials newCredentials) {
        credentials = newCredentials;
    }

    /** From now on ask who calls, for all applications that have no authenticator of their own. */
    void guard(Authenticator newAuthenticator) {
        authenticator = newAuthenticator;
    }

    @Override
    public void attach(ApplicationContext context, FunctionalUnits supported, AssociationListener listener) {
        if (authenticator == null) {
            below.attach(context, supported, tracking(listener));
        } else {
            below.attach(context, supported, authenticator, tracking(listener));
        }
    }

    @Override
    public void attach(
            ApplicationContext context, FunctionalUnits supported, Authenticator own, AssociationListener listener) {
        below.attach(context, supported, own, tracking(listener));
    }

    private AssociationListener tracking(AssociationListener listener) {
        return association -> {
            Tracked tracked = new Tracked().over(association);
            open.add(tracked);
            if (tracked.usedBy(listener.associateIndication(tracked)) == null) {
                open.remove(tracked);
                return null;
            }
            return tracked;
        };
    }

    @Override
    public void detach(ApplicationContext context) {
        below.detach(context);
    }

    @Override
    public UnitDataService connectionless() {
        return below.connectionless();
    }

    @Override
    public Association associateRequest(AssociationRequest request, AssociationUser user) {
        Tracked tracked = new Tracked();
        tracked.usedBy(user);
        boolean isAnonymous = request.credentials() == null && credentials != null;
        tracked.over(below.associateRequest(isAnonymous ? request.by(credentials) : request, tracked));
        open.add(tracked);
        return tracked;
    }

    @Override
    public boolean negotiatesFunctionalUnits() {
        return below.negotiatesFunctionalUnits();
    }

    @Override
    public FunctionalUnits functionalUnits() {
        return below.functionalUnits();
    }

    @Override
    public NetworkAddress parseAddress(String text) {
        return below.parseAddress(text);
    }

    /** One association: its end is noticed. */
    private final class Tracked extends AssociationRelay {
        /** The association that the service below has. */
        Tracked over(Association association) {
            below = association;
            return this;
        }

        /** Who uses it. */
        AssociationUser usedBy(AssociationUser newUser) {
            user = newUser;
            return newUser;
        }

        @Override
        public void refuse(String reason) {
            open.remove(this);
            super.refuse(reason);
        }

        @Override
        public void refuse(String reason, Octets userInformation) {
            open.remove(this);
            super.refuse(reason, userInformation);
        }

        @Override
        public void abortRequest() {
            open.remove(this);
            super.abortRequest();
        }

        @Override
        public void abortRequest(Octets userInformation) {
            open.remove(this);
            super.abortRequest(userInformation);
        }

        @Override
        public void ended(Ending ending, String detail) {
            open.remove(this);
            super.ended(ending, detail);
        }

        @Override
        public void ended(Ending ending, String detail, Octets userInformation) {
            open.remove(this);
            super.ended(ending, detail, userInformation);
        }

        /** A-ABORT.request for somebody else than the user, who hears why. */
        void abort(String why) {
            below.abortRequest();
            if (user != null) {
                user.ended(Ending.ABORTED, why);
            }
        }
    }
}
