package org.osistack.transport.tcp;

import org.osistack.core.Host;
import org.osistack.network.NetworkReport;
import org.osistack.transport.DisconnectReason;

/**
 * What is done when the network reports that a segment of a connection did not get there (RFC 1122 §4.2.3.9, RFC 5461,
 * RFC 5927). Anybody can forge such a report: it ends an attempt to connect, and nothing that stands.
 */
final class ReportArrival {
    private static final int SOFT_ERRORS_TO_GIVE_UP = 2; // of a SYN (RFC 5461 §4.1)

    private final TcpConnection connection;
    private final Host host;
    private final TcpCounters counters;
    private boolean pathCheckPending;
    private int softErrors; // since something got through

    ReportArrival(TcpConnection connection, TcpEntity entity) {
        this.connection = connection;
        this.host = entity.host;
        this.counters = entity.counters;
    }

    /** A segment that is still on the way did not get there. */
    void reported(NetworkReport report) {
        if (report == NetworkReport.TOO_LONG) {
            checkPath();
            return;
        }
        softErrors++;
        if (connection.state != TcpState.SYN_SENT) {
            return; // RFC 5461 §2.2, RFC 5927 §4: not even a hard error ends a connection that stood
        }
        DisconnectReason reason = switch (report) {
            case PORT_UNREACHABLE, PROTOCOL_UNREACHABLE -> DisconnectReason.REFUSED; // hard: RFC 1122 §4.2.3.9
            case PROHIBITED -> DisconnectReason.UNREACHABLE;
            default -> softErrors >= SOFT_ERRORS_TO_GIVE_UP ? DisconnectReason.UNREACHABLE : null;
        };
        if (reason != null) {
            host.loop().defer(() -> {
                if (connection.state == TcpState.SYN_SENT) {
                    counters.attemptFails++;
                    connection.abort(reason, "N-REPORT");
                }
            });
        }
    }

    /** Cut shorter segments; in the next turn, since the report may come from inside our own sending. */
    private void checkPath() {
        if (!pathCheckPending) {
            pathCheckPending = true;
            host.loop().defer(() -> {
                pathCheckPending = false;
                connection.snd.pathTooNarrow();
            });
        }
    }

    /** Something got through: what was reported before is over. */
    void gotThrough() {
        softErrors = 0;
    }

    /** Whether the network has said that the peer can't be reached, and nothing got through since. */
    boolean isUnreachable() {
        return softErrors > 0;
    }
}
