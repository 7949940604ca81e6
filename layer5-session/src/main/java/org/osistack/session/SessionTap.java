package org.osistack.session;

import org.osistack.core.NetworkAddress;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;
import org.osistack.core.SapTrace;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.SerialNumbers;
import org.osistack.core.dialogue.Tokens;

/**
 * A session service that reports each primitive and passes it on. To the dissectors of the protocol above, the name of
 * the service tells what carries a PDU, for those PDUs that do not tell themselves.
 */
public class SessionTap implements SessionService {
    private final SessionService below;
    private final SapTrace trace;
    private final PduPool scratch = new PduPool(0); // user data as the PDU that the trace's dissectors read

    SessionTap(SessionService below, SapTrace trace) {
        this.below = below;
        this.trace = trace;
    }

    /** Put a tap before a session service. */
    public static SessionService of(SessionService below, SapTrace trace) {
        return new SessionTap(below, trace);
    }

    /** Put a tap before a session service. */
    public static DialogueService of(DialogueService below, SapTrace trace) {
        return new DialogueTap(below, trace);
    }

    private static final class DialogueTap extends SessionTap implements DialogueService {
        private final DialogueService dialogue;

        DialogueTap(DialogueService below, SapTrace trace) {
            super(below, trace);
            this.dialogue = below;
        }

        @Override
        public FunctionalUnits functionalUnits() {
            return dialogue.functionalUnits();
        }

        @Override
        public boolean keepsBoundaries() {
            return super.keepsBoundaries();
        }
    }

    @Override
    public void attach(SessionAddress local, SessionListener listener) {
        below.attach(local, (connection, connect) -> {
            int number = trace.newConnection();
            up(connect, number);
            SessionUser user = listener.connectIndication(new ConnectionTap(connection, number), connect);
            trace.end();
            return user == null ? null : new UserTap(user, number);
        });
    }

    @Override
    public void detach(SessionAddress local) {
        below.detach(local);
    }

    @Override
    public SessionConnection connectRequest(SessionPrimitive.Connect connect, SessionUser user) {
        int number = trace.newConnection();
        down(connect, number);
        try {
            return new ConnectionTap(below.connectRequest(connect, new UserTap(user, number)), number);
        } finally {
            trace.end();
        }
    }

    @Override
    public boolean keepsBoundaries() {
        return below.keepsBoundaries();
    }

    @Override
    public NetworkAddress parseAddress(String text) {
        return below.parseAddress(text);
    }

    @Override
    public ConnectionlessSession connectionless() {
        ConnectionlessSession connectionless = below.connectionless();
        return connectionless == null ? null : new ConnectionlessTap(connectionless);
    }

    private void down(SessionPrimitive primitive, int number) {
        String name = primitive.service() + (primitive.isAnswer() ? ".response" : ".request");
        Pdu pdu = pdu(primitive.userData());
        trace.down(name, number, name, pdu, parameters(primitive)); // the name tells what PPDU it carries
        release(pdu);
    }

    private void up(SessionPrimitive primitive, int number) {
        String name = primitive.service() + (primitive.isAnswer() ? ".confirm" : ".indication");
        Pdu pdu = pdu(primitive.userData());
        trace.up(name, number, name, pdu, parameters(primitive)); // the name tells what PPDU it carries
        release(pdu);
    }

    /** Whether a connection is at its end with this primitive, as a rule. */
    private static boolean isEnd(SessionPrimitive primitive) {
        return primitive instanceof SessionPrimitive.UserAbort
                || primitive instanceof SessionPrimitive.ProviderAbort
                || primitive instanceof SessionPrimitive.ReleaseAnswer release && release.affirmative()
                || primitive instanceof SessionPrimitive.ConnectAnswer answer && !answer.isAccepted();
    }

    private Pdu pdu(Octets userData) {
        if (userData.isEmpty()) {
            return null;
        }
        Pdu pdu = scratch.take(userData.length());
        userData.appendTo(pdu);
        return pdu;
    }

    private static void release(Pdu pdu) {
        if (pdu != null) {
            pdu.release();
        }
    }

    private static Object[] parameters(SessionPrimitive primitive) {
        if (primitive instanceof SessionPrimitive.Connect connect) {
            return new Object[] {
                "calling", connect.calling() == null ? "any of this side's" : connect.calling(),
                "called", connect.called(),
                "requirements", connect.requirements()
            };
        } else if (primitive instanceof SessionPrimitive.ConnectAnswer answer) {
            return answer.isAccepted()
                    ? new Object[] {"result", "accepted", "requirements", answer.requirements()}
                    : new Object[] {"result", "refused: " + answer.refusal().text()};
        } else if (primitive instanceof SessionPrimitive.Step step) {
            return step.step().parameters();
        } else if (primitive instanceof SessionPrimitive.ReleaseAnswer answer) {
            return new Object[] {"result", answer.affirmative() ? "affirmative" : "negative"};
        } else if (primitive instanceof SessionPrimitive.ProviderAbort abort) {
            return new Object[] {"reason", abort.reason().text()};
        }
        return new Object[0];
    }

    private final class ConnectionTap implements SessionConnection {
        private final SessionConnection connection;
        private final int number;

        ConnectionTap(SessionConnection connection, int number) {
            this.connection = connection;
            this.number = number;
        }

        @Override
        public boolean dataRequest(Pdu ssdu) {
            trace.down("S-DATA.request", number, "S-DATA", ssdu);
            boolean taken = false;
            try {
                taken = connection.dataRequest(ssdu);
            } finally {
                trace.end(taken);
            }
            return taken;
        }

        @Override
        public boolean request(SessionPrimitive primitive) {
            down(primitive, number);
            boolean taken = false;
            try {
                taken = connection.request(primitive);
            } finally {
                trace.end(taken);
            }
            if (isEnd(primitive)) {
                trace.forget(number);
            }
            return taken;
        }

        @Override
        public FunctionalUnits functionalUnits() {
            return connection.functionalUnits();
        }

        @Override
        public Tokens ownTokens() {
            return connection.ownTokens();
        }

        @Override
        public SerialNumbers serialNumbers() {
            return connection.serialNumbers();
        }

        @Override
        public int number() {
            return connection.number();
        }

        @Override
        public SessionAddress remote() {
            return connection.remote();
        }

        @Override
        public void pause() {
            connection.pause();
        }

        @Override
        public void resume() {
            connection.resume();
        }
    }

    private final class UserTap implements SessionUser {
        private final SessionUser above;
        private final int number;

        UserTap(SessionUser above, int number) {
            this.above = above;
            this.number = number;
        }

        @Override
        public void dataIndication(Pdu ssdu) {
            trace.up("S-DATA.indication", number, "S-DATA", ssdu);
            above.dataIndication(ssdu);
            trace.end();
        }

        @Override
        public void indication(SessionPrimitive primitive) {
            up(primitive, number);
            above.indication(primitive);
            trace.end();
            if (isEnd(primitive)) {
                trace.forget(number);
            }
        }

        @Override
        public void readyIndication() {
            above.readyIndication();
        }
    }

    private final class ConnectionlessTap implements ConnectionlessSession {
        private final ConnectionlessSession connectionless;

        ConnectionlessTap(ConnectionlessSession connectionless) {
            this.connectionless = connectionless;
        }

        @Override
        public SessionAddress attach(SessionAddress local, User user) {
            return connectionless.attach(local, (source, destination, ssdu) -> {
                trace.up("S-UNIT-DATA.indication", 0, destination, ssdu, "source", source, "destination", destination);
                user.unitDataIndication(source, destination, ssdu);
                trace.end();
            });
        }

        @Override
        public void detach(SessionAddress local) {
            connectionless.detach(local);
        }

        @Override
        public void unitDataRequest(SessionAddress source, SessionAddress destination, int lifetime, Pdu ssdu) {
            trace.down("S-UNIT-DATA.request", 0, source, ssdu, "source", source, "destination", destination);
            try {
                connectionless.unitDataRequest(source, destination, lifetime, ssdu);
            } finally {
                trace.end();
            }
        }

        @Override
        public void joinGroup(NetworkAddress group) {
            connectionless.joinGroup(group);
        }

        @Override
        public void leaveGroup(NetworkAddress group) {
            connectionless.leaveGroup(group);
        }

        @Override
        public NetworkAddress sourceFor(NetworkAddress destination) {
            return connectionless.sourceFor(destination);
        }

        @Override
        public NetworkAddress parseAddress(String text) {
            return connectionless.parseAddress(text);
        }
    }
}
