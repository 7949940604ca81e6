package org.osistack.application.story;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What happens in a story, in order: chapters of cues. */
final class Script {
    /**
     * Somebody's turn.
     *
     * @param chapter that begins with it; null if it goes on
     * @param who does something
     * @param deed what
     * @param hearings what has to be heard before the next cue; if nothing, that comes at the same instant
     */
    record Cue(Chapter chapter, String who, Consumer<Actor> deed, List<Hearing> hearings) {}

    /**
     * A part of the story.
     *
     * @param why what happens and why, in a sentence or two with the clause
     */
    record Chapter(int number, String title, String why) {}

    /** Somebody hears something, by the name that {@link Actor} has for it. */
    record Hearing(String who, String what) {}

    private final List<Cue> cues = new ArrayList<>();
    private Chapter next;
    private int chapters;

    /** Begin a chapter. */
    Script chapter(String title, String why) {
        next = new Chapter(++chapters, title, why);
        return this;
    }

    /** Let somebody do something, and at the same instant what comes next. */
    Script cue(String who, Consumer<Actor> deed) {
        return add(who, deed, List.of());
    }

    /** Let somebody do something, and wait until somebody has heard something. */
    Script cue(String who, Consumer<Actor> deed, String listener, String what) {
        return add(who, deed, List.of(new Hearing(listener, what)));
    }

    /** The same, with one more to hear something. */
    Script cue(
            String who, Consumer<Actor> deed, String listener, String what, String secondListener, String secondWhat) {
        return add(who, deed, List.of(new Hearing(listener, what), new Hearing(secondListener, secondWhat)));
    }

    private Script add(String who, Consumer<Actor> deed, List<Hearing> hearings) {
        cues.add(new Cue(next, who, deed, hearings));
        next = null;
        return this;
    }

    List<Cue> cues() {
        return cues;
    }
}
