package org.osistack.application.shell;

import org.osistack.application.AssociationUser.Ending;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.Timer;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.OldConnection;
import org.osistack.core.dialogue.TokenSetting;

/**
 * A session at the server. It has a {@link Terminal}, and one association after another to show it on:
 *
 * <pre>
 *   association 1   S-ACTIVITY-START 1 ── output ──●1── output ──●2── out ✗
 *   nobody there    the command goes on; what it says is kept, up to a limit     patience ⏲
 *   association 2   S-ACTIVITY-RESUME 1 behind 2 ── output ──●3── … S-ACTIVITY-END
 * </pre>
 */
final class ShellSession implements ShellLink.User, Terminal.User, BuiltIns.About {
    private static final long SECOND_NANOS = 1_000_000_000L;

    private final ShellSessions sessions;
    private final Host host;
    private final int number;
    private final Octets name;
    private final String user;
    private final String owner;
    private final Terminal terminal;
    private final Timer patience;
    private final long begin;
    private ShellLink link; // null while nobody is there
    private long seen; // the point from which the association goes on, as its client has said
    private boolean begun; // the dialogue on this association
    private boolean kept;
    private boolean ending; // S-ACTIVITY-END, or the release, was asked for
    private boolean over;
    private int associations;
    private OldConnection lastConnection; // null before there was one

    /**
     * Begin a session.
     *
     * @param number by which the server's log calls it
     * @param name by which its client calls it
     * @param owner the user, or the peer, for a person
     */
    ShellSession(ShellSessions sessions, int number, Octets name, String user, String owner) {
        this.sessions = sessions;
        this.host = sessions.host();
        this.number = number;
        this.name = name;
        this.user = user;
        this.owner = owner;
        this.terminal = new Terminal(host, sessions.book(), this, this);
        this.patience = host.newTimer(this::giveUp);
        this.begin = host.now();
    }

    Octets name() {
        return name;
    }

    @Override
    public String user() {
        return user;
    }

    /** The user, or the peer at which it began, for a person. */
    String owner() {
        return owner;
    }

    boolean isAttended() {
        return link != null;
    }

    @Override
    public String toString() {
        return "session " + number + " of " + owner;
    }

    @Override
    public String session() {
        return "session " + number + " (" + ShellApplication.shortName(name) + "), "
                + BuiltIns.duration(host.now() - begin) + " old, on its association " + associations + ", "
                + terminal.log().kept() + " octets kept"
                + (kept ? "" : ", ends with its association");
    }

    // ---- associations -----------------------------------------------------------------------------------------------

    /**
     * Show the session on this association from now on, instead of the one that it may still have.
     *
     * @param newLink whose association waits to be accepted
     * @param point what the client has seen
     */
    void attend(ShellLink newLink, long point) {
        if (link != null) {
            link.letGo(kept ? new ShellApdu.Refusal(ShellApdu.Refusal.Reason.ELSEWHERE).toOctets() : Octets.EMPTY);
        }
        patience.disarm();
        link = newLink;
        seen = point;
        begun = false;
        ending = false;
        kept = newLink.isKept();
        associations++;
        newLink.association().accept(kept || sessions.hasUserInformation() ? entered() : Octets.EMPTY);
        host.loop().defer(() -> begin(newLink)); // when the association has its user
    }

    private Octets entered() {
        return new ShellApdu.Entered(name, terminal.taken(), terminal.over(), kept ? sessions.patienceSeconds() : 0)
                .toOctets();
    }

    private void begin(ShellLink current) {
        if (current != link || current.isOver()) {
            return;
        }
        begun = true;
        long from = terminal.log().resume(seen);
        if (from < 0) {
            current.breakOff("it says to have seen what was never sent");
            return;
        }
        if (kept) {
            OldConnection old = lastConnection;
            current.take(
                    old == null
                            ? new DialogueStep.ActivityStart(ShellApplication.ACTIVITY)
                            : new DialogueStep.ActivityResume(
                                    ShellApplication.ACTIVITY, ShellApplication.ACTIVITY, from, old));
            lastConnection = new OldConnection(
                    Octets.EMPTY,
                    current.association().peerIdentifier().userReference(),
                    current.association().peerIdentifier().commonReference(),
                    current.association().peerIdentifier().additionalInformation());
            if (host.observer().isWatching()) {
                host.observer()
                        .note(ShellApplication.ORIGIN, this + (old == null ? " begins" : " goes on at point " + from));
            }
        }
        changed();
    }

    @Override
    public void ended(Ending how, String detail, ShellApdu apdu) {
        link = null;
        if (ending && how == Ending.RELEASED || !kept) {
            close(how == Ending.RELEASED ? "has ended" : "has ended: " + detail);
        } else if (terminal.isExited() && terminal.log().isConfirmed()) {
            close("has ended");
        } else {
            sessions.log(this + " waits for its client: " + (how == Ending.RELEASED ? "it has left" : detail));
            patience.arm(sessions.patienceSeconds() * SECOND_NANOS);
        }
    }

    private void giveUp() {
        close("has ended: nobody came back within " + sessions.patienceSeconds() + " s");
    }

    private void close(String how) {
        if (!over) {
            over = true;
            patience.disarm();
            terminal.close();
            sessions.gone(this, how);
        }
    }

    /** Break off, since the client does what it must not do; the session goes on without it. */
    private void refuse(String why) {
        if (link != null) {
            link.breakOff(why);
        }
    }

    // ---- what the client says ---------------------------------------------------------------------------------------

    @Override
    public void heard(ShellApdu apdu) {
        if (apdu instanceof ShellApdu.Interrupt interrupt && !kept) {
            terminal.interrupt(interrupt.number(), terminal.log().lastPoint() + 1);
        } else if (apdu instanceof ShellApdu.Input input && !(apdu instanceof ShellApdu.Interrupt)) {
            if (!terminal.type(input)) {
                refuse("it types more than can wait");
            }
        } else {
            refuse("it sent an APDU that has no place here");
        }
    }

    @Override
    public void stepped(DialogueStep step, ShellApdu apdu) {
        if (step instanceof DialogueStep.SyncMinorAnswer answer) {
            if (!terminal.log().confirm(answer.serialNumber())) {
                refuse("it confirms what was never sent");
                return;
            }
            terminal.holdBack();
            changed();
        } else if (step instanceof DialogueStep.Resynchronize && apdu instanceof ShellApdu.Interrupt interrupt) {
            abandon(interrupt);
        } else if (step instanceof DialogueStep.ActivityEndAnswer && ending) {
            link.release();
        } else {
            refuse("it took a step that has no place here: " + step.service());
        }
    }

    /** S-RESYNCHRONIZE (abandon): what is under way is purged by both session layers, and the activity goes on behind it. */
    private void abandon(ShellApdu.Interrupt interrupt) {
        ShellLink current = link;
        ending = false;
        current.takeAtOnce(
                new DialogueStep.ResynchronizeAnswer(DialogueStep.NEXT, TokenSetting.RESPONDER), Octets.EMPTY);
        if (current.isOver()) {
            return;
        }
        long next = current.association().serialNumbers().next();
        if (next <= terminal.log().lastSentPoint()) {
            current.breakOff("it has lost count of the synchronization points");
            return;
        }
        terminal.interrupt(interrupt.number(), next);
    }

    @Override
    public void clear() {
        changed();
    }

    // ---- what the server says ---------------------------------------------------------------------------------------

    @Override
    public void changed() {
        OutputLog log = terminal.log();
        while (link != null && begun && !link.isOver() && link.isClear() && !log.isSent()) {
            sendNext(log);
        }
        terminal.holdBack();
        if (kept && log.isUsedUp() && !terminal.isExited()) {
            terminal.sayFarewell(
                    "it has " + OutputLog.LAST_POINT + " synchronization points, as many as a session can have");
            terminal.close();
            changed();
        }
        if (link != null && begun && terminal.isExited() && log.isSent() && link.isClear() && !ending) {
            ending = true;
            if (kept) {
                link.take(new DialogueStep.ActivityEnd(DialogueStep.NEXT));
            } else {
                link.release();
            }
        }
    }

    private void sendNext(OutputLog log) {
        long point = log.nextPoint();
        if (point < 0) {
            Octets apdu = log.nextApdu();
            log.advance();
            link.send(apdu);
        } else {
            log.advance();
            if (kept) {
                link.take(new DialogueStep.SyncMinor(point, true, false));
            } else {
                log.confirm(point);
            }
        }
    }
}
