package org.osistack.application.security;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.osistack.application.ApplicationContext;
import org.osistack.presentation.ObjectIdentifier;

/**
 * Who a user is to one responder: a name with a password, with tickets that the responder issued, or with both. The
 * password is proved by SCRAM-SHA-256, so that nobody gets it.
 *
 * <p>Where there is a ticket for an application, it is used. If the responder does not take it, the password's turn
 * comes, if it is still known. On the host's thread alone, once it is used.
 */
public final class Identity implements Credentials {
    private static final int MAX_TICKETS = 64;

    private final String user;
    private char[] password; // null if it is not known, or no longer
    private final Map<ObjectIdentifier, Ticket> tickets = new LinkedHashMap<>();
    private Consumer<Ticket> onTicket = ticket -> {};

    private Background background = Background.NONE;

    private Identity(String user, char[] password) {
        this.user = user;
        this.password = password;
    }

    /**
     * A user by name and password.
     *
     * @param password is copied
     * @throws IllegalArgumentException with a sentence, if either cannot be one
     */
    public static Identity of(String user, char[] password) {
        User.checkName(user);
        ScramKeys.checkPassword(password);
        return new Identity(user, password.clone());
    }

    /** A user whose password is not known. It needs {@linkplain #keep tickets}. */
    public static Identity of(String user) {
        User.checkName(user);
        return new Identity(user, null);
    }

    @Override
    public String user() {
        return user;
    }

    /** Use this ticket from now on. */
    public Identity keep(Ticket ticket) {
        tickets.remove(ticket.application());
        tickets.put(ticket.application(), ticket);
        if (tickets.size() > MAX_TICKETS) {
            tickets.remove(tickets.keySet().iterator().next());
        }
        return this;
    }

    /** The ticket for an application; null if there is none. */
    public Ticket ticket(ApplicationContext context) {
        return tickets.get(context.name());
    }

    /** Whether there is anything to prove it with to this application: a ticket, or the password. */
    public boolean isUsableFor(ApplicationContext context) {
        return password != null || tickets.containsKey(context.name());
    }

    /** Be told of each new ticket, such as to keep it in a store. */
    public void onTicket(Consumer<Ticket> listener) {
        onTicket = listener;
    }

    /** From now on prove the identity by tickets alone. */
    public void forgetPassword() {
        if (password != null) {
            Arrays.fill(password, ' ');
            password = null;
        }
    }

    @Override
    public void workIn(Background newBackground) {
        background = newBackground;
    }

    @Override
    public Background background() {
        return background;
    }

    @Override
    public Proof prove(ApplicationContext context, RandomGenerator random) {
        Ticket ticket = tickets.get(context.name());
        if (ticket != null) {
            return new TicketProof(ticket, Messages.nonce(random), this::issued, () -> {
                tickets.remove(context.name(), ticket);
                return password == null ? null : byPassword(context, random);
            });
        }
        if (password == null) {
            throw new IllegalStateException("the password of " + user + " is needed");
        }
        return byPassword(context, random);
    }

    private Proof byPassword(ApplicationContext context, RandomGenerator random) {
        return new ScramProof(user, password, Messages.nonce(random), context.name(), this::issued);
    }

    private void issued(Ticket ticket) {
        keep(ticket);
        onTicket.accept(ticket);
    }
}
