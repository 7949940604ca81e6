package org.osistack.application.rose;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.osistack.application.rose.Operation.OperationClass;
import org.osistack.core.Discard;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.Origin;

/**
 * One end of an association for remote operations: the requests and responses of X.219, and the remote operations protocol
 * machine (ROPM, X.229 §7).
 *
 * <p>Beside what X.229 asks of a machine it remembers which invocations are open in either direction, and rejects what does
 * not fit to them. Requests after the end are ignored; one that the rules forbid throws {@link IllegalStateException}.
 */
public final class RoseConnection {
    private static final Origin ORIGIN = new Origin(7, "ROSE");

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

    private final Host host;
    private final RoseSettings settings;
    private final boolean isInitiator;
    private final Map<Long, Operation> invoked = new LinkedHashMap<>(); // by this side, and perhaps answered
    private final Map<Long, Operation> performed = new LinkedHashMap<>(); // for the peer, and not answered
    private RoseUser user;
    private Carrier carrier;
    private State state = State.BINDING;
    private long nextInvokeId;
    private int rejects;

    RoseConnection(Host host, RoseSettings settings, boolean isInitiator, RoseUser user) {
        this.host = host;
        this.settings = settings;
        this.isInitiator = isInitiator;
        this.user = user;
        this.nextInvokeId = settings.firstInvokeId();
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
                invoked.put(roiv.invokeId(), operation);
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
        Operation parent = performed.get(parentId);
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
        check(
                invoked.values().stream().noneMatch(open -> open.operationClass() == OperationClass.SYNCHRONOUS),
                "a synchronous operation is not answered yet");
        check(makeRoom(invoked, settings.maxInvoked()), "too many invocations are open");
        if (operation.operationClass() != OperationClass.UNANSWERED) {
            invoked.put(invokeId, operation);
        }
        boolean isAwaited = operation.operationClass() == OperationClass.SYNCHRONOUS;
        send(new RoseApdu.Roiv(invokeId, linkedId, operation.code(), argument), operation.priority(), isAwaited);
        return invokeId;
    }

    /** Whether one more fits; the eldest that need not be answered gives way. */
    private static boolean makeRoom(Map<Long, Operation> open, int limit) {
        if (open.size() < limit) {
            return true;
        }
        for (Iterator<Operation> each = open.values().iterator(); each.hasNext(); ) {
            if (!each.next().operationClass().isConfirmed()) {
                each.remove();
                return true;
            }
        }
        return false;
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
        Operation operation = performed.get(invokeId);
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

    private void send(RoseApdu apdu, int priority, boolean isAwaited) {
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
        check(
                invoked.values().stream()
                        .noneMatch(open -> open.operationClass().isConfirmed()),
                "an invocation is not answered yet");
        for (Long invokeId : performed.keySet().toArray(Long[]::new)) {
            if (performed.get(invokeId).operationClass().isConfirmed()) {
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
        if (state == State.IDLE) {
            return;
        }
        RoseApdu.Parsed parsed = RoseApdu.parse(octets);
        RoseApdu apdu = parsed.apdu();
        if (apdu instanceof RoseApdu.Roiv roiv) {
            received(roiv);
        } else if (apdu instanceof RoseApdu.Rors rors) {
            received(rors);
        } else if (apdu instanceof RoseApdu.Roer roer) {
            received(roer);
        } else if (apdu instanceof RoseApdu.Rorj rorj) {
            received(rorj);
        } else {
            unreadable(parsed);
        }
    }

    private void unreadable(RoseApdu.Parsed parsed) {
        host.discards(ORIGIN.layer(), ORIGIN.protocol()).add(Discard.MALFORMED, 1);
        if (parsed.isReject() || ++rejects > settings.maxRejects()) {
            end();
            carrier.abort();
            user.ended(false, "protocol error: " + parsed.problem().text(), Octets.EMPTY);
        } else {
            send(new RoseApdu.Rorj(parsed.invokeId(), parsed.problem()), Operation.USUAL_PRIORITY, false);
        }
    }

    private void received(RoseApdu.Roiv roiv) {
        Operation operation = user.operation(roiv.operation());
        Problem problem = problem(roiv, operation);
        if (problem != null) {
            send(new RoseApdu.Rorj(roiv.invokeId(), problem), Operation.USUAL_PRIORITY, false);
            return;
        }
        performed.put(roiv.invokeId(), operation);
        user.invokeIndication(roiv.invokeId(), roiv.linkedId(), operation, roiv.argument());
    }

    private Problem problem(RoseApdu.Roiv roiv, Operation operation) {
        if (performed.containsKey(roiv.invokeId())) {
            return Problem.DUPLICATE_INVOCATION;
        } else if (operation == null || !settings.associationClass().mayInvoke(!isInitiator)) {
            return Problem.UNRECOGNIZED_OPERATION;
        } else if (state == State.UNBINDING) {
            return Problem.INITIATOR_RELEASING;
        } else if (roiv.linkedId() != null) {
            Operation parent = invoked.get(roiv.linkedId());
            if (parent == null) {
                return Problem.UNRECOGNIZED_LINKED_ID;
            } else if (parent.children().isEmpty()) {
                return Problem.LINKED_RESPONSE_UNEXPECTED;
            } else if (!parent.children().contains(roiv.operation())) {
                return Problem.UNEXPECTED_CHILD_OPERATION;
            }
        }
        return makeRoom(performed, settings.maxPerformed()) ? null : Problem.RESOURCE_LIMITATION;
    }

    private void received(RoseApdu.Rors rors) {
        Operation operation = invoked.get(rors.invokeId());
        if (operation == null) {
            rejectAnswer(rors.invokeId(), Problem.RESULT_FOR_UNRECOGNIZED_INVOCATION, false);
        } else if (!operation.operationClass().hasResult()) {
            rejectAnswer(rors.invokeId(), Problem.RESULT_RESPONSE_UNEXPECTED, true);
        } else if (rors.operation() != null && !rors.operation().equals(operation.code())) {
            rejectAnswer(rors.invokeId(), Problem.MISTYPED_RESULT, true);
        } else {
            invoked.remove(rors.invokeId());
            user.resultIndication(rors.invokeId(), operation, rors.result());
        }
    }

    private void received(RoseApdu.Roer roer) {
        Operation operation = invoked.get(roer.invokeId());
        if (operation == null) {
            rejectAnswer(roer.invokeId(), Problem.ERROR_FOR_UNRECOGNIZED_INVOCATION, false);
        } else if (!operation.operationClass().hasError()) {
            rejectAnswer(roer.invokeId(), Problem.ERROR_RESPONSE_UNEXPECTED, true);
        } else if (!user.isError(roer.error())) {
            rejectAnswer(roer.invokeId(), Problem.UNRECOGNIZED_ERROR, true);
        } else if (operation.errors() != null && !operation.errors().contains(roer.error())) {
            rejectAnswer(roer.invokeId(), Problem.UNEXPECTED_ERROR, true);
        } else {
            invoked.remove(roer.invokeId());
            user.errorIndication(roer.invokeId(), operation, roer.error(), roer.parameter());
        }
    }

    /** An answer is not acceptable. If it was to an invocation, there will be no other. */
    private void rejectAnswer(long invokeId, Problem problem, boolean isOpen) {
        invoked.remove(invokeId);
        send(new RoseApdu.Rorj(invokeId, problem), Operation.USUAL_PRIORITY, false);
        if (isOpen) {
            user.rejectIndication(invokeId, problem);
        }
    }

    private void received(RoseApdu.Rorj rorj) {
        Long invokeId = rorj.invokeId();
        switch (rorj.problem().kind()) {
            case GENERAL -> {
                if (invokeId != null) {
                    invoked.remove(invokeId);
                }
                user.providerRejectIndication(invokeId, rorj.problem(), Octets.EMPTY);
            }
            case INVOKE -> {
                if (invokeId != null && invoked.remove(invokeId) != null) {
                    user.rejectIndication(invokeId, rorj.problem());
                }
            }
            default -> {
                if (invokeId != null) {
                    user.rejectIndication(invokeId, rorj.problem());
                }
            }
        }
    }

    /** An APDU of this side will not be delivered. */
    void notDelivered(Octets octets) {
        if (state == State.IDLE) {
            return;
        }
        Long invokeId = null;
        RoseApdu apdu = RoseApdu.parse(octets).apdu();
        if (apdu instanceof RoseApdu.Roiv roiv) {
            invokeId = roiv.invokeId();
            invoked.remove(invokeId);
        } else if (apdu instanceof RoseApdu.Rors rors) {
            invokeId = rors.invokeId();
        } else if (apdu instanceof RoseApdu.Roer roer) {
            invokeId = roer.invokeId();
        }
        user.providerRejectIndication(invokeId, null, octets);
    }

    private static void check(boolean isAllowed, String otherwise) {
        if (!isAllowed) {
            throw new IllegalStateException(otherwise);
        }
    }
}
