package org.osistack.session.x225;

import java.util.List;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;
import org.osistack.session.x225.Variables.Flow;
import org.osistack.session.x225.Variables.Resync;

/** What must hold between two machines, whatever their users do. */
final class Invariants {
    private static final PduPool POOL = new PduPool(0);

    private Invariants() {}

    /** What does not hold, in a sentence; null if all does. */
    static String fault(Duo duo, List<Integer> moves) {
        Duo.Party a = duo.parties[0];
        Duo.Party b = duo.parties[1];
        boolean established = State.ESTABLISHED.contains(a.state()) && State.ESTABLISHED.contains(b.state());
        if (established && a.v().vrsp == Resync.NO && b.v().vrsp == Resync.NO) {
            int given = given(duo, 0) | given(duo, 1);
            int available = a.v().available();
            if ((a.v().owned & b.v().owned) != 0
                    || (a.v().owned & given) != 0 && (b.v().owned & given) != 0
                    || (a.v().owned | b.v().owned | given) != available
                    || ((a.v().owned ^ b.v().owned) & given) != 0) {
                return "tokens " + a.v().owned + ", " + b.v().owned + ", under way " + given + " of " + available;
            }
        }
        boolean isQuiet = duo.wire.underWay(0).isEmpty() && duo.wire.underWay(1).isEmpty();
        return isQuiet && established ? quietFault(a, b, moves) : null;
    }

    /** The tokens that are under way to a side. */
    private static int given(Duo duo, int side) {
        int tokens = 0;
        for (Wire.Unit unit : duo.wire.underWay(side)) {
            if (unit.tsdu() == null) {
                continue;
            }
            Pdu pdu = Samples.pdu(POOL, unit.tsdu());
            for (Spdu spdu : Tsdu.read(pdu, false).spdus()) {
                if (spdu.type() == SpduType.GT) {
                    tokens |= Translation.tokens(spdu).bits();
                } else if (spdu.type() == SpduType.GTC) {
                    tokens |= duo.parties[side].v().available();
                }
            }
            pdu.release();
        }
        return tokens;
    }

    private static String quietFault(Duo.Party a, Duo.Party b, List<Integer> moves) {
        if (a.state() != State.STA713 || b.state() != State.STA713) {
            boolean goesOn = moves.stream().anyMatch(Moves::isAnswer);
            boolean isException = a.state() == State.STA20 || b.state() == State.STA20; // who has to end it is there
            return goesOn || isException ? null : "nobody can go on";
        }
        Variables v = a.v();
        Variables w = b.v();
        if (!a.machine.kept().isEmpty() || !b.machine.kept().isEmpty()) {
            return "an event is kept for ever";
        }
        if (v.vrsp != Resync.NO || w.vrsp != Resync.NO || v.discardReceiving || w.discardReceiving) {
            return "a resynchronization is left over";
        }
        if (v.vact != w.vact && v.has(org.osistack.core.dialogue.FunctionalUnit.ACTIVITY_MANAGEMENT)) {
            return "an activity is in progress on one side";
        }
        if (!v.isInActivityOrHasNone()) {
            return null; // between activities nobody counts
        }
        if (v.isSymmetric()) {
            String fault = fault(v.sending, w.receiving);
            return fault == null ? fault(w.sending, v.receiving) : fault;
        }
        if (v.vm != w.vm || v.vr != w.vr) {
            return "V(M) " + v.vm + " and " + w.vm + ", V(R) " + v.vr + " and " + w.vr;
        }
        if (v.vsc && w.vsc) {
            return "both would confirm";
        }
        Variables confirms = v.vsc ? v : w;
        Variables asks = v.vsc ? w : v;
        return (v.vsc || w.vsc) && confirms.va < asks.va ? "V(A) " + v.va + " and " + w.va : null;
    }

    /** The same flow at its two ends. */
    private static String fault(Flow sent, Flow received) {
        return sent.next != received.next || sent.restart != received.restart || sent.unconfirmed > received.unconfirmed
                ? "a flow of " + sent.serialNumbers() + " and " + received.serialNumbers()
                : null;
    }
}
