package org.osistack.application;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osistack.application.security.Authenticator;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Octets;
import org.osistack.core.dialogue.FunctionalUnits;

/**
 * Associations of a host that is at home on several links, with a column of layers on each. Servers listen on all of them.
 * An association is asked for by the way to its host that worked last: when one is lost or does not come about, the next
 * is asked for by the next way, and one that nobody has answered is asked for by the others at once. So whoever goes on with a dialogue on a new association, as reliable transfer does, goes
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
        return new Routed(request, user).ask();
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

    /** An association that is asked for by one way after another, until somebody answers. */
    private final class Routed extends AssociationRelay {
        private final AssociationRequest request;
        private int asked; // by how many ways
        private int way;
        private boolean isAborted;

        Routed(AssociationRequest request, AssociationUser user) {
            this.request = request;
            this.user = user;
        }

        Association ask() {
            asked++;
            way = way(request.host());
            NetworkAddress address = ways.get(way).address(request.host());
            below = ways.get(way).service.associateRequest(request.at(address), this);
            return this;
        }

        /** The way was no good: whoever asks next goes by another. */
        private void leave() {
            if (way == way(request.host())) {
                useNext(request.host());
            }
        }

        /** Whether it is asked for again, by another way; if so, its user need not know of this end. */
        private boolean asksAgain(Ending ending) {
            boolean failed = ending == Ending.PROVIDER_ABORTED || ending == Ending.REFUSED;
            if (failed) {
                leave();
            }
            boolean again =
                    failed && !below.wasAnswered() && !isAborted && asked < ways.size() && way != way(request.host());
            if (again) {
                ask();
            }
            return again;
        }

        @Override
        public void abortRequest() {
            isAborted = true;
            super.abortRequest();
        }

        @Override
        public void abortRequest(Octets userInformation) {
            isAborted = true;
            super.abortRequest(userInformation);
        }

        @Override
        public void ended(Ending ending, String detail) {
            if (!asksAgain(ending)) {
                super.ended(ending, detail);
            }
        }

        @Override
        public void ended(Ending ending, String detail, Octets userInformation) {
            if (!asksAgain(ending)) {
                super.ended(ending, detail, userInformation);
            }
        }
    }
}
