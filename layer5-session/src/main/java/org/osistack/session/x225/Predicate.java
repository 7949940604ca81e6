package org.osistack.session.x225;

import static org.osistack.core.dialogue.FunctionalUnit.ACTIVITY_MANAGEMENT;
import static org.osistack.core.dialogue.FunctionalUnit.CAPABILITY_DATA;
import static org.osistack.core.dialogue.FunctionalUnit.DATA_SEPARATION;
import static org.osistack.core.dialogue.FunctionalUnit.DUPLEX;
import static org.osistack.core.dialogue.FunctionalUnit.EXCEPTIONS;
import static org.osistack.core.dialogue.FunctionalUnit.EXPEDITED_DATA;
import static org.osistack.core.dialogue.FunctionalUnit.HALF_DUPLEX;
import static org.osistack.core.dialogue.FunctionalUnit.MAJOR_SYNCHRONIZE;
import static org.osistack.core.dialogue.FunctionalUnit.MINOR_SYNCHRONIZE;
import static org.osistack.core.dialogue.FunctionalUnit.NEGOTIATED_RELEASE;
import static org.osistack.core.dialogue.FunctionalUnit.RESYNCHRONIZE;
import static org.osistack.core.dialogue.FunctionalUnit.SYMMETRIC_SYNCHRONIZE;
import static org.osistack.core.dialogue.FunctionalUnit.TYPED_DATA;

import org.osistack.core.dialogue.Token;

/**
 * The predicates of the state table (X.225 Annex A), under their numbers. In the texts, AV(t) means that a token is
 * available and OWN(t) that it is held here; I(t) is ¬AV or OWN, A(t) is ¬AV or ¬OWN, II(t) is AV and OWN, AA(t) is AV
 * and ¬OWN; GT and RT are the tokens that the event names; sn is the serial number that it names.
 */
enum Predicate {
    P01("¬Vtca", v -> !v.vtca),
    P02("local wish to keep the transport connection, and ¬TEXP", v -> v.reuse && !v.texp),
    P03("I(dk)", v -> v.mayStart(Bits.DK)),
    P04("FU(FD), ¬Vcoll", v -> v.has(DUPLEX) && !v.vcoll),
    P05("A(dk)", v -> v.mayBeStarted(Bits.DK)),
    P06("FU(TD)", v -> v.has(TYPED_DATA)),
    P07("FU(TD), ¬Vcoll", v -> v.has(TYPED_DATA) && !v.vcoll),
    P08("FU(EX)", v -> v.has(EXPEDITED_DATA)),
    P09("FU(EX), ¬Vcoll", v -> v.has(EXPEDITED_DATA) && !v.vcoll),
    P10("¬Vcoll", v -> !v.vcoll),
    P11("II(ma)", v -> v.allOwned(Bits.MA)),
    P12(
            "FU(MA), ACTOK, A(dk), A(mi), AA(ma)",
            v -> v.has(MAJOR_SYNCHRONIZE)
                    && v.isInActivityOrHasNone()
                    && v.mayBeStarted(Bits.DK | Bits.MI)
                    && v.allPeers(Bits.MA)),
    P13(
            "FU(MA), ACTOK, I(dk), I(mi), II(ma)",
            v -> v.has(MAJOR_SYNCHRONIZE)
                    && v.isInActivityOrHasNone()
                    && v.mayStart(Bits.DK | Bits.MI)
                    && v.allOwned(Bits.MA)),
    P14(
            "ACTOK, A(dk), FU(SS) or AA(mi)",
            v -> v.isInActivityOrHasNone()
                    && v.mayBeStarted(Bits.DK)
                    && (v.has(SYMMETRIC_SYNCHRONIZE) || v.allPeers(Bits.MI))),
    P15(
            "ACTOK, I(dk), FU(SS) or II(mi)",
            v -> v.isInActivityOrHasNone()
                    && v.mayStart(Bits.DK)
                    && (v.has(SYMMETRIC_SYNCHRONIZE) || v.allOwned(Bits.MI))),
    P16("¬TEXP", v -> !v.texp),
    P17(
            "ACTOK, FU(SS) or FU(SY), FU(SS) or ¬Vsc",
            v -> v.isInActivityOrHasNone() && (v.has(SYMMETRIC_SYNCHRONIZE) || v.has(MINOR_SYNCHRONIZE) && !v.vsc)),
    P18(
            "ACTOK, FU(SS) or FU(SY), FU(SS) or Vsc",
            v -> v.isInActivityOrHasNone() && (v.has(SYMMETRIC_SYNCHRONIZE) || v.has(MINOR_SYNCHRONIZE) && v.vsc)),
    P19("¬FU(SS), sn = V(M)", v -> !v.has(SYMMETRIC_SYNCHRONIZE) && v.serialNumber == v.vm),
    P20("¬FU(SS), sn = V(M)−1", v -> !v.has(SYMMETRIC_SYNCHRONIZE) && v.serialNumber == v.vm - 1),
    P21(
            "¬FU(SS), V(M) > sn ≥ V(A)",
            v -> !v.has(SYMMETRIC_SYNCHRONIZE) && v.vm > v.serialNumber && v.serialNumber >= v.va),
    P23("FU(ACT), ¬Vnextact", v -> v.has(ACTIVITY_MANAGEMENT) && !v.vnextact),
    P24("¬SPMwinner", v -> !v.isWinner()),
    P25(
            "FU(RESYN), and FU(SY), FU(SS) or FU(MA)",
            v -> v.has(RESYNCHRONIZE)
                    && (v.has(MINOR_SYNCHRONIZE) || v.has(SYMMETRIC_SYNCHRONIZE) || v.has(MAJOR_SYNCHRONIZE))),
    P26("ACTOK", Variables::isInActivityOrHasNone),
    P27("Vrsp = no", v -> v.vrsp == Variables.Resync.NO),
    P28("FU(RESYN)", v -> v.has(RESYNCHRONIZE)),
    P29("FU(RESYN), ACTOK", v -> v.has(RESYNCHRONIZE) && v.isInActivityOrHasNone()),
    P30("¬FU(ACT) or Vnextact", v -> !v.has(ACTIVITY_MANAGEMENT) || v.vnextact),
    P32(
            "type ≠ restart or sn ≥ V(R); FU(SS): that for each flow",
            v -> v.isSymmetric()
                    ? v.sending.mayRestart(false) && v.receiving.mayRestart(false)
                    : v.resync != Variables.Resync.RESTART || v.serialNumber >= v.vr),
    P33(
            "V(M) ≥ sn ≥ V(R); FU(SS): that for each flow of type restart",
            v -> v.isSymmetric()
                    ? v.sending.mayRestart(true) && v.receiving.mayRestart(true)
                    : v.vm >= v.serialNumber && v.serialNumber >= v.vr),
    P34("FU(ACT)", v -> v.has(ACTIVITY_MANAGEMENT)),
    P35("FU(RESYN), ¬TEXP or FU(DS)", v -> v.has(RESYNCHRONIZE) && (!v.texp || v.has(DATA_SEPARATION))),
    P36("FU(RESYN), TEXP", v -> v.has(RESYNCHRONIZE) && v.texp),
    P37("FU(ACT), TEXP", v -> v.has(ACTIVITY_MANAGEMENT) && v.texp),
    P38("FU(ACT), ¬TEXP", v -> v.has(ACTIVITY_MANAGEMENT) && !v.texp),
    P39("Vact, II(ma)", v -> v.vact && v.allOwned(Bits.MA)),
    P40("AA(ma)", v -> v.allPeers(Bits.MA)),
    P41("Vrsp = discard", v -> v.vrsp == Variables.Resync.DISCARD),
    P42("Vrsp = interrupt", v -> v.vrsp == Variables.Resync.INTERRUPT),
    P43(
            "¬FU(SS), Vrsp = restart and sn = Vrspnb, or abandon and sn = V(M), or set",
            v -> !v.isSymmetric()
                    && switch (v.vrsp) {
                        case RESTART -> v.serialNumber == v.vrspnb;
                        case ABANDON -> v.serialNumber == v.vm;
                        default -> v.vrsp == Variables.Resync.SET;
                    }),
    P44(
            "FU(ACT), ¬Vact, A(dk), A(mi), A(ma)",
            v -> v.has(ACTIVITY_MANAGEMENT) && !v.vact && v.mayBeStarted(Bits.DK | Bits.MI | Bits.MA)),
    P45(
            "FU(ACT), ¬Vact, I(dk), I(mi), I(ma)",
            v -> v.has(ACTIVITY_MANAGEMENT) && !v.vact && v.mayStart(Bits.DK | Bits.MI | Bits.MA)),
    P46(
            "FU(CD), FU(ACT), ¬Vact, A(dk), A(mi), ¬OWN(ma)",
            v -> v.has(CAPABILITY_DATA)
                    && v.has(ACTIVITY_MANAGEMENT)
                    && !v.vact
                    && v.mayBeStarted(Bits.DK | Bits.MI)
                    && (v.owned & Bits.MA) == 0),
    P47(
            "FU(CD), FU(ACT), ¬Vact, I(dk), I(mi), OWN(ma)",
            v -> v.has(CAPABILITY_DATA)
                    && v.has(ACTIVITY_MANAGEMENT)
                    && !v.vact
                    && v.mayStart(Bits.DK | Bits.MI)
                    && (v.owned & Bits.MA) != 0),
    P48("FU(EXCEP), FU(HD)", v -> v.has(EXCEPTIONS) && v.has(HALF_DUPLEX)),
    P49(
            "¬FU(SS), Vrsp = restart and sn = Vrspnb, or abandon and sn ≥ V(M), or set",
            v -> !v.isSymmetric()
                    && switch (v.vrsp) {
                        case RESTART -> v.serialNumber == v.vrspnb;
                        case ABANDON -> v.serialNumber >= v.vm;
                        default -> v.vrsp == Variables.Resync.SET;
                    }),
    P50("FU(EXCEP), ACTOK, AA(dk)", v -> v.has(EXCEPTIONS) && v.isInActivityOrHasNone() && v.allPeers(Bits.DK)),
    P51("FU(EXCEP), ACTOK, II(dk)", v -> v.has(EXCEPTIONS) && v.isInActivityOrHasNone() && v.allOwned(Bits.DK)),
    P52("FU(EXCEP), ¬FU(ACT), II(dk)", v -> v.has(EXCEPTIONS) && !v.has(ACTIVITY_MANAGEMENT) && v.allOwned(Bits.DK)),
    P53("AV(t) for all of RT", v -> v.allAvailable(v.tokens)),
    P54("II(t) for all of GT", v -> v.allOwned(v.tokens)),
    P55(
            "FU(ACT), ¬Vact, I(t) for all tokens",
            v -> v.has(ACTIVITY_MANAGEMENT) && !v.vact && v.mayStart(Variables.ALL_TOKENS)),
    P57("II(t) for all of GT, dk not in GT", v -> v.allOwned(v.tokens) && (v.tokens & Bits.DK) == 0),
    P58("II(t) for all of GT, dk in GT", v -> v.allOwned(v.tokens) && (v.tokens & Bits.DK) != 0),
    P59("AA(t) for all of GT", v -> v.allPeers(v.tokens)),
    P60("AA(t) for all of GT, dk not in GT", v -> v.allPeers(v.tokens) && (v.tokens & Bits.DK) == 0),
    P61("AA(t) for all of GT, dk in GT", v -> v.allPeers(v.tokens) && (v.tokens & Bits.DK) != 0),
    P62(
            "FU(ACT), ¬Vact, A(t) for all tokens",
            v -> v.has(ACTIVITY_MANAGEMENT) && !v.vact && v.mayBeStarted(Variables.ALL_TOKENS)),
    P63(
            "I(t) for all tokens, ¬FU(ACT) or ¬Vact",
            v -> v.mayStart(Variables.ALL_TOKENS) && !(v.has(ACTIVITY_MANAGEMENT) && v.vact)),
    P64("local wish to keep the transport connection, ¬Vtca, ¬TEXP", v -> v.reuse && !v.vtca && !v.texp),
    P65("any token is available", v -> v.available() != 0),
    P66("Vtrr", v -> v.vtrr),
    P67("FU(NR)", v -> v.has(NEGOTIATED_RELEASE)),
    P68(
            "A(t) for all tokens, ¬FU(ACT) or ¬Vact",
            v -> v.mayBeStarted(Variables.ALL_TOKENS) && !(v.has(ACTIVITY_MANAGEMENT) && v.vact)),
    P69("Vcoll", v -> v.vcoll),
    P70("FU(FD)", v -> v.has(DUPLEX)),
    P71(
            "FU(ACT), Vact, I(dk), I(mi), II(ma)",
            v -> v.has(ACTIVITY_MANAGEMENT) && v.vact && v.mayStart(Bits.DK | Bits.MI) && v.allOwned(Bits.MA)),
    P72(
            "FU(ACT), Vact, A(dk), A(mi), AA(ma)",
            v -> v.has(ACTIVITY_MANAGEMENT) && v.vact && v.mayBeStarted(Bits.DK | Bits.MI) && v.allPeers(Bits.MA)),
    P75("Vcoll and Vdnr, or ¬Vcoll", v -> !v.vcoll || v.vdnr),
    P76("the CONNECT cannot be accepted", v -> v.unacceptable),
    P80(
            "¬FU(DS), or V(Adi) < V(A); FU(SS): V(Ar)",
            v -> !v.has(DATA_SEPARATION) || v.vadi < (v.isSymmetric() ? v.receiving.unconfirmed : v.va)),
    P81(
            "V(Ado) ≥ V(A); FU(SS): V(As)",
            v -> v.has(DATA_SEPARATION) && v.vado >= (v.isSymmetric() ? v.sending.unconfirmed : v.va)),
    P82("FU(DS)", v -> v.has(DATA_SEPARATION)),
    P173(
            "FU(SS), serial numbers = V(Ms)−1, V(Mr)",
            v -> v.isSymmetric() && v.sending.number == v.sending.next - 1 && v.receiving.number == v.receiving.next),
    P174(
            "FU(SS), serial numbers = V(Ms), V(Mr)−1",
            v -> v.isSymmetric() && v.sending.number == v.sending.next && v.receiving.number == v.receiving.next - 1),
    P175("FU(SS), sn = V(Mr)−1", v -> v.isSymmetric() && v.serialNumber == v.receiving.next - 1),
    P176(
            "FU(SS), V(Ms) > sn ≥ V(As)",
            v -> v.isSymmetric() && v.sending.next > v.serialNumber && v.serialNumber >= v.sending.unconfirmed),
    P177("FU(SS), sn = V(Mr)", v -> v.isSymmetric() && v.serialNumber == v.receiving.next),
    P178("FU(SS)", Variables::isSymmetric),
    P179(
            "FU(SS), V(Mr) > sn ≥ V(Ar)",
            v -> v.isSymmetric() && v.receiving.next > v.serialNumber && v.serialNumber >= v.receiving.unconfirmed),
    P185("Discard-rcv-flow and ¬p81", v -> v.discardReceiving && !P81.holds(v)),
    P187(
            "FU(SS), for each flow: restart and sn = Vrspnb, or abandon and sn ≥ V(M), or set",
            v -> v.isSymmetric() && v.sending.isAnswered() && v.receiving.isAnswered()),
    /** Not of the standard, which has it for the receiving flow alone (p175). */
    P188("FU(SS), sn = V(Ms)−1", v -> v.isSymmetric() && v.serialNumber == v.sending.next - 1),
    P202("the end of the connect data", v -> !v.moreConnectData),
    P204("more than 10 240 octets of connect data", v -> v.overflow);

    /** The tokens by the names of the table. */
    private static final class Bits {
        static final int DK = Token.DATA.bit();
        static final int MI = Token.SYNCHRONIZE_MINOR.bit();
        static final int MA = Token.MAJOR_ACTIVITY.bit();
    }

    /** A condition on the variables. */
    @FunctionalInterface
    interface Condition {
        boolean holds(Variables variables);
    }

    private final String text;
    private final Condition condition;

    Predicate(String text, Condition condition) {
        this.text = text;
        this.condition = condition;
    }

    boolean holds(Variables variables) {
        return condition.holds(variables);
    }

    /** What it says, in the notation of the class. */
    String text() {
        return text;
    }
}
