package org.osistack.presentation.plain;

import java.util.List;
import org.osistack.core.Octets;
import org.osistack.presentation.Pdv;
import org.osistack.presentation.PresentationPrimitive;
import org.osistack.presentation.PresentationRefusal;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.SessionRefusal;

/** Each presentation primitive as the session primitive of the same name, and back. */
final class PlainPrimitives {
    private PlainPrimitives() {}

    static SessionPrimitive toSession(PresentationPrimitive primitive) {
        Octets userData = octets(primitive.userData());
        if (primitive instanceof PresentationPrimitive.Connect connect) {
            return toSession(connect);
        }
        if (primitive instanceof PresentationPrimitive.ConnectAnswer answer) {
            return new SessionPrimitive.ConnectAnswer(
                    answer.isAccepted() ? null : SessionRefusal.REJECTED_BY_USER,
                    answer.identifier(),
                    PlainEntity.sessionAddress(answer.responding()),
                    answer.requirements(),
                    answer.initialSerialNumber(),
                    answer.tokens(),
                    answer.tokensPleased(),
                    userData);
        }
        if (primitive instanceof PresentationPrimitive.TypedData) {
            return new SessionPrimitive.TypedData(userData);
        }
        if (primitive instanceof PresentationPrimitive.ExpeditedData) {
            return new SessionPrimitive.ExpeditedData(userData);
        }
        if (primitive instanceof PresentationPrimitive.CapabilityData) {
            return new SessionPrimitive.CapabilityData(userData);
        }
        if (primitive instanceof PresentationPrimitive.CapabilityDataAnswer) {
            return new SessionPrimitive.CapabilityDataAnswer(userData);
        }
        if (primitive instanceof PresentationPrimitive.Step step) {
            return new SessionPrimitive.Step(step.step(), userData);
        }
        if (primitive instanceof PresentationPrimitive.Release) {
            return new SessionPrimitive.Release(userData);
        }
        if (primitive instanceof PresentationPrimitive.ReleaseAnswer answer) {
            return new SessionPrimitive.ReleaseAnswer(answer.affirmative(), userData);
        }
        if (primitive instanceof PresentationPrimitive.UserAbort) {
            return new SessionPrimitive.UserAbort(userData);
        }
        throw new IllegalArgumentException(primitive.service()
                + (isAboutContexts(primitive) ? " needs contexts" : " is not the user's to request"));
    }

    private static boolean isAboutContexts(PresentationPrimitive primitive) {
        return primitive instanceof PresentationPrimitive.AlterContext
                || primitive instanceof PresentationPrimitive.AlterContextAnswer;
    }

    static SessionPrimitive.Connect toSession(PresentationPrimitive.Connect connect) {
        return new SessionPrimitive.Connect(
                connect.identifier(),
                PlainEntity.sessionAddress(connect.calling()),
                PlainEntity.sessionAddress(connect.called()),
                connect.requirements(),
                connect.initialSerialNumber(),
                connect.tokens(),
                octets(connect.userData()));
    }

    static PresentationPrimitive toPresentation(SessionPrimitive primitive) {
        List<Pdv> values = values(primitive.userData());
        if (primitive instanceof SessionPrimitive.Connect connect) {
            return toPresentation(connect);
        }
        if (primitive instanceof SessionPrimitive.ConnectAnswer answer) {
            PresentationRefusal refusal = answer.isAccepted()
                    ? null
                    : answer.refusal().isByUser() ? PresentationRefusal.USER : PresentationRefusal.LOWER_LAYER;
            return new PresentationPrimitive.ConnectAnswer(
                    refusal,
                    answer.isAccepted() ? "" : answer.refusal().text(),
                    PlainEntity.presentationAddress(answer.responding()),
                    List.of(),
                    answer.identifier(),
                    answer.requirements(),
                    answer.initialSerialNumber(),
                    answer.tokens(),
                    answer.tokensPleased(),
                    values);
        }
        if (primitive instanceof SessionPrimitive.TypedData) {
            return new PresentationPrimitive.TypedData(values);
        }
        if (primitive instanceof SessionPrimitive.ExpeditedData) {
            return new PresentationPrimitive.ExpeditedData(values);
        }
        if (primitive instanceof SessionPrimitive.CapabilityData) {
            return new PresentationPrimitive.CapabilityData(values);
        }
        if (primitive instanceof SessionPrimitive.CapabilityDataAnswer) {
            return new PresentationPrimitive.CapabilityDataAnswer(values);
        }
        if (primitive instanceof SessionPrimitive.Step step) {
            return new PresentationPrimitive.Step(step.step(), values);
        }
        if (primitive instanceof SessionPrimitive.Release) {
            return new PresentationPrimitive.Release(values);
        }
        if (primitive instanceof SessionPrimitive.ReleaseAnswer answer) {
            return new PresentationPrimitive.ReleaseAnswer(answer.affirmative(), values);
        }
        if (primitive instanceof SessionPrimitive.UserAbort) {
            return new PresentationPrimitive.UserAbort(values);
        }
        SessionPrimitive.ProviderAbort abort = (SessionPrimitive.ProviderAbort) primitive;
        return new PresentationPrimitive.ProviderAbort(abort.reason().text());
    }

    static PresentationPrimitive.Connect toPresentation(SessionPrimitive.Connect connect) {
        return new PresentationPrimitive.Connect(
                PlainEntity.presentationAddress(connect.calling()),
                PlainEntity.presentationAddress(connect.called()),
                List.of(),
                List.of(),
                connect.identifier(),
                connect.requirements(),
                connect.initialSerialNumber(),
                connect.tokens(),
                values(connect.userData()));
    }

    static Octets octets(List<Pdv> values) {
        if (values.isEmpty()) {
            return Octets.EMPTY;
        }
        if (values.size() > 1 || values.get(0).context() != 0) {
            throw new IllegalArgumentException("plain carries one value of context 0 at a time");
        }
        return values.get(0).value();
    }

    private static List<Pdv> values(Octets octets) {
        return octets.isEmpty() ? List.of() : List.of(new Pdv(0, octets));
    }
}
