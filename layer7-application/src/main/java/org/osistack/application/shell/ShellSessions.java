package org.osistack.application.shell;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.osistack.application.ApplicationProvider.Environment;
import org.osistack.application.Association;
import org.osistack.application.AssociationListener;
import org.osistack.application.AssociationUser;
import org.osistack.core.Host;
import org.osistack.core.Octets;

/** The sessions of a server: lets clients into new ones, and back into theirs. */
final class ShellSessions implements AssociationListener {
    private static final Pattern WITH_PORT = Pattern.compile("([0-9.]+):[0-9]{1,5}");

    private final Host host;
    private final ShellSettings settings;
    private final CommandBook book;
    private final Consumer<String> log;
    private final boolean hasUserInformation;
    private final Map<Octets, ShellSession> sessions = new LinkedHashMap<>();
    private int numbers;

    ShellSessions(Environment environment, ShellSettings settings, CommandBook book) {
        this.host = environment.host();
        this.settings = settings;
        this.book = book;
        this.log = environment.log();
        this.hasUserInformation = environment.associations().negotiatesFunctionalUnits();
    }

    Host host() {
        return host;
    }

    CommandBook book() {
        return book;
    }

    int patienceSeconds() {
        return settings.patienceSeconds();
    }

    /** Whether A-ASSOCIATE can carry APDUs. */
    boolean hasUserInformation() {
        return hasUserInformation;
    }

    /** How many there are. */
    int size() {
        return sessions.size();
    }

    void log(String line) {
        log.accept(line);
    }

    @Override
    public AssociationUser associateIndication(Association association) {
        ShellApdu apdu =
                association.userInformation().isEmpty() ? null : ShellApdu.parse(association.userInformation());
        if (hasUserInformation && !(apdu instanceof ShellApdu.Enter)) {
            association.refuse("it does not say which session it wants");
            return null;
        }
        ShellApdu.Enter enter = hasUserInformation
                ? (ShellApdu.Enter) apdu
                : new ShellApdu.Enter(newName(), true, ShellApdu.NOTHING_SEEN);
        ShellSession session = find(enter.session(), association.user());
        boolean isNew = session == null && enter.mayCreate() && !sessions.containsKey(enter.session());
        if (session == null && !isNew) {
            return refuse(association, "there is no such session here", ShellApdu.Refusal.Reason.UNKNOWN_SESSION);
        }
        String owner = association.user().isEmpty() ? association.peer() : association.user();
        if (isNew) {
            String objection = objection(association.user(), owner);
            if (objection != null) {
                return refuse(association, objection, ShellApdu.Refusal.Reason.TOO_MANY);
            }
            session = new ShellSession(this, ++numbers, enter.session(), association.user(), owner);
            sessions.put(enter.session(), session);
        }
        ShellLink link = new ShellLink(host, session);
        link.use(association);
        log(session + (isNew ? " begins" : " goes on"));
        session.attend(link, enter.point());
        return link;
    }

    private Octets newName() {
        byte[] name = new byte[ShellApdu.NAME_LENGTH];
        host.random().nextBytes(name);
        return Octets.of(name);
    }

    /** Who knows a session's name comes in, if it is the user's who began it. A user with a proven name needs no other. */
    private ShellSession find(Octets name, String user) {
        ShellSession found = sessions.get(name);
        if (found != null) {
            return found.user().equals(user) ? found : null;
        }
        ShellSession best = null;
        if (name.isEmpty() && !user.isEmpty()) {
            for (ShellSession each : sessions.values()) {
                if (each.user().equals(user) && (best == null || best.isAttended() || !each.isAttended())) {
                    best = each;
                }
            }
        }
        return best;
    }

    /** The address of a peer as it is told to people: what stands in front of it anybody can choose. */
    static String address(String peer) {
        int title = peer.lastIndexOf(" (");
        String address = title > 0 && peer.endsWith(")") ? peer.substring(title + 2, peer.length() - 1) : peer;
        return WITH_PORT.matcher(address).replaceFirst("$1");
    }

    private String objection(String user, String owner) {
        if (sessions.size() >= settings.sessions()) {
            return "there are " + settings.sessions() + " sessions here, as many as there may be";
        }
        long own = sessions.values().stream()
                .filter(session -> user.isEmpty()
                        ? session.user().isEmpty() && address(session.owner()).equals(address(owner))
                        : session.user().equals(user))
                .count();
        return own < settings.sessionsPerUser()
                ? null
                : owner + " has " + own + " sessions already, as many as one may have at a time";
    }

    private static AssociationUser refuse(Association association, String why, ShellApdu.Refusal.Reason reason) {
        if (association.userInformation().isEmpty()) {
            association.refuse(why);
        } else {
            association.refuse(why, new ShellApdu.Refusal(reason).toOctets());
        }
        return null;
    }

    /** A session has ended. */
    void gone(ShellSession session, String how) {
        sessions.remove(session.name(), session);
        log(session + " " + how);
    }
}
