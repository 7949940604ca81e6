package org.osistack.application.move;

import java.util.ArrayList;
import java.util.List;
import org.osistack.application.Association;
import org.osistack.application.AssociationRequest;
import org.osistack.application.AssociationUser;
import org.osistack.application.RoutedAssociations;
import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Pdu;

/** Alice's side of the dialogue: she says lines, a few ahead, and bob answers each. */
abstract class Alice implements AssociationUser {
    /** How many lines she says before the first of them is answered. */
    static final int WINDOW = 3;

    /** Hears how it goes. */
    interface Listener {
        /** One more line is answered. */
        void progress();

        /** It is over, however. */
        void over();
    }

    final Host host;
    final RoutedAssociations associations;
    final NetworkAddress bob;
    final int lines;
    final int lineOctets;
    final Listener listener;

    Association association; // the present one; null if there is none
    Outbox outbox;
    private final List<String> answers = new ArrayList<>();
    private int said; // in all, or in the present association
    private int everSaid;
    private int saidAgain;
    private int calls;
    private long calledAt;
    private long connectNanos;
    private boolean isDone;
    private boolean isOver;
    private String told = "";

    Alice(
            Host host,
            RoutedAssociations associations,
            NetworkAddress bob,
            int lines,
            int lineOctets,
            Listener listener) {
        this.host = host;
        this.associations = associations;
        this.bob = bob;
        this.lines = lines;
        this.lineOctets = lineOctets;
        this.listener = listener;
    }

    /** What she asks for. */
    abstract AssociationRequest request();

    /** Ask for an association. */
    void call() {
        calls++;
        calledAt = host.now();
        association = associations.associateRequest(request(), this);
    }

    @Override
    public void associateConfirm(Association confirmed) {
        association = confirmed;
        outbox = new Outbox(host, confirmed);
        connectNanos = calls == 1 ? host.now() - calledAt : connectNanos;
    }

    /** Say the next lines, as far as the window goes. */
    void talk() {
        while (said < lines && said < answers.size() + WINDOW) {
            said++;
            saidAgain += said <= everSaid ? 1 : 0;
            everSaid = Math.max(everSaid, said);
            outbox.say(Lines.line(said, lineOctets));
            spoken(said);
        }
    }

    /** A line was said. */
    void spoken(int number) {}

    /** Go on behind the last line that is answered. */
    void goBack() {
        said = answers.size();
    }

    /** One more line is answered for good. */
    void answered(String answer) {
        answers.add(answer);
        listener.progress();
    }

    /** All is said and answered. */
    void done() {
        isDone = true;
        association.releaseRequest();
    }

    void end(String sentence) {
        if (!isOver) {
            isOver = true;
            told = isDone ? "" : sentence;
            listener.over();
        }
    }

    @Override
    public void dataIndication(Pdu apdu) {
        heard(Lines.read(apdu));
    }

    abstract void heard(String line);

    @Override
    public void readyIndication() {
        if (outbox != null) {
            outbox.flush();
        }
    }

    @Override
    public void releaseIndication() {
        association.releaseResponse(true);
    }

    List<String> answers() {
        return answers;
    }

    /** How many lines were said and not answered yet. */
    int unconfirmed() {
        return Math.max(0, everSaid - answers.size());
    }

    int saidAgain() {
        return saidAgain;
    }

    /** How many associations she has asked for. */
    int calls() {
        return calls;
    }

    /** How long the first association took to come about. */
    long connectNanos() {
        return connectNanos;
    }

    boolean isDone() {
        return isDone;
    }

    boolean isOver() {
        return isOver;
    }

    /** What she was told, if it did not end well. */
    String told() {
        return told;
    }
}
