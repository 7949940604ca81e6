package org.osistack.application.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Keeps all steps, for tests to look at. */
final class RecordedSteps implements TurnPrinter {
    final List<Step> all = new ArrayList<>();

    @Override
    public void turn(List<Step> steps) {
        all.addAll(steps);
    }

    List<Message> messages(Predicate<Message> which) {
        return all.stream()
                .map(Step::message)
                .filter(message -> message != null && which.test(message))
                .toList();
    }

    Message only(Predicate<Message> which) {
        List<Message> found = messages(which);
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " messages are like that");
        }
        return found.get(0);
    }
}
