package org.osistack.application.facade;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.osistack.application.ApplicationContext;
import org.osistack.application.Association;
import org.osistack.application.AssociationListener;
import org.osistack.application.AssociationRequest;
import org.osistack.application.AssociationService;
import org.osistack.application.AssociationUser;
import org.osistack.application.UnitDataService;
import org.osistack.application.security.Authenticator;
import org.osistack.application.security.Credentials;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.dialogue.ConnectionIdentifier;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.SerialNumbers;
import org.osistack.core.dialogue.Tokens;

/** An association service that knows which associations there are, so that none is left when the system is closed. */
final class OpenAssociations implements AssociationService {
    private final AssociationService below;
    private final boolean isListed;
    private final Set<Tracked> open = new LinkedHashSet<>();
    private Credentials credentials; // null to say nothing
    private Authenticator authenticator; // null to admit everybody

    /**
     * Begin without any.
     *
     * @param isListed whether their session connections are of the stack whose sessions are listed
     */
    OpenAssociations(AssociationService below, boolean isListed) {
        this.below = below;
        this.isListed = isListed;
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
            association.below.abortRequest();
            if (association.user != null) {
                association.user.ended(AssociationUser.Ending.ABORTED, "closed on this host");
            }
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
                each.below.abortRequest();
                each.user.ended(AssociationUser.Ending.ABORTED, "ended by the operator of this host");
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
            Tracked tracked = new Tracked();
            tracked.below = association;
            open.add(tracked);
            tracked.user = listener.associateIndication(tracked);
            if (tracked.user == null) {
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
        tracked.user = user;
        boolean isAnonymous = request.credentials() == null && credentials != null;
        tracked.below = below.associateRequest(isAnonymous ? request.by(credentials) : request, tracked);
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

    /** One association, seen from both sides: it hands everything through and notices the end. */
    private final class Tracked implements Association, AssociationUser {
        private Association below;
        private AssociationUser user;

        @Override
        public void accept(Octets userInformation) {
            below.accept(userInformation);
        }

        @Override
        public Octets userInformation() {
            return below.userInformation();
        }

        @Override
        public ConnectionIdentifier peerIdentifier() {
            return below.peerIdentifier();
        }

        @Override
        public void refuse(String reason) {
            open.remove(this);
            below.refuse(reason);
        }

        @Override
        public void refuse(String reason, Octets userInformation) {
            open.remove(this);
            below.refuse(reason, userInformation);
        }

        @Override
        public boolean dataRequest(Pdu apdu) {
            return below.dataRequest(apdu);
        }

        @Override
        public boolean typedDataRequest(Octets apdu) {
            return below.typedDataRequest(apdu);
        }

        @Override
        public boolean expeditedDataRequest(Octets apdu) {
            return below.expeditedDataRequest(apdu);
        }

        @Override
        public boolean stepRequest(DialogueStep step, Octets apdu) {
            return below.stepRequest(step, apdu);
        }

        @Override
        public void releaseRequest() {
            below.releaseRequest();
        }

        @Override
        public void releaseRequest(Octets userInformation) {
            below.releaseRequest(userInformation);
        }

        @Override
        public void releaseResponse(boolean affirmative) {
            below.releaseResponse(affirmative);
        }

        @Override
        public void releaseResponse(boolean affirmative, Octets userInformation) {
            below.releaseResponse(affirmative, userInformation);
        }

        @Override
        public void abortRequest() {
            open.remove(this);
            below.abortRequest();
        }

        @Override
        public void abortRequest(Octets userInformation) {
            open.remove(this);
            below.abortRequest(userInformation);
        }

        @Override
        public FunctionalUnits functionalUnits() {
            return below.functionalUnits();
        }

        @Override
        public SerialNumbers serialNumbers() {
            return below.serialNumbers();
        }

        @Override
        public Tokens ownTokens() {
            return below.ownTokens();
        }

        @Override
        public int sessionNumber() {
            return isListed ? below.sessionNumber() : 0;
        }

        @Override
        public String peer() {
            return below.peer();
        }

        @Override
        public String user() {
            return below.user();
        }

        @Override
        public void pause() {
            below.pause();
        }

        @Override
        public void resume() {
            below.resume();
        }

        @Override
        public void associateConfirm(Association association) {
            user.associateConfirm(this);
        }

        @Override
        public void dataIndication(Pdu apdu) {
            user.dataIndication(apdu);
        }

        @Override
        public void typedDataIndication(Octets apdu) {
            user.typedDataIndication(apdu);
        }

        @Override
        public void expeditedDataIndication(Octets apdu) {
            user.expeditedDataIndication(apdu);
        }

        @Override
        public void stepIndication(DialogueStep step, Octets apdu) {
            user.stepIndication(step, apdu);
        }

        @Override
        public void releaseIndication() {
            user.releaseIndication();
        }

        @Override
        public void releaseIndication(Octets userInformation) {
            user.releaseIndication(userInformation);
        }

        @Override
        public void releaseRefused() {
            user.releaseRefused();
        }

        @Override
        public void ended(Ending ending, String detail) {
            open.remove(this);
            user.ended(ending, detail);
        }

        @Override
        public void ended(Ending ending, String detail, Octets userInformation) {
            open.remove(this);
            user.ended(ending, detail, userInformation);
        }

        @Override
        public void readyIndication() {
            user.readyIndication();
        }
    }
}
