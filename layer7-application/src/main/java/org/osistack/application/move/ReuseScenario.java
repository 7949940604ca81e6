package org.osistack.application.move;

import java.nio.file.Path;
import java.util.List;
import org.osistack.application.cut.Rehearsal;
import org.osistack.application.cut.Scenario;
import org.osistack.core.OptionSpec;
import org.osistack.core.Options;

/** The scenario {@code reuse}: sessions one after another, on one transport connection or on one each. */
public final class ReuseScenario implements Scenario {
    private static final int DEFAULT_SESSIONS = 3;
    private static final int MAX_SESSIONS = 10_000;

    @Override
    public String name() {
        return "reuse";
    }

    @Override
    public String description() {
        return "alice has sessions with bob, one after another, on the same transport connection";
    }

    @Override
    public String promise() {
        return "both are told that it is over; in each session bob has heard alice's line once, or not at all";
    }

    @Override
    public List<OptionSpec> parameters() {
        return List.of(
                new OptionSpec("session", "x225|mux", "x225", "the protocol of layer 5"),
                new OptionSpec("reuse", "yes|no", "yes", "whether x225 keeps transport connections"),
                new OptionSpec("sessions", "NUMBER", "" + DEFAULT_SESSIONS, "how many sessions there are"));
    }

    @Override
    public Rehearsal rehearse(Options parameters, Path folder) {
        boolean isX225 = parameters.choice("session", MoveScenario.Session.class, MoveScenario.Session.X225)
                == MoveScenario.Session.X225;
        String x225 = "x225,reuse=" + (parameters.flag("reuse", true) ? "yes" : "no");
        return new Reuse(isX225 ? x225 : "mux", parameters.integer("sessions", DEFAULT_SESSIONS, 1, MAX_SESSIONS));
    }
}
