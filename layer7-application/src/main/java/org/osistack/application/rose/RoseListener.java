package org.osistack.application.rose;

import org.osistack.core.Octets;

/** Hears of associations that others want for remote operations. */
@FunctionalInterface
public interface RoseListener {
    /**
     * RO-BIND.indication. The user that is returned answers with {@link RoseConnection#bindResponse} or
     * {@link RoseConnection#bindRefusal}, now or later.
     *
     * @param argument one encoding; empty if there is none
     * @return the user of the association; null to refuse at once
     */
    RoseUser bindIndication(RoseConnection connection, Octets argument);

    /**
     * With reliable transfer, after a restart of this side: the peer goes on with an association. What was open is not
     * known any more, and may be invoked again.
     *
     * @return the user of the association; null if it can't go on
     */
    default RoseUser recoverIndication(RoseConnection connection) {
        return null;
    }
}
