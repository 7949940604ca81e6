package org.osistack.application.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
 * The server's side of one connection (RFC 9112 §9). Requests are answered one after the other in the order in which
 * they came, however many the client sends ahead; while one is answered, only a limited part of what follows is taken.
 *
 * <pre>
 *              a request                      persistent
 *   READING -------------> ANSWERING ------------------------------+
 *      ^  |                    |    |                              |
 *      |  | time-out           |    | not persistent               |
 *      |  v                    |    v                              |
 *      |  ENDED &lt;---------- LINGERING: released, hears the rest    |
 *      +-----------------------------------------------------------+
 * </pre>
 */
final class HttpServerConnection implements PresentationUser {
    enum State {
        /** Waits for a request. */
        READING,
        /** Sends a response. */
        ANSWERING,
        /** Has released its direction; what still comes is thrown away (RFC 9112 §9.6). */
        LINGERING,
        ENDED
    }

    static final long IDLE_LIMIT_NANOS = Duration.ofSeconds(30).toNanos(); // for a next request to begin
    static final long HEAD_LIMIT_NANOS = Duration.ofSeconds(10).toNanos(); // for the whole head of a request
    static final long SEND_LIMIT_NANOS = Duration.ofSeconds(60).toNanos(); // for the client to take anything
    static final long LINGER_LIMIT_NANOS = Duration.ofSeconds(5).toNanos();

    private static final int PIECE = 16_000; // octets of content in a PDU
    private static final int PIECES_IN_A_TURN = 32; // then others get theirs
    private static final long CONTENT_WORTH_SKIPPING = 64 * 1024; // for the sake of a persistent connection

    private final HttpServer server;
    private final Host host;
    private final PresentationConnection connection;
    private final RequestReader reader = new RequestReader();
    private final Timer timer;
    private State state = State.READING;
    private boolean inHead; // the timer runs for a head, not for idleness
    private boolean paused;
    private boolean releaseIndicated;
    private boolean persistent;
    private boolean deferred; // a turn is asked for to go on sending
    private Content content = Content.NONE;
    private Pdu refused; // what the service did not take yet

    HttpServerConnection(HttpServer server, Host host, PresentationConnection connection) {
        this.server = server;
        this.host = host;
        this.connection = connection;
        this.timer = host.newTimer(this::onTimer);
    }

    State state() {
        return state;
    }

    void accept(Connect connect) {
        timer.arm(IDLE_LIMIT_NANOS);
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
    }

    @Override
    public void dataIndication(int context, Pdu value) {
        if (state != State.LINGERING && state != State.ENDED) {
            reader.add(value);
        }
        value.release();
        if (state == State.READING) {
            readOn();
        } else if (state == State.ANSWERING && !paused && reader.hasEnough()) {
            paused = true;
            connection.pause();
        }
    }

    /** Answer the next request if it is there; if not, see to the time that is left for it. */
    private void readOn() {
        Request request = reader.next();
        if (request != null) {
            inHead = false;
            answer(request);
        } else if (releaseIndicated) {
            connection.request(new ReleaseAnswer(true, List.of()));
            end();
        } else if (!reader.isInside()) {
            inHead = false;
            timer.arm(IDLE_LIMIT_NANOS);
        } else if (!inHead) {
            inHead = true;
            timer.arm(HEAD_LIMIT_NANOS);
        }
    }

    private void answer(Request request) {
        Response response;
        if (request.refusal() != null) {
            persistent = false;
            response = Response.ofWords(request.refusal());
        } else {
            response = server.site().answer(request);
            boolean skippable = request.contentLength() >= 0 && request.contentLength() <= CONTENT_WORTH_SKIPPING;
            persistent = request.wantsPersistence() && skippable;
            if (skippable) {
                reader.skip(request.contentLength());
            }
        }
        server.log(connection.remote() + " " + (request.method().isEmpty() ? "?" : request.method()) + " "
                + request.target() + " " + response.status().code() + " " + response.contentLength());
        send(response, request);
    }

    private void send(Response response, Request request) {
        state = State.ANSWERING;
        StringBuilder head = new StringBuilder("HTTP/1.1 ")
                .append(response.status())
                .append("\r\n")
                .append(Response.field("Date", server.date()))
                .append(Response.field("Server", "osistack"))
                .append(response.fields());
        if (!response.status().hasNoContent()) {
            head.append(Response.field("Content-Length", response.contentLength()));
        }
        if (!persistent) {
            head.append(Response.field("Connection", "close"));
        } else if (request.minorVersion() == 0) {
            head.append(Response.field("Connection", "keep-alive"));
        }
        byte[] octets = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        if (request.isHead() || response.status().hasNoContent()) {
            response.content().close();
            content = Content.NONE;
        } else {
            content = response.content();
        }
        refused = host.pool().take(octets.length + PIECE).append(octets);
        if (!readContent(refused)) {
            return;
        }
        timer.arm(SEND_LIMIT_NANOS);
        sendOn();
    }

    /** Add content to a PDU. If it cannot be had, the connection ends: the client sees that octets are missing. */
    private boolean readContent(Pdu pdu) {
        try {
            if (content.remaining() > 0) {
                content.read(pdu, PIECE);
            }
            return true;
        } catch (IOException e) {
            server.log("cannot go on: " + e.getMessage());
            connection.request(new UserAbort(List.of()));
            end();
            return false;
        }
    }

    private void sendOn() {
        for (int pieces = 0; state == State.ANSWERING; pieces++) {
            if (refused == null) {
                if (content.remaining() == 0) {
                    answered();
                    return;
                }
                if (pieces >= PIECES_IN_A_TURN) {
                    goOnNextTurn();
                    return;
                }
                refused = host.pool().take(PIECE);
                if (!readContent(refused)) {
                    return;
                }
            }
            Pdu value = refused;
            refused = null;
            if (!connection.dataRequest(0, value)) {
                refused = value;
                return;
            }
            timer.arm(SEND_LIMIT_NANOS);
        }
    }

    private void goOnNextTurn() {
        if (!deferred) {
            deferred = true;
            host.loop().defer(() -> {
                deferred = false;
                if (state == State.ANSWERING) {
                    sendOn();
                }
            });
        }
    }

    private void answered() {
        content.close();
        content = Content.NONE;
        if (persistent) {
            state = State.READING;
            if (paused) {
                paused = false;
                connection.resume();
            }
            // Not at once: the answers to many requests sent ahead would nest.
            host.loop().defer(() -> {
                if (state == State.READING) {
                    readOn();
                }
            });
        } else if (releaseIndicated) {
            connection.request(new ReleaseAnswer(true, List.of()));
            end();
        } else {
            linger();
        }
    }

    private void linger() {
        state = State.LINGERING;
        timer.arm(LINGER_LIMIT_NANOS);
        if (paused) {
            paused = false;
            connection.resume();
        }
        connection.request(new Release(List.of()));
    }

    @Override
    public void readyIndication() {
        if (state == State.ANSWERING) {
            sendOn();
        }
    }

    @Override
    public void indication(PresentationPrimitive primitive) {
        if (state == State.ENDED) {
            return;
        }
        if (primitive instanceof Release) {
            releaseIndicated = true;
            if (state == State.LINGERING) { // both sides at once
                connection.request(new ReleaseAnswer(true, List.of()));
            } else if (state == State.READING) {
                readOn();
            }
        } else {
            end(); // an abort, or the answer to our release
        }
    }

    private void onTimer() {
        switch (state) {
            case READING -> {
                if (inHead) {
                    answer(Request.refused(Status.REQUEST_TIMEOUT));
                } else {
                    linger(); // an idle connection may be closed at any time: RFC 9112 §9.5
                }
            }
            case ANSWERING, LINGERING -> {
                connection.request(new UserAbort(List.of()));
                end();
            }
            case ENDED -> {}
        }
    }

    private void end() {
        if (state == State.ENDED) {
            return;
        }
        state = State.ENDED;
        timer.disarm();
        content.close();
        content = Content.NONE;
        if (refused != null) {
            refused.release();
            refused = null;
        }
        server.connectionEnded();
    }
}
