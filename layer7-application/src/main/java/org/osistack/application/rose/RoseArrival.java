package org.osistack.application.rose;

import org.osistack.core.Discard;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.Origin;

/** What an APDU of the peer does (X.229 §7): it is handed to the user, or rejected. */
final class RoseArrival {
    private static final Origin ORIGIN = new Origin(7, "ROSE");

    private final RoseConnection connection;
    private final Host host;
    private final RoseSettings settings;
    private final boolean isInitiator;
    private final Invocations invoked; // by this side, and perhaps answered
    private final Invocations performed; // for the peer, and not answered
    private int rejects; // of what could not be read

    RoseArrival(
            RoseConnection connection,
            Host host,
            RoseSettings settings,
            boolean isInitiator,
            Invocations invoked,
            Invocations performed) {
        this.connection = connection;
        this.host = host;
        this.settings = settings;
        this.isInitiator = isInitiator;
        this.invoked = invoked;
        this.performed = performed;
    }

    /** An APDU has arrived, or something else, and the association has not ended. */
    void received(Octets octets) {
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
            connection.protocolError(parsed.problem().text());
        } else {
            connection.send(new RoseApdu.Rorj(parsed.invokeId(), parsed.problem()), Operation.USUAL_PRIORITY, false);
        }
    }

    private void received(RoseApdu.Roiv roiv) {
        Operation operation = connection.user().operation(roiv.operation());
        Problem problem = problem(roiv, operation);
        if (problem != null) {
            connection.send(new RoseApdu.Rorj(roiv.invokeId(), problem), Operation.USUAL_PRIORITY, false);
            return;
        }
        performed.add(roiv.invokeId(), operation);
        connection.user().invokeIndication(roiv.invokeId(), roiv.linkedId(), operation, roiv.argument());
    }

    private Problem problem(RoseApdu.Roiv roiv, Operation operation) {
        if (performed.has(roiv.invokeId())) {
            return Problem.DUPLICATE_INVOCATION;
        } else if (operation == null || !settings.associationClass().mayInvoke(!isInitiator)) {
            return Problem.UNRECOGNIZED_OPERATION;
        } else if (connection.isUnbinding()) {
            return Problem.INITIATOR_RELEASING;
        } else if (roiv.linkedId() != null) {
            Operation parent = invoked.find(roiv.linkedId());
            if (parent == null) {
                return Problem.UNRECOGNIZED_LINKED_ID;
            } else if (parent.children().isEmpty()) {
                return Problem.LINKED_RESPONSE_UNEXPECTED;
            } else if (!parent.children().contains(roiv.operation())) {
                return Problem.UNEXPECTED_CHILD_OPERATION;
            }
        }
        return performed.makeRoom() ? null : Problem.RESOURCE_LIMITATION;
    }

    private void received(RoseApdu.Rors rors) {
        Operation operation = invoked.find(rors.invokeId());
        if (operation == null) {
            rejectAnswer(rors.invokeId(), Problem.RESULT_FOR_UNRECOGNIZED_INVOCATION, false);
        } else if (!operation.operationClass().hasResult()) {
            rejectAnswer(rors.invokeId(), Problem.RESULT_RESPONSE_UNEXPECTED, true);
        } else if (rors.operation() != null && !rors.operation().equals(operation.code())) {
            rejectAnswer(rors.invokeId(), Problem.MISTYPED_RESULT, true);
        } else {
            invoked.remove(rors.invokeId());
            connection.user().resultIndication(rors.invokeId(), operation, rors.result());
        }
    }

    private void received(RoseApdu.Roer roer) {
        Operation operation = invoked.find(roer.invokeId());
        if (operation == null) {
            rejectAnswer(roer.invokeId(), Problem.ERROR_FOR_UNRECOGNIZED_INVOCATION, false);
        } else if (!operation.operationClass().hasError()) {
            rejectAnswer(roer.invokeId(), Problem.ERROR_RESPONSE_UNEXPECTED, true);
        } else if (!connection.user().isError(roer.error())) {
            rejectAnswer(roer.invokeId(), Problem.UNRECOGNIZED_ERROR, true);
        } else if (operation.errors() != null && !operation.errors().contains(roer.error())) {
            rejectAnswer(roer.invokeId(), Problem.UNEXPECTED_ERROR, true);
        } else {
            invoked.remove(roer.invokeId());
            connection.user().errorIndication(roer.invokeId(), operation, roer.error(), roer.parameter());
        }
    }

    /** An answer is not acceptable. If it was to an invocation, there will be no other. */
    private void rejectAnswer(long invokeId, Problem problem, boolean isOpen) {
        invoked.remove(invokeId);
        connection.send(new RoseApdu.Rorj(invokeId, problem), Operation.USUAL_PRIORITY, false);
        if (isOpen) {
            connection.user().rejectIndication(invokeId, problem);
        }
    }

    private void received(RoseApdu.Rorj rorj) {
        Long invokeId = rorj.invokeId();
        switch (rorj.problem().kind()) {
            case GENERAL -> {
                if (invokeId != null) {
                    invoked.remove(invokeId);
                }
                connection.user().providerRejectIndication(invokeId, rorj.problem(), Octets.EMPTY);
            }
            case INVOKE -> {
                if (invokeId != null && invoked.remove(invokeId)) {
                    connection.user().rejectIndication(invokeId, rorj.problem());
                }
            }
            default -> {
                if (invokeId != null) {
                    connection.user().rejectIndication(invokeId, rorj.problem());
                }
            }
        }
    }

    /** An APDU of this side will not be delivered, and the association has not ended. */
    void notDelivered(Octets octets) {
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
        connection.user().providerRejectIndication(invokeId, null, octets);
    }
}
