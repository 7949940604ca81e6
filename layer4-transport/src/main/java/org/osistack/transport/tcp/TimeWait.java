package org.osistack.transport.tcp;

import org.osistack.core.Host;

/**
 * The last state of a connection whose both ends have sent their FIN: it stays for 2 MSL, so that it can acknowledge the
 * peer's FIN again, and that no old segment is taken for one of a new connection (RFC 9293 §3.6.1).
 */
final class TimeWait {
    private final TcpConnection connection;
    private final TcpEntity entity;
    private final Host host;
    private final Alarm alarm;
    private long since;

    TimeWait(TcpConnection connection, TcpEntity entity) {
        this.connection = connection;
        this.entity = entity;
        this.host = entity.host;
        this.alarm = new Alarm(host, this::onAlarm);
    }

    /** Both sides have sent their FIN and ours is acknowledged: wait until the peer must know that, too. */
    void enter(String cause) {
        connection.transition(TcpState.TIME_WAIT, cause);
        since = host.now();
        connection.stop();
        connection.delivery.released();
        entity.timeWait(connection);
        restart();
    }

    /** When the connection entered TIME-WAIT. */
    long since() {
        return since;
    }

    void restart() {
        alarm.set(entity.settings.timeWaitNanos());
    }

    void cancel() {
        alarm.cancel();
    }

    private void onAlarm() {
        connection.close("2 MSL");
        connection.finish();
    }
}
