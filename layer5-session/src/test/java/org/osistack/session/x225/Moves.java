package org.osistack.session.x225;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.ExceptionReason;
import org.osistack.core.dialogue.ResynchronizeType;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.dialogue.Tokens;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.x225.StateTable.Row;
import org.osistack.session.x225.StateTable.Rule;

/**
 * All that can happen next to two machines: something that is under way arrives, or a user asks or answers something that
 * the table allows. Each has a number, so that a path is a list of numbers.
 */
final class Moves {
    private static final TokenSetting CHOICE = TokenSetting.CALLED_USERS_CHOICE;

    /** A primitive that a user may issue, as the variables have it then. */
    private record Primitive(boolean isAnswer, Function<Variables, SessionPrimitive> maker) {}

    private static final List<Primitive> PRIMITIVES = new ArrayList<>();

    private static final int DELIVERIES = 4;
    /** The number of the primitive that stands for S-DATA. */
    private static final int DATA = 0;

    private static void request(Function<Variables, DialogueStep> step) {
        PRIMITIVES.add(new Primitive(false, v -> step(step.apply(v))));
    }

    private static void answer(Function<Variables, DialogueStep> step) {
        PRIMITIVES.add(new Primitive(true, v -> step(step.apply(v))));
    }

    private static void other(boolean isAnswer, SessionPrimitive primitive) {
        PRIMITIVES.add(new Primitive(isAnswer, v -> primitive));
    }

    private static SessionPrimitive step(DialogueStep step) {
        return step == null ? null : new SessionPrimitive.Step(step);
    }

    static {
        other(false, new SessionPrimitive.TypedData(Octets.ofText("S-DATA is meant")));
        other(false, new SessionPrimitive.TypedData(Octets.ofText("t")));
        other(false, new SessionPrimitive.ExpeditedData(Octets.ofText("e")));
        other(false, new SessionPrimitive.CapabilityData(Octets.EMPTY));
        other(true, new SessionPrimitive.CapabilityDataAnswer(Octets.EMPTY));
        for (int bit : new int[] {0x01, 0x04, 0x10, 0x40}) {
            request(v -> (v.owned & bit) == 0 ? null : new DialogueStep.TokenGive(new Tokens(bit)));
        }
        request(v -> Integer.bitCount(v.owned) < 2 ? null : new DialogueStep.TokenGive(new Tokens(v.owned)));
        request(v -> v.available() == 0 ? null : new DialogueStep.TokenPlease(new Tokens(v.available())));
        request(v -> new DialogueStep.ControlGive());
        request(v -> new DialogueStep.SyncMinor(DialogueStep.NEXT, true, false));
        request(v -> new DialogueStep.SyncMinor(DialogueStep.NEXT, true, true));
        answer(v -> new DialogueStep.SyncMinorAnswer(v.isSymmetric() ? v.receiving.unconfirmed : v.va));
        answer(v -> new DialogueStep.SyncMinorAnswer(DialogueStep.NEXT));
        request(v -> new DialogueStep.SyncMajor(DialogueStep.NEXT));
        answer(v -> new DialogueStep.SyncMajorAnswer());
        request(v -> new DialogueStep.Resynchronize(ResynchronizeType.ABANDON, DialogueStep.NEXT, CHOICE));
        request(v -> restart(v, true));
        request(v -> restart(v, false));
        request(v -> v.isSymmetric()
                ? new DialogueStep.Resynchronize(
                        ResynchronizeType.SET, 5, TokenSetting.INITIATOR, ResynchronizeType.ABANDON, DialogueStep.NEXT)
                : new DialogueStep.Resynchronize(ResynchronizeType.SET, 5, TokenSetting.INITIATOR));
        answer(v -> new DialogueStep.ResynchronizeAnswer(DialogueStep.NEXT, TokenSetting.INITIATOR));
        answer(v -> new DialogueStep.ResynchronizeAnswer(DialogueStep.NEXT, TokenSetting.RESPONDER));
        request(v -> new DialogueStep.UserExceptionReport(ExceptionReason.NON_SPECIFIC));
        request(v -> new DialogueStep.ActivityStart(Primitives.activity("A")));
        request(v -> new DialogueStep.ActivityResume(Primitives.activity("B"), Primitives.activity("A"), 2, null));
        request(v -> new DialogueStep.ActivityInterrupt(ExceptionReason.NON_SPECIFIC));
        answer(v -> new DialogueStep.ActivityInterruptAnswer());
        request(v -> new DialogueStep.ActivityDiscard(ExceptionReason.NON_SPECIFIC));
        answer(v -> new DialogueStep.ActivityDiscardAnswer());
        request(v -> new DialogueStep.ActivityEnd(DialogueStep.NEXT));
        answer(v -> new DialogueStep.ActivityEndAnswer());
        other(false, new SessionPrimitive.Release(Octets.EMPTY));
        other(true, new SessionPrimitive.ReleaseAnswer(true, Octets.EMPTY));
        other(true, new SessionPrimitive.ReleaseAnswer(false, Octets.EMPTY));
        other(false, new SessionPrimitive.UserAbort(Octets.EMPTY));
        other(false, new SessionPrimitive.UserAbort(Octets.of(new byte[20])));
    }

    private static DialogueStep restart(Variables v, boolean low) {
        TokenSetting wanted = low ? TokenSetting.RESPONDER : TokenSetting.INITIATOR;
        return v.isSymmetric()
                ? new DialogueStep.Resynchronize(
                        ResynchronizeType.RESTART,
                        low ? v.sending.restart : v.sending.next,
                        wanted,
                        ResynchronizeType.RESTART,
                        low ? v.receiving.restart : v.receiving.next)
                : new DialogueStep.Resynchronize(ResynchronizeType.RESTART, low ? v.vr : v.vm, wanted);
    }

    private Moves() {}

    /** Whether a move is an answer, which a user who conforms gives sooner or later. */
    static boolean isAnswer(int move) {
        return move >= DELIVERIES && PRIMITIVES.get((move - DELIVERIES) / 2).isAnswer;
    }

    /** Whether it is a request of a side: 0 or 1; -1 if it is something else. */
    static int requester(int move) {
        return move < DELIVERIES || isAnswer(move) ? -1 : (move - DELIVERIES) % 2;
    }

    /** Whether it asks for the end of the session: a release, an abort. */
    static boolean isEnd(int move) {
        return requester(move) >= 0 && (move - DELIVERIES) / 2 >= PRIMITIVES.size() - 5;
    }

    /** One that is possible now, at random, and half of them deliveries if there are any; -1 if none was found. */
    static int random(Duo duo, SplittableRandom random) {
        if (random.nextBoolean()) {
            int side = random.nextInt(2);
            for (int n = 0; n < 2; n++, side = 1 - side) {
                int expedited = duo.wire.firstExpedited(side);
                if (expedited == 0 || expedited > 0 && random.nextBoolean()) {
                    return 2 + side;
                } else if (!duo.wire.underWay(side).isEmpty()) {
                    return side;
                }
            }
        }
        for (int n = 0; n < 50; n++) {
            int primitive = random.nextInt(PRIMITIVES.size());
            int side = random.nextInt(2);
            int move = DELIVERIES + 2 * primitive + side;
            boolean isAbort = primitive >= PRIMITIVES.size() - 2;
            boolean wanted = !isEnd(move) || random.nextInt(isAbort ? 100 : 4) == 0;
            if (wanted && isPossible(duo.parties[side], primitive)) {
                return move;
            }
        }
        return -1;
    }

    /** What is possible now; requests only of a side that may ask for more. */
    static List<Integer> possible(Duo duo, boolean firstMayAsk, boolean secondMayAsk) {
        List<Integer> moves = new ArrayList<>();
        for (int side = 0; side < 2; side++) {
            List<Wire.Unit> underWay = duo.wire.underWay(side);
            if (!underWay.isEmpty() && !underWay.get(0).expedited()) {
                moves.add(side);
            }
            if (duo.wire.firstExpedited(side) >= 0) {
                moves.add(2 + side);
            }
        }
        for (int n = 0; n < PRIMITIVES.size(); n++) {
            for (int side = 0; side < 2; side++) {
                boolean mayAsk = side == 0 ? firstMayAsk : secondMayAsk;
                if ((mayAsk || PRIMITIVES.get(n).isAnswer) && isPossible(duo.parties[side], n)) {
                    moves.add(DELIVERIES + 2 * n + side);
                }
            }
        }
        return moves;
    }

    private static boolean isPossible(Duo.Party party, int n) {
        if (party.isOver()) {
            return false;
        }
        SessionProtocolMachine machine = party.machine;
        State state = machine.state();
        Event event = Event.S_DATA_REQUEST;
        if (n != DATA) {
            SessionPrimitive primitive = PRIMITIVES.get(n).maker.apply(machine.variables());
            if (primitive == null) {
                return false;
            }
            event = machine.requests().eventOf(primitive, state);
            if (isSecondOfTwo(n, machine.variables())) {
                return false;
            }
            if (new Numbering(machine.variables()).fault(event, state) != null) {
                return false;
            }
        }
        Variables v = machine.variables();
        if (event == Event.S_RELEASE_ACCEPT && state == State.STA09 && v.vcoll && v.vtca && !v.vdnr) {
            return (party.releases & 1) == 0; // it is kept until the peer has answered
        }
        Row row = machine.match(event);
        boolean isPurged =
                row != null && row.outputs().isEmpty() && row.actions().isEmpty() && row.next() == null;
        return row != null && row.rule() == Rule.NONE && !isPurged;
    }

    /** Two primitives that would say the same. */
    private static boolean isSecondOfTwo(int n, Variables v) {
        SessionPrimitive primitive = PRIMITIVES.get(n).maker.apply(v);
        if (!(primitive instanceof SessionPrimitive.Step step)) {
            return false;
        }
        if (step.step() instanceof DialogueStep.SyncMinorAnswer answer) {
            long lowest = v.isSymmetric() ? v.receiving.unconfirmed : v.va;
            return answer.serialNumber() == DialogueStep.NEXT && v.serialNumber == lowest;
        }
        return step.step() instanceof DialogueStep.ResynchronizeAnswer answer
                && answer.tokens().equals(TokenSetting.RESPONDER)
                && (v.vrspSetting & CHOICE.bits()) == 0;
    }

    /** Let it happen. */
    static void make(Duo duo, int move) {
        if (move < 2) {
            duo.wire.deliver(move, 0);
            return;
        } else if (move < DELIVERIES) {
            duo.wire.deliver(move - 2, duo.wire.firstExpedited(move - 2));
            return;
        }
        int n = (move - DELIVERIES) / 2;
        Duo.Party party = duo.parties[(move - DELIVERIES) % 2];
        if (n == DATA) {
            Pdu pdu = duo.pdu((move - DELIVERIES) % 2);
            if (!party.connection.dataRequest(pdu)) {
                throw new AssertionError("S-DATA was put off");
            }
            return;
        }
        SessionPrimitive primitive = withData(PRIMITIVES.get(n).maker.apply(party.v()), duo.userData);
        if (primitive instanceof SessionPrimitive.ReleaseAnswer) {
            party.releases |= 1;
        }
        if (!party.connection.request(primitive)) {
            throw new AssertionError(primitive + " was put off");
        }
    }

    private static SessionPrimitive withData(SessionPrimitive primitive, Octets userData) {
        if (userData.isEmpty()) {
            return primitive;
        } else if (primitive instanceof SessionPrimitive.Step step) {
            boolean carriesNone = step.step() instanceof DialogueStep.TokenGive
                    || step.step() instanceof DialogueStep.ControlGive
                    || step.step() instanceof DialogueStep.ActivityInterrupt
                    || step.step() instanceof DialogueStep.ActivityInterruptAnswer
                    || step.step() instanceof DialogueStep.ActivityDiscard
                    || step.step() instanceof DialogueStep.ActivityDiscardAnswer; // in version 1
            return carriesNone ? primitive : new SessionPrimitive.Step(step.step(), userData);
        } else if (primitive instanceof SessionPrimitive.CapabilityData) {
            return new SessionPrimitive.CapabilityData(userData);
        } else if (primitive instanceof SessionPrimitive.CapabilityDataAnswer) {
            return new SessionPrimitive.CapabilityDataAnswer(userData);
        } else if (primitive instanceof SessionPrimitive.Release) {
            return new SessionPrimitive.Release(userData);
        } else if (primitive instanceof SessionPrimitive.ReleaseAnswer answer) {
            return new SessionPrimitive.ReleaseAnswer(answer.affirmative(), userData);
        }
        return primitive;
    }

    /** What a user asks or answers by a move, about. */
    static String primitive(int move) {
        int n = (move - DELIVERIES) / 2;
        return n == DATA ? "S-DATA" : String.valueOf(PRIMITIVES.get(n).maker.apply(new Variables(false)));
    }

    /** A move in words, as it would be now. */
    static String text(Duo duo, int move) {
        String who = move % 2 == 0 ? "alice" : "bob";
        if (move < 2) {
            return who + " " + duo.parties[move].state() + " gets "
                    + duo.wire.underWay(move).get(0).tsdu();
        } else if (move < DELIVERIES) {
            return who + " " + duo.parties[move - 2].state() + " gets expedited "
                    + duo.wire
                            .underWay(move - 2)
                            .get(duo.wire.firstExpedited(move - 2))
                            .tsdu();
        }
        int n = (move - DELIVERIES) / 2;
        Duo.Party party = duo.parties[move % 2];
        return who + " " + party.state() + " asks for "
                + (n == DATA ? "S-DATA" : PRIMITIVES.get(n).maker.apply(party.v()));
    }
}
