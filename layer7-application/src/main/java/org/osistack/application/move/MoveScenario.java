package org.osistack.application.move;

import java.nio.file.Path;
import java.util.List;
import org.osistack.application.cut.Rehearsal;
import org.osistack.application.cut.Scenario;
import org.osistack.core.ConfigurationException;
import org.osistack.core.OptionSpec;
import org.osistack.core.Options;

/** The scenario {@code move}: a dialogue that begins on one link, and goes on over another when that is unplugged. */
public final class MoveScenario implements Scenario {
    private static final int MAX_LINES = 10_000;
    private static final int DEFAULT_LINES = 12;
    private static final int DEFAULT_AT = 5;
    private static final int DEFAULT_OCTETS = 100;
    private static final int MAX_OCTETS = 20_000;

    /** Which protocol layer 5 speaks. */
    enum Session {
        X225,
        MUX
    }

    /** Why the dialogue moves. */
    enum How {
        /** The first link is cut, and nobody is told. */
        CUT,
        /** Alice interrupts the activity, since she wants to go by the second link. */
        INTERRUPT
    }

    /**
     * What was asked for.
     *
     * @param at after how many answered lines the dialogue has to move; 0 for never
     * @param octets of each line
     */
    record Plan(Session session, How how, int lines, int at, int octets) {
        boolean isX225() {
            return session == Session.X225;
        }
    }

    @Override
    public String name() {
        return "move";
    }

    @Override
    public String description() {
        return "alice and bob talk over one link, which is cut, and go on over another";
    }

    @Override
    public String promise() {
        return "wherever the first link is cut, bob has heard every line and alice every answer, in order and once; if one of"
                + " them is killed, up to some line, and the other is told";
    }

    @Override
    public List<OptionSpec> parameters() {
        return List.of(
                new OptionSpec("session", "x225|mux", "x225", "the protocol of layer 5"),
                new OptionSpec("how", "cut|interrupt", "cut", "the link is cut, or alice moves of her own accord"),
                new OptionSpec("lines", "NUMBER", "" + DEFAULT_LINES, "how many lines alice says"),
                new OptionSpec("at", "NUMBER", "" + DEFAULT_AT, "after which answered line that happens; 0 never"),
                new OptionSpec("octets", "NUMBER", "" + DEFAULT_OCTETS, "how long a line is"));
    }

    @Override
    public Rehearsal rehearse(Options parameters, Path folder) {
        Plan plan = new Plan(
                parameters.choice("session", Session.class, Session.X225),
                parameters.choice("how", How.class, How.CUT),
                parameters.integer("lines", DEFAULT_LINES, 1, MAX_LINES),
                parameters.integer("at", DEFAULT_AT, 0, MAX_LINES),
                parameters.integer("octets", DEFAULT_OCTETS, 1, MAX_OCTETS));
        if (!plan.isX225() && plan.how() == How.INTERRUPT) {
            throw new ConfigurationException("mux has no activities that could be interrupted: how=cut");
        }
        return new Move(plan);
    }
}
