package org.osistack.presentation.x226;

import java.util.List;
import java.util.function.Function;
import org.osistack.core.Discard;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.presentation.Pdv;
import org.osistack.presentation.PresentationConnection;
import org.osistack.presentation.PresentationListener;
import org.osistack.presentation.PresentationPrimitive;
import org.osistack.presentation.PresentationRefusal;
import org.osistack.presentation.ber.BerReader;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.SessionUser;

/** What the session service tells the protocol machine of one connection: indications and confirms, and the PPDUs in them. */
final class Arrivals implements SessionUser {
    private final Ppm ppm;
    private final DataPhase data;
    private final PresentationConnection connection;

    /**
     * The session user of a connection.
     *
     * @param connection as the presentation user has it
     */
    Arrivals(Ppm ppm, DataPhase data, PresentationConnection connection) {
        this.ppm = ppm;
        this.data = data;
        this.connection = connection;
    }

    /**
     * S-CONNECT.indication.
     *
     * @param listeners who has a called presentation selector; null if nobody does
     */
    void connectIndication(SessionPrimitive.Connect indication, Function<Octets, PresentationListener> listeners) {
        Establishment.Indication meaning = ppm.establishment.indication(indication);
        if (meaning.refusal() != null) {
            ppm.refuse(meaning.refusal());
            return;
        }
        PresentationListener listener = listeners.apply(ppm.establishment.calledSelector());
        if (listener == null) {
            ppm.refuse(PresentationRefusal.CALLED_ADDRESS_UNKNOWN);
            return;
        }
        ppm.name(meaning.connect().calling());
        ppm.enter(State.STAI2, "CP");
        ppm.user = listener.connectIndication(connection, meaning.connect());
        if (ppm.user == null && ppm.state() == State.STAI2) {
            ppm.refuse(PresentationRefusal.USER);
        }
    }

    private void connectConfirm(SessionPrimitive.ConnectAnswer confirm) {
        if (ppm.state() != State.STAI1) {
            ppm.abort(AbortReason.UNEXPECTED_SESSION_PRIMITIVE, Event.CPA);
            return;
        }
        Meaning meaning = ppm.establishment.confirm(confirm);
        if (meaning.abort() != null) {
            ppm.abort(meaning.abort(), Event.CPA);
            return;
        }
        ppm.steps.agree(ppm.establishment.requirements());
        ppm.enter(confirm.isAccepted() ? State.STAt0 : State.STAI0, confirm.isAccepted() ? "CPA" : "CPR");
        ppm.user.indication(meaning.primitive());
    }

    @Override
    public void dataIndication(Pdu ssdu) {
        if (!ppm.isConnected()) {
            ppm.entity.discards.drop(Discard.UNEXPECTED, ssdu);
            if (ppm.state() != State.STAI0) {
                ppm.abort(AbortReason.UNEXPECTED_SESSION_PRIMITIVE, Event.TD);
            }
            return;
        }
        AbortReason reason = data.indication(ssdu, ppm.user);
        if (reason != null) {
            ppm.abort(reason, Event.TD);
        }
    }

    @Override
    public void indication(SessionPrimitive primitive) {
        if (ppm.state() == State.STAI0) {
            return;
        }
        if (primitive instanceof SessionPrimitive.ConnectAnswer confirm) {
            connectConfirm(confirm);
        } else if (primitive instanceof SessionPrimitive.UserAbort abort) {
            PresentationPrimitive meaning = Aborts.indication(abort.userData(), ppm.contexts.abortable(), ppm.codec);
            ppm.end(meaning, meaning instanceof PresentationPrimitive.UserAbort ? "ARU" : "ARP");
        } else if (primitive instanceof SessionPrimitive.ProviderAbort abort) {
            ppm.end(new PresentationPrimitive.ProviderAbort(abort.reason().text()), "S-P-ABORT.indication");
        } else if (!ppm.isConnected()) {
            ppm.abort(AbortReason.UNEXPECTED_SESSION_PRIMITIVE, Event.of(primitive));
        } else if (primitive instanceof SessionPrimitive.Step step) {
            ContextSet before = ppm.contexts.defined();
            Meaning meaning = ppm.steps.indication(step);
            ppm.altered(before, step.service() + (step.isAnswer() ? ".confirm" : ".indication"));
            tell(meaning, Event.of(primitive));
        } else if (primitive instanceof SessionPrimitive.TypedData typed) {
            typedData(typed.userData());
        } else if (primitive instanceof SessionPrimitive.ExpeditedData expedited) {
            List<Pdv> values = values(expedited, ContextSet.EMPTY);
            if (values != null) {
                ppm.user.indication(new PresentationPrimitive.ExpeditedData(values));
            }
        } else {
            indication(primitive, values(primitive, ppm.codec.receiving()));
        }
    }

    /** An indication or confirm that leaves contexts alone; nothing if it had to be aborted for its values. */
    private void indication(SessionPrimitive primitive, List<Pdv> values) {
        if (values == null) {
            return;
        }
        if (primitive instanceof SessionPrimitive.CapabilityData) {
            ppm.user.indication(new PresentationPrimitive.CapabilityData(values));
        } else if (primitive instanceof SessionPrimitive.CapabilityDataAnswer) {
            ppm.user.indication(new PresentationPrimitive.CapabilityDataAnswer(values));
        } else if (primitive instanceof SessionPrimitive.Release) {
            ppm.release.asked();
            ppm.user.indication(new PresentationPrimitive.Release(values));
        } else if (primitive instanceof SessionPrimitive.ReleaseAnswer answer) {
            ppm.answered(ppm.release.answered(answer.affirmative()), "S-RELEASE.confirm");
            ppm.user.indication(new PresentationPrimitive.ReleaseAnswer(answer.affirmative(), values));
        } else {
            ppm.abort(AbortReason.UNEXPECTED_SESSION_PRIMITIVE, Event.of(primitive));
        }
    }

    private void typedData(Octets octets) {
        int tag = new BerReader(octets).tag();
        boolean isAlteration = tag == AcPpdu.TAG || tag == AcaPpdu.TAG;
        Event event = tag == AcPpdu.TAG ? Event.AC : tag == AcaPpdu.TAG ? Event.ACA : Event.TTD;
        if (isAlteration ? !ppm.hasManagement() : !ppm.mayUseTypedData()) {
            ppm.abort(AbortReason.UNEXPECTED_PPDU, event);
        } else if (isAlteration) {
            ContextSet before = ppm.contexts.defined();
            Meaning meaning = event == Event.AC ? ppm.management.proposed(octets) : ppm.management.acknowledged(octets);
            ppm.altered(before, event.name());
            tell(meaning, event);
        } else {
            List<Pdv> values = ppm.codec.typed(octets, ppm.codec.receiving());
            tell(
                    values == null
                            ? Meaning.abort(ValueCodec.reasonAgainst(octets))
                            : Meaning.of(new PresentationPrimitive.TypedData(values)),
                    event);
        }
    }

    /** The values that make up all the user data of a session primitive; null if it had to be aborted for them. */
    private List<Pdv> values(SessionPrimitive primitive, ContextSet set) {
        List<Pdv> values = ppm.codec.whole(primitive.userData(), set);
        if (values == null) {
            ppm.abort(ValueCodec.reasonAgainst(primitive.userData()), Event.of(primitive));
        }
        return values;
    }

    private void tell(Meaning meaning, Event event) {
        if (meaning.abort() == null) {
            ppm.user.indication(meaning.primitive());
        } else {
            ppm.abort(meaning.abort(), event);
        }
    }

    @Override
    public void readyIndication() {
        if (ppm.user != null) {
            ppm.user.readyIndication();
        }
    }
}
