package org.osistack.application.rtse;

import org.osistack.application.ApplicationContext;
import org.osistack.core.Octets;

/** The variables of one protocol machine. */
final class Variables {
    final boolean isInitiator;
    final ApplicationContext context;
    OpenRequest request; // of the side that asks; null on the other
    ReliableTransferUser user;
    String peerUser = ""; // who has proved to be that, on the side that was called
    State state = State.IDLE;
    Link link; // null while there is no association
    SessionConnectionIdentifier association; // null if the caller gave it no name
    SessionConnectionIdentifier connection; // the present one, or the last
    DialogueMode mode = DialogueMode.MONOLOGUE;
    int checkpointSize;
    int windowSize = RtseApdu.DEFAULT_WINDOW;
    int askedCheckpointSize; // of the proposal that is to be answered
    int askedWindowSize = RtseApdu.DEFAULT_WINDOW;
    long activities; // begun on this connection by this side

    boolean hasTurn;
    boolean gaveUnproven; // this side gave the turn, and nothing has shown yet that the peer has it
    boolean isToGiveAgain;
    boolean isTurnNews; // the recovery has brought the turn
    int wanted = -1; // priority with which the turn was asked for; -1 if it was not
    boolean isPleaseDue; // it may have been purged

    Outgoing outgoing; // null if none is outstanding
    Octets sent = Octets.EMPTY; // the label of the last one that was confirmed
    TransferSource finished; // to be confirmed to the user
    boolean isRetryDue;
    Incoming incoming; // null if there is none
    TransferState.Completed completed; // the last one; null if there was none
    TransferSink received; // to be indicated to the user
    boolean isSecuredLast; // nothing has begun since the last activity was secured
    Octets closing; // user data of a close that waits; null if there is none

    int attempts; // to recover, since the loss
    int recoveries; // since there was progress
    long lost; // when; a time of the host

    Variables(boolean isInitiator, ApplicationContext context) {
        this.isInitiator = isInitiator;
        this.context = context;
    }

    /** What is to be remembered. */
    TransferState toState() {
        return toState(incoming == null || incoming.isAbsorbing ? null : incoming.state());
    }

    /** What is to be remembered, with something else of the transfer that is arriving. */
    TransferState toState(TransferState.Incoming arriving) {
        return new TransferState(
                isInitiator,
                peerUser,
                context.application(),
                association,
                mode,
                hasTurn,
                checkpointSize,
                windowSize,
                outgoing == null ? null : outgoing.state(),
                arriving,
                completed,
                sent);
    }
}
