package org.osistack.application.security;

import java.security.MessageDigest;
import java.util.function.Consumer;
import org.osistack.application.security.Authenticator.Challenge;
import org.osistack.application.security.Authenticator.Claim;
import org.osistack.application.security.Authenticator.Decision;
import org.osistack.application.security.Authenticator.Reason;
import org.osistack.application.security.Authenticator.Refusal;
import org.osistack.core.Host;
import org.osistack.presentation.ObjectIdentifier;

/** The responder's side of the use of a {@link Ticket}. */
final class TicketResponder {
    private static final Refusal FAILURE =
            new Refusal(Reason.AUTHENTICATION_FAILURE, "the ticket is not valid, or no longer");

    private record Exchange(ObjectIdentifier application, SealedTicket ticket, long count, String messages) {}

    private final Host host;
    private final UsersFile users;
    private final TicketOffice office;
    private final Outstanding<Exchange> outstanding;

    TicketResponder(Host host, UsersFile users, TicketOffice office) {
        this.host = host;
        this.users = users;
        this.office = office;
        this.outstanding = new Outstanding<>(host);
    }

    void decide(Claim claim, Consumer<Decision> then) {
        String text = AuthenticationValue.text(claim.value(), AuthenticationValue.TICKET);
        if (text.startsWith("t=")) {
            then.accept(first(claim, text));
        } else {
            last(claim, text, then);
        }
    }

    private Decision first(Claim claim, String text) {
        String sealed = Messages.attribute(text, 0, 't');
        SealedTicket ticket = sealed == null ? null : office.open(sealed);
        String nonce = Messages.attribute(text, 1, 'r');
        if (ticket == null
                || !Messages.isNonce(nonce)
                || !ticket.application().equals(claim.context().name())
                || !office.isOf(ticket, users.user(ticket.user()))) {
            return FAILURE;
        }
        String both = nonce + Messages.nonce(host.random());
        long count = office.count(ticket);
        String challenge = "r=" + both + ",o=" + count;
        Exchange exchange = new Exchange(ticket.application(), ticket, count + 1, text + "," + challenge);
        if (!outstanding.add(both, claim.caller(), exchange)) {
            return new Refusal(Reason.BUSY, "too many are being authenticated");
        }
        return new Challenge(new AuthenticationValue(AuthenticationValue.TICKET, challenge));
    }

    private void last(Claim claim, String text, Consumer<Decision> then) {
        String nonce = Messages.attribute(text, 0, 'r');
        int end = text.lastIndexOf(",p=");
        Exchange exchange = nonce == null || end < 0 ? null : outstanding.take(nonce);
        if (exchange == null) {
            then.accept(FAILURE); // never asked for, asked for too long ago, or answered already
            return;
        }
        SealedTicket ticket = exchange.ticket;
        byte[] key = ticket.key().toByteArray();
        String authMessage = exchange.messages + "," + text.substring(0, end);
        byte[] proof = Messages.fromBase64(text.substring(end + ",p=".length()));
        byte[] expected = Ticket.derive(key, Ticket.INITIATOR, exchange.application, authMessage);
        User user = users.user(ticket.user());
        boolean isProved = proof != null && MessageDigest.isEqual(proof, expected);
        if (!isProved
                || !Long.toString(exchange.count).equals(Messages.attribute(text, 1, 'o'))
                || !exchange.application.equals(claim.context().name())
                || !office.isOf(ticket, user)) {
            then.accept(FAILURE);
            return;
        }
        Admitted admitted = new Admitted(user, answer -> {
            byte[] signature = Ticket.derive(key, Ticket.RESPONDER, exchange.application, authMessage);
            byte[] nextKey = Ticket.derive(key, Ticket.NEXT_KEY, exchange.application, authMessage);
            String next = office.next(ticket, user, nextKey);
            String response = "v=" + Messages.base64(signature);
            answer.accept(new AuthenticationValue(
                    AuthenticationValue.TICKET, next == null ? response : response + ",t=" + next));
        });
        office.resume(ticket, exchange.count, isKept -> then.accept(isKept ? admitted : FAILURE));
    }
}
