package org.osistack.application.cut;

import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.osistack.core.OptionSpec;
import org.osistack.core.Options;
import org.osistack.core.StackSpec;

/** The scenario {@code chat} with another outcome where it was cut, and perhaps without an end. */
final class Tampered implements Scenario {
    private final UnaryOperator<Outcome> outcome;
    private final boolean hangs;

    Tampered(UnaryOperator<Outcome> outcome, boolean hangs) {
        this.outcome = outcome;
        this.hangs = hangs;
    }

    @Override
    public String name() {
        return "tampered";
    }

    @Override
    public String description() {
        return "nobody knows what";
    }

    @Override
    public String promise() {
        return "nothing";
    }

    @Override
    public List<OptionSpec> parameters() {
        return List.of(new OptionSpec(CHECKPOINT_INTERVAL, "OCTETS", "4k", "pretended"));
    }

    @Override
    public Rehearsal rehearse(Options parameters, Path folder) {
        Rehearsal chat = Recording.scenario("chat").rehearse(Options.none("chat"), folder);
        long interval = parameters.octets(CHECKPOINT_INTERVAL, 4096, 1, 1 << 20);
        return new Rehearsal() {
            private boolean isCut;

            @Override
            public StackSpec stack(String host) {
                return chat.stack(host);
            }

            @Override
            public void begin(Machine machine) {
                chat.begin(machine);
            }

            @Override
            public void killed(Machine machine) {
                chat.killed(machine);
            }

            @Override
            public void cutting() {
                isCut = true;
                chat.cutting();
            }

            @Override
            public boolean isOver() {
                return chat.isOver() && !(isCut && hangs);
            }

            @Override
            public Outcome outcome() {
                Outcome was = chat.outcome();
                return isCut
                        ? outcome.apply(new Outcome(
                                was.completed(),
                                was.contentEqual(),
                                was.discardedAsDocumented(),
                                was.octetsSent(),
                                interval / 2,
                                interval / 2,
                                0,
                                was.duplicatesSeenByUser(),
                                was.remark()))
                        : was;
            }
        };
    }
}
