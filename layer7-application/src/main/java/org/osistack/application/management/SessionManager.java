package org.osistack.application.management;

import java.time.Duration;
import org.osistack.application.AssociationService;
import org.osistack.application.facade.SessionRegister;
import org.osistack.application.rose.Code;
import org.osistack.application.rose.Operation;
import org.osistack.application.rose.Problem;
import org.osistack.application.rose.RoseConnection;
import org.osistack.application.rose.RoseListener;
import org.osistack.application.rose.RoseService;
import org.osistack.application.rose.RoseUser;
import org.osistack.application.security.Authenticator;
import org.osistack.application.security.Authenticator.Reason;
import org.osistack.application.security.Authenticator.Refusal;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.Tag;

/** The server's side of session management: performs the operations of operators on the sessions of its host. */
public final class SessionManager implements RoseListener {
    /** Admits nobody, for servers that know no users: an operator has to prove who it is. */
    public static final Authenticator NOBODY = (claim, then) -> then.accept(new Refusal(
            Reason.NOT_AUTHORIZED, "this server has no operators: it was started without --users and --operators"));

    static final int MAX_ASSOCIATIONS = 16;
    /** How long a peer may take to agree to a release. */
    static final Duration RELEASE_LIMIT = Duration.ofSeconds(10);

    private final String server;
    private final SessionRegister register;
    private int associations;

    private SessionManager(String server, SessionRegister register) {
        this.server = server;
        this.register = register;
    }

    /**
     * Offer session management. To be called on the host's thread.
     *
     * @param operators admits those who may manage the sessions, and nobody else
     * @param server the server's name, for a person
     */
    public static void offer(
            Host host,
            AssociationService associations,
            Authenticator operators,
            String server,
            SessionRegister register) {
        RoseService.over(host, associations)
                .attach(
                        ManagementApplication.CONTEXT,
                        operators,
                        ManagementApplication.settings(),
                        new SessionManager(server, register));
    }

    @Override
    public RoseUser bindIndication(RoseConnection connection, Octets argument) {
        if (associations == MAX_ASSOCIATIONS) {
            connection.bindRefusal("too many operators at a time", Octets.EMPTY);
            return null;
        }
        associations++;
        connection.bindResponse(Octets.EMPTY);
        return new Operator(connection);
    }

    /** One association. */
    private final class Operator implements RoseUser {
        private final RoseConnection connection;

        Operator(RoseConnection connection) {
            this.connection = connection;
        }

        @Override
        public Operation operation(Code code) {
            ManagementOperation operation = ManagementOperation.of(code);
            return operation == null ? null : operation.operation();
        }

        @Override
        public void invokeIndication(long invokeId, Long linkedId, Operation operation, Octets argument) {
            if (ManagementOperation.of(operation.code()) == ManagementOperation.LIST) {
                list(invokeId, SessionQuery.parse(argument));
            } else {
                end(invokeId, EndOrder.parse(argument));
            }
        }

        private void list(long invokeId, SessionQuery query) {
            if (query == null) {
                connection.reject(invokeId, Problem.MISTYPED_ARGUMENT);
            } else {
                connection.result(
                        invokeId, SessionPage.of(server, register.list(), query).emit());
            }
        }

        private void end(long invokeId, EndOrder order) {
            if (order == null) {
                connection.reject(invokeId, Problem.MISTYPED_ARGUMENT);
            } else if (order.number() != 0 && order.number() == connection.sessionNumber()) {
                notEnded(invokeId, "session " + order.number() + " is the one that asks for it");
            } else {
                register.end(order.number(), order.isAbrupt(), RELEASE_LIMIT, why -> ended(invokeId, why));
            }
        }

        private void ended(long invokeId, String why) {
            if (why.isEmpty()) {
                connection.result(invokeId, Octets.EMPTY);
            } else {
                notEnded(invokeId, why);
            }
        }

        private void notEnded(long invokeId, String why) {
            Octets sentence = new BerWriter()
                    .utf8String(Tag.UTF8_STRING, ManagementApplication.shortened(why))
                    .toOctets();
            connection.error(invokeId, ManagementOperation.NOT_ENDED, sentence);
        }

        @Override
        public void unbindIndication(Octets argument) {
            connection.unbindResponse(Octets.EMPTY);
        }

        @Override
        public void ended(boolean orderly, String detail, Octets unbindResult) {
            associations--;
        }
    }
}
