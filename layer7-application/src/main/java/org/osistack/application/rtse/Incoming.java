package org.osistack.application.rtse;

import java.util.ArrayList;
import java.util.List;
import org.osistack.application.rtse.TransferState.Checkpoint;

/** A transfer of the peer: where it is, and the checkpoints at which the peer may resume it. */
final class Incoming {
    /** How many points more than the window has may be on their way: ISODE sets one more before it waits. */
    static final int SPARE_MARKS = 2;

    private static final int KEPT_MARKS = 32; // at least: after a crash the peer may remember an earlier point

    /**
     * A task that the sink was given.
     *
     * @param epoch in which interval between interruptions
     * @param checkpoint what is secured with it
     */
    record Mark(Incoming incoming, int epoch, Checkpoint checkpoint) {}

    final TransferName name;
    TransferName present;
    TransferSink sink; // null if it has none yet
    boolean isAbsorbing; // it was secured before
    boolean isCommitting;

    private final ArrayList<Checkpoint> secured = new ArrayList<>();
    private int epoch;
    private long saving; // serial number up to which the log is being told
    private int pending; // marks whose sink has not answered
    private long received; // octets

    Incoming(TransferName name, TransferName present) {
        this.name = name;
        this.present = present;
    }

    Incoming(TransferState.Incoming state) {
        this(state.name(), state.present());
        secured.addAll(state.secured());
        isCommitting = state.isCommitting();
        received = lastSecured().octets();
    }

    /** How many points the peer may go back. */
    static int kept(int windowSize) {
        return Math.max(KEPT_MARKS, windowSize + SPARE_MARKS);
    }

    boolean isCalled(TransferName by) {
        return name.equals(by) || present.equals(by);
    }

    /** The secured checkpoint with that serial number; null if it is not known. */
    Checkpoint secured(long serial) {
        if (serial == 0) {
            return Checkpoint.BEGINNING;
        }
        for (Checkpoint checkpoint : secured) {
            if (checkpoint.serial() == serial) {
                return checkpoint;
            }
        }
        return null;
    }

    Checkpoint lastSecured() {
        return secured.isEmpty() ? Checkpoint.BEGINNING : secured.get(secured.size() - 1);
    }

    /** Go on behind this checkpoint. */
    void resume(Checkpoint at) {
        secured.removeIf(checkpoint -> checkpoint.serial() > at.serial());
        received = at.octets();
        stop();
    }

    /** What the sink still reports has no effect any more. */
    void stop() {
        epoch++;
        pending = 0;
        saving = 0;
    }

    void add(int octets) {
        received += octets;
    }

    /** A point behind what was received. */
    Mark mark(long serial) {
        pending++;
        return new Mark(this, epoch, new Checkpoint(serial, received));
    }

    boolean isFresh(Mark mark) {
        return mark.incoming == this
                && mark.epoch == epoch
                && mark.checkpoint.serial() > lastSecured().serial();
    }

    /** Whether the log is not being told of this point, or of a later one. */
    boolean isNews(Mark mark) {
        return mark.checkpoint.serial() > saving;
    }

    /** The state with a point that the sink has secured: for the log. */
    TransferState.Incoming stateWith(Mark mark, int keep) {
        saving = mark.checkpoint.serial();
        List<Checkpoint> with = new ArrayList<>(secured);
        with.add(mark.checkpoint);
        return new TransferState.Incoming(
                name, present, with.subList(Math.max(0, with.size() - keep), with.size()), isCommitting);
    }

    /** How many points the sink has not secured yet. */
    int pending() {
        return pending;
    }

    /**
     * A point is secured, and so are those before it.
     *
     * @param keep how many points the peer may go back
     */
    void secured(Mark mark, int keep) {
        secured.add(mark.checkpoint);
        while (secured.size() > keep) {
            secured.remove(0);
        }
    }

    /** The sink has answered for a point; false if that does not matter any more. */
    boolean answered(Mark mark) {
        boolean matters = mark.epoch == epoch;
        pending -= matters ? 1 : 0;
        return matters;
    }

    /** How many octets there are. */
    long received() {
        return received;
    }

    TransferState.Incoming state() {
        return new TransferState.Incoming(name, present, List.copyOf(secured), isCommitting);
    }
}
