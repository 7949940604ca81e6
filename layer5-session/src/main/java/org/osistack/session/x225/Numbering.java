package org.osistack.session.x225;

import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.ResynchronizeType;
import org.osistack.session.x225.Variables.Flow;
import org.osistack.session.x225.Variables.Resync;

/**
 * The serial numbers in the user's requests and responses: which one is due, which are possible (X.225 Table A.4). With
 * symmetric synchronize there are two flows of data, each with numbers of its own.
 */
final class Numbering {
    private final Variables v;

    Numbering(Variables v) {
        this.v = v;
    }

    // ---- what a primitive names
    // -------------------------------------------------------------------------------------------

    /** A primitive with one serial number. */
    Event name(long serialNumber, Event event, State state) {
        v.serialNumber = serialNumber == DialogueStep.NEXT ? due(event, state) : serialNumber;
        return event;
    }

    /** A response to a major synchronization point: it names the number that the point has in this side's flow. */
    Event nameSecond(DialogueStep step, long secondSerialNumber, Event event) {
        if (!v.isSymmetric()) {
            refuseSecond(step, secondSerialNumber);
            return event;
        }
        v.sending.number = secondSerialNumber == DialogueStep.NEXT ? v.sending.next : secondSerialNumber;
        v.receiving.number = v.receiving.next - 1;
        return event;
    }

    /** S-ACTIVITY-RESUME.request. */
    void name(DialogueStep.ActivityResume resume) {
        long second = resume.secondSerialNumber();
        if (!v.isSymmetric()) {
            refuseSecond(resume, second);
        }
        v.serialNumber = resume.serialNumber();
        v.sending.number = v.serialNumber;
        v.receiving.number = second == DialogueStep.NEXT ? v.serialNumber : second;
        for (long number : new long[] {v.sending.number, v.receiving.number}) {
            if (number < 0 || number > v.maxSerialNumber) {
                throw new IllegalArgumentException("S-ACTIVITY-RESUME with the serial number " + number);
            }
        }
    }

    /** S-RESYNCHRONIZE.request. */
    Event name(DialogueStep.Resynchronize step, State state) {
        if (!v.isSymmetric()) {
            refuseSecond(step, step.secondSerialNumber());
            v.resync = kind(step.type());
            return name(step.serialNumber(), event(v.resync), state);
        }
        v.sending.asked = kind(step.type());
        v.receiving.asked = step.secondType() == null ? v.sending.asked : kind(step.secondType());
        v.sending.number = asked(v.sending, step.serialNumber());
        v.receiving.number = asked(v.receiving, step.secondSerialNumber());
        v.serialNumber = v.sending.number;
        v.resync = Variables.ofBoth(v.sending.asked, v.receiving.asked);
        return event(v.resync);
    }

    private static long asked(Flow flow, long serialNumber) {
        return serialNumber == DialogueStep.NEXT && flow.asked == Resync.ABANDON ? flow.next : serialNumber;
    }

    /** S-RESYNCHRONIZE.response. */
    Event name(DialogueStep.ResynchronizeAnswer answer, State state) {
        if (!v.isSymmetric()) {
            refuseSecond(answer, answer.secondSerialNumber());
            return name(answer.serialNumber(), Event.S_RESYNCHRONIZE_RESPONSE, state);
        }
        long first = answer.serialNumber();
        long second = answer.secondSerialNumber();
        v.sending.number = first == DialogueStep.NEXT ? v.sending.answer() : first;
        v.receiving.number = second == DialogueStep.NEXT ? v.receiving.answer() : second;
        return Event.S_RESYNCHRONIZE_RESPONSE;
    }

    static Resync kind(ResynchronizeType type) {
        return switch (type) {
            case RESTART -> Resync.RESTART;
            case ABANDON -> Resync.ABANDON;
            case SET -> Resync.SET;
        };
    }

    private static Event event(Resync kind) {
        return switch (kind) {
            case RESTART -> Event.S_RESYNCHRONIZE_RESTART_REQUEST;
            case ABANDON -> Event.S_RESYNCHRONIZE_ABANDON_REQUEST;
            default -> Event.S_RESYNCHRONIZE_SET_REQUEST;
        };
    }

    /** There is no second serial number here. */
    void refuseSecond(DialogueStep step, long serialNumber) {
        if (serialNumber != DialogueStep.NEXT) {
            throw new IllegalArgumentException("S-" + step.service() + " has no second serial number"
                    + (v.isSymmetric() ? "" : " without symmetric synchronize"));
        }
    }

    // ---- what is possible
    // -----------------------------------------------------------------------------------------------

    /** The serial number that {@link DialogueStep#NEXT} stands for; -1 if the user has to name one. */
    private long due(Event event, State state) {
        return switch (event) {
            case S_SYNC_MINOR_REQUEST, S_SYNC_MINOR_REQUEST_SEPARATED, S_SYNC_MAJOR_REQUEST, S_ACTIVITY_END_REQUEST ->
                v.isSymmetric() ? v.sending.next : v.vm;
            case S_RESYNCHRONIZE_ABANDON_REQUEST -> v.vm;
            case S_SYNC_MINOR_RESPONSE -> lastMinor(state);
            case S_RESYNCHRONIZE_RESPONSE -> v.vrsp == Resync.ABANDON ? v.vm : v.vrspnb;
            default -> -1;
        };
    }

    /** The last minor point: while a major one waits for its confirmation, the point before that. */
    private long lastMinor(State state) {
        long next = v.isSymmetric() ? v.receiving.next : v.vm;
        return state == State.STA10A || state == State.STA10B ? next - 2 : next - 1;
    }

    /** Put serial numbers that are possible in place of those that the event names, as far as there are such. */
    void correct(Event event, State state) {
        long due = due(event, state);
        v.serialNumber = due < 0 ? v.vm : due;
        for (Flow flow : new Flow[] {v.sending, v.receiving}) {
            flow.number = event == Event.S_RESYNCHRONIZE_RESPONSE ? flow.answer() : flow.next;
        }
        if (event == Event.S_SYNC_MAJOR_RESPONSE || event == Event.S_ACTIVITY_END_RESPONSE) {
            v.receiving.number = v.receiving.next - 1;
        }
    }

    /** What is wrong with the serial numbers of an event, in a sentence; null if nothing is. */
    String fault(Event event, State state) {
        if (v.isSymmetric()) {
            switch (event) {
                case S_RESYNCHRONIZE_RESTART_REQUEST, S_RESYNCHRONIZE_ABANDON_REQUEST, S_RESYNCHRONIZE_SET_REQUEST -> {
                    return faultOfBoth(requested(event, v.sending), requested(event, v.receiving));
                }
                case S_RESYNCHRONIZE_RESPONSE -> {
                    return faultOfBoth(answered(event, v.sending), answered(event, v.receiving));
                }
                case S_SYNC_MAJOR_RESPONSE, S_ACTIVITY_END_RESPONSE -> {
                    return fault(event, v.sending.number, v.sending.next, v.sending.next);
                }
                default -> {}
            }
        }
        long due = due(event, state);
        return switch (event) {
            case S_SYNC_MINOR_REQUEST,
                    S_SYNC_MINOR_REQUEST_SEPARATED,
                    S_SYNC_MAJOR_REQUEST,
                    S_ACTIVITY_END_REQUEST,
                    S_RESYNCHRONIZE_ABANDON_REQUEST -> fault(event, v.serialNumber, due, due);
            case S_SYNC_MINOR_RESPONSE ->
                fault(event, v.serialNumber, v.isSymmetric() ? v.receiving.unconfirmed : v.va, due);
            case S_RESYNCHRONIZE_RESTART_REQUEST -> fault(event, v.serialNumber, v.vr, v.vm);
            case S_RESYNCHRONIZE_SET_REQUEST -> fault(event, v.serialNumber, 0, v.maxSerialNumber);
            case S_RESYNCHRONIZE_RESPONSE ->
                v.vrsp == Resync.SET
                        ? fault(event, v.serialNumber, 0, v.maxSerialNumber)
                        : fault(event, v.serialNumber, due, due);
            default -> null;
        };
    }

    private String requested(Event event, Flow flow) {
        return switch (flow.asked) {
            case RESTART -> fault(event, flow.number, flow.restart, flow.next);
            case ABANDON -> fault(event, flow.number, flow.next, flow.next);
            default -> fault(event, flow.number, 0, v.maxSerialNumber);
        };
    }

    private String answered(Event event, Flow flow) {
        return flow.resync == Resync.SET
                ? fault(event, flow.number, 0, v.maxSerialNumber)
                : fault(event, flow.number, flow.answer(), flow.answer());
    }

    private static String faultOfBoth(String ofSending, String ofReceiving) {
        return ofSending == null ? ofReceiving : ofSending;
    }

    private String fault(Event event, long serialNumber, long lowest, long mostPossible) {
        long highest = Math.min(mostPossible, v.maxSerialNumber);
        if (serialNumber >= lowest && serialNumber <= highest) {
            return null;
        }
        String possible =
                lowest > highest ? "none is" : lowest == highest ? lowest + " is" : lowest + " to " + highest + " are";
        return event + " with the serial number " + serialNumber + ", where " + possible + " possible";
    }
}
