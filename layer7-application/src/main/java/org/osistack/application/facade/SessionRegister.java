package org.osistack.application.facade;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** The sessions of a system, for its operator. On the host's thread alone. */
public interface SessionRegister {
    /** The sessions at this moment, in the order of their numbers, which is that of their beginnings. */
    List<OpenSession> list();

    /**
     * End a session.
     *
     * @param number as {@link #list()} has it
     * @param isAbrupt by A-ABORT, at once; otherwise by A-RELEASE, to which the peer has to agree
     * @param limit how long to wait
     * @param outcome hears once: empty if it has ended; otherwise, in a sentence, why it has not within the limit
     */
    void end(int number, boolean isAbrupt, Duration limit, Consumer<String> outcome);
}
