package org.osistack.application;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osistack.application.security.Authenticator;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.FunctionalUnits;

/**
 * Associations of a host that is at home on several links, with a column of layers on each. Servers listen on all of them.
 * An association is asked for by the way to its host that worked last: when one is lost or does not come about, the next
 * is asked for by the next way. So whoever goes on with a dialogue on a new association, as reliable transfer does, goes
 * on by another way.
 */
public final class RoutedAssociations implements AssociationService {
    /**
     * A column, and where it leads.
     *
     * @param addresses the hosts that it reaches: the address that users know, and the one in this column's network
     */
    private record Way(AssociationService service, Map<NetworkAddress, NetworkAddress> addresses) {
        NetworkAddress address(NetworkAddress host) {
            return addresses == null ? host : addresses.get(host);
        }
    }

    private final List<Way> ways = new ArrayList<>();
    private final Map<NetworkAddress, Integer> turns = new HashMap<>(); // of hosts that there are several ways to

    /** Begin with one column; its addresses are the ones that users know. */
    public RoutedAssociations(AssociationService first) {
        ways.add(new Way(first, null));
    }

    /**
     * Use another column as well. Who is attached already is not attached there.
     *
     * @param addresses the hosts that are reached by it: the address in the first column's network, and in this one's
     */
    public void add(AssociationService service, Map<NetworkAddress, NetworkAddress> addresses) {
        ways.add(new Way(service, Map.copyOf(addresses)));
    }

    /** By which column the next association with this host is asked for, from 0. */
    public int way(NetworkAddress host) {
        return turns.getOrDefault(host, 0);
    }

    /** Ask for the next association with this host by the next way to it. */
    public void useNext(NetworkAddress host) {
        int way = way(host);
        do {
            way = (way + 1) % ways.size();
        } while (ways.get(way).address(host) == null); // the first reaches all
        if (way != way(host)) {
            turns.put(host, way);
        }
    }

    @Override
    public void attach(ApplicationContext context, FunctionalUnits supported, AssociationListener listener) {
        ways.forEach(way -> way.service.attach(context, supported, listener));
    }

    @Override
    public void attach(
            ApplicationContext context,
            FunctionalUnits supported,
            Authenticator authenticator,
            AssociationListener listener) {
        ways.forEach(way -> way.service.attach(context, supported, authenticator, listener));
    }

    @Override
    public void detach(ApplicationContext context) {
        ways.forEach(way -> way.service.detach(context));
    }

    @Override
    public Association associateRequest(AssociationRequest request, AssociationUser user) {
        NetworkAddress host = request.host();
        int number = way(host);
        Way way = ways.get(number);
        return way.service.associateRequest(request.at(way.address(host)), new Watch(user, host, number));
    }

    @Override
    public boolean negotiatesFunctionalUnits() {
        return ways.get(0).service.negotiatesFunctionalUnits();
    }

    @Override
    public NetworkAddress parseAddress(String text) {
        return ways.get(0).service.parseAddress(text);
    }

    @Override
    public UnitDataService connectionless() {
        return ways.get(0).service.connectionless();
    }

    /** Sees how an association ends, before its user does. */
    private final class Watch implements AssociationUser {
        private final AssociationUser user;
        private final NetworkAddress host;
        private final int way;

        Watch(AssociationUser user, NetworkAddress host, int way) {
            this.user = user;
            this.host = host;
            this.way = way;
        }

        private void judge(Ending ending) {
            boolean failed = ending == Ending.PROVIDER_ABORTED || ending == Ending.REFUSED;
            if (failed && way == way(host)) {
                useNext(host);
            }
        }

        @Override
        public void associateConfirm(Association association) {
            user.associateConfirm(association);
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
            judge(ending);
            user.ended(ending, detail);
        }

        @Override
        public void ended(Ending ending, String detail, Octets userInformation) {
            judge(ending);
            user.ended(ending, detail, userInformation);
        }

        @Override
        public void readyIndication() {
            user.readyIndication();
        }
    }
}
