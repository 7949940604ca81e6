package org.osistack.application.acse;

/** The states of an {@link Acpm} by their names in X.227 Annex A. */
enum AcpmState {
    /** Idle: not yet associated, or no longer. */
    STA0,
    /** Awaiting AARE. */
    STA1,
    /** Awaiting A-ASSOCIATE.response. */
    STA2,
    /** Awaiting RLRE. */
    STA3,
    /** Awaiting A-RELEASE.response. */
    STA4,
    /** Associated. */
    STA5,
    /** Collision of releases, association initiator: its user answers first. */
    STA6,
    /** Collision of releases, association responder: its user answers when the peer's has. */
    STA7
}
