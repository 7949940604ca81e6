package org.osistack.presentation.x226;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.osistack.core.Octets;
import org.osistack.core.dialogue.ActivityIdentifier;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.SerialNumbers;
import org.osistack.presentation.ObjectIdentifier;
import org.osistack.presentation.Pdv;
import org.osistack.presentation.PresentationPrimitive;
import org.osistack.presentation.PresentationRequirements;
import org.osistack.session.SessionPrimitive;

/**
 * Hands steps in the control of the dialogue through to the session service and back, each with its values, and sees to
 * what they mean for the presentation contexts: which set is defined after a resynchronization or an activity, and what
 * becomes of alterations that are under way (X.226 Annex A).
 */
final class DialogueSteps {
    private final Profile profile;
    private final ValueCodec codec;
    private final Contexts contexts;
    private final Supplier<SerialNumbers> serialNumbers;
    private final Restoration restoration = new Restoration();
    private PresentationRequirements requirements = PresentationRequirements.KERNEL;
    private long majorSerialNumber; // of the major synchronization point that is to be confirmed

    DialogueSteps(Profile profile, ValueCodec codec, Contexts contexts, Supplier<SerialNumbers> serialNumbers) {
        this.profile = profile;
        this.codec = codec;
        this.contexts = contexts;
        this.serialNumbers = serialNumbers;
    }

    /** The functional units on which the two sides have agreed. */
    void agree(PresentationRequirements agreed) {
        requirements = agreed;
    }

    Restoration restoration() {
        return restoration;
    }

    // ---- Sent by this side ----

    /**
     * A request or response that is ready to go.
     *
     * @param serialNumber the one it means, as far as it has one
     * @param target the set that is defined once it is under way
     */
    record Outgoing(DialogueStep step, Octets userData, long serialNumber, ContextSet target) {
        SessionPrimitive.Step below() {
            return new SessionPrimitive.Step(step, userData);
        }
    }

    /**
     * A request or response of the user.
     *
     * @throws IllegalStateException if an alteration of contexts that is under way forbids it
     * @throws IllegalArgumentException if a value belongs to none of the contexts
     */
    Outgoing request(PresentationPrimitive.Step primitive) {
        DialogueStep step = primitive.step();
        if (isForbidden(step, contexts.own() != null, contexts.peers() != null)) {
            throw new IllegalStateException("not while an alteration of presentation contexts is under way,"
                    + " for the synchronization point is to remember them");
        }
        long serialNumber = serialNumber(step);
        ContextSet target = target(step, serialNumber);
        boolean isOfDefined = target.equals(contexts.defined()) || step instanceof DialogueStep.ActivityEndAnswer;
        ContextSet usable = isOfDefined ? contexts.sendable(contexts.defined()) : target;
        Octets userData = isResynchronization(step)
                ? resynchronization(primitive.userData(), target)
                : codec.whole(primitive.userData(), usable);
        return new Outgoing(step, userData, serialNumber, target);
    }

    /** The RS or RSA PPDU; it goes without saying where it would say nothing, as ISODE has it. */
    private Octets resynchronization(List<Pdv> values, ContextSet target) {
        boolean namesContexts = requirements.contextManagement() || !values.isEmpty() || profile == Profile.STRICT;
        if (!namesContexts) {
            return Octets.EMPTY;
        }
        return new RsPpdu(target.identifiers(), codec.nested(values, target)).emit();
    }

    /** The session service has taken it. */
    void taken(Outgoing outgoing) {
        DialogueStep step = outgoing.step();
        if (step instanceof DialogueStep.ActivityEndAnswer) {
            contexts.define(outgoing.target()); // the points stay: the peer may interrupt before it hears of the end
            return;
        }
        ContextSet before = contexts.defined();
        if (step instanceof DialogueStep.ActivityResume && !outgoing.target().equals(before)) {
            contexts.defineAhead(outgoing.target()); // not confirmed: what the peer sends may be older
        }
        happened(step, serialNumber(step, outgoing.serialNumber()), before, outgoing.target());
    }

    // ---- Sent by the peer ----

    /** What a step of the peer, or of the session provider, means. */
    Meaning indication(SessionPrimitive.Step primitive) {
        DialogueStep step = primitive.step();
        if (isForbidden(step, contexts.peers() != null, contexts.own() != null)) {
            return Meaning.abort(AbortReason.UNEXPECTED_SESSION_PRIMITIVE);
        }
        return isResynchronization(step) ? resynchronized(primitive) : indicated(primitive);
    }

    private Meaning indicated(SessionPrimitive.Step primitive) {
        DialogueStep step = primitive.step();
        long serialNumber = serialNumber(step);
        ContextSet target = target(step, serialNumber);
        boolean isOfDefined = target.equals(contexts.defined()) || step instanceof DialogueStep.ActivityEndAnswer;
        ContextSet usable = isOfDefined ? codec.receiving() : target;
        List<Pdv> values = codec.whole(primitive.userData(), usable);
        if (values == null) {
            return Meaning.abort(ValueCodec.reasonAgainst(primitive.userData()));
        }
        if (step.isAnswer()) {
            contexts.settled();
        }
        happened(step, serialNumber, contexts.defined(), target);
        return Meaning.of(new PresentationPrimitive.Step(step, values));
    }

    private Meaning resynchronized(SessionPrimitive.Step primitive) {
        DialogueStep step = primitive.step();
        long serialNumber = serialNumber(step);
        ContextSet target = target(step, serialNumber);
        List<Pdv> values = List.of();
        if (!primitive.userData().isEmpty()) {
            RsPpdu ppdu = RsPpdu.parse(primitive.userData());
            if (ppdu == null) {
                return Meaning.abort(AbortReason.UNRECOGNIZED_PPDU);
            }
            if (requirements.contextManagement() && ppdu.contexts() != null) {
                target = named(ppdu.contexts()); // the requester knows best, or the one who answers
            }
            correctPoint(step, serialNumber, target);
            values = target == null ? null : codec.nested(ppdu.userData(), target);
            if (values == null) {
                return Meaning.abort(AbortReason.INVALID_PARAMETER_VALUE);
            }
        }
        if (step.isAnswer()) {
            contexts.settled();
        }
        happened(step, serialNumber, contexts.defined(), target);
        return Meaning.of(new PresentationPrimitive.Step(step, values));
    }

    /** If the requester has another set at the point, it has set the point anew, and that was lost on the way. */
    private void correctPoint(DialogueStep step, long serialNumber, ContextSet target) {
        boolean isRemembered = step instanceof DialogueStep.Resynchronize
                && restoration.points().at(serialNumber) != null;
        if (isRemembered && target != null) {
            restoration.points().associate(serialNumber, target);
        }
    }

    /** The set of the contexts in a list; null if one of them is not known, or not in a transfer syntax that is. */
    private ContextSet named(List<Parameters.Identifier> identifiers) {
        List<ContextSet.Context> named = new ArrayList<>();
        for (Parameters.Identifier identifier : identifiers) {
            ObjectIdentifier transferSyntax = identifier.transferSyntax();
            ContextSet.Context known = contexts.find(identifier.context());
            if (known == null || !Negotiation.isSupported(transferSyntax)) {
                return null;
            }
            named.add(new ContextSet.Context(known.id(), known.abstractSyntax(), transferSyntax, false));
        }
        return named.stream().map(ContextSet.Context::id).distinct().count() < named.size()
                ? null
                : ContextSet.of(named);
    }

    // ---- What steps mean for contexts ----

    /**
     * Whether a step may not be taken for what is under way. A synchronization point and an activity are to find both sides
     * with the same set, if that is to be remembered.
     *
     * @param isOwnPending whether the side that takes the step awaits an answer to its alteration
     * @param isPeersPending whether the other side does
     */
    private boolean isForbidden(DialogueStep step, boolean isOwnPending, boolean isPeersPending) {
        if (!requirements.contextRestoration()) {
            return false;
        }
        if (step instanceof DialogueStep.SyncMajorAnswer || step instanceof DialogueStep.ActivityEndAnswer) {
            return isPeersPending;
        }
        return isOwnPending
                && (step instanceof DialogueStep.SyncMinor
                        || step instanceof DialogueStep.SyncMajor
                        || step instanceof DialogueStep.ActivityStart
                        || step instanceof DialogueStep.ActivityResume
                        || step instanceof DialogueStep.ActivityEnd);
    }

    private static boolean isResynchronization(DialogueStep step) {
        return step instanceof DialogueStep.Resynchronize || step instanceof DialogueStep.ResynchronizeAnswer;
    }

    /** The set that is defined after a step. */
    private ContextSet target(DialogueStep step, long serialNumber) {
        ContextSet defined = contexts.defined();
        if (!requirements.contextRestoration()) {
            return defined;
        }
        ContextSet restored = null;
        if (step instanceof DialogueStep.Resynchronize) {
            SynchronizationPoints points = restoration.points();
            restored = points.isBeforeAll(serialNumber) ? contexts.established() : points.at(serialNumber);
        } else if (step instanceof DialogueStep.ActivityResume resume) {
            restored = old(resume) == null ? null : restoration.at(old(resume), serialNumber);
        } else if (endsActivity(step)) {
            restored = restoration.interActivity();
        }
        return restored == null ? defined : restored;
    }

    private static boolean endsActivity(DialogueStep step) {
        return step instanceof DialogueStep.ActivityInterrupt
                || step instanceof DialogueStep.ActivityInterruptAnswer
                || step instanceof DialogueStep.ActivityDiscard
                || step instanceof DialogueStep.ActivityDiscardAnswer
                || step instanceof DialogueStep.ActivityEndAnswer;
    }

    /** The identifier under which an activity was interrupted on this connection; null if it was another connection. */
    private static ActivityIdentifier old(DialogueStep.ActivityResume resume) {
        return resume.oldConnection() == null ? resume.oldIdentifier() : null;
    }

    /** A step was taken, by whomever. */
    private void happened(DialogueStep step, long serialNumber, ContextSet before, ContextSet target) {
        if (voidsAlterations(step)) {
            contexts.voidAlterations();
        }
        contexts.define(target);
        if (!requirements.contextRestoration()) {
            return;
        }
        if (step instanceof DialogueStep.SyncMinor) {
            restoration.points().associate(serialNumber, target);
        } else if (step instanceof DialogueStep.SyncMajor) {
            majorSerialNumber = serialNumber;
        } else if (step instanceof DialogueStep.SyncMajorAnswer) {
            restoration.points().clear();
            restoration.points().associate(majorSerialNumber, target);
        } else if (step instanceof DialogueStep.ResynchronizeAnswer) {
            restoration.points().voidAfter(serialNumber);
        } else if (step instanceof DialogueStep.ActivityStart start) {
            restoration.start(start.identifier(), before);
        } else if (step instanceof DialogueStep.ActivityResume resume) {
            restoration.resume(old(resume), resume.identifier(), serialNumber, before);
        } else if (step instanceof DialogueStep.ActivityInterruptAnswer) {
            restoration.interrupted();
        } else if (step instanceof DialogueStep.ActivityDiscardAnswer
                || step instanceof DialogueStep.ActivityEndAnswer) {
            restoration.over();
        }
    }

    /** Whether nothing becomes of alterations that are under way, since what was said about them may be purged. */
    private static boolean voidsAlterations(DialogueStep step) {
        return step instanceof DialogueStep.Resynchronize
                || step instanceof DialogueStep.UserExceptionReport
                || step instanceof DialogueStep.ProviderExceptionReport
                || step instanceof DialogueStep.ActivityInterrupt
                || step instanceof DialogueStep.ActivityDiscard;
    }

    /** The serial number that a step means, before it is taken; {@link DialogueStep#NEXT} if it has none. */
    private long serialNumber(DialogueStep step) {
        if (step instanceof DialogueStep.SyncMinor sync) {
            return orNext(sync.serialNumber());
        } else if (step instanceof DialogueStep.SyncMajor sync) {
            return orNext(sync.serialNumber());
        } else if (step instanceof DialogueStep.Resynchronize resynchronize) {
            return orNext(resynchronize.serialNumber());
        } else if (step instanceof DialogueStep.ResynchronizeAnswer answer) {
            return answer.serialNumber();
        } else if (step instanceof DialogueStep.ActivityResume resume) {
            return resume.serialNumber();
        }
        return DialogueStep.NEXT;
    }

    /** The serial number that it meant, as known once it is taken. */
    private long serialNumber(DialogueStep step, long before) {
        return step instanceof DialogueStep.ResynchronizeAnswer ? orNext(before) : before;
    }

    private long orNext(long serialNumber) {
        return serialNumber == DialogueStep.NEXT ? serialNumbers.get().next() : serialNumber;
    }
}
