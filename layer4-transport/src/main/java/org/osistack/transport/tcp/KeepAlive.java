package org.osistack.transport.tcp;

import org.osistack.core.Host;

/** Asks a peer that has been silent for long whether it is still there (RFC 9293 §3.8.4). Off unless it is asked for. */
final class KeepAlive {
    private static final int MAX_PROBES = 9;
    private static final long INTERVAL_NANOS = 75_000_000_000L;

    private final TcpConnection connection;
    private final Host host;
    private final long idleNanos; // 0: off
    private final Alarm alarm;
    private long heardAt;
    private int probes;

    KeepAlive(TcpConnection connection, Host host, long idleNanos) {
        this.connection = connection;
        this.host = host;
        this.idleNanos = idleNanos;
        this.alarm = new Alarm(host, this::onAlarm);
    }

    /** The connection is open. */
    void start() {
        if (idleNanos > 0) {
            heardAt = host.now();
            alarm.set(idleNanos);
        }
    }

    /** The peer is there. */
    void heard() {
        if (idleNanos > 0) {
            heardAt = host.now();
            probes = 0;
        }
    }

    void stop() {
        alarm.cancel();
    }

    private void onAlarm() {
        long silence = host.now() - heardAt;
        if (silence < idleNanos) {
            alarm.set(idleNanos - silence);
        } else if (probes == MAX_PROBES) {
            connection.giveUp();
        } else {
            probes++;
            connection.control.sendKeepAlive();
            alarm.set(Math.min(idleNanos, INTERVAL_NANOS));
        }
    }
}
