package org.osistack.application.rtse;

import org.osistack.application.Association;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.dialogue.DialogueStep;

/**
 * An event with what belongs to it. What does not belong to it is null, empty or 0.
 *
 * @param link the association that it comes from
 * @param detail for a person
 */
record Occurrence(
        Event event,
        Link link,
        Association association,
        DialogueStep step,
        Octets octets,
        Pdu pdu,
        TransferSource source,
        Incoming.Mark mark,
        long number,
        String detail) {
    static Occurrence of(Event event) {
        return new Occurrence(event, null, null, null, Octets.EMPTY, null, null, null, 0, "");
    }

    static Occurrence of(Event event, Octets octets) {
        return new Occurrence(event, null, null, null, octets, null, null, null, 0, "");
    }

    static Occurrence of(Event event, String detail) {
        return new Occurrence(event, null, null, null, Octets.EMPTY, null, null, null, 0, detail);
    }

    static Occurrence of(Event event, Octets octets, String detail) {
        return new Occurrence(event, null, null, null, octets, null, null, null, 0, detail);
    }

    static Occurrence of(Event event, long number) {
        return new Occurrence(event, null, null, null, Octets.EMPTY, null, null, null, number, "");
    }

    static Occurrence transfer(TransferSource source, long nanos) {
        return new Occurrence(Event.RT_TRANSFER_REQUEST, null, null, null, Octets.EMPTY, null, source, null, nanos, "");
    }

    static Occurrence data(Link link, Pdu pdu) {
        return new Occurrence(Event.DATA, link, null, null, Octets.EMPTY, pdu, null, null, 0, "");
    }

    static Occurrence step(Event event, Link link, DialogueStep step, Octets apdu) {
        return new Occurrence(event, link, null, step, apdu, null, null, null, 0, "");
    }

    static Occurrence association(Event event, Link link, Association association, Octets apdu, String detail) {
        return new Occurrence(event, link, association, null, apdu, null, null, null, 0, detail);
    }

    static Occurrence sink(Event event, Incoming.Mark mark, String detail) {
        return new Occurrence(event, null, null, null, Octets.EMPTY, null, null, mark, 0, detail);
    }
}
