package org.osistack.transport.tcp;

import java.util.function.Consumer;
import org.osistack.core.Host;

/** The timer of the sending half of a connection. It is set for one purpose at a time: there is never need for two. */
final class SendTimer {
    /** What the timer is set for. */
    enum Purpose {
        RETRANSMISSION("retransmission", "RFC 6298 §5.1"),
        PROBE("tail loss probe", "RFC 8985 §7.2"),
        REORDERING("reordering", "RFC 8985 §6.3"),
        PERSIST("persist", "RFC 9293 §3.8.6.1");

        private final String text;
        private final String clause;

        Purpose(String text, String clause) {
            this.text = text;
            this.clause = clause;
        }
    }

    private final TcpConnection connection;
    private final Host host;
    private final Consumer<Purpose> onExpiry;
    private final Alarm alarm;
    private Purpose purpose; // null while it is not set

    SendTimer(TcpConnection connection, Host host, Consumer<Purpose> onExpiry) {
        this.connection = connection;
        this.host = host;
        this.onExpiry = onExpiry;
        this.alarm = new Alarm(host, this::expired);
    }

    boolean isSetFor(Purpose asked) {
        return purpose == asked;
    }

    /** Start it, or start it afresh. */
    void set(Purpose newPurpose, long nanos) {
        if (host.observer().isWatching() && purpose != newPurpose) {
            host.observer().timerArmed(connection.origin(), newPurpose.text, nanos, newPurpose.clause);
        }
        purpose = newPurpose;
        alarm.set(Math.max(0, nanos));
    }

    void clear() {
        if (host.observer().isWatching() && purpose != null) {
            host.observer().timerStopped(connection.origin(), purpose.text);
        }
        purpose = null;
        alarm.clear();
    }

    /** Clear it for good. */
    void cancel() {
        purpose = null;
        alarm.cancel();
    }

    private void expired() {
        Purpose expired = purpose;
        purpose = null;
        if (host.observer().isWatching()) {
            host.observer().timerExpired(connection.origin(), expired.text);
        }
        onExpiry.accept(expired);
    }
}
