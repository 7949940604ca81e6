package org.osistack.application.cut;

import java.util.List;
import java.util.Map;
import org.osistack.core.Dissector;
import org.osistack.core.StackSpec;
import org.osistack.presentation.ObjectIdentifier;

/**
 * One run of a {@link Scenario}: says what its hosts stand on, lets each begin, and judges what has become of it. All methods
 * are called on one thread, but those of different runs on different ones.
 */
public interface Rehearsal {
    /**
     * The stack of a host. All stand on one {@code virtual} medium: the cable that is cut.
     *
     * @param host one of {@link Scenario#hosts}
     */
    StackSpec stack(String host);

    /** What explains the APDUs of abstract syntaxes that belong to no application, for the trace. */
    default Map<ObjectIdentifier, Dissector> dissectors() {
        return Map.of();
    }

    /**
     * What else the host has, if it is at home on more than one link: more columns of layers, which share nothing with the
     * stack. One without layers 5 and 6 is for the stack's own layer 5, if that can use it.
     */
    default List<StackSpec> columns(String host) {
        return List.of();
    }

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

    /** What a person should see of it, in lines; empty if the outcome says it all. Asked when it is over. */
    default List<String> picture() {
        return List.of();
    }

    /** What can be compared with other runs of the scenario, by name, in a fixed order. Asked when it is over. */
    default Map<String, String> figures() {
        return Map.of();
    }
}
