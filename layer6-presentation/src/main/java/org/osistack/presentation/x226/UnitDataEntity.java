package org.osistack.presentation.x226;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osistack.core.Discard;
import org.osistack.core.Discards;
import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.Selector;
import org.osistack.presentation.NegotiatedConnectionless;
import org.osistack.presentation.ObjectIdentifier;
import org.osistack.presentation.Pdv;
import org.osistack.presentation.PresentationAddress;
import org.osistack.presentation.PresentationContext;
import org.osistack.session.ConnectionlessSession;
import org.osistack.session.SessionAddress;

/**
 * The connectionless presentation entity of one host (X.236): each unit travels with the definitions of its contexts,
 * in one UD PPDU in one SSDU.
 */
final class UnitDataEntity implements NegotiatedConnectionless {
    private final Host host;
    private final ConnectionlessSession session;
    private final Profile profile;
    private final int maxContexts;
    private final Discards discards;
    private final List<AccessPoint> accessPoints = new ArrayList<>();

    /** The users of one session address. */
    private final class AccessPoint implements ConnectionlessSession.User {
        private final SessionAddress asked;
        private final Map<Selector, User> users = new HashMap<>();
        private SessionAddress given; // what the layers below made of it: with its port

        AccessPoint(SessionAddress asked) {
            this.asked = asked;
        }

        @Override
        public void unitDataIndication(SessionAddress source, SessionAddress destination, Pdu ssdu) {
            UdPpdu unit = UdPpdu.parse(Octets.of(ssdu));
            Discard fault = fault(unit);
            if (fault != null) {
                discards.drop(fault, ssdu);
                return;
            }
            User user = users.get(X226Entity.selector(unit.calledSelector()));
            List<Pdv> values = values(unit);
            if (user == null || values == null) {
                discards.drop(user == null ? Discard.NO_USER : Discard.BAD_FIELD, ssdu);
                return;
            }
            PresentationAddress from = address(unit.callingSelector(), source);
            PresentationAddress to = address(unit.calledSelector(), destination);
            if (unit.contexts().isEmpty() && values.size() == 1) {
                ssdu.release();
                user.unitDataIndication(from, to, pdu(values.get(0).value()));
            } else if (user.unitDataIndication(from, to, unit.contexts(), values)) {
                ssdu.release();
            } else {
                discards.drop(Discard.NO_USER, ssdu); // nobody there knows the contexts
            }
        }

        private static PresentationAddress address(Octets selector, SessionAddress address) {
            return X226Entity.presentationAddress(X226Entity.selector(selector), address);
        }
    }

    UnitDataEntity(Host host, ConnectionlessSession session, Profile profile, int maxContexts) {
        this.host = host;
        this.session = session;
        this.profile = profile;
        this.maxContexts = maxContexts;
        this.discards = host.discards(6, "X.236");
    }

    /** The connectionless mode over that of a session service; null if that has none. */
    static UnitDataEntity over(Host host, ConnectionlessSession session, Profile profile, int maxContexts) {
        return session == null ? null : new UnitDataEntity(host, session, profile, maxContexts);
    }

    private Discard fault(UdPpdu unit) {
        if (unit == null) {
            return Discard.MALFORMED;
        }
        if (!unit.isVersion1()) {
            return Discard.BAD_VERSION;
        }
        if (unit.contexts().size() > maxContexts) {
            return Discard.OVER_LIMIT;
        }
        return isTooLong(unit.callingSelector()) || isTooLong(unit.calledSelector()) ? Discard.BAD_FIELD : null;
    }

    private static boolean isTooLong(Octets selector) {
        return selector != null && selector.length() > Selector.MAX_LENGTH;
    }

    /** The values in the first encoding that can be read; null if there is none. */
    private static List<Pdv> values(UdPpdu unit) {
        List<PresentationContext> readable = unit.contexts().stream()
                .filter(context -> context.transferSyntaxes().stream().anyMatch(Negotiation::isSupported))
                .toList();
        if (readable.isEmpty() && !unit.contexts().isEmpty()) {
            return null;
        }
        ContextSet contexts = ContextSet.proposed(readable);
        for (UserData encoding : unit.encodings()) {
            boolean saysWhich = encoding.simple() == null || unit.contexts().size() <= 1;
            List<Pdv> values = saysWhich ? encoding.values(contexts) : null;
            if (values != null && !values.isEmpty()) {
                return List.copyOf(values);
            }
        }
        return null;
    }

    private Pdu pdu(Octets octets) {
        Pdu pdu = host.pool().take(octets.length());
        octets.appendTo(pdu);
        return pdu;
    }

    @Override
    public PresentationAddress attach(PresentationAddress local, User user) {
        SessionAddress below = X226Entity.sessionAddress(local);
        AccessPoint accessPoint = accessPoint(below);
        if (accessPoint == null) {
            accessPoint = new AccessPoint(below);
            accessPoint.given = session.attach(below, accessPoint);
            accessPoints.add(accessPoint);
        }
        if (accessPoint.users.putIfAbsent(local.presentation(), user) != null) {
            throw new IllegalStateException("somebody is attached to " + local);
        }
        return X226Entity.presentationAddress(local.presentation(), accessPoint.given);
    }

    @Override
    public void detach(PresentationAddress local) {
        AccessPoint accessPoint = accessPoint(X226Entity.sessionAddress(local));
        if (accessPoint != null
                && accessPoint.users.remove(local.presentation()) != null
                && accessPoint.users.isEmpty()) {
            accessPoints.remove(accessPoint);
            session.detach(accessPoint.given);
        }
    }

    private AccessPoint accessPoint(SessionAddress address) {
        for (AccessPoint accessPoint : accessPoints) {
            if (accessPoint.asked.equals(address) || accessPoint.given.equals(address)) {
                return accessPoint;
            }
        }
        return null;
    }

    @Override
    public void unitDataRequest(PresentationAddress source, PresentationAddress destination, int lifetime, Pdu value) {
        Pdv pdv = new Pdv(ContextSet.DEFAULT_CONTEXT, Octets.of(value));
        unitDataRequest(source, destination, lifetime, List.of(), List.of(pdv));
        value.release();
    }

    @Override
    public void unitDataRequest(
            PresentationAddress source,
            PresentationAddress destination,
            int lifetime,
            List<PresentationContext> contexts,
            List<Pdv> values) {
        Set<Integer> ids = new HashSet<>();
        for (PresentationContext context : contexts) {
            if (!ids.add(context.id()) || !context.transferSyntaxes().get(0).equals(ObjectIdentifier.BER)) {
                throw new IllegalArgumentException("a presentation context that is there twice, or does not begin with"
                        + " the transfer syntax BER: " + context.id());
            }
        }
        UserData userData = UserData.of(values, ContextSet.proposed(contexts), isSimple(contexts));
        if (userData == null) {
            throw new IllegalArgumentException("a unit without a value");
        }
        Pdu ssdu = UdPpdu.of(octets(source), octets(destination), contexts, userData)
                .emit()
                .toPdu(host.pool());
        try {
            session.unitDataRequest(
                    X226Entity.sessionAddress(source), X226Entity.sessionAddress(destination), lifetime, ssdu);
        } catch (IllegalArgumentException e) { // too long
            ssdu.release();
            throw e;
        }
    }

    /** As in a CP PPDU: simply where there is one context at most, with one transfer syntax (X.226 §8.4.1). */
    private boolean isSimple(List<PresentationContext> contexts) {
        return contexts.isEmpty()
                || contexts.size() == 1 && contexts.get(0).transferSyntaxes().size() == 1 && profile != Profile.MINIMAL;
    }

    /** A selector as a parameter; null, and so left away, if it is empty. */
    private static Octets octets(PresentationAddress address) {
        Selector selector = address.presentation();
        return selector.isEmpty() ? null : Octets.of(selector.toByteArray());
    }

    @Override
    public void joinGroup(NetworkAddress group) {
        session.joinGroup(group);
    }

    @Override
    public void leaveGroup(NetworkAddress group) {
        session.leaveGroup(group);
    }

    @Override
    public NetworkAddress sourceFor(NetworkAddress destination) {
        return session.sourceFor(destination);
    }

    @Override
    public NetworkAddress parseAddress(String text) {
        return session.parseAddress(text);
    }
}
