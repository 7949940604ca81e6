package org.osistack.application.move;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.osistack.application.cut.Machine;
import org.osistack.application.cut.TwoHosts;
import org.osistack.core.Stack;
import org.osistack.core.dialogue.SerialNumbers;
import org.osistack.core.management.PathManagement;
import org.osistack.core.management.SessionManagement;
import org.osistack.core.management.SessionStatus;
import org.osistack.core.management.TransportEndpoint;
import org.osistack.core.management.TransportManagement;

/**
 * What carries the dialogue at one moment, as alice's layer management tells it.
 *
 * @param link from 0
 * @param session the session connection, or the session, and by what it goes
 * @param marks how far the dialogue is, in the numbers of layer 5
 * @param connection the transport connection
 */
record Carriage(int link, String session, String marks, String connection) {
    /**
     * What carries a dialogue with marks.
     *
     * @param link whose stack carries it
     * @param ordinal how many session connections it has needed so far
     */
    static Carriage ofActivity(Machine alice, int link, int ordinal) {
        Stack stack = link == 0 ? alice.stack() : alice.columns().get(link - 1);
        SessionStatus status = newest(stack);
        SerialNumbers serials = status.serialNumbers();
        String activity = status.activity() == null
                ? "no activity"
                : "activity " + new String(status.activity().octets().toByteArray(), StandardCharsets.US_ASCII);
        return new Carriage(
                link,
                "session connection " + ordinal + ", " + status.state(),
                activity + ", V(M) " + serials.next() + ", V(A) " + serials.lowestUnconfirmed(),
                connection(stack));
    }

    /** What carries a session of its own motion. */
    static Carriage ofPaths(Machine alice) {
        PathManagement paths = alice.stack().management(PathManagement.class).orElseThrow();
        List<PathManagement.PathStatus> up = paths.paths();
        if (up.isEmpty()) {
            return null;
        }
        PathManagement.PathStatus path = up.get(up.size() - 1);
        int link = path.peer().startsWith(TwoLinks.address(TwoHosts.BOB, 0)) ? 0 : 1;
        SessionStatus status = newest(alice.stack());
        String marks = paths.flows().stream()
                .filter(flow -> flow.number() == status.number())
                .map(flow -> "octets sent " + flow.sent() + ", acknowledged " + flow.acknowledged() + ", received "
                        + flow.received())
                .findFirst()
                .orElse("");
        return new Carriage(
                link,
                "session " + status.number() + ", " + status.state() + ", by path " + path.number(),
                marks,
                connection(link == 0 ? alice.stack() : alice.columns().get(link - 1)));
    }

    private static SessionStatus newest(Stack stack) {
        List<SessionStatus> sessions =
                stack.management(SessionManagement.class).orElseThrow().sessions();
        return sessions.get(sessions.size() - 1);
    }

    private static String connection(Stack stack) {
        Optional<TransportEndpoint> endpoint =
                stack.management(TransportManagement.class).orElseThrow().endpoints().stream()
                        .filter(each -> each.state().equals("ESTABLISHED"))
                        .reduce((first, second) -> second);
        return endpoint.map(each -> port(each.local()) + " → " + port(each.remote()))
                .orElse("none");
    }

    private static String port(String address) {
        return address.substring(address.lastIndexOf(':') + 1);
    }

    /** Whether the other is carried in the same way, however far it is. */
    boolean isSameWay(Carriage other) {
        return link == other.link && connection.equals(other.connection);
    }
}
