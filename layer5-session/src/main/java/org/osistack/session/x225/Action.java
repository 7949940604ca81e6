package org.osistack.session.x225;

import java.util.HashMap;
import java.util.Map;
import org.osistack.session.x225.Variables.Resync;

/** The actions of the state table (X.225 Annex A), under their numbers: what a row changes besides the state. */
enum Action {
    A1("[1]", "Vtca := true", (v, m, e) -> v.vtca = true),
    A2("[2]", "Vtca := false", (v, m, e) -> v.vtca = false),
    A3("[3]", "stop TIM", (v, m, e) -> m.stopTim()),
    A4("[4]", "start TIM", (v, m, e) -> m.startTim()),
    A5("[5]", "begin with the units and numbers agreed on", (v, m, e) -> {
        v.units = v.agreedUnits;
        v.vm = v.initialSerialNumber;
        v.va = v.initialSerialNumber;
        v.vr = 0;
        v.vcoll = false;
        v.vdnr = false;
        v.vsc = false;
        v.vact = false;
        v.activity = null;
        v.vnextact = false;
        v.vrsp = Resync.NO;
        v.vado = -1;
        v.vadi = -1;
        v.maxSerialNumber = v.agreedMaxSerialNumber;
    }),
    A5D("[5d]", "discard nothing", (v, m, e) -> stopDiscarding(v)),
    A6("[6]", "treat the events that were kept, in their order", (v, m, e) -> m.replay()),
    A6P("[6p]", "forget a PREPARE that was kept", (v, m, e) -> m.forgetPrepare()),
    A7("[7]", "Vtrr := true", (v, m, e) -> v.vtrr = true),
    A8("[8]", "Vtrr := false", (v, m, e) -> v.vtrr = false),
    /** The standard lets it be false although the SPDU offers the transport connection. */
    A9(
            "[9]",
            "Vtrr := the local wish to keep the transport connection, as the peer does",
            (v, m, e) -> v.vtrr = v.reuse),
    A10("[10]", "keep this event", (v, m, e) -> m.keep()),
    A11(
            "[11]",
            "move the tokens",
            (v, m, e) -> v.owned = switch (e) {
                case S_TOKEN_GIVE_REQUEST -> v.owned & ~v.tokens;
                case GT -> v.owned | v.tokens;
                case S_CONTROL_GIVE_REQUEST -> 0;
                case GTC -> v.available();
                default -> v.tokens;
            }),
    A12("[12]", "Vact := true", (v, m, e) -> {
        v.vact = true;
        v.activity = v.namedActivity;
    }),
    A13("[13]", "Vnextact := true", (v, m, e) -> v.vnextact = true),
    A13F("[13f]", "Vnextact := false", (v, m, e) -> v.vnextact = false),
    A14("[14]", "Vact := Vnextact", (v, m, e) -> {
        v.vact = v.vnextact;
        v.activity = v.vact ? v.activity : null;
    }),
    A16("[16]", "note the resynchronization and discard what is under way", (v, m, e) -> {
        v.vrsp = v.resync;
        v.vrspnb = v.serialNumber;
        v.vrspOwn = e.isPrimitive();
        v.vrspSetting = v.setting;
        boolean isOfFlows = v.isSymmetric() && v.resync != Resync.INTERRUPT && v.resync != Resync.DISCARD;
        v.sending.note(isOfFlows);
        v.receiving.note(isOfFlows);
        v.discardReceiving = true;
        v.discardSending = true;
        m.purge();
    }),
    A18("[18]", "Vcoll := true", (v, m, e) -> v.vcoll = true),
    A19("[19]", "V(M) := max(V(M), sn); FU(SS): V(Mr) and V(Ms), by the numbers of both flows", (v, m, e) -> {
        if (v.isSymmetric()) {
            v.receiving.abandon();
            v.sending.abandon();
        } else {
            v.vm = Math.max(v.vm, v.serialNumber);
        }
    }),
    A22("[22]", "V(R), V(A) := V(M)", (v, m, e) -> {
        v.vr = v.vm;
        v.va = v.vm;
    }),
    A23("[23]", "if ¬Vsc: V(A) := V(M); Vsc := true; V(M) + 1", (v, m, e) -> {
        v.va = v.vsc ? v.va : v.vm;
        v.vsc = true;
        v.vm++;
    }),
    A24("[24]", "if Vsc: V(A) := V(M); Vsc := false; V(M) + 1", (v, m, e) -> {
        v.va = v.vsc ? v.vm : v.va;
        v.vsc = false;
        v.vm++;
    }),
    A25("[25]", "V(A) := sn + 1", (v, m, e) -> v.va = v.serialNumber + 1),
    A26("[26]", "V(A), V(M), V(R) := 1", (v, m, e) -> {
        v.va = 1;
        v.vm = 1;
        v.vr = 1;
    }),
    A27("[27]", "V(A), V(M) := sn + 1; V(R) := 1", (v, m, e) -> {
        v.va = v.serialNumber + 1;
        v.vm = v.serialNumber + 1;
        v.vr = 1;
    }),
    A28("[28]", "V(A), V(M) := sn; V(R) := 0 unless it was a restart; Vrsp := no; discard no more", (v, m, e) -> {
        v.va = v.serialNumber;
        v.vm = v.serialNumber;
        v.vr = v.vrsp == Resync.RESTART ? v.vr : 0;
        v.vrsp = Resync.NO;
        v.vado = -1;
        v.vadi = -1;
        stopDiscarding(v);
    }),
    A29("[29]", "all tokens here; no activity; Vrsp := no; discard no more", (v, m, e) -> {
        v.owned = v.available();
        endActivity(v);
    }),
    A30("[30]", "no token here; no activity; Vrsp := no; discard no more", (v, m, e) -> {
        v.owned = 0;
        endActivity(v);
    }),
    A31("[31]", "if ¬Vsc: V(A) := V(M); V(M) + 1", (v, m, e) -> {
        v.va = v.vsc ? v.va : v.vm;
        v.vm++;
    }),
    A32("[32]", "Vdnr := true", (v, m, e) -> v.vdnr = true),
    A41("[41]", "V(Ado) := V(M)", (v, m, e) -> v.vado = v.vm),
    A42("[42]", "V(Ado) := V(Ms)", (v, m, e) -> v.vado = v.sending.next),
    A43("[43]", "V(Ado), V(Adi) := none", (v, m, e) -> {
        v.vado = -1;
        v.vadi = -1;
    }),
    A44("[44]", "V(Adi) := V(M)", (v, m, e) -> v.vadi = v.vm),
    A45("[45]", "V(Adi) := V(Mr)", (v, m, e) -> v.vadi = v.receiving.next),
    A62("[62]", "V(Mr) + 1", (v, m, e) -> v.receiving.next++),
    A63("[63]", "V(Ms) + 1", (v, m, e) -> v.sending.next++),
    A64("[64]", "V(Rs), V(As) := V(Ms); V(Rr), V(Ar) := V(Mr)", (v, m, e) -> {
        v.sending.set(v.sending.next, v.sending.next);
        v.receiving.set(v.receiving.next, v.receiving.next);
    }),
    A65("[65]", "V(As) := sn + 1", (v, m, e) -> v.sending.unconfirmed = v.serialNumber + 1),
    A66("[66]", "V(Ar) := sn + 1", (v, m, e) -> v.receiving.unconfirmed = v.serialNumber + 1),
    A68("[68]", "as [28], for each flow with its own number", (v, m, e) -> {
        v.sending.resynchronized();
        v.receiving.resynchronized();
        v.vrsp = Resync.NO;
        v.vado = -1;
        v.vadi = -1;
        stopDiscarding(v);
    }),
    A69("[69]", "V(As), V(Ms) := sn + 1; V(Rs) := 1; the same for the receiving flow", (v, m, e) -> {
        v.sending.set(v.sending.number + 1, 1);
        v.receiving.set(v.receiving.number + 1, 1);
    }),
    A70("[70]", "V(As), V(Ms), V(Rs), V(Ar), V(Mr), V(Rr) := 1", (v, m, e) -> {
        v.sending.set(1, 1);
        v.receiving.set(1, 1);
    }),
    A71("[71]", "if FU(SS): V(As), V(Ms), V(Ar), V(Mr) := the numbers agreed on; V(Rs), V(Rr) := 0", (v, m, e) -> {
        v.sending.set(v.initialSending, 0);
        v.receiving.set(v.initialReceiving, 0);
        v.sending.resync = Resync.NO;
        v.receiving.resync = Resync.NO;
    }),
    A50("[50]", "keep connect data", (v, m, e) -> m.keepConnectData()),
    A51("[51]", "send the rest of the connect data", (v, m, e) -> v.overflow = false);

    /** What actions need of the machine besides its variables. */
    interface Machine {
        void startTim();

        void stopTim();

        /** Put the event at hand into the queue. */
        void keep();

        /** Treat the queue, once the row is done. */
        void replay();

        /** Take a PREPARE out of the queue. */
        void forgetPrepare();

        /** Throw away SSDUs that are being cut into segments, or put together from them. */
        void purge();

        /** Keep the connect data of the SPDU at hand. */
        void keepConnectData();
    }

    @FunctionalInterface
    private interface Effect {
        void run(Variables variables, Machine machine, Event event);
    }

    private static final Map<String, Action> BY_NAME = new HashMap<>();

    static {
        for (Action action : values()) {
            BY_NAME.put(action.name, action);
        }
    }

    private final String name;
    private final String text;
    private final Effect effect;

    Action(String name, String text, Effect effect) {
        this.name = name;
        this.text = text;
        this.effect = effect;
    }

    /** The action that the table calls by that name, brackets included; null if there is none. */
    static Action ofName(String name) {
        return BY_NAME.get(name);
    }

    /** Its name in the table, brackets included. */
    String tableName() {
        return name;
    }

    /** What it does, in a few words. */
    String text() {
        return text;
    }

    void run(Variables variables, Machine machine, Event event) {
        effect.run(variables, machine, event);
    }

    private static void stopDiscarding(Variables v) {
        v.discardReceiving = false;
        v.discardSending = false;
    }

    private static void endActivity(Variables v) {
        v.vact = false;
        v.activity = null;
        v.vrsp = Resync.NO;
        v.sending.resync = Resync.NO;
        v.receiving.resync = Resync.NO;
        stopDiscarding(v);
    }
}
