package org.osistack.application.story;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osistack.application.AssociationUser.Ending;
import org.osistack.application.cut.Machine;
import org.osistack.application.cut.Outcome;
import org.osistack.application.cut.Rehearsal;
import org.osistack.application.cut.TwoHosts;
import org.osistack.core.Dissector;
import org.osistack.core.Host;
import org.osistack.core.Origin;
import org.osistack.core.StackSpec;
import org.osistack.core.Timer;
import org.osistack.presentation.ObjectIdentifier;

/**
 * One performance of a script: prompts each actor when the other has heard what was said before. It ends with the script,
 * or when an association ends that should not.
 */
final class Performance implements Rehearsal {
    /** TCP gives a silent peer up 30 s after its last sign of life, and so does a call that nobody answers. */
    static final Duration TOLD_WITHIN = Duration.ofSeconds(35);
    /** What a chapter is reported as. */
    static final Origin CHAPTERS = new Origin(7, "story");

    private static final long PAUSE_NANOS = 10_000_000; // so that what was caused by a cue is over before the next
    private static final String BETWEEN = " — ";

    private final List<Script.Cue> cues;
    private final Map<String, Actor> actors = new LinkedHashMap<>();
    private final List<Script.Hearing> awaited = new ArrayList<>();
    private int at;
    private boolean isDisturbed; // it cannot go on as written
    private long cutAt = -1;
    private long toldLast;
    private Host clock; // of either host

    Performance(Script script) {
        this.cues = script.cues();
        for (String name : TwoHosts.NAMES) {
            actors.put(name, new Actor(name, this::heard));
        }
    }

    @Override
    public StackSpec stack(String host) {
        return TwoHosts.isoOnTcp(host);
    }

    @Override
    public Map<ObjectIdentifier, Dissector> dissectors() {
        return Map.of(Line.CONTEXT.abstractSyntax(), Line.newDissector());
    }

    @Override
    public void begin(Machine machine) {
        String name = machine.host().name();
        clock = machine.host();
        if (machine.isAnew()) {
            return; // whoever began anew has forgotten its lines
        }
        actors.get(name).begin(machine);
        if (name.equals(TwoHosts.BOB)) {
            actors.get(name).attach(Scenes.BOBS_FIRST_UNITS);
        } else {
            prompt();
        }
    }

    /** Whoever is next does something, in a turn of its own. */
    private void prompt() {
        Actor actor = actors.get(cues.get(at).who());
        if (actor.machine() != null) {
            Timer timer = actor.machine().host().newTimer(this::perform);
            timer.arm(PAUSE_NANOS);
        }
    }

    private void perform() {
        if (isDisturbed || at == cues.size()) {
            return;
        }
        Script.Cue cue = cues.get(at++);
        Actor actor = actors.get(cue.who());
        if (actor.machine() == null) {
            return;
        }
        Host host = actor.machine().host();
        if (cue.chapter() != null && host.observer().isWatching()) {
            Script.Chapter chapter = cue.chapter();
            host.observer().note(CHAPTERS, chapter.number() + "  " + chapter.title() + BETWEEN + chapter.why());
        }
        awaited.addAll(cue.hearings());
        cue.deed().accept(actor);
        if (cue.hearings().isEmpty() && at < cues.size()) {
            Actor next = actors.get(cues.get(at).who());
            if (next.machine() != null) {
                next.machine().host().loop().defer(this::perform);
            }
        }
    }

    private void heard(String who, String what) {
        toldLast = clock.now();
        boolean wasAwaited = awaited.remove(new Script.Hearing(who, what));
        if (what.equals(Actor.END) && !wasAwaited) {
            isDisturbed = true;
        } else if (wasAwaited && awaited.isEmpty() && at < cues.size()) {
            prompt();
        }
    }

    @Override
    public void killed(Machine machine) {
        isDisturbed = true;
        actors.get(machine.host().name()).killed();
    }

    @Override
    public void cutting() {
        cutAt = clock == null ? 0 : clock.now();
    }

    private boolean isComplete() {
        return at == cues.size() && awaited.isEmpty() && !isDisturbed;
    }

    @Override
    public boolean isOver() {
        return isComplete() || isDisturbed && actors.values().stream().noneMatch(Actor::isAssociated);
    }

    @Override
    public Outcome outcome() {
        Actor alice = actors.get(TwoHosts.ALICE);
        Actor bob = actors.get(TwoHosts.BOB);
        boolean inOrder = isPartOf(bob.read(), alice.said()) && isPartOf(alice.read(), bob.said());
        boolean inTime = cutAt >= 0 && toldLast - cutAt <= TOLD_WITHIN.toNanos();
        return new Outcome(
                isComplete(),
                inOrder,
                isOver() && inOrder && inTime,
                octets(alice.said()) + octets(bob.said()),
                0,
                0,
                0,
                twice(alice.read()) + twice(bob.read()),
                remark(alice) + remark(bob));
    }

    private static String remark(Actor actor) {
        boolean isWorthIt = actor.ending() == Ending.REFUSED || actor.ending() == Ending.PROVIDER_ABORTED;
        return isWorthIt ? actor.detail() : "";
    }

    /** Whether these lines are among those, and in their order: a resynchronization may have purged some. */
    private static boolean isPartOf(List<String> read, List<String> said) {
        int at = 0;
        for (String line : read) {
            while (at < said.size() && !said.get(at).equals(line)) {
                at++;
            }
            if (at++ == said.size()) {
                return false;
            }
        }
        return true;
    }

    private static long octets(List<String> lines) {
        return lines.stream().mapToLong(line -> new Line(line).emit().length()).sum();
    }

    private static int twice(List<String> read) {
        return read.size() - (int) read.stream().distinct().count();
    }
}
