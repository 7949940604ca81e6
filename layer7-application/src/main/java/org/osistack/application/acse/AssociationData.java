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

    /** The application's APDU in this user information; empty if there is none. */
    Octets valueOf(List<External> userInformation) {
        return External.valueOf(userInformation, context);
    }

    List<External> listOf(Octets userInformation) {
        return External.listOf(context, userInformation);
    }

    // ---- To the peer ----

    boolean request(Pdu apdu) {
        if (!maySend()) {
            apdu.release();
            return true;
        }
        return acpm.connection().dataRequest(context, apdu);
    }

    boolean typedRequest(Octets apdu) {
        if (!maySend()) {
            return true;
        }
        Acpm.check(acpm.functionalUnits().has(FunctionalUnit.TYPED_DATA), "typed data was not agreed on");
        return acpm.connection().request(new PresentationPrimitive.TypedData(userData(apdu)));
    }

    boolean expeditedRequest(Octets apdu) {
        if (!maySend()) {
            return true;
        }
        Acpm.check(acpm.functionalUnits().has(FunctionalUnit.EXPEDITED_DATA), "expedited data was not agreed on");
        return acpm.connection()
                .request(new PresentationPrimitive.ExpeditedData(List.of(new Pdv(AcseService.DEFAULT_CONTEXT, apdu))));
    }

    boolean capabilityRequest(Octets apdu) {
        if (!maySend()) {
            return true;
        }
        return acpm.connection().request(new PresentationPrimitive.CapabilityData(userData(apdu)));
    }

    boolean capabilityResponse(Octets apdu) {
        if (!maySend()) {
            return true;
        }
        return acpm.connection().request(new PresentationPrimitive.CapabilityDataAnswer(userData(apdu)));
    }

    boolean stepRequest(DialogueStep step, Octets apdu) {
        if (!maySend()) {
            return true;
        }
        return acpm.connection().request(new PresentationPrimitive.Step(step, userData(apdu)));
    }

    /** Whether something can go to the peer; after the end nothing can, and requests are ignored. */
    private boolean maySend() {
        AcpmState state = acpm.state();
        if (state == AcpmState.STA0) {
            return false;
        }
        Acpm.check(state == AcpmState.STA5 || state == AcpmState.STA4, "not associated, or about to end");
        return true;
    }

    private List<Pdv> userData(Octets apdu) {
        return apdu.isEmpty() ? List.of() : List.of(new Pdv(context, apdu));
    }

    // ---- From the peer ----

    void indication(int from, Pdu value) {
        if (acpm.isIdle()) {
            acpm.drop(Discard.UNEXPECTED, value);
            return;
        }
        if (from == context && BerLength.isOne(value)) {
            acpm.associationUser().dataIndication(value);
            return;
        }
        acpm.drop(Discard.UNEXPECTED, value);
        acpm.abnormalRelease().protocolError("data of presentation context " + from);
    }

    /** Several values in one P-DATA. */
    void indication(List<Pdv> values) {
        for (Pdv value : values) {
            if (value.context() != context) {
                acpm.abnormalRelease().protocolError("data of presentation context " + value.context());
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
            acpm.abnormalRelease().protocolError("several values with " + primitive.service());
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
                acpm.abnormalRelease().protocolError(what + " of presentation context " + value.context());
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
