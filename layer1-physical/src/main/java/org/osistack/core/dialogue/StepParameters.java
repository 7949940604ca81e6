package org.osistack.core.dialogue;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.osistack.core.Octets;

/** The parameters of a step, for a trace: each component of its record that says something. */
final class StepParameters {
    private StepParameters() {}

    static Object[] of(DialogueStep step) {
        List<Object> parameters = new ArrayList<>();
        for (RecordComponent component : step.getClass().getRecordComponents()) {
            Object value = value(step, component);
            if (value != null && !value.equals(DialogueStep.NEXT)) {
                parameters.add(words(component.getName()));
                parameters.add(value);
            }
        }
        return parameters.toArray();
    }

    private static Object value(DialogueStep step, RecordComponent component) {
        Object value;
        try {
            value = component.getAccessor().invoke(step);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("the accessors of records are public", e);
        }
        if (value instanceof ExceptionReason reason) {
            return reason.text();
        } else if (value instanceof ActivityIdentifier identifier) {
            return identifier.octets();
        } else if (value instanceof ResynchronizeType type) {
            return type.name().toLowerCase(Locale.ROOT);
        } else if (value instanceof OldConnection old) {
            return text(old);
        } else if (value instanceof TokenSetting setting) {
            return text(setting);
        }
        return value;
    }

    private static String text(OldConnection old) {
        StringBuilder text = new StringBuilder();
        for (Octets part : List.of(old.callingReference(), old.calledReference(), old.commonReference())) {
            text.append(text.isEmpty() ? "" : " / ").append(part);
        }
        return text.toString();
    }

    private static String text(TokenSetting setting) {
        StringBuilder text = new StringBuilder();
        for (Token token : Token.values()) {
            text.append(text.isEmpty() ? "" : ", ")
                    .append(token)
                    .append(": ")
                    .append(setting.side(token).name().toLowerCase(Locale.ROOT).replace('_', ' '));
        }
        return text.toString();
    }

    private static String words(String camelCase) {
        return camelCase.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    }
}
