package org.osistack.session.x225;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osistack.core.Discard;
import org.osistack.core.Discards;
import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Pdu;
import org.osistack.core.Selector;
import org.osistack.session.ConnectionlessSession;
import org.osistack.session.SessionAddress;
import org.osistack.transport.DatagramTransport;
import org.osistack.transport.DatagramUser;
import org.osistack.transport.TransportAddress;

/**
 * The connectionless session entity of one host (X.235): one SSDU in one UNIT DATA SPDU in one TSDU. It has no states and
 * no timers; all that it adds is the selectors.
 */
final class UnitDataEntity implements ConnectionlessSession {
    private final DatagramTransport transport;
    private final Discards discards;
    private final List<AccessPoint> accessPoints = new ArrayList<>();

    /** The users of one transport address. */
    private final class AccessPoint implements DatagramUser {
        private final TransportAddress asked;
        private final Map<Selector, User> users = new HashMap<>();
        private TransportAddress given; // what the transport made of it: with its port

        AccessPoint(TransportAddress asked) {
            this.asked = asked;
        }

        @Override
        public void unitDataIndication(TransportAddress source, TransportAddress destination, Pdu tsdu) {
            Discard fault = UnitData.fault(tsdu);
            if (fault != null) {
                discards.drop(fault, tsdu);
                return;
            }
            UnitData header = UnitData.parse(tsdu);
            User user = users.get(header.called());
            if (user == null) {
                discards.drop(Discard.NO_USER, tsdu);
                return;
            }
            user.unitDataIndication(
                    new SessionAddress(header.calling(), source),
                    new SessionAddress(header.called(), destination),
                    tsdu);
        }
    }

    UnitDataEntity(Host host, DatagramTransport transport) {
        this.transport = transport;
        this.discards = host.discards(5, "X.235");
    }

    /** The connectionless mode over that of a transport service; null if that has none. */
    static UnitDataEntity over(Host host, DatagramTransport transport) {
        return transport == null ? null : new UnitDataEntity(host, transport);
    }

    @Override
    public SessionAddress attach(SessionAddress local, User user) {
        AccessPoint accessPoint = accessPoint(local.transport());
        if (accessPoint == null) {
            accessPoint = new AccessPoint(local.transport());
            accessPoint.given = transport.attach(local.transport(), accessPoint);
            accessPoints.add(accessPoint);
        }
        if (accessPoint.users.putIfAbsent(local.selector(), user) != null) {
            throw new IllegalStateException("somebody is attached to " + local);
        }
        return new SessionAddress(local.selector(), accessPoint.given);
    }

    @Override
    public void detach(SessionAddress local) {
        AccessPoint accessPoint = accessPoint(local.transport());
        if (accessPoint != null && accessPoint.users.remove(local.selector()) != null && accessPoint.users.isEmpty()) {
            accessPoints.remove(accessPoint);
            transport.detach(accessPoint.given);
        }
    }

    private AccessPoint accessPoint(TransportAddress address) {
        for (AccessPoint accessPoint : accessPoints) {
            if (accessPoint.asked.equals(address) || accessPoint.given.equals(address)) {
                return accessPoint;
            }
        }
        return null;
    }

    @Override
    public void unitDataRequest(SessionAddress source, SessionAddress destination, int lifetime, Pdu ssdu) {
        UnitData header = new UnitData(source.selector(), destination.selector());
        int length = header.length();
        boolean fits = ssdu.headroom() >= length; // else such as an SSDU that was received and is sent back
        Pdu tsdu = fits ? ssdu : ssdu.copy();
        header.push(tsdu);
        try {
            transport.unitDataRequest(source.transport(), destination.transport(), lifetime, tsdu);
        } catch (IllegalArgumentException e) { // too long: the SSDU is still the user's
            if (fits) {
                ssdu.pullHeader(length);
            } else {
                tsdu.release();
            }
            throw e;
        }
        if (!fits) {
            ssdu.release();
        }
    }

    @Override
    public void joinGroup(NetworkAddress group) {
        transport.joinGroup(group);
    }

    @Override
    public void leaveGroup(NetworkAddress group) {
        transport.leaveGroup(group);
    }

    @Override
    public NetworkAddress sourceFor(NetworkAddress destination) {
        return transport.sourceFor(destination);
    }

    @Override
    public NetworkAddress parseAddress(String text) {
        return transport.parseAddress(text);
    }

    /** Give all addresses back. */
    void close() {
        accessPoints.forEach(accessPoint -> transport.detach(accessPoint.given));
        accessPoints.clear();
    }
}
