package org.osistack.application.shell;

import java.util.ArrayDeque;
import org.osistack.application.AssociationRequest;
import org.osistack.application.AssociationService;
import org.osistack.application.AssociationUser.Ending;
import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Octets;
import org.osistack.core.Timer;
import org.osistack.core.dialogue.ConnectionIdentifier;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.ResynchronizeType;
import org.osistack.core.dialogue.TokenSetting;

/**
 * The client of the shell application: a screen and a keyboard at a session of a server. When its connection is lost, it
 * connects again, says which synchronization point it has seen last, and goes on behind it: what it had got beyond that
 * comes again, and is skipped by counting; what it had typed and the server has not got is sent again.
 */
final class ShellClient implements ShellLink.User {
    private static final long FIRST_PAUSE_NANOS = 250_000_000L;
    private static final long LONGEST_PAUSE_NANOS = 15_000_000_000L;
    private static final long ANSWER_NANOS = 60_000_000_000L; // until the dialogue begins

    /** Hears what happens. */
    interface Listener {
        /**
         * This side is in the session.
         *
         * @param peer for a person
         * @param isKept whether the session outlives the connection
         */
        default void entered(String peer, boolean isKept) {}

        /** The work on a line begins. */
        default void started(long number, String line) {}

        /** A command has written something. */
        default void output(boolean isError, Octets octets) {}

        /** The work on a line is done. */
        default void finished(ShellApdu.Finished how) {}

        /** An interrupt was obeyed. */
        default void interrupted(long number) {}

        /** The server ends the session: why, for a person. */
        default void farewell(String text) {}

        /** The connection is lost, and will be tried again after a while. */
        default void lost(String why, long pauseNanos) {}

        /**
         * It is over.
         *
         * @param problem for a person; null if it ended in an orderly way
         * @param isGone whether the session is certainly not there any more
         */
        void over(String problem, boolean isGone);
    }

    private final Host host;
    private final AssociationService associations;
    private final NetworkAddress server;
    private final Listener listener;
    private final Timer pause;
    private final Timer answer;
    private final Place place = new Place();
    private final ArrayDeque<ShellApdu.Input> pending = new ArrayDeque<>(); // the server may not have them
    private Octets session;
    private boolean mayCreate;
    private ShellLink link; // null while there is no connection
    private int attempts;
    private int connections;
    private long lostSince;
    private boolean hasEntered; // on any association
    private boolean isIn; // the dialogue of the present association has begun
    private boolean isKept;
    private boolean resynchronizing;
    private boolean paused;
    private boolean exiting;
    private boolean ended; // the server has ended the activity
    private boolean over;
    private long patienceNanos = ShellSettings.DEFAULT_PATIENCE * 1_000_000_000L;
    private long given; // the number of the last input
    private long done; // the number of the last input whose work is done

    /**
     * Make a client. Nothing happens before {@link #connect()}.
     *
     * @param session the session's name; empty for any that is there of the user's
     * @param mayCreate whether to begin it, if it is not there
     */
    ShellClient(
            Host host,
            AssociationService associations,
            NetworkAddress server,
            Octets session,
            boolean mayCreate,
            Listener listener) {
        this.host = host;
        this.associations = associations;
        this.server = server;
        this.session = session;
        this.mayCreate = mayCreate;
        this.listener = listener;
        this.pause = host.newTimer(this::connect);
        this.answer = host.newTimer(() -> link.breakOff("it does not answer"));
    }

    /** The session's name, once this side was in it. */
    Octets session() {
        return session;
    }

    /** Come into the session. To be called once. */
    void connect() {
        if (over) {
            return;
        }
        ShellLink next = new ShellLink(host, this);
        link = next;
        isIn = false;
        resynchronizing = false;
        FunctionalUnits units = associations.negotiatesFunctionalUnits()
                ? ShellApplication.KEPT
                : FunctionalUnits.of(FunctionalUnit.DUPLEX);
        try {
            next.use(associations.associateRequest(request(units), next));
        } catch (IllegalArgumentException e) { // a session layer without activities
            next.use(associations.associateRequest(request(FunctionalUnits.of(FunctionalUnit.DUPLEX)), next));
        }
        answer.arm(ANSWER_NANOS);
    }

    private AssociationRequest request(FunctionalUnits units) {
        connections++;
        Octets number =
                Octets.of((byte) (connections >>> 24), (byte) (connections >>> 16), (byte) (connections >>> 8), (byte)
                        connections);
        Octets enter = new ShellApdu.Enter(session, mayCreate, place.point()).toOctets();
        return new AssociationRequest(
                ShellApplication.CONTEXT,
                server,
                units,
                TokenSetting.RESPONDER,
                associations.negotiatesFunctionalUnits()
                        ? new ConnectionIdentifier(session, Octets.EMPTY, number)
                        : ConnectionIdentifier.NONE,
                associations.negotiatesFunctionalUnits() ? enter : Octets.EMPTY,
                null);
    }

    // ---- what a person does -----------------------------------------------------------------------------------------

    /** The number that the next input gets. */
    long nextNumber() {
        return given + 1;
    }

    /** Whether the work on all that was typed is done. */
    boolean isIdle() {
        return done >= given;
    }

    /** Whether another input can be taken; at most as many wait as the server keeps. */
    boolean mayType() {
        return pending.size() < Terminal.MAX_WAITING && !exiting && !over;
    }

    /** Type a line, if that {@linkplain #mayType() may be}. */
    long type(String line) {
        return put(new ShellApdu.Line(++given, line));
    }

    /** Stop what runs, and forget what waits. */
    void interrupt() {
        if (!exiting && !over && !(pending.peekLast() instanceof ShellApdu.Interrupt)) {
            pending.clear();
            put(new ShellApdu.Interrupt(++given));
        }
    }

    /** Leave when all before it is done. */
    void exit() {
        if (!exiting && !over) {
            exiting = true;
            put(new ShellApdu.Exit(++given));
        }
    }

    private long put(ShellApdu.Input input) {
        pending.addLast(input);
        if (isIn) {
            send(input);
        }
        return input.number();
    }

    private void send(ShellApdu.Input input) {
        if (resynchronizing) {
            return; // it goes with the rest when that is over
        }
        if (isKept && input instanceof ShellApdu.Interrupt) {
            resynchronizing = true;
            link.take(
                    new DialogueStep.Resynchronize(
                            ResynchronizeType.ABANDON, DialogueStep.NEXT, TokenSetting.RESPONDER),
                    input.toOctets());
        } else {
            link.send(input.toOctets());
        }
    }

    private void sendPending() {
        for (ShellApdu.Input input : pending.toArray(ShellApdu.Input[]::new)) {
            if (link == null || link.isOver()) {
                return;
            }
            send(input);
        }
    }

    /** Break off at once. The session stays where it is. */
    void detach() {
        if (!over) {
            ShellLink last = link;
            finish("given up", false);
            if (last != null) {
                last.letGo();
            }
        }
    }

    /** Take no more from the server for now, or go on: the person reads slowly. */
    void hold(boolean hold) {
        paused = hold;
        if (link != null && isIn) {
            link.pause(hold);
        }
    }

    /** Octets of output that came again after a cut, and were skipped. */
    long skippedOctets() {
        return place.skippedOctets();
    }

    /** Octets of output that were taken since the last synchronization point. */
    long octetsBehindPoint() {
        return place.octets();
    }

    @Override
    public void opened() {
        isKept = link.isKept();
        Octets information = link.association().userInformation();
        ShellApdu apdu = information.isEmpty() ? null : ShellApdu.parse(information);
        if (apdu instanceof ShellApdu.Entered entered) {
            session = entered.session();
            if (entered.patience() > 0) {
                patienceNanos = entered.patience() * 1_000_000_000L;
            }
            if (!hasEntered) {
                given = Math.max(given, entered.taken());
                done = Math.max(done, entered.over());
            }
            pending.removeIf(input -> input.number() <= entered.taken());
        } else if (isKept) {
            link.breakOff("it does not say how far the session is");
            return;
        }
        mayCreate = false;
        hasEntered = true;
        listener.entered(link.association().peer(), isKept);
        if (!isKept && link != null) {
            begin();
        }
    }

    private void begin() {
        isIn = true;
        answer.disarm();
        lostSince = 0;
        if (paused) {
            link.pause(true);
        }
        sendPending();
    }

    @Override
    public void heard(ShellApdu apdu) {
        if (!isIn) {
            link.breakOff("it speaks before the dialogue has begun");
        } else if (place.take(apdu)) {
            take(apdu);
        }
    }

    private void take(ShellApdu apdu) {
        attempts = 0;
        if (apdu instanceof ShellApdu.Started started) {
            pending.removeIf(input -> input.number() <= started.number());
            listener.started(started.number(), started.text());
        } else if (apdu instanceof ShellApdu.Output output) {
            listener.output(output.isError(), output.octets());
        } else if (apdu instanceof ShellApdu.Finished finished) {
            done = Math.max(done, finished.number());
            listener.finished(finished);
        } else if (apdu instanceof ShellApdu.Interrupted interrupted) {
            done = Math.max(done, interrupted.number());
            pending.removeIf(input -> input.number() <= interrupted.number());
            listener.interrupted(interrupted.number());
        } else if (apdu instanceof ShellApdu.Farewell farewell) {
            exiting = true;
            listener.farewell(farewell.text());
        } else {
            link.breakOff("it sent an APDU that has no place here");
        }
    }

    @Override
    public void stepped(DialogueStep step, ShellApdu apdu) {
        if (step instanceof DialogueStep.SyncMinor minor && isIn) {
            place.pass(minor.serialNumber());
            link.take(new DialogueStep.SyncMinorAnswer(minor.serialNumber()));
        } else if (step instanceof DialogueStep.ActivityStart && !isIn) {
            goOn(0);
        } else if (step instanceof DialogueStep.ActivityResume resume && !isIn) {
            goOn(resume.serialNumber());
        } else if (step instanceof DialogueStep.ResynchronizeAnswer answered && resynchronizing) {
            resynchronizing = false;
            pending.pollFirst();
            place.pass(answered.serialNumber() - 1);
            sendPending();
        } else if (step instanceof DialogueStep.ActivityEnd && isIn) {
            ended = true;
            link.take(new DialogueStep.ActivityEndAnswer());
        } else {
            link.breakOff("it took a step that has no place here: " + step.service());
        }
    }

    private void goOn(long from) {
        if (place.resume(from)) {
            if (host.observer().isWatching()) {
                host.observer().note(ShellApplication.ORIGIN, place.toString());
            }
            begin();
        } else {
            link.breakOff("it goes on before what was seen");
        }
    }

    @Override
    public void clear() {}

    @Override
    public void ended(Ending how, String detail, ShellApdu apdu) {
        answer.disarm();
        link = null;
        isIn = false;
        ShellApdu.Refusal.Reason reason = apdu instanceof ShellApdu.Refusal refusal ? refusal.reason() : null;
        boolean isGone = reason == ShellApdu.Refusal.Reason.UNKNOWN_SESSION;
        if (reason == ShellApdu.Refusal.Reason.ELSEWHERE) {
            finish("the session goes on at another place", false);
        } else if (how == Ending.RELEASED || ended || isGone && exiting) {
            finish(null, true);
        } else if (!hasEntered || !isKept || isGone) {
            finish(detail, isGone || hasEntered && !isKept);
        } else {
            tryAgain(detail);
        }
    }

    private void tryAgain(String why) {
        lostSince = lostSince == 0 ? host.now() : lostSince;
        if (host.now() - lostSince > patienceNanos) {
            finish("the server cannot be reached any more: " + why, false);
            return;
        }
        long longest = Math.min(LONGEST_PAUSE_NANOS, FIRST_PAUSE_NANOS << Math.min(attempts++, 10));
        long nanos = longest - host.random().nextLong(longest / 4 + 1);
        pause.arm(nanos);
        listener.lost(why, nanos);
    }

    private void finish(String problem, boolean isGone) {
        if (!over) {
            over = true;
            pause.disarm();
            answer.disarm();
            pending.clear();
            listener.over(problem, isGone);
        }
    }
}
