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
    private final TicketOffice office; // null if no tickets are issued
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
        this.office = office;
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

    /** Check passwords, and wait for the disk, there. */
    public Gatekeeper workIn(Background background) {
        if (passwords != null) {
            passwords.workIn(background);
        }
        if (office != null) {
            office.workIn(background);
        }
        return this;
    }

    @Override
    public void decide(Claim claim, Consumer<Decision> then) {
        decide(
                claim,
                (user, application) -> user.mayUse(application) ? "" : user.name() + " may not use " + application,
                then);
    }

    /** Admits of the same users those with the right of an operator, whatever applications they may use. */
    public Authenticator operators() {
        return (claim, then) -> decide(
                claim,
                (user, application) -> user.isOperator() ? "" : user.name() + " does not have the right of an operator",
                then);
    }

    /** Whether a user may use an application. */
    private interface Right {
        /** Empty if so; otherwise a sentence. */
        String denied(User user, String application);
    }

    private void decide(Claim claim, Right right, Consumer<Decision> then) {
        if (claim.value() == null) {
            then.accept(new Refusal(Reason.AUTHENTICATION_REQUIRED, ""));
            return;
        }
        ObjectIdentifier mechanism = claim.value().mechanism();
        if (mechanism == null) {
            then.accept(new Refusal(Reason.MECHANISM_REQUIRED, ""));
        } else if (!refresh()) {
            then.accept(new Refusal(Reason.BUSY, "the users cannot be read"));
        } else {
            String application = claim.context().application();
            decide(claim, mechanism, decision -> {
                if (decision instanceof Admitted admitted) {
                    admit(admitted, right.denied(admitted.known(), application), then);
                } else {
                    then.accept(decision);
                }
            });
        }
    }

    /** Somebody has proved who it is: may it use the application, and now? */
    private void admit(Admitted admitted, String denied, Consumer<Decision> then) {
        String name = admitted.user();
        if (!denied.isEmpty()) {
            then.accept(new Refusal(Reason.NOT_AUTHORIZED, denied));
            return;
        }
        int before = associations(name);
        if (before >= maxPerUser) {
            refusedForQuota++;
            if (full.add(name)) {
                log.accept(name + " was refused: " + before + " associations are as many as a user may have");
            }
            then.accept(new Refusal(
                    Reason.BUSY,
                    name + " has " + before + " associations already, as many as a user may have at a time"));
            return;
        }
        associations.put(name, before + 1);
        Runnable onEnd = () -> {
            associations.computeIfPresent(name, (key, count) -> count == 1 ? null : count - 1);
            full.remove(name);
        };
        admitted.answer().accept(value -> then.accept(new Counted(name, value, onEnd)));
    }

    /** One of the associations of a user. */
    private record Counted(String user, AuthenticationValue response, Runnable onEnd) implements Admission {
        @Override
        public void ended() {
            onEnd.run();
        }
    }

    private void decide(Claim claim, ObjectIdentifier mechanism, Consumer<Decision> then) {
        if (mechanism.equals(AuthenticationValue.SCRAM_SHA_256)) {
            then.accept(scram.decide(claim));
        } else if (mechanism.equals(AuthenticationValue.TICKET) && tickets != null) {
            tickets.decide(claim, then);
        } else if (mechanism.equals(AuthenticationValue.PASSWORD) && passwords != null) {
            passwords.decide(claim, then);
        } else {
            then.accept(new Refusal(Reason.MECHANISM_NOT_RECOGNIZED, ""));
        }
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
