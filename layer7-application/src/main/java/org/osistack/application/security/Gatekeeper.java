package org.osistack.application.security;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.osistack.application.store.Store;
import org.osistack.application.store.StoreException;
import org.osistack.core.Host;
import org.osistack.presentation.ObjectIdentifier;

/**
 * Admits the users of a {@link UsersFile}, each to the applications that it may use, and nobody else.
 *
 * <p>Users prove themselves by SCRAM-SHA-256, by tickets, and, if that is permitted, by a password as it is. Whether a
 * user exists cannot be told from the answers, nor, up to the file's own speed, from their time.
 */
public final class Gatekeeper implements Authenticator {
    /** How many associations a user may have at a time, unless it is said otherwise. */
    public static final int STANDARD_PER_USER = 100;

    private final UsersFile users;
    private final ScramResponder scram;
    private final PasswordResponder passwords; // null if not permitted
    private final TicketResponder tickets; // null if none are issued
    private final Consumer<String> log;
    private final Map<String, Integer> associations = new HashMap<>(); // at this moment, by user
    private final Set<String> full = new HashSet<>(); // users who were refused since one of their associations ended
    private int maxPerUser = STANDARD_PER_USER;
    private long refusedForQuota;
    private boolean isFileBroken;

    /**
     * Make a gatekeeper.
     *
     * @param store for the secret by which users are made up that do not exist
     * @param office issues tickets; null for none
     * @param allowsPlain whether passwords may come as they are
     * @param log takes what goes wrong with the file
     * @throws IOException with a sentence, if the file cannot be read
     * @throws StoreException if the store cannot
     */
    public Gatekeeper(
            Host host, UsersFile users, Store store, TicketOffice office, boolean allowsPlain, Consumer<String> log)
            throws IOException, StoreException {
        byte[] secret = TicketOffice.secret(store, "unknown users");
        this.users = users;
        this.scram = new ScramResponder(host, users, secret, office);
        this.passwords = allowsPlain ? new PasswordResponder(host, users, secret) : null;
        this.tickets = office == null ? null : new TicketResponder(host, users, office);
        this.log = log;
        users.refresh();
    }

    /** Let a user have as many associations at a time as this, with all applications together. */
    public Gatekeeper limit(int associationsPerUser) {
        maxPerUser = associationsPerUser;
        return this;
    }

    /** How many associations that user has at this moment. */
    public int associations(String user) {
        return associations.getOrDefault(user, 0);
    }

    /** How many associations were refused because the user had as many as it may have. */
    public long refusedForQuota() {
        return refusedForQuota;
    }

    @Override
    public Decision decide(Claim claim) {
        return decide(
                claim,
                (user, application) -> user.mayUse(application) ? "" : user.name() + " may not use " + application);
    }

    /** Admits of the same users those with the right of an operator, whatever applications they may use. */
    public Authenticator operators() {
        return claim -> decide(
                claim,
                (user, application) ->
                        user.isOperator() ? "" : user.name() + " does not have the right of an operator");
    }

    /** Whether a user may use an application. */
    private interface Right {
        /** Empty if so; otherwise a sentence. */
        String denied(User user, String application);
    }

    private Decision decide(Claim claim, Right right) {
        if (claim.value() == null) {
            return new Refusal(Reason.AUTHENTICATION_REQUIRED, "");
        }
        ObjectIdentifier mechanism = claim.value().mechanism();
        if (mechanism == null) {
            return new Refusal(Reason.MECHANISM_REQUIRED, "");
        }
        if (!refresh()) {
            return new Refusal(Reason.BUSY, "the users cannot be read");
        }
        Decision decision = decide(claim, mechanism);
        return decision instanceof Admitted admitted
                ? admit(admitted, right.denied(admitted.known(), claim.context().application()))
                : decision;
    }

    /** Somebody has proved who it is: may it use the application, and now? */
    private Decision admit(Admitted admitted, String denied) {
        String name = admitted.user();
        if (!denied.isEmpty()) {
            return new Refusal(Reason.NOT_AUTHORIZED, denied);
        }
        int before = associations(name);
        if (before >= maxPerUser) {
            refusedForQuota++;
            if (full.add(name)) {
                log.accept(name + " was refused: " + before + " associations are as many as a user may have");
            }
            return new Refusal(
                    Reason.BUSY,
                    name + " has " + before + " associations already, as many as a user may have at a time");
        }
        associations.put(name, before + 1);
        return new Counted(admitted, () -> {
            associations.computeIfPresent(name, (key, count) -> count == 1 ? null : count - 1);
            full.remove(name);
        });
    }

    /** One of the associations of a user. */
    private record Counted(Admitted admitted, Runnable onEnd) implements Admission {
        @Override
        public String user() {
            return admitted.user();
        }

        @Override
        public AuthenticationValue response() {
            return admitted.response();
        }

        @Override
        public void ended() {
            onEnd.run();
        }
    }

    private Decision decide(Claim claim, ObjectIdentifier mechanism) {
        if (mechanism.equals(AuthenticationValue.SCRAM_SHA_256)) {
            return scram.decide(claim);
        }
        if (mechanism.equals(AuthenticationValue.TICKET) && tickets != null) {
            return tickets.decide(claim);
        }
        if (mechanism.equals(AuthenticationValue.PASSWORD) && passwords != null) {
            return passwords.decide(claim);
        }
        return new Refusal(Reason.MECHANISM_NOT_RECOGNIZED, "");
    }

    /** Take up changes of the file. While it cannot be understood, nobody is admitted. */
    private boolean refresh() {
        try {
            users.refresh();
            isFileBroken = false;
        } catch (IOException e) {
            if (!isFileBroken) {
                log.accept("nobody is admitted: " + e.getMessage());
            }
            isFileBroken = true;
        }
        return !isFileBroken;
    }
}
