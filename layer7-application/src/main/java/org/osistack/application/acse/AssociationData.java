package org.osistack.application.acse;

import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;
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

    void typedIndication(List<Pdv> values) {
        values("typed data", values, context, acpm.associationUser()::typedDataIndication);
    }

    void expeditedIndication(List<Pdv> values) {
        values("expedited data", values, AcseService.DEFAULT_CONTEXT, acpm.associationUser()::expeditedDataIndication);
    }

    void stepIndication(DialogueStep step, List<Pdv> values) {
        if (values.isEmpty()) {
            acpm.associationUser().stepIndication(step, Octets.EMPTY);
        } else if (values.size() > 1) {
            acpm.protocolError("several values with P-" + step.service());
        } else {
            values("user data", values, context, apdu -> acpm.associationUser().stepIndication(step, apdu));
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
