package org.osistack.application.security;

import com.ongres.scram.common.ClientFinalMessage;
import com.ongres.scram.common.ClientFirstMessage;
import com.ongres.scram.common.ScramFunctions;
import com.ongres.scram.common.ServerFinalMessage;
import com.ongres.scram.common.ServerFirstMessage;
import com.ongres.scram.common.exception.ScramException;
import java.util.Arrays;
import java.util.function.Consumer;
import org.osistack.core.Octets;
import org.osistack.presentation.ObjectIdentifier;

/**
 * The initiator's side of SCRAM-SHA-256, over two associations.
 *
 * <pre>
 *   AARQ  n,,n=user,r=nonce                      AARE- authentication required  r=nonce…,s=salt,i=iterations
 *   AARQ  c=biws,r=nonce…,p=proof                AARE+                          v=signature[,t=ticket]
 * </pre>
 */
final class ScramProof implements Credentials.Proof {
    private static final int GS2_HEADER = "n,,".length();

    private final String user;
    private final char[] password;
    private final String nonce;
    private final ObjectIdentifier application;
    private final Consumer<Ticket> tickets;
    private final ClientFirstMessage first;
    private byte[] serverKey; // null until the challenge has come
    private byte[] sessionKey;
    private String authMessage;

    /**
     * Begin.
     *
     * @param password is copied, and forgotten with the answer
     * @param tickets gets the ticket that the responder issues, if it does
     */
    ScramProof(String user, char[] password, String nonce, ObjectIdentifier application, Consumer<Ticket> tickets) {
        this.user = user;
        this.password = password.clone(); // the identity may forget it meanwhile
        this.nonce = nonce;
        this.application = application;
        this.tickets = tickets;
        this.first = new ClientFirstMessage(user, nonce);
    }

    @Override
    public AuthenticationValue first() {
        return new AuthenticationValue(AuthenticationValue.SCRAM_SHA_256, first.toString());
    }

    @Override
    public AuthenticationValue answer(AuthenticationValue challenge) throws AuthenticationException {
        if (serverKey != null) {
            throw new AuthenticationException("the peer asks for the password's proof again");
        }
        String text = AuthenticationValue.text(challenge, AuthenticationValue.SCRAM_SHA_256);
        ServerFirstMessage message = parse(text);
        byte[] salt = Messages.fromBase64(message.getSalt());
        if (!ScramKeys.areUsable(message.getIterationCount(), salt)) {
            throw new AuthenticationException("the peer wants the password hashed " + message.getIterationCount()
                    + " times; " + ScramKeys.MIN_ITERATIONS + " to " + ScramKeys.MAX_ITERATIONS + " are acceptable");
        }
        byte[] salted = ScramKeys.salted(password, salt, message.getIterationCount());
        Arrays.fill(password, ' ');
        byte[] clientKey = ScramFunctions.clientKey(ScramKeys.MECHANISM, salted);
        byte[] storedKey = ScramFunctions.storedKey(ScramKeys.MECHANISM, clientKey);
        serverKey = ScramFunctions.serverKey(ScramKeys.MECHANISM, salted);
        String withoutProof = "c=" + Messages.base64(Messages.octets("n,,")) + ",r=" + message.getNonce();
        authMessage = first.toString().substring(GS2_HEADER) + "," + text + "," + withoutProof;
        byte[] signature = ScramFunctions.clientSignature(ScramKeys.MECHANISM, storedKey, authMessage);
        sessionKey = ScramKeys.sessionKey(storedKey, clientKey, authMessage);
        ClientFinalMessage answer = new ClientFinalMessage(
                first.getGs2Header(), null, message.getNonce(), ScramFunctions.clientProof(clientKey, signature));
        return new AuthenticationValue(AuthenticationValue.SCRAM_SHA_256, answer.toString());
    }

    private ServerFirstMessage parse(String text) throws AuthenticationException {
        try {
            return ServerFirstMessage.parseFrom(text, nonce);
        } catch (ScramException | IllegalArgumentException e) { // it throws both for what a peer sends
            throw new AuthenticationException("the peer's challenge is none of SCRAM-SHA-256", e);
        }
    }

    @Override
    public void check(AuthenticationValue response) throws AuthenticationException {
        String text = AuthenticationValue.text(response, AuthenticationValue.SCRAM_SHA_256);
        int comma = text.indexOf(',');
        byte[] signature = signature(comma < 0 ? text : text.substring(0, comma));
        if (serverKey == null
                || signature == null
                || !ScramFunctions.verifyServerSignature(ScramKeys.MECHANISM, serverKey, authMessage, signature)) {
            throw new AuthenticationException("the peer did not prove that it knows the password of " + user);
        }
        String ticket = comma < 0 ? null : Messages.attribute(text, 1, 't');
        if (ticket != null) {
            tickets.accept(new Ticket(user, application, ticket, Octets.of(sessionKey)));
        }
    }

    private static byte[] signature(String text) {
        try {
            return ServerFinalMessage.parseFrom(text).getVerifier();
        } catch (ScramException | IllegalArgumentException e) { // it throws both for what a peer sends
            return null;
        }
    }
}
