package org.osistack.application.cut;

import org.osistack.core.StackSpec;

/**
 * One run of a {@link Scenario}: says what its hosts stand on, lets each begin, and judges what has become of it. All methods
 * are called on one thread, but those of different runs on different ones.
 */
public interface Rehearsal {
    /**
     * The stack of a host. All stand on one {@code virtual} medium.
     *
     * @param host one of {@link Scenario#hosts}
     */
    StackSpec stack(String host);

    /**
     * The process on a host begins: at first when the addresses of all hosts have settled, and again after it was killed.
     * What it does, it does on the host's timers and from what it hears. A host may be killed before this returns.
     */
    void begin(Machine machine);

    /**
     * The process on a host was killed, wherever it was. Let go of what it holds of the real world, such as open files,
     * without writing anything, and without using the stack, which is gone. If the process was in the middle of something,
     * that ends only when this has returned, and its {@code finally} blocks are run: they must find nothing to write to.
     */
    void killed(Machine machine);

    /** The cable is cut now, or a host killed: note what is unconfirmed. Nothing may be done. */
    default void cutting() {}

    /** As {@link #cutting()}, for those who need to know what is done. */
    default void cutting(Cut cut) {
        cutting();
    }

    /** Whether all that the users were waiting for has come, or they were told that it does not. Asked often. */
    boolean isOver();

    /** What has become of it. Asked at the end, when the hosts have had time for what nobody waits for any more. */
    Outcome outcome();
}
