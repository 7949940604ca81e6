package org.osistack.application.rose;

import org.osistack.core.Octets;

/**
 * What the user of an association for remote operations hears: the indications and confirms of X.219. It does not hear when
 * an answer takes too long: that is the user's own business.
 */
public interface RoseUser {
    /** RO-BIND.confirm: the association is there. */
    default void bindConfirm(RoseConnection connection, Octets result) {}

    /**
     * RO-BIND.confirm: the association was refused.
     *
     * @param error the bind error; empty if there was none
     */
    default void bindRefused(String reason, Octets error) {}

    /** The operation with that code which the peer may invoke; null if there is none. */
    Operation operation(Code code);

    /**
     * After a restart of this side: an invocation that a process before this one has made, and whose answer may still come.
     *
     * @return the operation, to hear the answer; null if nobody wants it any more
     */
    default Operation invoked(long invokeId, Code code, Octets argument) {
        return null;
    }

    /** Whether there is an error with that code at all, of whatever operation. */
    default boolean isError(Code code) {
        return true;
    }

    /**
     * RO-INVOKE.indication: the peer invokes an operation. The user answers with {@link RoseConnection#result}, with
     * {@link RoseConnection#error} or with {@link RoseConnection#reject}, as the operation's class has it.
     *
     * @param linkedId of the parent, an invocation of this side; null if it is no child
     * @param argument one encoding; empty if there is none
     */
    void invokeIndication(long invokeId, Long linkedId, Operation operation, Octets argument);

    /**
     * RO-RESULT.indication.
     *
     * @param result one encoding; empty if there is none
     */
    default void resultIndication(long invokeId, Operation operation, Octets result) {}

    /**
     * RO-ERROR.indication.
     *
     * @param parameter one encoding; empty if there is none
     */
    default void errorIndication(long invokeId, Operation operation, Code error, Octets parameter) {}

    /**
     * RO-REJECT-U.indication: the peer has rejected an invocation of this side, or an answer of this side; or this side has
     * rejected the peer's answer to an invocation, to which there will be no other.
     *
     * @param invokeId of the invocation
     */
    default void rejectIndication(long invokeId, Problem problem) {}

    /**
     * RO-REJECT-P.indication: an APDU of this side could not be delivered, or could not be read by the peer.
     *
     * @param invokeId null if it is not known
     * @param problem null if it was not delivered
     * @param apdu what was not delivered; empty if it was
     */
    default void providerRejectIndication(Long invokeId, Problem problem, Octets apdu) {}

    /** RO-UNBIND.indication, to be answered with {@link RoseConnection#unbindResponse}. */
    void unbindIndication(Octets argument);

    /**
     * The association has ended: after an RO-UNBIND, or by an abort.
     *
     * @param orderly whether it was released
     * @param detail for a person
     * @param unbindResult of the peer; empty if there is none
     */
    void ended(boolean orderly, String detail, Octets unbindResult);
}
