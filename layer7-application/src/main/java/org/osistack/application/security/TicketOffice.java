package org.osistack.application.security;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.osistack.application.ApplicationContext;
import org.osistack.application.store.Store;
import org.osistack.application.store.StoreException;
import org.osistack.application.store.StoreMap;
import org.osistack.core.Octets;

/**
 * Issues tickets, and knows the sessions that they belong to, across restarts of its process: they are in a store, with
 * the key that tickets are sealed by. A ticket whose session is not known is worth nothing, which is how it is revoked.
 */
public final class TicketOffice {
    /** How long a ticket can be used. With each use comes a new one. */
    public static final Duration STANDARD_LIFETIME = Duration.ofHours(1);
    /** How long a session goes on without the password. */
    public static final Duration STANDARD_LIMIT = Duration.ofHours(12);

    static final int MAX_SESSIONS = 10_000;
    static final int MAX_SESSIONS_OF_USER = 64;

    private static final int ID_LENGTH = 12; // octets
    private static final int FINGERPRINT_LENGTH = 8;
    private static final String SEAL_KEY = "ticket seal";

    private final Store store;
    private final StoreMap kept;
    private final RandomGenerator random;
    private final InstantSource wallClock;
    private final Duration lifetime;
    private final Duration limit;
    private final Consumer<String> log;
    private final byte[] sealKey;
    private Background background = Background.NONE;
    private final Map<String, Session> sessions = new LinkedHashMap<>(); // as the store has them

    /**
     * Open the office.
     *
     * @param random for what nobody may foresee
     * @param wallClock since a ticket outlives its process
     * @param lifetime of a ticket
     * @param limit of a session
     * @param log takes what goes wrong with the store
     */
    public TicketOffice(
            Store store,
            RandomGenerator random,
            InstantSource wallClock,
            Duration lifetime,
            Duration limit,
            Consumer<String> log)
            throws StoreException {
        this.store = store;
        this.kept = store.map("sessions");
        this.random = random;
        this.wallClock = wallClock;
        this.lifetime = lifetime;
        this.limit = limit;
        this.log = log;
        this.sealKey = secret(store, SEAL_KEY);
        for (Octets key = kept.ceilingKey(Octets.EMPTY); key != null; key = kept.higherKey(key)) {
            Session session = Session.of(key.toString(), kept.get(key));
            if (session != null) {
                sessions.put(session.id(), session);
            }
        }
    }

    /** A secret that is kept in a store under this name; made if there is none. */
    static byte[] secret(Store store, String name) throws StoreException {
        StoreMap secrets = store.map("secrets");
        Octets secret = secrets.get(name);
        if (secret == null) {
            secret = Octets.of(Messages.randomOctets(new SecureRandom(), SealedTicket.KEY_LENGTH));
            secrets.put(name, secret);
            store.commit();
        }
        return secret.toByteArray();
    }

    private long now() {
        return wallClock.instant().getEpochSecond();
    }

    /** Wait for the disk there; before the first session begins. */
    void workIn(Background newBackground) {
        background = newBackground;
    }

    /** A change to what is kept; a value of null removes. */
    private record Change(String id, Octets value) {}

    /**
     * Begin a session, whose password was proved.
     *
     * @param then gets its first ticket when the session is kept; null if the store does not keep it
     */
    void begin(User user, ApplicationContext context, byte[] key, Consumer<String> then) {
        String id = HexFormat.of().formatHex(Messages.randomOctets(random, ID_LENGTH));
        long now = now();
        Session session = new Session(id, user.name(), context.name(), now, now + limit.toSeconds(), 0);
        List<Change> changes = makeRoom(user.name());
        sessions.put(id, session);
        changes.add(new Change(id, session.toOctets()));
        keep(changes, problem -> {
            if (problem.isEmpty()) {
                then.accept(ticket(session, user, key));
            } else {
                sessions.remove(id);
                log.accept("no ticket for " + user.name() + ": " + problem);
                then.accept(null);
            }
        });
    }

    /**
     * Keep changes.
     *
     * @param then hears when they are on the disk; or why they are not, in a sentence
     */
    private void keep(List<Change> changes, Consumer<String> then) {
        background.call(
                () -> {
                    try {
                        for (Change change : changes) {
                            Octets id = Octets.ofHex(change.id);
                            if (change.value == null) {
                                kept.remove(id);
                            } else {
                                kept.put(id, change.value);
                            }
                        }
                        store.commit();
                        return "";
                    } catch (StoreException e) {
                        return e.getMessage();
                    }
                },
                then);
    }

    private List<Change> makeRoom(String user) {
        long now = now();
        List<Change> changes = new ArrayList<>();
        List<Session> ofUser = new ArrayList<>();
        for (Session session : List.copyOf(sessions.values())) {
            if (session.expires() <= now) {
                changes.add(forget(session.id()));
            } else if (session.user().equals(user)) {
                ofUser.add(session);
            }
        }
        if (ofUser.size() >= MAX_SESSIONS_OF_USER) {
            changes.add(forget(ofUser.get(0).id()));
        } else if (sessions.size() >= MAX_SESSIONS) {
            changes.add(forget(sessions.keySet().iterator().next()));
        }
        return changes;
    }

    private Change forget(String id) {
        sessions.remove(id);
        return new Change(id, null);
    }

    private String ticket(Session session, User user, byte[] key) {
        long expires = Math.min(now() + lifetime.toSeconds(), session.expires());
        return new SealedTicket(
                        session.id(), user.name(), session.application(), expires, Octets.of(key), fingerprint(user))
                .seal(sealKey, random);
    }

    /** Changes with the password. */
    private Octets fingerprint(User user) {
        byte[] whole = Messages.hmac(sealKey, user.keys().storedKey().toByteArray());
        return Octets.of(Arrays.copyOf(whole, FINGERPRINT_LENGTH));
    }

    /** Open a ticket; null if it is none of ours, has expired, or its session is over. */
    SealedTicket open(String sealed) {
        SealedTicket ticket = SealedTicket.open(sealed, sealKey);
        Session session = ticket == null ? null : sessions.get(ticket.session());
        boolean isValid = session != null && ticket.expires() > now() && session.expires() > now();
        return isValid ? ticket : null;
    }

    /** Whether the ticket was issued to the user with the password of now. */
    boolean isOf(SealedTicket ticket, User user) {
        return user != null
                && user.name().equals(ticket.user())
                && fingerprint(user).equals(ticket.password());
    }

    /** How often a session was resumed. */
    long count(SealedTicket ticket) {
        Session session = sessions.get(ticket.session());
        return session == null ? 0 : session.count();
    }

    /**
     * Count a resumption, so that it cannot be done again.
     *
     * @param then hears when it is kept; false if it cannot be kept, or was counted before
     */
    void resume(SealedTicket ticket, long count, Consumer<Boolean> then) {
        Session session = sessions.get(ticket.session());
        if (session == null || count <= session.count()) {
            then.accept(false);
            return;
        }
        Session resumed = session.resumed(count);
        sessions.put(resumed.id(), resumed);
        List<Change> changes = List.of(new Change(resumed.id(), resumed.toOctets()));
        keep(changes, problem -> {
            boolean isKept = problem.isEmpty();
            if (!isKept) {
                sessions.replace(resumed.id(), resumed, session);
                log.accept("no resumption for " + ticket.user() + ": " + problem);
            }
            then.accept(isKept && sessions.containsKey(resumed.id())); // unless it was revoked meanwhile
        });
    }

    /** The next ticket of a session that was resumed; null if it is over. */
    String next(SealedTicket ticket, User user, byte[] key) {
        Session session = sessions.get(ticket.session());
        return session == null ? null : ticket(session, user, key);
    }

    /** The sessions that can be resumed. */
    public List<Session> sessions() {
        long now = now();
        return sessions.values().stream()
                .filter(session -> session.expires() > now)
                .toList();
    }

    /**
     * Revoke the tickets of a session. They are worth nothing from now on; that the store does not keep that is told to the
     * log.
     *
     * @return whether there was one
     */
    public boolean revoke(String id) {
        if (!sessions.containsKey(id)) {
            return false;
        }
        keep(List.of(forget(id)), problem -> {
            if (!problem.isEmpty()) {
                log.accept("a session is not revoked for good: " + problem);
            }
        });
        return true;
    }
}
