package org.osistack.application.rose;

import org.osistack.application.rose.Operation.OperationClass;
import org.osistack.core.Host;
import org.osistack.core.Octets;

/**
 * One end of an association for remote operations: the requests and responses of X.219, and the state of the remote
 * operations protocol machine (ROPM, X.229 §7). What an APDU of the peer does is in {@link RoseArrival}.
 *
 * <p>Beside what X.229 asks of a machine it remembers which invocations are open in either direction, and rejects what does
 * not fit to them. Requests after the end are ignored; one that the rules forbid throws {@link IllegalStateException}.
 */
public final class RoseConnection {
    /** The states by their numbers in X.229 Annex A, and what lies before and between. */
    private enum State {
        /** Awaiting the answer to RO-BIND, of the peer or of the user. */
        BINDING,
        /** 02. */
        ASSOCIATED,
        /** This side has asked for RO-UNBIND. */
        UNBINDING,
        /** The peer has asked for RO-UNBIND. */
        UNBIND_ASKED,
        /** 01. */
        IDLE
    }

    private final RoseSettings settings;
    private final boolean isInitiator;
    private final Invocations invoked; // by this side, and perhaps answered
    private final Invocations performed; // for the peer, and not answered
    private final RoseArrival arrival;
    private RoseUser user;
    private Carrier carrier;
    private State state = State.BINDING;
    private long nextInvokeId;

    RoseConnection(Host host, RoseSettings settings, boolean isInitiator, RoseUser user) {
        this.settings = settings;
        this.isInitiator = isInitiator;
        this.user = user;
        this.nextInvokeId = settings.firstInvokeId();
        this.invoked = new Invocations(settings.maxInvoked());
        this.performed = new Invocations(settings.maxPerformed());
        this.arrival = new RoseArrival(this, host, settings, isInitiator, invoked, performed);
    }

    void carrier(Carrier newCarrier) {
        carrier = newCarrier;
    }

    // ---- RO-BIND ----------------------------------------------------------------------------------------------------

    void bindIndication(RoseListener listener, Octets argument) {
        user = listener.bindIndication(this, argument);
        if (user == null) {
            bindRefusal("", Octets.EMPTY);
        }
    }

    /** After a restart of this side. */
    void goOn(RoseUser newUser) {
        user = newUser;
        state = State.ASSOCIATED;
    }

    /** After a restart of this side, which has sent this APDU, or is to send it. */
    void goOnWith(Octets own) {
        if (RoseApdu.parse(own).apdu() instanceof RoseApdu.Roiv roiv) {
            nextInvokeId = Math.max(nextInvokeId, roiv.invokeId() + 1);
            Operation operation = user.invoked(roiv.invokeId(), roiv.operation(), roiv.argument());
            if (operation != null) {
                invoked.add(roiv.invokeId(), operation);
            }
        }
    }

    void bindConfirm(Octets result) {
        state = State.ASSOCIATED;
        user.bindConfirm(this, result);
    }

    void bindRefused(String reason, Octets error) {
        state = State.IDLE;
        user.bindRefused(reason, error);
    }

    /** RO-BIND.response that accepts; the result is one encoding, or empty. */
    public void bindResponse(Octets result) {
        if (state != State.IDLE) {
            check(state == State.BINDING && !isInitiator, "there is no bind to answer");
            state = State.ASSOCIATED;
            carrier.bindResponse(result);
        }
    }

    /** RO-BIND.response that refuses; the error is one encoding, or empty. */
    public void bindRefusal(String reason, Octets error) {
        if (state != State.IDLE) {
            check(state == State.BINDING && !isInitiator, "there is no bind to answer");
            state = State.IDLE;
            carrier.bindRefusal(reason, error);
        }
    }

    // ---- requests ----

    /**
     * RO-INVOKE.request.
     *
     * @param argument one encoding; empty if there is none
     * @return the invocation's id, to which the answer refers
     * @throws IllegalStateException also if too many are open, or a synchronous one is
     */
    public long invoke(Operation operation, Octets argument) {
        return invoke(operation, argument, null);
    }

    /**
     * RO-INVOKE.request of a child operation, by the performer of its parent.
     *
     * @param parentId an invocation of the peer that is not answered yet
     */
    public long invokeLinked(long parentId, Operation operation, Octets argument) {
        Operation parent = performed.find(parentId);
        check(
                state == State.IDLE || parent != null && parent.children().contains(operation.code()),
                "no operation that is being performed has this child");
        return invoke(operation, argument, parentId);
    }

    private long invoke(Operation operation, Octets argument, Long linkedId) {
        long invokeId = nextInvokeId++;
        if (state == State.IDLE) {
            return invokeId;
        }
        check(state == State.ASSOCIATED, "not associated, or about to end");
        check(settings.associationClass().mayInvoke(isInitiator), "only the other side may invoke");
        check(!invoked.hasSynchronous(), "a synchronous operation is not answered yet");
        check(invoked.makeRoom(), "too many invocations are open");
        if (operation.operationClass() != OperationClass.UNANSWERED) {
            invoked.add(invokeId, operation);
        }
        boolean isAwaited = operation.operationClass() == OperationClass.SYNCHRONOUS;
        send(new RoseApdu.Roiv(invokeId, linkedId, operation.code(), argument), operation.priority(), isAwaited);
        return invokeId;
    }

    /** Do not wait for the answer to an invocation any more; if it comes, it is rejected. */
    public void forget(long invokeId) {
        invoked.remove(invokeId);
    }

    /**
     * RO-RESULT.request: the peer's invocation has succeeded.
     *
     * @param result one encoding; empty if there is none
     */
    public void result(long invokeId, Octets result) {
        Operation operation = answered(invokeId);
        if (operation != null) {
            check(operation.operationClass().hasResult(), "the operation has no result");
            performed.remove(invokeId);
            Code code = result.isEmpty() ? null : operation.code();
            send(new RoseApdu.Rors(invokeId, code, result), operation.priority(), false);
        }
    }

    /**
     * RO-ERROR.request: the peer's invocation has failed.
     *
     * @param parameter one encoding; empty if there is none
     */
    public void error(long invokeId, Code error, Octets parameter) {
        Operation operation = answered(invokeId);
        if (operation != null) {
            check(operation.operationClass().hasError(), "the operation has no errors");
            check(
                    operation.errors() == null || operation.errors().contains(error),
                    "the operation does not have this error");
            performed.remove(invokeId);
            send(new RoseApdu.Roer(invokeId, error, parameter), operation.priority(), false);
        }
    }

    /** Operations of class 3 that have succeeded, and of class 4 that have failed, are done without an answer. */
    public void done(long invokeId) {
        performed.remove(invokeId);
    }

    private Operation answered(long invokeId) {
        if (state == State.IDLE) {
            return null;
        }
        check(state != State.BINDING && state != State.UNBINDING, "not associated, or about to end");
        Operation operation = performed.find(invokeId);
        check(operation != null, "no such invocation");
        return operation;
    }

    /**
     * RO-REJECT-U.request: the peer's invocation, or its answer, is not acceptable.
     *
     * @param problem of an invocation, a result or an error; the general ones are the provider's
     */
    public void reject(long invokeId, Problem problem) {
        if (problem.kind() == Problem.Kind.GENERAL) {
            throw new IllegalArgumentException("only the provider finds that");
        }
        if (state != State.IDLE) {
            check(state != State.BINDING, "not associated");
            if (problem.kind() == Problem.Kind.INVOKE) {
                performed.remove(invokeId);
            }
            send(new RoseApdu.Rorj(invokeId, problem), Operation.USUAL_PRIORITY, false);
        }
    }

    /** As {@link org.osistack.application.Association#user()}. */
    public String peerUser() {
        return carrier.peerUser();
    }

    /** As {@link org.osistack.application.Association#sessionNumber()}; 0 by reliable transfer, where it may change. */
    public int sessionNumber() {
        return carrier.sessionNumber();
    }

    /** How many invocations of this side may still be answered. */
    public int invoked() {
        return invoked.size();
    }

    /** How many invocations of the peer are not answered. */
    public int performed() {
        return performed.size();
    }

    void send(RoseApdu apdu, int priority, boolean isAwaited) {
        carrier.send(apdu.emit(), priority, isAwaited);
    }

    // ---- RO-UNBIND and aborts ----

    /**
     * RO-UNBIND.request, by the side that asked for the association. Invocations of the peer that are not answered are
     * rejected (X.219 annex B).
     *
     * @throws IllegalStateException also if an invocation is open that will be answered
     */
    public void unbindRequest(Octets argument) {
        if (state == State.IDLE) {
            return;
        }
        check(state == State.ASSOCIATED && isInitiator, "only the initiator unbinds");
        check(!invoked.hasConfirmed(), "an invocation is not answered yet");
        for (Long invokeId : performed.ids()) {
            if (performed.find(invokeId).operationClass().isConfirmed()) {
                reject(invokeId, Problem.INITIATOR_RELEASING);
            }
        }
        state = State.UNBINDING;
        carrier.unbindRequest(argument);
    }

    /** RO-UNBIND.response. The association ends. */
    public void unbindResponse(Octets result) {
        if (state != State.IDLE) {
            check(state == State.UNBIND_ASKED, "there is no unbind to answer");
            carrier.unbindResponse(result);
        }
    }

    /** A-ABORT.request: end at once, and hear nothing more. */
    public void abortRequest() {
        if (state != State.IDLE) {
            end();
            carrier.abort();
        }
    }

    void unbindIndication(Octets argument) {
        if (state == State.ASSOCIATED) {
            state = State.UNBIND_ASKED;
            user.unbindIndication(argument);
        }
    }

    void ended(boolean orderly, String detail, Octets unbindResult) {
        if (state != State.IDLE) {
            end();
            user.ended(orderly, detail, unbindResult);
        }
    }

    private void end() {
        state = State.IDLE;
        invoked.clear();
        performed.clear();
    }

    // ---- what arrives ----

    /** An APDU has arrived, or something else. */
    void received(Octets octets) {
        if (state != State.IDLE) {
            arrival.received(octets);
        }
    }

    /** An APDU of this side will not be delivered. */
    void notDelivered(Octets octets) {
        if (state != State.IDLE) {
            arrival.notDelivered(octets);
        }
    }

    /** The peer has sent what it may not: the association ends. */
    void protocolError(String what) {
        end();
        carrier.abort();
        user.ended(false, "protocol error: " + what, Octets.EMPTY);
    }

    RoseUser user() {
        return user;
    }

    /** Whether this side has asked for RO-UNBIND. */
    boolean isUnbinding() {
        return state == State.UNBINDING;
    }

    private static void check(boolean isAllowed, String otherwise) {
        if (!isAllowed) {
            throw new IllegalStateException(otherwise);
        }
    }
}
