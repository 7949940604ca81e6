package org.osistack.application.demo;

import java.util.List;
import java.util.function.Consumer;
import org.osistack.application.cut.Cut;
import org.osistack.application.cut.Showing;
import org.osistack.application.story.StoryScenario;
import org.osistack.application.trace.TraceOptions;

/** {@code osi demo session}: three dialogues with all functional units of the session layer, a line a step. */
final class SessionDemo {
    private final Consumer<String> out;

    /**
     * @param out takes what is said besides the trace
     */
    SessionDemo(Consumer<String> out) {
        this.out = out;
    }

    /**
     * Run it.
     *
     * @return whether it came to what the scenario promises
     */
    boolean run(List<Cut> cuts, TraceOptions trace, long seed) {
        out.accept("");
        out.accept(
                "   Alice, who reports, and bob, who edits, hold three dialogues that have all functional units of the");
        out.accept("   session service between them. All seven layers are at work; only layer 5 speaks.");
        out.accept("");
        boolean isGood =
                new Showing(new StoryScenario(), seed).run(cuts, trace::openDialogues, trace::close, line -> {});
        out.accept("");
        out.accept("   Go on");
        out.accept("");
        hint("./osi demo session -v", "every parameter of every SPDU, with the clause that defines it");
        hint("./osi session table --state 05A", "what X.225 allows in such a state, and what becomes of it");
        hint("./osi session run story --trace", "the same through all seven layers");
        hint("./osi session run story --cut-at bob:STA15B", "cut the cable in the middle of it");
        hint("./osi demo session --capture story.pcapng", "for Wireshark, with each frame's story");
        out.accept("");
        return isGood;
    }

    private void hint(String command, String what) {
        out.accept(String.format("   %-44s %s", command, what));
    }
}
