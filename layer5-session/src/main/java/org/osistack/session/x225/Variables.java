package org.osistack.session.x225;

import java.util.List;
import org.osistack.core.dialogue.ActivityIdentifier;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.SerialNumbers;
import org.osistack.core.dialogue.Token;
import org.osistack.core.dialogue.TokenSetting;

/**
 * The local variables of one session protocol machine, by the names of X.225 §5.8, and what the event at hand says.
 * {@link Predicate} reads them; {@link Action} changes them.
 */
final class Variables {
    /** The four tokens, as a Token Item. */
    static final int ALL_TOKENS =
            Token.DATA.bit() | Token.SYNCHRONIZE_MINOR.bit() | Token.MAJOR_ACTIVITY.bit() | Token.RELEASE.bit();

    /** What resynchronization is pending: the values of Vrsp. */
    enum Resync {
        NO,
        ABANDON,
        RESTART,
        SET,
        INTERRUPT,
        DISCARD
    }

    /**
     * The serial numbers of one flow of data, when symmetric synchronize counts each by itself: V(Ms), V(As), V(Rs),
     * Vrsps and Vrspnbs of the flow that this side sends, or V(Mr), V(Ar), V(Rr), Vrspr and Vrspnbr of the one that it
     * receives.
     */
    static final class Flow {
        /** V(Ms) or V(Mr): the next serial number. */
        long next;
        /** V(As) or V(Ar): the lowest serial number that is not confirmed. */
        long unconfirmed;
        /** V(Rs) or V(Rr): the lowest serial number to which a restart may go. */
        long restart;
        /** Vrsps or Vrspr, and Vrspnbs or Vrspnbr: the resynchronization that is pending. */
        Resync resync = Resync.NO;

        long resyncNumber;
        /** What the event at hand says of this flow: a serial number, and a kind of resynchronization. */
        long number;

        Resync asked = Resync.NO;

        /** Everything to this number, and a restart as far back as that. */
        void set(long newNext, long newRestart) {
            next = newNext;
            unconfirmed = newNext;
            restart = newRestart;
        }

        /** A resynchronization is at hand, or something else that purges: note it. */
        void note(boolean isResynchronization) {
            resync = isResynchronization ? asked : Resync.NO;
            resyncNumber = number;
        }

        /** To be abandoned: the next number is one that neither side has used. */
        void abandon() {
            if (asked == Resync.ABANDON) {
                next = Math.max(next, number);
            }
        }

        /** The number that answers the pending resynchronization if the user names none. */
        long answer() {
            return resync == Resync.ABANDON ? Math.max(next, resyncNumber) : resyncNumber;
        }

        /** The pending resynchronization is over. */
        void resynchronized() {
            set(number, resync == Resync.RESTART ? restart : 0);
            resync = Resync.NO;
        }

        /** Whether a number is one that a restart may go back to. */
        boolean mayRestart(boolean fromHere) {
            return asked != Resync.RESTART || number >= restart && (!fromHere || number <= next);
        }

        /** Whether the number at hand may answer the pending resynchronization. */
        boolean isAnswered() {
            return switch (resync) {
                case RESTART -> number == resyncNumber;
                case ABANDON -> number >= next;
                default -> true;
            };
        }

        SerialNumbers serialNumbers() {
            return new SerialNumbers(next, unconfirmed, restart);
        }
    }

    // ---- of the transport connection --------------------------------------------------------------------------------

    /** The local wish to use a transport connection for more than one session connection. */
    final boolean reuse;
    /** TEXP: the transport's expedited flow is used. */
    boolean texp;
    /** Vtca: this machine accepted the transport connection; so its peer begins the session. */
    boolean vtca;

    // ---- of the session connection ----------------------------------------------------------------------------------

    /** Vtrr: the transport connection can be used again after the release. */
    boolean vtrr;
    /** Vcoll: both sides have asked for the release. */
    boolean vcoll;
    /** Vdnr: the DISCONNECT of such a collision has come. */
    boolean vdnr;
    /** Vact: an activity is in progress. */
    boolean vact;
    /** Vnextact: what Vact becomes when the pending major synchronization is confirmed. */
    boolean vnextact;
    /** Vsc: this side may confirm minor synchronization points. */
    boolean vsc;
    /** V(M): the next serial number. */
    long vm;
    /** V(A): the lowest serial number that is not confirmed. */
    long va;
    /** V(R): the lowest serial number to which a restart may go. */
    long vr;
    /** Vrsp and Vrspnb: the resynchronization that is pending, and its serial number. */
    Resync vrsp = Resync.NO;

    long vrspnb;
    /** Whether it is this machine's own that is pending, not the peer's. */
    boolean vrspOwn;
    /** Where it wants the tokens, as a Token Setting Item. */
    int vrspSetting;
    /** The activity in progress; null if there is none. */
    ActivityIdentifier activity;
    /** V(Ado) and V(Adi): the highest serial numbers of data separation, sent and received; -1 if none. */
    long vado = -1;

    long vadi = -1;
    boolean discardReceiving;
    boolean discardSending;
    /** The two flows of data, with symmetric synchronize. */
    final Flow sending = new Flow();

    final Flow receiving = new Flow();
    /** The highest serial number that both sides can write. */
    long maxSerialNumber = Spdu.MAX_SHORT_SERIAL_NUMBER;

    /** The functional units, as Session User Requirements. */
    int units;
    /** The tokens that this side holds, as a Token Item. */
    int owned;

    // ---- of the event at hand ---------------------------------------------------------------------------------------

    /** The tokens that the primitive or SPDU names (GT or RT), or those that an ACCEPT gives this side. */
    int tokens;
    /** The serial number that it names (sn). */
    long serialNumber;
    /** The kind of resynchronization that it asks for. */
    Resync resync = Resync.NO;
    /** Where it asks for the tokens to be, as a Token Setting Item. */
    int setting;
    /** The activity that it begins or resumes. */
    ActivityIdentifier namedActivity;
    /** The units that an ACCEPT leaves. */
    int agreedUnits;
    /** The initial serial number that an ACCEPT names, and those of the two flows. */
    long initialSerialNumber;

    long initialSending;
    long initialReceiving;
    /** The highest serial number that an ACCEPT leaves. */
    long agreedMaxSerialNumber = Spdu.MAX_SHORT_SERIAL_NUMBER;
    /** A CONNECT that cannot be accepted (p76). */
    boolean unacceptable;
    /** There is more connect data than a CONNECT carries (p204), and this was not the end of it (p201). */
    boolean overflow;

    boolean moreConnectData;

    Variables(boolean reuse) {
        this.reuse = reuse;
    }

    /** Forget the session connection, for another one on the same transport connection. */
    void reset() {
        vtrr = false;
        vcoll = false;
        vdnr = false;
        vact = false;
        vnextact = false;
        vsc = false;
        vm = 0;
        va = 0;
        vr = 0;
        vrsp = Resync.NO;
        vrspnb = 0;
        vado = -1;
        vadi = -1;
        discardReceiving = false;
        discardSending = false;
        activity = null;
        units = 0;
        owned = 0;
        maxSerialNumber = Spdu.MAX_SHORT_SERIAL_NUMBER;
        for (Flow flow : List.of(sending, receiving)) {
            flow.set(0, 0);
            flow.resync = Resync.NO;
        }
        unacceptable = false;
        overflow = false;
        moreConnectData = false;
    }

    // ---- what predicates and actions ask for
    // --------------------------------------------------------------------------

    boolean has(FunctionalUnit unit) {
        return (units & unit.bit()) != 0;
    }

    /** Whether each flow has serial numbers of its own. */
    boolean isSymmetric() {
        return has(FunctionalUnit.SYMMETRIC_SYNCHRONIZE);
    }

    boolean isInitiator() {
        return !vtca;
    }

    /** AV: the tokens that the functional units make available. */
    int available() {
        return available(units);
    }

    /** The tokens that a set of functional units makes available (X.225 §5.6). */
    static int available(int units) {
        int tokens = 0;
        if ((units & FunctionalUnit.HALF_DUPLEX.bit()) != 0) {
            tokens |= Token.DATA.bit();
        }
        if ((units & FunctionalUnit.MINOR_SYNCHRONIZE.bit()) != 0) {
            tokens |= Token.SYNCHRONIZE_MINOR.bit();
        }
        if ((units & (FunctionalUnit.MAJOR_SYNCHRONIZE.bit() | FunctionalUnit.ACTIVITY_MANAGEMENT.bit())) != 0) {
            tokens |= Token.MAJOR_ACTIVITY.bit();
        }
        if ((units & FunctionalUnit.NEGOTIATED_RELEASE.bit()) != 0) {
            tokens |= Token.RELEASE.bit();
        }
        return tokens;
    }

    /** The tokens of this set of units that a setting puts at one side. */
    static int held(TokenSetting setting, int units, boolean initiator) {
        TokenSetting.Side side = initiator ? TokenSetting.Side.INITIATOR : TokenSetting.Side.RESPONDER;
        int tokens = 0;
        for (Token token : Token.values()) {
            if ((available(units) & token.bit()) != 0 && setting.side(token) == side) {
                tokens |= token.bit();
            }
        }
        return tokens;
    }

    /** Where the tokens are now, as a Token Setting Item; fields of tokens that are not available are 0. */
    TokenSetting position() {
        TokenSetting setting = TokenSetting.INITIATOR;
        for (Token token : Token.values()) {
            boolean here = (owned & token.bit()) != 0;
            if ((available() & token.bit()) != 0 && here != isInitiator()) {
                setting = setting.with(token, TokenSetting.Side.RESPONDER);
            }
        }
        return setting;
    }

    /** The serial numbers, or those of the flow that this side sends. */
    SerialNumbers serialNumbers() {
        return isSymmetric() ? sending.serialNumbers() : new SerialNumbers(vm, va, vr);
    }

    /** The agreed functional units. */
    FunctionalUnits functionalUnits() {
        return new FunctionalUnits(units);
    }

    /** Whether all of these tokens are available. */
    boolean allAvailable(int set) {
        return (set & ~available()) == 0;
    }

    /** II for all of these: available, and held here. */
    boolean allOwned(int set) {
        return (set & ~(available() & owned)) == 0;
    }

    /** AA for all of these: available, and held by the peer. */
    boolean allPeers(int set) {
        return (set & ~(available() & ~owned)) == 0;
    }

    /** I for all of these: each is held here, or nobody controls it. */
    boolean mayStart(int set) {
        return (set & available() & ~owned) == 0;
    }

    /** A for all of these: each is held by the peer, or nobody controls it. */
    boolean mayBeStarted(int set) {
        return (set & available() & owned) == 0;
    }

    /** ACTOK: the dialogue is in a place where synchronization is allowed. */
    boolean isInActivityOrHasNone() {
        return !has(FunctionalUnit.ACTIVITY_MANAGEMENT) || vact;
    }

    /**
     * SPMwinner: of the pending resynchronization and the one at hand, this machine's own goes before the peer's
     * (X.225 §7.24). The order is discard, interrupt, abandon, set, restart; between equals the lower serial number of
     * two restarts, and then the initiator of the session connection.
     */
    boolean isWinner() {
        int own = rank(vrspOwn ? vrsp : resync);
        int peers = rank(vrspOwn ? resync : vrsp);
        if (own != peers) {
            return own > peers;
        }
        if (isSymmetric() && vrsp == Resync.RESTART) {
            return isLowerOfTwo();
        }
        if (vrsp == Resync.RESTART && vrspnb != serialNumber) {
            return vrspnb < serialNumber == vrspOwn;
        }
        return isInitiator();
    }

    /** Of two restarts of both flows, the lower one in the flow of the initiator goes first, or else in the other flow. */
    private boolean isLowerOfTwo() {
        for (Flow flow : isInitiator() ? List.of(sending, receiving) : List.of(receiving, sending)) {
            if (flow.resyncNumber != flow.number) {
                return flow.resyncNumber < flow.number == vrspOwn;
            }
        }
        return isInitiator();
    }

    /** The rank of a resynchronization of two flows: it can do no more than the less able one. */
    static Resync ofBoth(Resync one, Resync other) {
        if (one == Resync.RESTART || other == Resync.RESTART) {
            return Resync.RESTART;
        }
        return one == Resync.ABANDON || other == Resync.ABANDON ? Resync.ABANDON : Resync.SET;
    }

    private static int rank(Resync resync) {
        return switch (resync) {
            case NO -> 0;
            case RESTART -> 1;
            case SET -> 2;
            case ABANDON -> 3;
            case INTERRUPT -> 4;
            case DISCARD -> 5;
        };
    }
}
