package org.osistack.application;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.dialogue.ConnectionIdentifier;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.SerialNumbers;
import org.osistack.core.dialogue.Token;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.dialogue.Tokens;

/**
 * Associations between two hosts of a simulation without any layer below, but with the dialogue control of X.225: tokens,
 * serial numbers, activities, what is purged by whom, and who may do what when. A request that X.225 forbids fails the
 * test. What crosses the wire is counted, and the wire can be cut before each of it.
 */
public final class FakeDialogueAssociations {
    private static final long DELAY_NANOS = 1_000_000;
    private static final Tokens ALL = Tokens.of(Token.DATA, Token.SYNCHRONIZE_MINOR, Token.MAJOR_ACTIVITY);

    /** The states of X.225 that matter here, by their numbers. */
    private enum State {
        CONNECTING,
        S713,
        S03,
        S04B,
        S05B,
        S05C,
        S09,
        S10B,
        S11B,
        S11C,
        S18,
        S19,
        S20,
        ENDED
    }

    /** What an SPDU is. */
    private enum Kind {
        CN,
        AC,
        RF,
        DT,
        TD,
        STEP,
        FN,
        DN,
        AB,
        GTA
    }

    private record Spdu(Kind kind, DialogueStep step, Octets userData, String text) {}

    /** What crossed the wire, in order. */
    public final List<String> log = new ArrayList<>();
    /** Cut the wire before this many more deliveries; negative for never. */
    public int cutAfter = -1;
    /** Once cut, cut again before so many more; negative for never. */
    public int cutAgainAfter = -1;
    /** After that, cut again and again before so many more; negative for never. */
    public int cutAlwaysAfter = -1;
    /** How often somebody wanted to associate while nobody could. */
    public int attemptsWhileDown;
    /** Cut before one in so many deliveries; 0 for none. */
    public int cutOneIn;
    /** How many cuts there were. */
    public int cuts;
    /** How long nobody can associate after a cut, in nanoseconds. */
    public long downNanos = 0;
    /** How much later than the cut each side hears of it, in nanoseconds: the caller, the called. */
    public long[] noticeNanos = {0, 0};
    /** How many deliveries there were. */
    public int deliveries;
    /** How many octets of data were sent. */
    public long octetsSent;
    /** One in so many requests is put off; 0 for none. */
    public int putOffOneIn;
    /** The name that callers prove to have; empty if nobody has to. */
    public String callerName = "";
    /** Whether an abort's and a refusal's user information is lost, as in version 1 of X.225. */
    public boolean losesAbortData;
    /** Sends octets in place of what the next data request of a side brings; null for never. */
    public Octets[] forged = new Octets[2];
    /** Changes what arrives now and then; null for never. */
    public Mutation mutation;

    /** Changes octets that arrive. */
    public interface Mutation {
        /** The octets in their place. */
        byte[] mutate(byte[] octets);
    }

    private final Host[] hosts;
    private final List<Map<String, AssociationListener>> listeners = List.of(new HashMap<>(), new HashMap<>());
    private final List<End> ends = new ArrayList<>();
    private final SplittableRandom random;
    private long downUntil = Long.MIN_VALUE;

    /** Between two hosts. */
    public FakeDialogueAssociations(Host first, Host second, long seed) {
        hosts = new Host[] {first, second};
        random = new SplittableRandom(seed);
    }

    /** The service of one of the two, 0 or 1. */
    public AssociationService service(int side) {
        return new Service(side);
    }

    /** Lose all associations. */
    public void cut() {
        downUntil = Math.addExact(hosts[0].now(), downNanos);
        log.add("cut");
        cuts++;
        for (End end : List.copyOf(ends)) {
            if (end.state != State.ENDED) {
                end.isDead = true;
                ends.remove(end);
                hosts[end.side].newTimer(() -> end.lost()).arm(noticeNanos[end.side]);
            }
        }
    }

    /** What one host knew is gone, and its peer notices. */
    public void kill(int side) {
        listeners.get(side).clear();
        for (End end : List.copyOf(ends)) {
            end.isDead = true;
            ends.remove(end);
            if (end.side == side) {
                end.state = State.ENDED;
                end.release();
            } else {
                hosts[end.side].newTimer(() -> end.lost()).arm(DELAY_NANOS);
            }
        }
    }

    /** The provider reports an exception at both ends of all associations. */
    public void providerException() {
        for (End end : List.copyOf(ends)) {
            end.providerException();
        }
    }

    private final class Service implements AssociationService {
        private final int side;

        Service(int side) {
            this.side = side;
        }

        @Override
        public void attach(ApplicationContext context, FunctionalUnits supported, AssociationListener listener) {
            listeners.get(side).put(context.application(), listener);
        }

        @Override
        public void detach(ApplicationContext context) {
            listeners.get(side).remove(context.application());
        }

        @Override
        public Association associateRequest(AssociationRequest request, AssociationUser user) {
            End calling = new End(side);
            End called = new End(1 - side);
            calling.peer = called;
            called.peer = calling;
            calling.user = user;
            for (End end : List.of(calling, called)) {
                end.isCaller = end == calling;
                end.request = request;
                end.isDuplex = request.requirements().has(FunctionalUnit.DUPLEX);
                boolean isHere = !end.isDuplex && request.tokens().equals(TokenSetting.INITIATOR) == end.isCaller;
                end.tokens = isHere ? ALL : Tokens.NONE;
                ends.add(end);
            }
            if (hosts[side].now() < downUntil) {
                attemptsWhileDown++;
                calling.isDead = true;
                hosts[side]
                        .newTimer(() -> calling.over(AssociationUser.Ending.REFUSED, "no way", Octets.EMPTY))
                        .arm(DELAY_NANOS);
            } else {
                calling.transmit(new Spdu(Kind.CN, null, request.userInformation(), ""));
            }
            return calling;
        }

        @Override
        public NetworkAddress parseAddress(String text) {
            throw new IllegalArgumentException(text);
        }
    }

    /** One end of an association, with the session protocol machine. */
    private final class End implements Association {
        private final int side;
        private End peer;
        private boolean isCaller;
        private boolean isDuplex;
        private AssociationRequest request;
        private AssociationUser user;
        private State state = State.CONNECTING;
        private Tokens tokens = Tokens.NONE;
        private boolean hasActivity; // Vact
        private boolean isSyncResponder; // Vsc
        private long vm = 1;
        private long va = 1;
        private long vr = 1;
        private Octets userInformation = Octets.EMPTY;
        private boolean isDead;
        private boolean isPaused;
        private boolean wantsReady;
        private final ArrayDeque<Spdu> arrived = new ArrayDeque<>(); // while paused

        End(int side) {
            this.side = side;
        }

        // ---- the wire ----

        private void transmit(Spdu spdu) {
            if (!isDead) {
                End to = peer;
                hosts[to.side].newTimer(() -> to.deliver(spdu)).arm(DELAY_NANOS);
            }
        }

        private void deliver(Spdu spdu) {
            if (isDead) {
                return;
            }
            if (cutAfter == 0 || cutOneIn > 0 && random.nextInt(cutOneIn) == 0) {
                cutAfter = cutAgainAfter < 0 ? cutAlwaysAfter : cutAgainAfter;
                cutAgainAfter = -1;
                cut();
                return;
            }
            cutAfter--;
            deliveries++;
            log.add((isCaller ? "< " : "> ") + name(spdu));
            arrived.add(spdu);
            take();
        }

        private String name(Spdu spdu) {
            return spdu.step == null
                    ? spdu.kind.toString()
                    : spdu.step.service() + (spdu.step.isAnswer() ? "+" : "") + List.of(spdu.step.parameters());
        }

        private void take() {
            while (!isPaused && !arrived.isEmpty() && state != State.ENDED) {
                arrive(arrived.poll());
            }
        }

        void lost() {
            over(AssociationUser.Ending.PROVIDER_ABORTED, "cut", Octets.EMPTY);
        }

        void release() {
            arrived.clear();
        }

        private void over(AssociationUser.Ending ending, String detail, Octets octets) {
            ends.remove(this);
            arrived.clear();
            if (state != State.ENDED && user != null) {
                state = State.ENDED;
                user.ended(ending, detail, octets);
            }
            state = State.ENDED;
        }

        // ---- what arrives ----

        private void arrive(Spdu spdu) {
            Octets octets = spdu.userData;
            if (mutation != null && !octets.isEmpty()) {
                octets = Octets.of(mutation.mutate(octets.toByteArray()));
            }
            switch (spdu.kind) {
                case CN -> connect(octets);
                case AC -> {
                    userInformation = octets;
                    state = State.S713;
                    user.associateConfirm(this);
                }
                case RF -> over(AssociationUser.Ending.REFUSED, spdu.text, losesAbortData ? Octets.EMPTY : octets);
                case AB -> over(AssociationUser.Ending.ABORTED, "aborted", losesAbortData ? Octets.EMPTY : octets);
                case DT -> {
                    if (state == State.S713 || state == State.S04B || state == State.S03) {
                        Pdu pdu = hosts[side].pool().take(octets.length());
                        octets.appendTo(pdu);
                        user.dataIndication(pdu);
                    }
                }
                case TD -> user.typedDataIndication(octets);
                case FN -> {
                    check(state == State.S713, "FN in " + state);
                    state = State.S09;
                    user.releaseIndication(octets);
                }
                case DN -> over(AssociationUser.Ending.RELEASED, "", octets);
                case GTA -> {
                    check(state == State.S18, "GTA in " + state);
                    state = State.S713;
                    ready();
                }
                case STEP -> arrive(spdu.step, octets);
            }
        }

        private void connect(Octets octets) {
            AssociationListener listener =
                    listeners.get(side).get(request.context().application());
            userInformation = octets;
            user = listener == null ? null : listener.associateIndication(this);
            if (user == null && state == State.CONNECTING) {
                refuse("nobody listens");
            }
        }

        private void arrive(DialogueStep step, Octets octets) {
            boolean isPurging = state == State.S05B || state == State.S05C;
            if (step instanceof DialogueStep.ActivityInterruptAnswer && state == State.S05B
                    || step instanceof DialogueStep.ActivityDiscardAnswer && state == State.S05C) {
                stopped(ALL);
                user.stepIndication(step, octets);
                return;
            } else if (isPurging) {
                return;
            }
            if (step instanceof DialogueStep.ActivityStart) {
                check(state == State.S713 && !hasActivity, "AS in " + state);
                hasActivity = true;
                set(1, 1);
            } else if (step instanceof DialogueStep.ActivityResume resume) {
                check(state == State.S713 && !hasActivity, "AR in " + state);
                hasActivity = true;
                set(resume.serialNumber() + 1, 1);
            } else if (step instanceof DialogueStep.SyncMinor minor) {
                syncArrived(minor.serialNumber());
                if (state == State.S19) {
                    return;
                }
                isSyncResponder = true;
            } else if (step instanceof DialogueStep.SyncMinorAnswer answer) {
                check(!isSyncResponder && va <= answer.serialNumber() && answer.serialNumber() < vm, "MIA");
                if (state == State.S20) {
                    return;
                }
                va = answer.serialNumber() + 1;
            } else if (step instanceof DialogueStep.ActivityEnd end) {
                check(hasActivity, "AE without an activity");
                syncArrived(end.serialNumber());
                if (state == State.S19) {
                    return;
                }
                state = State.S10B;
            } else if (step instanceof DialogueStep.ActivityEndAnswer) {
                if (state == State.S20) {
                    return;
                }
                check(state == State.S04B, "AEA in " + state);
                state = State.S713;
                hasActivity = false;
                va = vm;
                vr = vm;
            } else if (step instanceof DialogueStep.ActivityInterrupt) {
                state = State.S11B;
            } else if (step instanceof DialogueStep.ActivityDiscard) {
                state = State.S11C;
            } else if (step instanceof DialogueStep.UserExceptionReport) {
                check(state == State.S713 || state == State.S04B, "ED in " + state);
                state = State.S20;
            } else if (step instanceof DialogueStep.ControlGive) {
                check(state == State.S713 && !hasActivity, "GTC in " + state);
                tokens = ALL;
                transmit(new Spdu(Kind.GTA, null, Octets.EMPTY, ""));
            } else if (step instanceof DialogueStep.TokenPlease) {
                if (state == State.S19 || state == State.S20) {
                    return;
                }
            }
            user.stepIndication(step, octets);
        }

        private void syncArrived(long serialNumber) {
            check(serialNumber == vm, "serial number " + serialNumber + " where " + vm + " is due");
            if (!isSyncResponder) {
                va = vm;
            }
            vm++;
        }

        private void set(long next, long restart) {
            vm = next;
            va = next;
            vr = restart;
        }

        private void stopped(Tokens now) {
            state = State.S713;
            hasActivity = false;
            tokens = now;
        }

        void providerException() {
            if (state == State.S713 && hasActivity || state == State.S04B || state == State.S10B) {
                state = tokens.isEmpty() ? State.S19 : State.S20;
                user.stepIndication(new DialogueStep.ProviderExceptionReport(), Octets.EMPTY);
            }
        }

        // ---- requests ----

        private boolean isPutOff() {
            if (putOffOneIn > 0 && random.nextInt(putOffOneIn) == 0) {
                if (!wantsReady) {
                    wantsReady = true;
                    hosts[side].newTimer(this::ready).arm(DELAY_NANOS / 2);
                }
                return true;
            }
            return false;
        }

        private void ready() {
            if (wantsReady && state != State.ENDED) {
                wantsReady = false;
                user.readyIndication();
            }
        }

        @Override
        public void accept(Octets octets) {
            if (state == State.CONNECTING) {
                state = State.S713;
                transmit(new Spdu(Kind.AC, null, octets, ""));
            }
        }

        @Override
        public Octets userInformation() {
            return userInformation;
        }

        @Override
        public ConnectionIdentifier peerIdentifier() {
            return isCaller ? ConnectionIdentifier.NONE : request.identifier();
        }

        @Override
        public String user() {
            return isCaller ? "" : callerName;
        }

        @Override
        public void refuse(String reason) {
            refuse(reason, Octets.EMPTY);
        }

        @Override
        public void refuse(String reason, Octets octets) {
            if (state == State.CONNECTING) {
                transmit(new Spdu(Kind.RF, null, octets, reason));
                state = State.ENDED;
                ends.remove(this);
            }
        }

        @Override
        public boolean dataRequest(Pdu apdu) {
            if (state == State.ENDED) {
                apdu.release();
                return true;
            }
            check(isDuplex || tokens.has(Token.DATA), "no data token");
            check(state == State.S713 || isDuplex && state == State.S09, "data in " + state);
            if (isPutOff()) {
                return false;
            }
            octetsSent += apdu.length();
            Octets octets = forged[side] == null ? Octets.of(apdu) : forged[side];
            forged[side] = null;
            transmit(new Spdu(Kind.DT, null, octets, ""));
            apdu.release();
            return true;
        }

        @Override
        public boolean typedDataRequest(Octets apdu) {
            transmit(new Spdu(Kind.TD, null, apdu, ""));
            return true;
        }

        @Override
        public boolean expeditedDataRequest(Octets apdu) {
            throw new IllegalStateException("no expedited data");
        }

        @Override
        public boolean stepRequest(DialogueStep step, Octets apdu) {
            if (state == State.ENDED) {
                return true;
            }
            boolean mayBePutOff = !(step instanceof DialogueStep.ActivityInterrupt)
                    && !(step instanceof DialogueStep.ActivityDiscard)
                    && !(step instanceof DialogueStep.ActivityInterruptAnswer)
                    && !(step instanceof DialogueStep.ActivityDiscardAnswer);
            DialogueStep sent = step;
            if (step instanceof DialogueStep.ActivityStart || step instanceof DialogueStep.ActivityResume) {
                check(state == State.S713 && !hasActivity && tokens.equals(ALL), "activity start in " + state);
            } else if (step instanceof DialogueStep.SyncMinor || step instanceof DialogueStep.ActivityEnd) {
                check(state == State.S713 && hasActivity && tokens.equals(ALL), "sync in " + state);
            } else if (step instanceof DialogueStep.SyncMinorAnswer answer) {
                check(state == State.S713 || state == State.S10B, "MIA in " + state);
                long end = state == State.S10B ? vm - 1 : vm;
                check(
                        isSyncResponder && va <= answer.serialNumber() && answer.serialNumber() < end,
                        "MIA " + answer.serialNumber() + " with V(A) " + va + " and V(M) " + vm);
            } else if (step instanceof DialogueStep.ActivityEndAnswer) {
                check(state == State.S10B, "AEA in " + state);
            } else if (step instanceof DialogueStep.ActivityInterrupt || step instanceof DialogueStep.ActivityDiscard) {
                check(
                        hasActivity
                                && tokens.has(Token.MAJOR_ACTIVITY)
                                && (state == State.S713 || state == State.S04B || state == State.S20),
                        "interrupt in " + state);
            } else if (step instanceof DialogueStep.ActivityInterruptAnswer) {
                check(state == State.S11B, "AIA in " + state);
            } else if (step instanceof DialogueStep.ActivityDiscardAnswer) {
                check(state == State.S11C, "ADA in " + state);
            } else if (step instanceof DialogueStep.UserExceptionReport) {
                check(
                        hasActivity && tokens.isEmpty() && (state == State.S713 || state == State.S10B),
                        "ED in " + state);
            } else if (step instanceof DialogueStep.ControlGive) {
                check(state == State.S713 && !hasActivity && tokens.equals(ALL), "GTC in " + state);
            } else if (step instanceof DialogueStep.TokenPlease) {
                if (state == State.S18) {
                    wantsReady = true;
                    return false;
                }
                check(state == State.S713 || state == State.S10B, "PT in " + state);
            }
            if (mayBePutOff && isPutOff()) {
                return false;
            }
            if (step instanceof DialogueStep.ActivityStart) {
                hasActivity = true;
                set(1, 1);
            } else if (step instanceof DialogueStep.ActivityResume resume) {
                hasActivity = true;
                set(resume.serialNumber() + 1, 1);
            } else if (step instanceof DialogueStep.SyncMinor minor) {
                sent = new DialogueStep.SyncMinor(syncSent(), minor.explicitConfirmation(), minor.dataSeparation());
            } else if (step instanceof DialogueStep.SyncMinorAnswer answer) {
                va = answer.serialNumber() + 1;
            } else if (step instanceof DialogueStep.ActivityEnd) {
                sent = new DialogueStep.ActivityEnd(syncSent());
                state = State.S04B;
            } else if (step instanceof DialogueStep.ActivityEndAnswer) {
                state = State.S713;
                hasActivity = false;
                va = vm;
                vr = vm;
            } else if (step instanceof DialogueStep.ActivityInterrupt) {
                state = State.S05B;
            } else if (step instanceof DialogueStep.ActivityDiscard) {
                state = State.S05C;
            } else if (step instanceof DialogueStep.ActivityInterruptAnswer
                    || step instanceof DialogueStep.ActivityDiscardAnswer) {
                stopped(Tokens.NONE);
            } else if (step instanceof DialogueStep.UserExceptionReport) {
                state = State.S19;
            } else if (step instanceof DialogueStep.ControlGive) {
                state = State.S18;
                tokens = Tokens.NONE;
            }
            transmit(new Spdu(Kind.STEP, sent, apdu, ""));
            return true;
        }

        private long syncSent() {
            if (isSyncResponder) {
                va = vm;
            }
            isSyncResponder = false;
            return vm++;
        }

        @Override
        public void releaseRequest() {
            releaseRequest(Octets.EMPTY);
        }

        @Override
        public void releaseRequest(Octets octets) {
            if (state != State.ENDED) {
                check(state == State.S713 && !hasActivity && (isDuplex || tokens.equals(ALL)), "FN in " + state);
                state = State.S03;
                transmit(new Spdu(Kind.FN, null, octets, ""));
            }
        }

        @Override
        public void releaseResponse(boolean affirmative) {
            releaseResponse(affirmative, Octets.EMPTY);
        }

        @Override
        public void releaseResponse(boolean affirmative, Octets octets) {
            if (state != State.ENDED) {
                check(state == State.S09, "DN in " + state);
                transmit(new Spdu(Kind.DN, null, octets, ""));
                hosts[side]
                        .newTimer(() -> over(AssociationUser.Ending.RELEASED, "", Octets.EMPTY))
                        .arm(0);
            }
        }

        @Override
        public void abortRequest() {
            abortRequest(Octets.EMPTY);
        }

        @Override
        public void abortRequest(Octets octets) {
            if (state != State.ENDED) {
                transmit(new Spdu(Kind.AB, null, octets, ""));
                state = State.ENDED;
                ends.remove(this);
                arrived.clear();
            }
        }

        @Override
        public FunctionalUnits functionalUnits() {
            return request.requirements();
        }

        @Override
        public Tokens ownTokens() {
            return tokens;
        }

        @Override
        public SerialNumbers serialNumbers() {
            return new SerialNumbers(vm, va, vr);
        }

        @Override
        public String peer() {
            return hosts[1 - side].name();
        }

        @Override
        public void pause() {
            isPaused = true;
        }

        @Override
        public void resume() {
            isPaused = false;
            hosts[side].loop().defer(this::take);
        }

        private void check(boolean isAllowed, String what) {
            if (!isAllowed) {
                throw new AssertionError((isCaller ? "caller: " : "called: ") + what + "\n" + String.join("\n", log));
            }
        }
    }
}
