package org.osistack.application.security;

import com.ongres.scram.common.ClientFirstMessage;
import com.ongres.scram.common.Gs2CbindFlag;
import com.ongres.scram.common.ScramFunctions;
import com.ongres.scram.common.ServerFinalMessage;
import com.ongres.scram.common.ServerFirstMessage;
import com.ongres.scram.common.exception.ScramException;
import java.security.MessageDigest;
import java.util.Arrays;
import org.osistack.application.security.Authenticator.Challenge;
import org.osistack.application.security.Authenticator.Claim;
import org.osistack.application.security.Authenticator.Decision;
import org.osistack.application.security.Authenticator.Reason;
import org.osistack.application.security.Authenticator.Refusal;
import org.osistack.core.Host;
import org.osistack.core.Octets;

/** The responder's side of SCRAM-SHA-256: see {@link ScramProof} for the messages. */
final class ScramResponder {
    private static final Refusal FAILURE = new Refusal(Reason.AUTHENTICATION_FAILURE, "");

    /**
     * An exchange whose first half is over.
     *
     * @param user null if there is none of that name, which the caller must not see
     * @param header the gs2-header of the first message
     * @param messages the beginning of the AuthMessage
     */
    private record Exchange(Claim claim, User user, ScramKeys keys, String header, String messages) {}

    private final Host host;
    private final UsersFile users;
    private final byte[] secret;
    private final TicketOffice tickets;
    private final Outstanding<Exchange> outstanding;

    /**
     * Make the responder.
     *
     * @param secret what the salts of users come from that do not exist
     * @param tickets null to issue none
     */
    ScramResponder(Host host, UsersFile users, byte[] secret, TicketOffice tickets) {
        this.host = host;
        this.users = users;
        this.secret = secret;
        this.tickets = tickets;
        this.outstanding = new Outstanding<>(host);
    }

    Decision decide(Claim claim) {
        String text = AuthenticationValue.text(claim.value(), AuthenticationValue.SCRAM_SHA_256);
        return text.startsWith("c=") ? last(claim, text) : first(claim, text);
    }

    private Decision first(Claim claim, String text) {
        ClientFirstMessage message = parse(text);
        if (message == null
                || message.getGs2Header().getChannelBindingFlag() == Gs2CbindFlag.CHANNEL_BINDING_REQUIRED
                || message.getGs2Header().getAuthzid() != null
                || !Messages.isNonce(message.getClientNonce())) {
            return FAILURE;
        }
        int bare = text.indexOf(',', text.indexOf(',') + 1) + 1;
        String name = Messages.attribute(text, 2, 'n');
        User user = users.user(name);
        ScramKeys keys = user == null ? fakeKeys(secret, name) : user.keys();
        String nonce = Messages.nonce(host.random());
        String challenge = new ServerFirstMessage(
                        message.getClientNonce(),
                        nonce,
                        Messages.base64(keys.salt().toByteArray()),
                        keys.iterations())
                .toString();
        Exchange exchange =
                new Exchange(claim, user, keys, text.substring(0, bare), text.substring(bare) + "," + challenge);
        if (!outstanding.add(message.getClientNonce() + nonce, claim.caller(), exchange)) {
            return new Refusal(Reason.BUSY, "too many are being authenticated");
        }
        return new Challenge(new AuthenticationValue(AuthenticationValue.SCRAM_SHA_256, challenge));
    }

    private static ClientFirstMessage parse(String text) {
        try {
            return ClientFirstMessage.parseFrom(text);
        } catch (ScramException | IllegalArgumentException e) { // it throws both for what a peer sends
            return null;
        }
    }

    /** The same keys whenever the name is tried, so that nobody can tell that there is no such user. */
    static ScramKeys fakeKeys(byte[] secret, String name) {
        byte[] salt = Messages.hmac(secret, Messages.octets("salt " + name));
        Octets key = Octets.of(Messages.hmac(secret, Messages.octets("key " + name)));
        return new ScramKeys(
                ScramKeys.STANDARD_ITERATIONS, Octets.of(Arrays.copyOf(salt, ScramKeys.SALT_LENGTH)), key, key);
    }

    private Decision last(Claim claim, String text) {
        String nonce = Messages.attribute(text, 1, 'r');
        int end = text.lastIndexOf(",p=");
        Exchange exchange = nonce == null || end < 0 ? null : outstanding.take(nonce);
        if (exchange == null) {
            return FAILURE; // never asked for, asked for too long ago, or answered already
        }
        byte[] proof = Messages.fromBase64(text.substring(end + ",p=".length()));
        String authMessage = exchange.messages + "," + text.substring(0, end);
        byte[] storedKey = exchange.keys.storedKey().toByteArray();
        boolean isProved = proof != null
                && proof.length == ScramKeys.KEY_LENGTH
                && ScramFunctions.verifyClientProof(ScramKeys.MECHANISM, proof, storedKey, authMessage);
        boolean isSameExchange =
                exchange.claim.context().name().equals(claim.context().name())
                        && Messages.base64(Messages.octets(exchange.header)).equals(Messages.attribute(text, 0, 'c'));
        if (!isProved || !isSameExchange || exchange.user == null) {
            return FAILURE;
        }
        byte[] clientKey = ScramFunctions.clientSignature(ScramKeys.MECHANISM, storedKey, authMessage);
        for (int i = 0; i < clientKey.length; i++) {
            clientKey[i] ^= proof[i];
        }
        byte[] serverKey = exchange.keys.serverKey().toByteArray();
        String signature = new ServerFinalMessage(
                        ScramFunctions.serverSignature(ScramKeys.MECHANISM, serverKey, authMessage))
                .toString();
        byte[] sessionKey = ScramKeys.sessionKey(storedKey, clientKey, authMessage);
        return new Admitted(exchange.user, then -> {
            if (tickets == null) {
                then.accept(answer(signature, null));
            } else {
                tickets.begin(
                        exchange.user, claim.context(), sessionKey, ticket -> then.accept(answer(signature, ticket)));
            }
        });
    }

    private static AuthenticationValue answer(String signature, String ticket) {
        return new AuthenticationValue(
                AuthenticationValue.SCRAM_SHA_256, ticket == null ? signature : signature + ",t=" + ticket);
    }

    /** Whether these are the keys of this password. Takes as long for every password. */
    static boolean matches(ScramKeys keys, char[] password) {
        byte[] storedKey = ScramKeys.of(password, keys.salt(), keys.iterations())
                .storedKey()
                .toByteArray();
        return MessageDigest.isEqual(storedKey, keys.storedKey().toByteArray());
    }
}
