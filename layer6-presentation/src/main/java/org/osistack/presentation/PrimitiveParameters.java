package org.osistack.presentation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The parameters of a primitive for a trace: names and values by turns, of those that say something. */
final class PrimitiveParameters {
    private final List<Object> namesAndValues = new ArrayList<>();

    private PrimitiveParameters() {}

    static Object[] of(PresentationPrimitive primitive) {
        if (primitive instanceof PresentationPrimitive.Step step) {
            return step.step().parameters();
        }
        PrimitiveParameters parameters = new PrimitiveParameters();
        if (primitive instanceof PresentationPrimitive.Connect connect) {
            parameters
                    .with("calling", connect.calling())
                    .with("called", connect.called())
                    .with("contexts", contexts(connect.contexts()))
                    .withUnits(connect.presentationRequirements())
                    .with("requirements", connect.requirements());
        } else if (primitive instanceof PresentationPrimitive.ConnectAnswer answer) {
            parameters
                    .with(
                            "result",
                            answer.isAccepted() ? "accepted" : answer.refusal().text())
                    .with("contexts", results(answer.results()))
                    .withUnits(answer.presentationRequirements())
                    .with("requirements", answer.requirements());
        } else if (primitive instanceof PresentationPrimitive.AlterContext alteration) {
            parameters
                    .withSome("additions", contexts(alteration.additions()))
                    .withSome("deletions", joined(alteration.deletions()));
        } else if (primitive instanceof PresentationPrimitive.AlterContextAnswer answer) {
            List<String> deletions = answer.deletionResults().stream()
                    .map(accepted -> accepted ? "accepted" : "rejected")
                    .toList();
            parameters
                    .withSome("additions", results(answer.additionResults()))
                    .withSome("deletions", joined(deletions));
        } else if (primitive instanceof PresentationPrimitive.ReleaseAnswer answer) {
            parameters.with("result", answer.affirmative() ? "affirmative" : "negative");
        } else if (primitive instanceof PresentationPrimitive.ProviderAbort abort) {
            parameters.with("reason", abort.reason());
        }
        return parameters.namesAndValues.toArray();
    }

    private PrimitiveParameters with(String name, Object value) {
        namesAndValues.add(name);
        namesAndValues.add(value);
        return this;
    }

    private PrimitiveParameters withSome(String name, String value) {
        return value.isEmpty() ? this : with(name, value);
    }

    private PrimitiveParameters withUnits(PresentationRequirements units) {
        return units.isKernel() ? this : with("presentation requirements", units);
    }

    private static String contexts(List<PresentationContext> contexts) {
        return contexts.stream()
                .map(context -> context.id() + " = " + context.abstractSyntax())
                .collect(Collectors.joining(", "));
    }

    private static String results(List<ContextResult> results) {
        return results.stream()
                .map(result -> result.isAccepted() ? "accepted" : "rejected")
                .collect(Collectors.joining(", "));
    }

    private static String joined(List<?> values) {
        return values.stream().map(Object::toString).collect(Collectors.joining(", "));
    }
}
