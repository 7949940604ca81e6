package org.osistack.application.move;

import java.util.ArrayList;
import java.util.List;
import org.osistack.application.Association;
import org.osistack.application.AssociationService;
import org.osistack.application.AssociationUser;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.dialogue.ActivityIdentifier;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.OldConnection;

/**
 * Bob's side of the dialogue: he hears lines and answers each. With activities he remembers the one that was begun last, and
 * how far it is secured; a line whose synchronization point he has secured already he does not hear twice.
 */
final class Bob {
    private final Host host;
    private final List<String> heard = new ArrayList<>();
    private Octets connection; // on which the activity began; null if there is none
    private ActivityIdentifier activity;
    private int secured; // the highest serial number
    private boolean isEnded;
    private Peer present; // who goes on with it; null if nobody does
    private int peers;

    Bob(Host host) {
        this.host = host;
    }

    /** Wait for alice. */
    void serve(AssociationService associations, FunctionalUnits units) {
        associations.attach(Lines.CONTEXT, units, association -> {
            peers++;
            association.accept();
            return new Peer(association);
        });
    }

    /** What he has heard, each line once. */
    List<String> heard() {
        return heard;
    }

    /** Whether nobody is there any more. */
    boolean isAlone() {
        return peers == 0;
    }

    private final class Peer implements AssociationUser {
        private final Association association;
        private final Outbox outbox;
        private String line; // whose synchronization point has not come; null if there is none

        Peer(Association association) {
            this.association = association;
            this.outbox = new Outbox(host, association);
        }

        @Override
        public void dataIndication(Pdu apdu) {
            line = Lines.read(apdu);
            if (!association.functionalUnits().hasAll(ActivityAlice.UNITS)) {
                heard.add(line);
                outbox.say(Lines.answer(heard.size()));
            }
        }

        @Override
        public void stepIndication(DialogueStep step, Octets apdu) {
            if (step instanceof DialogueStep.ActivityStart start) {
                begin(association.peerIdentifier().commonReference(), start.identifier());
            } else if (step instanceof DialogueStep.ActivityResume resume) {
                resume(resume);
            } else if (step instanceof DialogueStep.SyncMinor point) {
                secure((int) point.serialNumber());
            } else if (step instanceof DialogueStep.ActivityInterrupt) {
                outbox.clear();
                outbox.step(new DialogueStep.ActivityInterruptAnswer());
            } else if (step instanceof DialogueStep.ActivityEnd) {
                isEnded = true;
                outbox.step(new DialogueStep.ActivityEndAnswer());
            } else {
                giveUp();
            }
        }

        private void begin(Octets newConnection, ActivityIdentifier newActivity) {
            connection = newConnection;
            activity = newActivity;
            secured = 0;
            isEnded = false;
            heard.clear();
            present = this;
        }

        private void resume(DialogueStep.ActivityResume resume) {
            OldConnection old = resume.oldConnection();
            Octets name = old == null ? association.peerIdentifier().commonReference() : old.commonReference();
            boolean isKnown = name.equals(connection) && resume.oldIdentifier().equals(activity);
            if (!isKnown && resume.serialNumber() == 0) {
                begin(name, resume.identifier()); // its beginning was lost
            } else if (!isKnown || resume.serialNumber() > secured) {
                giveUp();
            } else {
                Peer before = present;
                present = this;
                if (before != null && before != this) {
                    before.giveUp(); // alice knows that it is dead, and bob does not yet
                }
            }
        }

        private void secure(int serialNumber) {
            if (present != this || line == null || serialNumber > secured + 1) {
                giveUp();
                return;
            }
            if (serialNumber == secured + 1) {
                heard.add(line);
                secured = serialNumber;
            }
            line = null;
            outbox.say(Lines.answer(serialNumber));
            outbox.step(new DialogueStep.SyncMinorAnswer(serialNumber));
        }

        private void giveUp() {
            association.abortRequest();
            gone();
        }

        @Override
        public void readyIndication() {
            outbox.flush();
        }

        @Override
        public void releaseIndication() {
            association.releaseResponse(true);
        }

        @Override
        public void ended(Ending ending, String detail) {
            gone();
        }

        private void gone() {
            outbox.clear();
            peers--;
            present = present == this ? null : present;
        }
    }
}
