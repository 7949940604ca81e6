package org.osistack.application.move;

import java.util.ArrayDeque;
import org.osistack.application.Association;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.dialogue.DialogueStep;

/** What one side of an association still has to say, in order; the association may not take it at once. */
final class Outbox {
    /** Data, or a step without. */
    private record Waiting(Octets data, DialogueStep step) {}

    private final Host host;
    private final Association association;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();

    Outbox(Host host, Association association) {
        this.host = host;
        this.association = association;
    }

    void say(String line) {
        waiting.add(new Waiting(Lines.apdu(line), null));
        flush();
    }

    void step(DialogueStep step) {
        waiting.add(new Waiting(null, step));
        flush();
    }

    /** Say what the association takes. */
    void flush() {
        for (Waiting first = waiting.peek(); first != null && take(first); first = waiting.peek()) {
            waiting.remove();
        }
    }

    private boolean take(Waiting first) {
        if (first.step != null) {
            return association.stepRequest(first.step);
        }
        Pdu apdu = host.pool().take(first.data.length());
        first.data.appendTo(apdu);
        boolean taken = association.dataRequest(apdu);
        if (!taken) {
            apdu.release();
        }
        return taken;
    }

    /** Forget what waits. */
    void clear() {
        waiting.clear();
    }
}
