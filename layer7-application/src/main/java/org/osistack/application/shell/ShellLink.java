package org.osistack.application.shell;

import java.util.ArrayDeque;
import org.osistack.application.Association;
import org.osistack.application.AssociationUser;
import org.osistack.core.Discard;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.dialogue.DialogueStep;

/**
 * One association of a session, at either side: keeps what cannot be sent at once, in its order, and tells its user what
 * arrives. A session has one after another.
 */
final class ShellLink implements AssociationUser {
    /** Who has the link. It hears nothing after {@link #ended}, or after it has let go of the link. */
    interface User {
        /** The peer has accepted the association that this side asked for. */
        default void opened() {}

        /** An APDU has arrived in the dialogue. */
        void heard(ShellApdu apdu);

        /**
         * The peer has taken a step in the dialogue, or confirms one.
         *
         * @param apdu what came along; null if nothing did, or it was none
         */
        void stepped(DialogueStep step, ShellApdu apdu);

        /** All that waited is sent. */
        void clear();

        /**
         * The association has ended.
         *
         * @param apdu what came along; null if nothing did, or it was none
         */
        void ended(Ending ending, String detail, ShellApdu apdu);
    }

    /** A step that waits, or data. */
    private record Waiting(DialogueStep step, Octets apdu) {}

    private final Host host;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private User user; // null when nobody listens any more
    private Association association;
    private boolean over;

    ShellLink(Host host, User user) {
        this.host = host;
        this.user = user;
    }

    /** To be called once, before anything else. */
    void use(Association newAssociation) {
        association = newAssociation;
    }

    Association association() {
        return association;
    }

    /** Whether the user of the link can do anything with it. */
    boolean isOver() {
        return over;
    }

    /** Whether the session outlives the association: it has what that takes. */
    boolean isKept() {
        return association.functionalUnits().hasAll(ShellApplication.KEPT);
    }

    // ---- requests ---------------------------------------------------------------------------------------------------

    /** Send an APDU after all that waits. */
    void send(Octets apdu) {
        post(new Waiting(null, apdu));
    }

    /** Take a step after all that waits. */
    void take(DialogueStep step) {
        take(step, Octets.EMPTY);
    }

    /** As {@link #take(DialogueStep)}, with an APDU. */
    void take(DialogueStep step, Octets apdu) {
        post(new Waiting(step, apdu));
    }

    /** Take a step that makes what waits vain. */
    void takeAtOnce(DialogueStep step, Octets apdu) {
        waiting.clear();
        take(step, apdu);
    }

    /** Whether nothing waits. */
    boolean isClear() {
        return waiting.isEmpty();
    }

    private void post(Waiting next) {
        if (!over) {
            waiting.addLast(next);
            proceed();
        }
    }

    /** A peer can bring the session layer's machine into a state of which the layers above don't hear. */
    private void proceed() {
        while (!waiting.isEmpty()) {
            Waiting next = waiting.pollFirst();
            try {
                if (!transmit(next)) {
                    waiting.addFirst(next);
                    return;
                }
            } catch (IllegalStateException | IllegalArgumentException e) {
                breakOff("it has lost the order of the dialogue: " + e.getMessage());
            }
        }
    }

    private boolean transmit(Waiting next) {
        if (next.step != null) {
            return association.stepRequest(next.step, next.apdu);
        }
        Pdu pdu = host.pool().take(next.apdu.length());
        boolean taken = false;
        try {
            next.apdu.appendTo(pdu);
            taken = association.dataRequest(pdu);
        } finally {
            if (!taken) {
                pdu.release();
            }
        }
        return taken;
    }

    /** Let the peer wait, or not. */
    void pause(boolean pause) {
        if (over) {
            return;
        }
        if (pause) {
            association.pause();
        } else {
            association.resume();
        }
    }

    /** Ask for the release of the association, after all that was sent. */
    void release() {
        if (!over) {
            try {
                association.releaseRequest();
            } catch (IllegalStateException e) {
                breakOff("it does not let the association be released: " + e.getMessage());
            }
        }
    }

    /** End the association at once, and tell this side why. */
    void breakOff(String why) {
        breakOff(why, Octets.EMPTY);
    }

    private void breakOff(String why, Octets apdu) {
        if (!over) {
            if (apdu.isEmpty()) {
                association.abortRequest();
            } else {
                association.abortRequest(apdu);
            }
            ended(Ending.ABORTED, why);
        }
    }

    /** End the association at once, if it has not ended, and hear nothing more of it. */
    void letGo() {
        letGo(Octets.EMPTY);
    }

    /**
     * As {@link #letGo()}.
     *
     * @param apdu says why; empty for none
     */
    void letGo(Octets apdu) {
        user = null;
        breakOff("", apdu);
    }

    // ---- indications and confirms -----------------------------------------------------------------------------------

    @Override
    public void associateConfirm(Association confirmed) {
        if (user != null) {
            user.opened();
        }
    }

    @Override
    public void dataIndication(Pdu pdu) {
        ShellApdu apdu = ShellApdu.parse(pdu);
        if (apdu == null) {
            host.discards(ShellApplication.ORIGIN.layer(), ShellApplication.ORIGIN.protocol())
                    .drop(Discard.MALFORMED, pdu);
            breakOff("it sent something that is no APDU of the shell");
            return;
        }
        pdu.release();
        if (user != null && !over) {
            user.heard(apdu);
        }
    }

    @Override
    public void typedDataIndication(Octets apdu) {
        breakOff("it sent typed data");
    }

    @Override
    public void expeditedDataIndication(Octets apdu) {
        breakOff("it sent expedited data");
    }

    @Override
    public void stepIndication(DialogueStep step, Octets apdu) {
        if (user != null && !over) {
            user.stepped(step, parse(apdu));
        }
    }

    private static ShellApdu parse(Octets apdu) {
        return apdu.isEmpty() ? null : ShellApdu.parse(apdu);
    }

    @Override
    public void releaseIndication() {
        if (!over) {
            association.releaseResponse(true);
        }
    }

    @Override
    public void releaseRefused() {
        breakOff("it refuses the release");
    }

    @Override
    public void ended(Ending ending, String detail) {
        ended(ending, detail, Octets.EMPTY);
    }

    @Override
    public void ended(Ending ending, String detail, Octets userInformation) {
        if (over) {
            return;
        }
        over = true;
        waiting.clear();
        User told = user;
        user = null;
        if (told != null) {
            told.ended(ending, detail, parse(userInformation));
        }
    }

    @Override
    public void readyIndication() {
        proceed();
        if (user != null && !over && waiting.isEmpty()) {
            user.clear();
        }
    }
}
