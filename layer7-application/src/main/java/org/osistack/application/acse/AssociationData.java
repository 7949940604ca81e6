package org.osistack.application.acse;

import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;
import org.osistack.application.AssociationUser;
import org.osistack.core.Discard;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.presentation.Pdv;
import org.osistack.presentation.PresentationPrimitive;
import org.osistack.presentation.ber.BerLength;

/** What passes over an association while it lasts: the application's APDUs and the steps of its dialogue. */
final class AssociationData {
    private final Acpm acpm;
    private int context = AcseService.APPLICATION_CONTEXT; // the application's presentation context
    private final ArrayDeque<Octets> waiting = new ArrayDeque<>(); // APDUs that came with another, while paused
    private boolean paused;

    AssociationData(Acpm acpm) {
        this.acpm = acpm;
    }

    int context() {
        return context;
    }

    void context(int newContext) {
        context = newContext;
    }

    // ---- To the peer ----

    boolean request(Pdu apdu) {
        return acpm.connection().dataRequest(context, apdu);
    }

    boolean typedRequest(Octets apdu) {
        Acpm.check(acpm.functionalUnits().has(FunctionalUnit.TYPED_DATA), "typed data was not agreed on");
        return acpm.connection().request(new PresentationPrimitive.TypedData(userData(apdu)));
    }

    boolean expeditedRequest(Octets apdu) {
        Acpm.check(acpm.functionalUnits().has(FunctionalUnit.EXPEDITED_DATA), "expedited data was not agreed on");
        return acpm.connection()
                .request(new PresentationPrimitive.ExpeditedData(List.of(new Pdv(AcseService.DEFAULT_CONTEXT, apdu))));
    }

    boolean capabilityRequest(Octets apdu) {
        return acpm.connection().request(new PresentationPrimitive.CapabilityData(userData(apdu)));
    }

    boolean capabilityResponse(Octets apdu) {
        return acpm.connection().request(new PresentationPrimitive.CapabilityDataAnswer(userData(apdu)));
    }

    boolean stepRequest(DialogueStep step, Octets apdu) {
        return acpm.connection().request(new PresentationPrimitive.Step(step, userData(apdu)));
    }

    private List<Pdv> userData(Octets apdu) {
        return apdu.isEmpty() ? List.of() : List.of(new Pdv(context, apdu));
    }

    // ---- From the peer ----

    void indication(int from, Pdu value) {
        if (from == context && BerLength.isOne(value)) {
            acpm.associationUser().dataIndication(value);
            return;
        }
        acpm.drop(Discard.UNEXPECTED, value);
        acpm.protocolError("data of presentation context " + from);
    }

    /** Several values in one P-DATA. */
    void indication(List<Pdv> values) {
        for (Pdv value : values) {
            if (value.context() != context) {
                acpm.protocolError("data of presentation context " + value.context());
                return;
            }
            waiting.add(value.value());
        }
        deliverWaiting(false);
    }

    void deliverWaiting(boolean evenThoughPaused) {
        while (!waiting.isEmpty() && (!paused || evenThoughPaused) && !acpm.isIdle()) {
            Octets apdu = waiting.poll();
            Pdu pdu = acpm.take(apdu.length());
            apdu.appendTo(pdu);
            acpm.associationUser().dataIndication(pdu);
        }
    }

    /**
     * Hand on what carries an APDU, or a step of the dialogue.
     *
     * @return whether it was such a primitive
     */
    boolean indication(PresentationPrimitive primitive) {
        AssociationUser user = acpm.associationUser();
        if (primitive instanceof PresentationPrimitive.Data several) {
            indication(several.userData());
        } else if (primitive instanceof PresentationPrimitive.TypedData typed) {
            values("typed data", typed.userData(), context, user::typedDataIndication);
        } else if (primitive instanceof PresentationPrimitive.ExpeditedData expedited) {
            values("expedited data", expedited.userData(), AcseService.DEFAULT_CONTEXT, user::expeditedDataIndication);
        } else if (primitive instanceof PresentationPrimitive.CapabilityData capability) {
            oneOrNone(primitive, capability.userData(), user::capabilityDataIndication);
        } else if (primitive instanceof PresentationPrimitive.CapabilityDataAnswer answer) {
            oneOrNone(primitive, answer.userData(), user::capabilityDataConfirm);
        } else if (primitive instanceof PresentationPrimitive.Step step) {
            oneOrNone(primitive, step.userData(), apdu -> user.stepIndication(step.step(), apdu));
        } else {
            return false;
        }
        return true;
    }

    /** Hand on a primitive with its value, or without one. */
    private void oneOrNone(PresentationPrimitive primitive, List<Pdv> values, Consumer<Octets> indication) {
        if (values.isEmpty()) {
            indication.accept(Octets.EMPTY);
        } else if (values.size() > 1) {
            acpm.protocolError("several values with " + primitive.service());
        } else {
            values("user data", values, context, indication);
        }
    }

    /** Hand on the values of a primitive that is not P-DATA. */
    private void values(String what, List<Pdv> values, int from, Consumer<Octets> indication) {
        for (Pdv value : values) {
            if (acpm.isIdle()) {
                return;
            }
            if (value.context() != from) {
                acpm.protocolError(what + " of presentation context " + value.context());
                return;
            }
            indication.accept(value.value());
        }
    }

    // ---- The pace ----

    void pause() {
        paused = true;
        acpm.connection().pause();
    }

    void resume() {
        paused = false;
        deliverWaiting(false);
        if (!paused) {
            acpm.connection().resume();
        }
    }

    boolean isPaused() {
        return paused;
    }

    /** The association is over: nothing more is handed on. */
    void end() {
        waiting.clear();
    }
}
