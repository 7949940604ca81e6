package org.osistack.application.story;

import java.nio.file.Path;
import org.osistack.application.cut.Rehearsal;
import org.osistack.application.cut.Scenario;
import org.osistack.core.Options;

/** The scenario {@code story}: three dialogues with all functional units of the session service between them. */
public final class StoryScenario implements Scenario {
    @Override
    public String name() {
        return "story";
    }

    @Override
    public String description() {
        return "alice files articles with bob, in three dialogues with all functional units between them";
    }

    @Override
    public String promise() {
        return "both are told within " + Performance.TOLD_WITHIN.toSeconds()
                + " s that the dialogue is over; what each has read the other has said, in that order, no line twice";
    }

    @Override
    public Rehearsal rehearse(Options parameters, Path folder) {
        return new Performance(Scenes.script());
    }
}
