package org.osistack.presentation.x226;

import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.SerialNumbers;
import org.osistack.core.dialogue.Tokens;
import org.osistack.presentation.PresentationAddress;
import org.osistack.presentation.PresentationConnection;
import org.osistack.presentation.PresentationPrimitive;
import org.osistack.session.SessionPrimitive;

/** What the user of one connection asks of its protocol machine: requests and responses become session primitives. */
final class X226Connection implements PresentationConnection {
    /** What S-EXPEDITED-DATA carries, in octets (X.215). */
    private static final int MAX_EXPEDITED = 14;

    private final Ppm ppm;
    private final DataPhase data;

    X226Connection(Ppm ppm, DataPhase data) {
        this.ppm = ppm;
        this.data = data;
    }

    /** P-CONNECT.request: the S-CONNECT.request to be made for it. */
    SessionPrimitive.Connect connectRequest(PresentationPrimitive.Connect request) {
        SessionPrimitive.Connect below = ppm.establishment.request(request);
        ppm.management.proposedAtFirst(request.contexts());
        ppm.name(request.called());
        ppm.enter(State.STAI1, "P-CONNECT.request");
        return below;
    }

    private boolean connectResponse(PresentationPrimitive.ConnectAnswer answer) {
        if (ppm.state() != State.STAI2) {
            throw new IllegalStateException("there is nothing to answer");
        }
        SessionPrimitive.ConnectAnswer below = ppm.establishment.response(answer);
        ppm.steps.agree(ppm.establishment.requirements());
        ppm.enter(answer.isAccepted() ? State.STAt0 : State.STAI0, "P-CONNECT.response");
        boolean taken = false;
        try {
            taken = ppm.session.request(below);
        } finally {
            if (!taken) {
                ppm.enter(State.STAI2, "not taken");
            }
        }
        return taken;
    }

    // ---- Data ----

    @Override
    public boolean dataRequest(int context, Pdu value) {
        if (ppm.state() == State.STAI0) {
            value.release(); // after the end
            return true;
        }
        checkConnected();
        return data.request(ppm.session, context, value);
    }

    /** The session primitive for data that is not P-DATA. */
    private SessionPrimitive otherData(PresentationPrimitive primitive) {
        if (primitive instanceof PresentationPrimitive.TypedData typed) {
            if (!ppm.mayUseTypedData()) {
                throw new IllegalStateException("typed data was not agreed on");
            }
            UserData values = ppm.codec.nested(typed.userData(), ppm.codec.sending());
            if (values == null) {
                throw new IllegalArgumentException("typed data without a value");
            }
            return new SessionPrimitive.TypedData(ValueCodec.octets(values));
        } else if (primitive instanceof PresentationPrimitive.ExpeditedData expedited) {
            Octets octets = ppm.codec.whole(expedited.userData(), ContextSet.EMPTY);
            if (octets.isEmpty() || octets.length() > MAX_EXPEDITED) {
                throw new IllegalArgumentException("expedited data of " + octets.length() + " octets");
            }
            return new SessionPrimitive.ExpeditedData(octets);
        } else if (primitive instanceof PresentationPrimitive.CapabilityData capability) {
            return new SessionPrimitive.CapabilityData(ppm.codec.whole(capability.userData()));
        } else if (primitive instanceof PresentationPrimitive.CapabilityDataAnswer answer) {
            return new SessionPrimitive.CapabilityDataAnswer(ppm.codec.whole(answer.userData()));
        }
        throw new IllegalArgumentException(primitive.service() + " is not the user's to request");
    }

    // ---- All requests and responses ----

    @Override
    public boolean request(PresentationPrimitive primitive) {
        if (ppm.state() == State.STAI0) {
            return true; // after the end
        }
        if (primitive instanceof PresentationPrimitive.UserAbort abort) {
            Octets aru = Aborts.request(abort.userData(), ppm.codec);
            ppm.enter(State.STAI0, "P-U-ABORT.request");
            return ppm.session.request(new SessionPrimitive.UserAbort(aru));
        }
        if (primitive instanceof PresentationPrimitive.ConnectAnswer answer) {
            return connectResponse(answer);
        }
        checkConnected();
        if (primitive instanceof PresentationPrimitive.Data values) {
            return data.request(ppm.session, values.userData());
        } else if (primitive instanceof PresentationPrimitive.Step step) {
            return stepRequest(step);
        } else if (primitive instanceof PresentationPrimitive.AlterContext alteration) {
            return alterRequest(alteration);
        } else if (primitive instanceof PresentationPrimitive.AlterContextAnswer answer) {
            return alterResponse(answer);
        } else if (primitive instanceof PresentationPrimitive.Release
                || primitive instanceof PresentationPrimitive.ReleaseAnswer) {
            return releaseRequest(primitive);
        }
        return ppm.session.request(otherData(primitive));
    }

    private boolean stepRequest(PresentationPrimitive.Step step) {
        DialogueSteps.Outgoing outgoing = ppm.steps.request(step);
        boolean taken = ppm.session.request(outgoing.below());
        if (taken && ppm.isConnected()) {
            ContextSet before = ppm.contexts.defined();
            ppm.steps.taken(outgoing);
            ppm.altered(before, step.service() + (step.isAnswer() ? ".response" : ".request"));
        }
        return taken;
    }

    private boolean alterRequest(PresentationPrimitive.AlterContext alteration) {
        checkManagement();
        Octets ac = ppm.management.request(alteration);
        boolean taken = ppm.session.request(new SessionPrimitive.TypedData(ac));
        if (taken && ppm.isConnected()) {
            ppm.management.requested(alteration);
            ppm.enter(ppm.contexts.state(), "P-ALTER-CONTEXT.request");
        }
        return taken;
    }

    private boolean alterResponse(PresentationPrimitive.AlterContextAnswer answer) {
        checkManagement();
        ContextManagement.Response response = ppm.management.response(answer);
        boolean taken = ppm.session.request(new SessionPrimitive.TypedData(response.aca()));
        if (taken && ppm.isConnected()) {
            ContextSet before = ppm.contexts.defined();
            ppm.contexts.peersAnswered(response.altered());
            ppm.altered(before, "P-ALTER-CONTEXT.response");
        }
        return taken;
    }

    private void checkManagement() {
        if (!ppm.hasManagement()) {
            throw new IllegalStateException("context management was not agreed on");
        }
    }

    /** Change the state, and pass the primitive on; nothing is changed if it cannot be passed on. */
    private boolean releaseRequest(PresentationPrimitive primitive) {
        Octets userData = ppm.codec.whole(primitive.userData());
        State before = ppm.state();
        ReleasePhase.Moment moment = ppm.release.moment();
        ReleasePhase.Outcome outcome = ReleasePhase.Outcome.GOES_ON;
        SessionPrimitive below = new SessionPrimitive.Release(userData);
        if (primitive instanceof PresentationPrimitive.ReleaseAnswer answer) {
            below = new SessionPrimitive.ReleaseAnswer(answer.affirmative(), userData);
            outcome = ppm.release.answered(answer.affirmative());
        } else {
            ppm.release.asked();
        }
        if (outcome == ReleasePhase.Outcome.ENDS) {
            ppm.enter(State.STAI0, "P-RELEASE.response");
        }
        boolean taken = false;
        try {
            taken = ppm.session.request(below);
        } finally {
            if (!taken) {
                ppm.release.backTo(moment);
                ppm.enter(before, "not taken");
            }
        }
        if (taken && ppm.isConnected()) {
            ppm.answered(outcome, "P-RELEASE.response");
        }
        return taken;
    }

    private void checkConnected() {
        if (!ppm.isConnected()) {
            throw new IllegalStateException("not connected");
        }
    }

    // ---- What is handed through ----

    @Override
    public FunctionalUnits functionalUnits() {
        return ppm.functionalUnits();
    }

    @Override
    public Tokens ownTokens() {
        return ppm.session.ownTokens();
    }

    @Override
    public SerialNumbers serialNumbers() {
        return ppm.session.serialNumbers();
    }

    @Override
    public int sessionNumber() {
        return ppm.session == null ? 0 : ppm.session.number();
    }

    @Override
    public PresentationAddress remote() {
        return X226Entity.presentationAddress(ppm.establishment.remoteSelector(), ppm.session.remote());
    }

    @Override
    public void pause() {
        ppm.session.pause();
    }

    @Override
    public void resume() {
        ppm.session.resume();
    }
}
