package org.osistack.application.rose;

/** Who may invoke operations (X.219 §7.3). */
public enum AssociationClass {
    /** Class 1: the side that asked for the association. */
    INITIATOR_INVOKES,
    /** Class 2: the other side. */
    RESPONDER_INVOKES,
    /** Class 3: both; linked operations need it. */
    BOTH_INVOKE;

    boolean mayInvoke(boolean isInitiator) {
        return this == BOTH_INVOKE || isInitiator == (this == INITIATOR_INVOKES);
    }
}
