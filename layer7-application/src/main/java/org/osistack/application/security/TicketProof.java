package org.osistack.application.security;

import java.security.MessageDigest;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.osistack.core.Octets;

/** The initiator's side of the use of a {@link Ticket}. */
final class TicketProof implements Credentials.Proof {
    private final Ticket ticket;
    private final String nonce;
    private final Consumer<Ticket> tickets;
    private final Supplier<Credentials.Proof> otherwise;
    private String authMessage; // null until the challenge has come

    /**
     * Begin.
     *
     * @param tickets gets the next ticket
     * @param otherwise gives another proof, or null, if this one fails
     */
    TicketProof(Ticket ticket, String nonce, Consumer<Ticket> tickets, Supplier<Credentials.Proof> otherwise) {
        this.ticket = ticket;
        this.nonce = nonce;
        this.tickets = tickets;
        this.otherwise = otherwise;
    }

    private String firstText() {
        return "t=" + ticket.sealed() + ",r=" + nonce;
    }

    @Override
    public AuthenticationValue first() {
        return new AuthenticationValue(AuthenticationValue.TICKET, firstText());
    }

    @Override
    public AuthenticationValue answer(AuthenticationValue challenge) throws AuthenticationException {
        String text = AuthenticationValue.text(challenge, AuthenticationValue.TICKET);
        String both = Messages.attribute(text, 0, 'r');
        String count = Messages.attribute(text, 1, 'o');
        if (authMessage != null
                || both == null
                || !both.startsWith(nonce)
                || both.length() == nonce.length()
                || count == null
                || !count.matches("[0-9]{1,15}")) {
            throw new AuthenticationException("the peer's challenge is none for a ticket");
        }
        String withoutProof = "r=" + both + ",o=" + (Long.parseLong(count) + 1);
        authMessage = firstText() + "," + text + "," + withoutProof;
        byte[] proof = derive(Ticket.INITIATOR);
        return new AuthenticationValue(AuthenticationValue.TICKET, withoutProof + ",p=" + Messages.base64(proof));
    }

    private byte[] derive(String use) {
        return Ticket.derive(ticket.key().toByteArray(), use, ticket.application(), authMessage);
    }

    @Override
    public void check(AuthenticationValue response) throws AuthenticationException {
        String text = AuthenticationValue.text(response, AuthenticationValue.TICKET);
        String signature = Messages.attribute(text, 0, 'v');
        byte[] octets = signature == null ? null : Messages.fromBase64(signature);
        if (authMessage == null || octets == null || !MessageDigest.isEqual(octets, derive(Ticket.RESPONDER))) {
            throw new AuthenticationException("the peer did not prove that it issued the ticket of " + ticket.user());
        }
        String next = Messages.attribute(text, 1, 't');
        if (next != null) {
            tickets.accept(new Ticket(ticket.user(), ticket.application(), next, Octets.of(derive(Ticket.NEXT_KEY))));
        }
    }

    @Override
    public Credentials.Proof afterFailure() {
        return otherwise.get();
    }
}
