package org.osistack.application.security;

import java.io.IOException;
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
    private final UsersFile users;
    private final ScramResponder scram;
    private final PasswordResponder passwords; // null if not permitted
    private final TicketResponder tickets; // null if none are issued
    private final Consumer<String> log;
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

    @Override
    public Decision decide(Claim claim) {
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
        if (decision instanceof Admitted admitted
                && !admitted.known().mayUse(claim.context().application())) {
            return new Refusal(
                    Reason.NOT_AUTHORIZED,
                    admitted.user() + " may not use " + claim.context().application());
        }
        return decision;
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
