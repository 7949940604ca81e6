package org.osistack.application.inetd;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import org.osistack.core.Host;
import org.osistack.core.Pdu;
import org.osistack.core.Timer;
import org.osistack.core.dialogue.ConnectionIdentifier;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.Tokens;
import org.osistack.presentation.PresentationConnection;
import org.osistack.presentation.PresentationPrimitive;
import org.osistack.presentation.PresentationPrimitive.Connect;
import org.osistack.presentation.PresentationPrimitive.ConnectAnswer;
import org.osistack.presentation.PresentationPrimitive.Release;
import org.osistack.presentation.PresentationPrimitive.ReleaseAnswer;
import org.osistack.presentation.PresentationPrimitive.UserAbort;
import org.osistack.presentation.PresentationUser;

/**
 * One connection to one of the services. While the client doesn't take what is to be sent, nothing more is taken from
 * the client.
 */
final class InetdConnection implements PresentationUser {
    /** How long a connection may do nothing. */
    static final long IDLE_LIMIT_NANOS = Duration.ofMinutes(5).toNanos();

    private static final int PIECES_IN_A_TURN = 8;

    private final Inetd inetd;
    private final Host host;
    private final PresentationConnection connection;
    private final SmallService service;
    private final Timer idle;
    private final ArrayDeque<Pdu> outgoing = new ArrayDeque<>(); // bounded: see pause()
    private boolean paused;
    private boolean deferred;
    private boolean finishing; // nothing more to send than what is in the queue
    private boolean releaseRequested;
    private boolean releaseIndicated;
    private boolean ended;

    InetdConnection(Inetd inetd, Host host, PresentationConnection connection, SmallService service) {
        this.inetd = inetd;
        this.host = host;
        this.connection = connection;
        this.service = service;
        this.idle = host.newTimer(this::abort);
    }

    void accept(Connect connect) {
        idle.arm(IDLE_LIMIT_NANOS);
        connection.request(new ConnectAnswer(
                null,
                "",
                connect.called(),
                connect.results(),
                ConnectionIdentifier.NONE,
                connect.requirements().and(FunctionalUnits.of(FunctionalUnit.DUPLEX)),
                -1,
                connect.tokens(),
                Tokens.NONE,
                List.of()));
        Pdu greeting = service.greeting(host.pool());
        if (greeting != null) {
            outgoing.add(greeting);
        }
        finishing = service.endsAfterGreeting();
        goOnNextTurn(); // when the service has our answer
    }

    @Override
    public void dataIndication(int context, Pdu value) {
        Pdu answer = ended || finishing ? null : service.answer(host.pool(), value);
        value.release();
        idle.arm(IDLE_LIMIT_NANOS);
        if (answer != null) {
            outgoing.add(answer);
            send();
        }
    }

    private void send() {
        for (int pieces = 0; !ended; pieces++) {
            Pdu next = outgoing.poll();
            if (next == null && !finishing) {
                next = service.more(host.pool());
            }
            if (next == null) {
                caughtUp();
                return;
            }
            if (!connection.dataRequest(0, next)) {
                outgoing.addFirst(next);
                pause();
                return;
            }
            idle.arm(IDLE_LIMIT_NANOS);
            if (pieces == PIECES_IN_A_TURN) {
                goOnNextTurn();
                return;
            }
        }
    }

    private void caughtUp() {
        if (paused) {
            paused = false;
            connection.resume();
        }
        if (finishing && !releaseRequested) {
            releaseRequested = true;
            if (releaseIndicated) {
                connection.request(new ReleaseAnswer(true, List.of()));
                end();
            } else {
                connection.request(new Release(List.of()));
            }
        }
    }

    private void pause() {
        if (!paused) {
            paused = true;
            connection.pause();
        }
    }

    private void goOnNextTurn() {
        if (!deferred) {
            deferred = true;
            host.loop().defer(() -> {
                deferred = false;
                send();
            });
        }
    }

    @Override
    public void readyIndication() {
        send();
    }

    @Override
    public void indication(PresentationPrimitive primitive) {
        if (ended) {
            return;
        }
        if (primitive instanceof Release) {
            releaseIndicated = true;
            finishing = true;
            if (releaseRequested) { // both sides at once
                connection.request(new ReleaseAnswer(true, List.of()));
            } else {
                send();
            }
        } else {
            end(); // an abort, or the answer to our release
        }
    }

    private void abort() {
        connection.request(new UserAbort(List.of()));
        end();
    }

    private void end() {
        if (!ended) {
            ended = true;
            idle.disarm();
            outgoing.forEach(Pdu::release);
            outgoing.clear();
            inetd.connectionEnded();
        }
    }
}
