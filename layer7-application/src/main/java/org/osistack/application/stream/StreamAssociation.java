package org.osistack.application.stream;

import java.util.ArrayDeque;
import java.util.List;
import org.osistack.application.Association;
import org.osistack.application.AssociationListener;
import org.osistack.application.AssociationUser;
import org.osistack.application.AssociationUser.Ending;
import org.osistack.core.Discard;
import org.osistack.core.Octets;
import org.osistack.core.Origin;
import org.osistack.core.Pdu;
import org.osistack.core.dialogue.ConnectionIdentifier;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.SerialNumbers;
import org.osistack.core.dialogue.Tokens;
import org.osistack.presentation.PresentationConnection;
import org.osistack.presentation.PresentationPrimitive;
import org.osistack.presentation.PresentationRefusal;
import org.osistack.presentation.PresentationUser;

/**
 * One association that is a presentation connection itself.
 *
 * <p>While its user has paused, what has arrived already waits: octets, and the release behind them.
 */
final class StreamAssociation implements Association, PresentationUser {
    private enum State {
        IDLE,
        /** The connection is wanted, and not yet there. */
        CONNECTING,
        /** The peer wants the connection, and the application has not answered. */
        ASKED,
        OPEN,
        /** This side has asked for the release. */
        RELEASING,
        /** The peer has asked for the release. */
        RELEASE_ASKED
    }

    private static final Origin ORIGIN = new Origin(7, "APDU stream");

    private final StreamAssociations service;
    private final ApduAssembler assembler;
    private final ArrayDeque<Pdu> arrived = new ArrayDeque<>();
    private PresentationConnection connection;
    private PresentationPrimitive.Connect connect;
    private AssociationUser user;
    private State state = State.IDLE;
    private final ArrayDeque<PresentationPrimitive> releases = new ArrayDeque<>(); // behind octets that still wait
    private boolean paused;
    private boolean delivering;
    private boolean isOver; // the user has heard of the end, or has ended it itself

    StreamAssociation(StreamAssociations service, AssociationUser user) {
        this.service = service;
        this.assembler = new ApduAssembler(service.host.pool());
        this.user = user;
        if (user != null) {
            state = State.CONNECTING;
        }
    }

    void connection(PresentationConnection newConnection) {
        connection = newConnection;
    }

    // ---- Beginning ----

    void connectIndication(
            PresentationConnection newConnection,
            PresentationPrimitive.Connect indication,
            AssociationListener listener) {
        connection = newConnection;
        connect = indication;
        state = State.ASKED;
        user = listener.associateIndication(this);
        if (user == null) {
            refuse("");
        }
    }

    @Override
    public void accept(Octets userInformation) {
        if (!userInformation.isEmpty()) {
            throw new IllegalArgumentException("without ACSE there is no user information");
        }
        if (state != State.IDLE) {
            check(state == State.ASKED, "there is nothing to accept");
            state = State.OPEN;
            connection.request(answer(null));
        }
    }

    /** The reason has nowhere to travel. */
    @Override
    public Octets userInformation() {
        return Octets.EMPTY;
    }

    @Override
    public void refuse(String reason) {
        isOver = true;
        if (state != State.IDLE) {
            check(state == State.ASKED, "there is nothing to refuse");
            state = State.IDLE;
            connection.request(answer(PresentationRefusal.USER));
        }
    }

    private PresentationPrimitive.ConnectAnswer answer(PresentationRefusal refusal) {
        return new PresentationPrimitive.ConnectAnswer(
                refusal,
                "",
                connect.called(),
                List.of(),
                ConnectionIdentifier.NONE,
                StreamAssociations.UNITS,
                -1,
                connect.tokens(),
                Tokens.NONE,
                List.of());
    }

    private void connectConfirm(PresentationPrimitive.ConnectAnswer answer) {
        if (answer.isAccepted()) {
            state = State.OPEN;
            user.associateConfirm(this);
        } else {
            over(Ending.REFUSED, answer.refusalText());
        }
    }

    // ---- Data ----

    @Override
    public boolean dataRequest(Pdu apdu) {
        if (state == State.IDLE) {
            apdu.release(); // after the end
            return true;
        }
        check(state == State.OPEN || state == State.RELEASE_ASKED, "not associated, or about to end");
        return connection.dataRequest(0, apdu);
    }

    @Override
    public void dataIndication(int context, Pdu value) {
        if (state == State.IDLE) {
            service.host.discards(ORIGIN.layer(), ORIGIN.protocol()).drop(Discard.UNEXPECTED, value);
            return;
        }
        arrived.add(value);
        deliver();
    }

    /** Hand over the APDUs that are there. The user may come back from within, to pause, to resume or to end it. */
    private void deliver() {
        if (delivering) {
            return;
        }
        delivering = true;
        while (!paused && state != State.IDLE) {
            Pdu apdu = assembler.next();
            if (apdu != null) {
                user.dataIndication(apdu);
            } else if (assembler.isMalformed()) {
                violated("what arrives is no APDU");
            } else if (!arrived.isEmpty()) {
                assembler.add(arrived.poll());
            } else {
                break;
            }
        }
        delivering = false;
        if (state == State.IDLE) {
            giveBack();
        }
        while (!paused && !releases.isEmpty()) {
            released(releases.poll());
        }
    }

    private void violated(String what) {
        connection.request(new PresentationPrimitive.UserAbort(List.of()));
        over(Ending.PROVIDER_ABORTED, "protocol error: " + what);
    }

    @Override
    public void pause() {
        paused = true;
        connection.pause();
    }

    @Override
    public void resume() {
        paused = false;
        deliver();
        if (!paused && state != State.IDLE) {
            connection.resume();
        }
    }

    @Override
    public void readyIndication() {
        if (state != State.IDLE) {
            user.readyIndication();
        }
    }

    // ---- The end ----

    @Override
    public void releaseRequest() {
        if (state != State.IDLE) {
            check(state == State.OPEN, "not associated, or about to end");
            state = State.RELEASING;
            connection.request(new PresentationPrimitive.Release(List.of()));
        }
    }

    @Override
    public void releaseResponse(boolean affirmative) {
        if (state != State.IDLE) {
            check(state == State.RELEASE_ASKED, "there is no release to answer");
            check(affirmative, "there is no negotiated release");
            connection.request(new PresentationPrimitive.ReleaseAnswer(true, List.of()));
            state = State.IDLE;
            giveBack();
            service.host.loop().defer(() -> over(Ending.RELEASED, ""));
        }
    }

    private void released(PresentationPrimitive primitive) {
        if (!assembler.isEmpty()) {
            violated("the stream ends within an APDU");
        } else if (primitive instanceof PresentationPrimitive.ReleaseAnswer) {
            over(Ending.RELEASED, "");
        } else if (state == State.RELEASING) { // both at once: each agrees to what it has asked for
            connection.request(new PresentationPrimitive.ReleaseAnswer(true, List.of()));
        } else {
            state = State.RELEASE_ASKED;
            user.releaseIndication();
        }
    }

    @Override
    public void abortRequest() {
        isOver = true;
        if (state != State.IDLE) {
            state = State.IDLE;
            giveBack();
            connection.request(new PresentationPrimitive.UserAbort(List.of()));
        }
    }

    /** Tell the user of the end, once. */
    private void over(Ending ending, String detail) {
        state = State.IDLE;
        giveBack();
        if (!isOver && user != null) {
            isOver = true;
            user.ended(ending, detail);
        }
    }

    private void giveBack() {
        if (delivering) {
            return; // what delivers gives back when it is done
        }
        assembler.release();
        arrived.forEach(Pdu::release);
        arrived.clear();
        releases.clear();
    }

    @Override
    public void indication(PresentationPrimitive primitive) {
        if (state == State.IDLE) {
            return;
        }
        if (primitive instanceof PresentationPrimitive.ConnectAnswer answer) {
            connectConfirm(answer);
        } else if (primitive instanceof PresentationPrimitive.UserAbort) {
            over(Ending.ABORTED, "aborted by the peer");
        } else if (primitive instanceof PresentationPrimitive.ProviderAbort abort) {
            over(Ending.PROVIDER_ABORTED, abort.reason());
        } else if (primitive instanceof PresentationPrimitive.Release
                || primitive instanceof PresentationPrimitive.ReleaseAnswer) {
            releases.add(primitive);
            deliver();
        } else {
            violated("an unexpected " + primitive.service());
        }
    }

    // ---- What takes a session layer ----

    @Override
    public boolean typedDataRequest(Octets apdu) {
        throw new IllegalStateException("typed data needs a session layer");
    }

    @Override
    public boolean expeditedDataRequest(Octets apdu) {
        throw new IllegalStateException("expedited data needs a session layer");
    }

    @Override
    public boolean stepRequest(DialogueStep step, Octets apdu) {
        throw new IllegalStateException("the control of a dialogue needs a session layer");
    }

    @Override
    public FunctionalUnits functionalUnits() {
        return StreamAssociations.UNITS;
    }

    @Override
    public SerialNumbers serialNumbers() {
        return SerialNumbers.NONE;
    }

    @Override
    public Tokens ownTokens() {
        return Tokens.NONE;
    }

    @Override
    public int sessionNumber() {
        return connection == null ? 0 : connection.sessionNumber();
    }

    @Override
    public String peer() {
        return connection.remote().toString();
    }

    private static void check(boolean allowed, String otherwise) {
        if (!allowed) {
            throw new IllegalStateException(otherwise);
        }
    }
}
