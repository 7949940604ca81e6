package org.osistack.application.trace;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.osistack.application.ApplicationContext;
import org.osistack.application.Association;
import org.osistack.application.AssociationRequest;
import org.osistack.application.AssociationUser;
import org.osistack.application.cut.Machine;
import org.osistack.application.cut.Outcome;
import org.osistack.application.cut.Rehearsal;
import org.osistack.application.cut.Scenario;
import org.osistack.application.cut.TwoHosts;
import org.osistack.core.Octets;
import org.osistack.core.Options;
import org.osistack.core.Pdu;
import org.osistack.core.StackSpec;
import org.osistack.core.Timer;
import org.osistack.core.dialogue.ActivityIdentifier;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.ExceptionReason;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.OldConnection;
import org.osistack.core.dialogue.ResynchronizeType;
import org.osistack.core.dialogue.SerialNumbers;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.dialogue.Tokens;
import org.osistack.presentation.ObjectIdentifier;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.Tag;

/** Dialogues of two users who do at random whatever is allowed, from a seed; so are the units and the options of layer 5. */
final class RandomDialogues implements Scenario {
    private static final ApplicationContext CONTEXT =
            new ApplicationContext("random", ObjectIdentifier.of("1.2.3"), ObjectIdentifier.of("1.2.4"), 7777);
    private static final int DIALOGUES = 3;
    private static final int ACTS = 80;
    private static final String[] MAX_TSDUS = {"0", "64", "300"};
    private static final FunctionalUnit[] OPTIONAL = {
        FunctionalUnit.EXPEDITED_DATA,
        FunctionalUnit.MINOR_SYNCHRONIZE,
        FunctionalUnit.MAJOR_SYNCHRONIZE,
        FunctionalUnit.RESYNCHRONIZE,
        FunctionalUnit.ACTIVITY_MANAGEMENT,
        FunctionalUnit.NEGOTIATED_RELEASE,
        FunctionalUnit.TYPED_DATA
    };

    private final int seed;

    RandomDialogues(int seed) {
        this.seed = seed;
    }

    @Override
    public String name() {
        return "random-" + seed;
    }

    @Override
    public String description() {
        return "two users do whatever is allowed";
    }

    @Override
    public String promise() {
        return "it ends";
    }

    @Override
    public Rehearsal rehearse(Options parameters, Path folder) {
        return new Walk(seed);
    }

    private static final class Walk implements Rehearsal {
        private final int seed;
        private final SplittableRandom random;
        private Walker alice;
        private Walker bob;
        private int dialogues;

        Walk(int seed) {
            this.seed = seed;
            this.random = new SplittableRandom(seed);
        }

        @Override
        public StackSpec stack(String host) {
            return TwoHosts.isoOnTcp(host)
                    .set(
                            5,
                            "x225,max-tsdu=" + MAX_TSDUS[seed % 3] + ",versions=" + (seed % 4 == 1 ? "1" : "1+2")
                                    + ",reuse=" + (seed % 5 == 0 ? "yes" : "no") + ",extended-concatenation="
                                    + (seed % 7 == 0 ? "yes" : "no"));
        }

        private FunctionalUnits units() {
            boolean half = random.nextBoolean();
            FunctionalUnits units = FunctionalUnits.of(half ? FunctionalUnit.HALF_DUPLEX : FunctionalUnit.DUPLEX);
            for (FunctionalUnit unit : OPTIONAL) {
                units = random.nextInt(4) > 0 ? units.with(unit) : units;
            }
            units = half ? units.with(FunctionalUnit.EXCEPTIONS) : units;
            return units.has(FunctionalUnit.ACTIVITY_MANAGEMENT) ? units.with(FunctionalUnit.CAPABILITY_DATA) : units;
        }

        @Override
        public void begin(Machine machine) {
            Walker walker = new Walker(machine, random.split());
            if (machine.host().name().equals(TwoHosts.BOB)) {
                bob = walker;
                machine.associations().attach(CONTEXT, new FunctionalUnits(0x1fff), association -> {
                    bob.begin(association);
                    association.accept();
                    return bob;
                });
            } else {
                alice = walker;
                call();
            }
        }

        private void call() {
            dialogues++;
            alice.association = alice.machine
                    .associations()
                    .associateRequest(
                            new AssociationRequest(
                                    CONTEXT,
                                    alice.machine.associations().parseAddress(TwoHosts.BOBS_ADDRESS),
                                    units(),
                                    new TokenSetting(random.nextInt(0x100) & 0x55)),
                            alice);
        }

        @Override
        public void killed(Machine machine) {
            throw new AssertionError("nobody is killed here");
        }

        @Override
        public boolean isOver() {
            if (alice == null || bob == null || !alice.isOver || !bob.isOver) {
                return false;
            }
            if (dialogues == DIALOGUES) {
                return true;
            }
            alice.isOver = false;
            bob.isOver = false;
            alice.machine.host().loop().defer(this::call);
            return false;
        }

        @Override
        public Outcome outcome() {
            return new Outcome(dialogues == DIALOGUES, true, false, 0, 0, 0, 0, 0, "");
        }
    }

    /** A user that does something whenever its turn comes, and in the end releases or aborts. */
    private static final class Walker implements AssociationUser {
        private final Machine machine;
        private final SplittableRandom random;
        private final Timer turn;
        private Association association;
        private int acts;
        private boolean isOver;

        Walker(Machine machine, SplittableRandom random) {
            this.machine = machine;
            this.random = random;
            this.turn = machine.host().newTimer(this::act);
        }

        void begin(Association newAssociation) {
            association = newAssociation;
            acts = 0;
            turn.arm(1_000_000);
        }

        private void act() {
            if (isOver) {
                return;
            }
            turn.arm(random.nextInt(3_000_000) + 1);
            try {
                if (++acts < ACTS) {
                    something();
                } else if (acts < 2 * ACTS && random.nextInt(3) > 0) {
                    answer();
                } else if (acts < 2 * ACTS) {
                    association.releaseRequest();
                } else {
                    association.abortRequest();
                    over();
                }
            } catch (IllegalStateException | IllegalArgumentException e) {
                return; // it is not allowed now: so be it
            }
        }

        private void over() {
            isOver = true;
            turn.disarm();
        }

        private Octets octets(int atMost) {
            byte[] octets = new byte[1 + random.nextInt(atMost)];
            random.nextBytes(octets);
            return Octets.of(octets);
        }

        private Octets apdu(int atMost) {
            return new BerWriter().octetString(Tag.OCTET_STRING, octets(atMost)).toOctets();
        }

        private Octets apduOrNone() {
            return random.nextInt(3) == 0 ? apdu(200) : Octets.EMPTY;
        }

        private ActivityIdentifier activity() {
            return new ActivityIdentifier(random.nextBoolean() ? octets(6) : Octets.ofText("act " + random.nextInt(9)));
        }

        private ExceptionReason reason() {
            return ExceptionReason.values()[random.nextInt(ExceptionReason.values().length)];
        }

        private TokenSetting setting() {
            int bits = 0;
            for (int shift = 0; shift < 8; shift += 2) {
                bits |= random.nextInt(2) << shift;
            }
            return new TokenSetting(bits);
        }

        private void answer() {
            DialogueStep step = switch (random.nextInt(6)) {
                case 0 -> new DialogueStep.SyncMajorAnswer();
                case 1 -> new DialogueStep.ActivityEndAnswer();
                case 2 -> new DialogueStep.ResynchronizeAnswer(DialogueStep.NEXT, setting());
                case 3 -> new DialogueStep.ActivityInterruptAnswer();
                case 4 -> new DialogueStep.ActivityDiscardAnswer();
                default -> null;
            };
            if (step == null) {
                association.capabilityDataResponse(apduOrNone());
            } else {
                association.stepRequest(step, apduOrNone());
            }
        }

        private void something() {
            SerialNumbers numbers = association.serialNumbers();
            switch (random.nextInt(26)) {
                case 0, 1, 2 -> data();
                case 3 -> association.typedDataRequest(apdu(100));
                case 4 -> association.expeditedDataRequest(apdu(12));
                case 5 -> association.capabilityDataRequest(apduOrNone());
                case 6, 7 -> {
                    int tokens = random.nextInt(0x100) & association.ownTokens().bits();
                    if (tokens != 0) {
                        association.stepRequest(new DialogueStep.TokenGive(new Tokens(tokens)));
                    }
                }
                case 8 ->
                    association.stepRequest(new DialogueStep.TokenPlease(new Tokens(0x55 & random.nextInt(0x100))));
                case 9 -> association.stepRequest(new DialogueStep.ControlGive());
                case 10, 11 -> step(new DialogueStep.SyncMinor(DialogueStep.NEXT, random.nextBoolean(), false));
                case 12, 13 ->
                    step(new DialogueStep.SyncMinorAnswer(numbers.lowestUnconfirmed()
                            + random.nextLong(1 + Math.max(0, numbers.next() - numbers.lowestUnconfirmed()))));
                case 14 -> step(new DialogueStep.SyncMajor(DialogueStep.NEXT));
                case 15 ->
                    step(new DialogueStep.Resynchronize(ResynchronizeType.ABANDON, DialogueStep.NEXT, setting()));
                case 16 ->
                    step(new DialogueStep.Resynchronize(
                            ResynchronizeType.RESTART,
                            numbers.lowestRestart() + random.nextLong(1 + numbers.next() - numbers.lowestRestart()),
                            setting()));
                case 17 ->
                    step(new DialogueStep.Resynchronize(ResynchronizeType.SET, random.nextInt(99_999), setting()));
                case 18 -> step(new DialogueStep.UserExceptionReport(reason()));
                case 19, 20 -> step(new DialogueStep.ActivityStart(activity()));
                case 21 -> step(new DialogueStep.ActivityResume(activity(), activity(), random.nextInt(50), old()));
                case 22 -> association.stepRequest(new DialogueStep.ActivityInterrupt(reason()));
                case 23 -> association.stepRequest(new DialogueStep.ActivityDiscard(reason()));
                case 24 -> step(new DialogueStep.ActivityEnd(DialogueStep.NEXT));
                default -> answer();
            }
        }

        private OldConnection old() {
            return random.nextBoolean() ? null : new OldConnection(octets(64), octets(64), octets(64), octets(4));
        }

        private void step(DialogueStep step) {
            association.stepRequest(step, apduOrNone());
        }

        private void data() {
            Octets apdu = apdu(500);
            Pdu pdu = machine.host().pool().take(apdu.length());
            apdu.appendTo(pdu);
            boolean taken = false;
            try {
                taken = association.dataRequest(pdu);
            } finally {
                if (!taken) {
                    pdu.release();
                }
            }
        }

        @Override
        public void associateConfirm(Association confirmed) {
            begin(confirmed);
        }

        @Override
        public void dataIndication(Pdu apdu) {
            apdu.release();
        }

        @Override
        public void releaseIndication() {
            boolean agrees =
                    !association.functionalUnits().has(FunctionalUnit.NEGOTIATED_RELEASE) || random.nextBoolean();
            association.releaseResponse(agrees);
        }

        @Override
        public void ended(Ending ending, String detail) {
            over();
        }
    }

    /** Whether long SSDUs, and much user data, are cut into segments with this seed. */
    static boolean segments(int seed) {
        return seed % 3 > 0;
    }

    /** The seeds that together have all units and options. */
    static List<Integer> seeds() {
        List<Integer> seeds = new ArrayList<>();
        for (int seed = 1; seed <= 36; seed++) {
            seeds.add(seed);
        }
        return seeds;
    }
}
