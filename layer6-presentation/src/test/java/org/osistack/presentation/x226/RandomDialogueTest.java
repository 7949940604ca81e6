package org.osistack.presentation.x226;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osistack.core.Host;
import org.osistack.core.Observer;
import org.osistack.core.Octets;
import org.osistack.core.Origin;
import org.osistack.core.dialogue.ActivityIdentifier;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.ExceptionReason;
import org.osistack.core.dialogue.ResynchronizeType;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.presentation.ContextResult;
import org.osistack.presentation.PresentationConnection;
import org.osistack.presentation.PresentationContext;
import org.osistack.presentation.PresentationPrimitive;
import org.osistack.presentation.PresentationRequirements;
import org.osistack.presentation.RecordingUser;

/**
 * Long dialogues of two users who alter contexts, set points, go back, start, interrupt and resume activities as X.215
 * allows it, with much under way at once: nobody is ever aborted, and when it is quiet both have the same contexts.
 */
class RandomDialogueTest extends TwoEnds {
    private static final int ROUNDS = 3_000;
    private static final ExceptionReason REASON = ExceptionReason.NON_SPECIFIC;

    private SplittableRandom random;
    private int activities;
    private Side first;
    private Side second;
    private final TreeMap<Integer, Integer> done = new TreeMap<>();

    /** One user, who knows only what it has said and heard. */
    private final class Side {
        final PresentationConnection own;
        final RecordingUser user;
        final TreeSet<Integer> defined = new TreeSet<>();
        /** Activities, and the points at which they can be resumed, since both sides are sure of them. */
        final Map<ActivityIdentifier, TreeSet<Long>> interrupted = new LinkedHashMap<>();

        final TreeSet<Long> sure = new TreeSet<>();
        long major;
        final List<Integer> deleting = new ArrayList<>();
        int nextId;
        int seen;
        boolean waits; // for the answer to a step
        DialogueStep toAnswer;
        boolean altersOwn;
        boolean isFresh; // its activity may not have reached the peer
        PresentationPrimitive.AlterContext toAlter;
        ActivityIdentifier activity;

        Side(Host host, PresentationConnection own, RecordingUser user, int firstId) {
            this.own = own;
            this.user = user;
            this.nextId = firstId;
            defined.addAll(List.of(1, 3));
            seen = user.heard.size();
            host.observe(new Observer() {
                @Override
                public boolean isWatching() {
                    return true;
                }

                @Override
                public void stateChanged(Origin origin, String from, String to, String cause) {
                    net.log.add("    " + host.name() + " " + to + " " + cause);
                }

                @Override
                public void note(Origin origin, String text) {
                    net.log.add("    " + host.name() + " " + text);
                    if (text.startsWith("defined context set: ")) {
                        defined.clear();
                        for (String id :
                                text.replace("defined context set: ", "").split(", ")) {
                            if (!id.equals("none")) {
                                defined.add(Integer.parseInt(id));
                            }
                        }
                    }
                }
            });
        }

        void request(PresentationPrimitive primitive) {
            assertThat(own.request(primitive)).isTrue();
        }

        void hear() {
            isFresh = false;
            for (; seen < user.heard.size(); seen++) {
                PresentationPrimitive primitive = user.heard.get(seen);
                assertThat(primitive)
                        .as(() -> String.join("\n", net.log.subList(Math.max(0, net.log.size() - 40), net.log.size())))
                        .isNotInstanceOf(PresentationPrimitive.ProviderAbort.class)
                        .isNotInstanceOf(PresentationPrimitive.UserAbort.class);
                if (primitive instanceof PresentationPrimitive.AlterContext alteration) {
                    toAlter = alteration;
                } else if (primitive instanceof PresentationPrimitive.AlterContextAnswer) {
                    altersOwn = false;
                    deleting.clear();
                } else if (primitive instanceof PresentationPrimitive.Step step) {
                    heard(step.step());
                }
            }
        }

        private void heard(DialogueStep step) {
            if (step.isAnswer()) {
                waits &= step instanceof DialogueStep.SyncMinorAnswer;
                if (step instanceof DialogueStep.SyncMajorAnswer) {
                    majorPoint();
                } else if (step instanceof DialogueStep.ResynchronizeAnswer resynchronize) {
                    doubtFrom(resynchronize.serialNumber());
                } else if (step instanceof DialogueStep.SyncMinorAnswer sync) {
                    sure.add(sync.serialNumber());
                } else if (step instanceof DialogueStep.ActivityEndAnswer
                        || step instanceof DialogueStep.ActivityDiscardAnswer) {
                    activity = null;
                } else if (step instanceof DialogueStep.ActivityInterruptAnswer) {
                    interrupt();
                }
            } else if (step instanceof DialogueStep.ActivityStart start) {
                activity = start.identifier();
                sure.clear();
            } else if (step instanceof DialogueStep.ActivityResume resume) {
                activity = resume.identifier();
                restore(resume.oldIdentifier(), resume.serialNumber());
            } else if (step instanceof DialogueStep.SyncMinor sync) {
                doubtFrom(sync.serialNumber());
                sure.add(sync.serialNumber());
                request(step(new DialogueStep.SyncMinorAnswer(sync.serialNumber())));
            } else {
                if (step instanceof DialogueStep.SyncMajor sync) {
                    major = sync.serialNumber();
                }
                toAnswer = step;
                if (isPurging(step)) {
                    forgetAlterations();
                }
            }
        }

        /** From here on, points are numbered anew, and the peer may not hear of all of them. */
        private void doubtFrom(long serialNumber) {
            sure.tailSet(serialNumber).clear();
        }

        private void majorPoint() {
            sure.clear();
            sure.add(major);
        }

        private void forgetAlterations() {
            altersOwn = false;
            deleting.clear();
            toAlter = null;
        }

        void say(boolean isMaster) {
            if (waits) {
                return;
            }
            if (toAnswer != null && (isPurging(toAnswer) || random.nextInt(3) == 0)) {
                answer();
                return;
            }
            switch (random.nextInt(isMaster && toAnswer == null ? 6 : 3)) {
                case 0 -> data();
                case 1 -> {
                    if (toAlter != null) {
                        answerAlteration();
                    }
                }
                case 2 -> {
                    if (!altersOwn) {
                        alter();
                    }
                }
                default -> take();
            }
        }

        void settleDown() {
            if (!waits && toAnswer != null) {
                answer();
            } else if (!waits && toAlter != null) {
                answerAlteration();
            }
        }

        private void data() {
            for (int id : defined) {
                if (!deleting.contains(id) && random.nextInt(3) == 0) {
                    request(new PresentationPrimitive.TypedData(List.of(pdv(id, "05 00"))));
                }
            }
        }

        private void alter() {
            List<PresentationContext> additions = new ArrayList<>();
            for (int n = defined.size() < 10 ? random.nextInt(3) : 0; n > 0; n--) {
                additions.add(context(nextId));
                nextId += 2;
            }
            for (int id : defined) {
                if (random.nextInt(4) == 0) {
                    deleting.add(id);
                }
            }
            if (!additions.isEmpty() || !deleting.isEmpty()) {
                request(alteration(additions, List.copyOf(deleting)));
                altersOwn = true;
                done.merge(0, 1, Integer::sum);
            }
        }

        private void answerAlteration() {
            List<ContextResult> results = toAlter.additions().stream()
                    .map(context -> random.nextInt(4) == 0 ? ContextResult.rejectedByUser() : accepted())
                    .toList();
            List<Boolean> deletions = toAlter.deletions().stream()
                    .map(id -> random.nextInt(3) > 0)
                    .toList();
            toAlter = null;
            request(new PresentationPrimitive.AlterContextAnswer(results, deletions, List.of()));
            done.merge(1, 1, Integer::sum);
        }

        private void answer() {
            DialogueStep step = toAnswer;
            toAnswer = null;
            if (step instanceof DialogueStep.Resynchronize resynchronize) {
                doubtFrom(resynchronize.serialNumber());
                request(step(
                        new DialogueStep.ResynchronizeAnswer(resynchronize.serialNumber(), TokenSetting.INITIATOR)));
            } else if (step instanceof DialogueStep.SyncMajor) {
                majorPoint();
                request(step(new DialogueStep.SyncMajorAnswer()));
            } else if (step instanceof DialogueStep.ActivityEnd) {
                request(step(new DialogueStep.ActivityEndAnswer()));
                activity = null;
            } else if (step instanceof DialogueStep.ActivityDiscard) {
                request(step(new DialogueStep.ActivityDiscardAnswer()));
                activity = null;
            } else {
                request(step(new DialogueStep.ActivityInterruptAnswer()));
                interrupt();
            }
            done.merge(2, 1, Integer::sum);
        }

        /** A step of the side that has the tokens. */
        private void take() {
            int choice = random.nextInt(8);
            if (activity == null) {
                if (altersOwn) {
                    return;
                }
                isFresh = true;
                if (interrupted.isEmpty() || choice < 4) {
                    activity = identifier();
                    request(step(new DialogueStep.ActivityStart(activity)));
                    sure.clear();
                } else {
                    resume();
                }
            } else if (isFresh) {
                data();
            } else if (choice == 0) {
                ResynchronizeType type = ResynchronizeType.values()[random.nextInt(3)];
                long next = own.serialNumbers().next();
                long serialNumber = type == ResynchronizeType.ABANDON ? next : random.nextLong(next + 1);
                wait(new DialogueStep.Resynchronize(type, serialNumber, TokenSetting.INITIATOR));
                done.merge(4, 1, Integer::sum);
            } else if (choice == 1) {
                wait(
                        random.nextBoolean()
                                ? new DialogueStep.ActivityInterrupt(REASON)
                                : new DialogueStep.ActivityDiscard(REASON));
                done.merge(5, 1, Integer::sum);
            } else if (!altersOwn && choice == 2) {
                major = own.serialNumbers().next();
                wait(
                        random.nextBoolean()
                                ? new DialogueStep.SyncMajor(DialogueStep.NEXT)
                                : new DialogueStep.ActivityEnd(
                                        own.serialNumbers().next()));
                done.merge(6, 1, Integer::sum);
            } else if (!altersOwn) {
                doubtFrom(own.serialNumbers().next());
                request(step(new DialogueStep.SyncMinor(DialogueStep.NEXT, false, false)));
                done.merge(7, 1, Integer::sum);
            }
        }

        /** Go on at a point of which the peer is sure, too. */
        private void resume() {
            List<ActivityIdentifier> all = List.copyOf(interrupted.keySet());
            ActivityIdentifier old = all.get(random.nextInt(all.size()));
            List<Long> points = List.copyOf(interrupted.get(old));
            if (points.isEmpty()) {
                return;
            }
            long serialNumber = points.get(random.nextInt(points.size()));
            activity = identifier();
            restore(old, serialNumber);
            request(step(new DialogueStep.ActivityResume(activity, old, serialNumber, null)));
            done.merge(3, 1, Integer::sum);
        }

        private void restore(ActivityIdentifier old, long serialNumber) {
            sure.clear();
            sure.addAll(interrupted.remove(old).headSet(serialNumber, true));
        }

        private void interrupt() {
            interrupted.put(activity, new TreeSet<>(sure));
            activity = null;
        }

        private ActivityIdentifier identifier() {
            return new ActivityIdentifier(Octets.ofText("a" + ++activities));
        }

        private void wait(DialogueStep step) {
            request(step(step));
            waits = true;
            if (isPurging(step)) {
                forgetAlterations();
            }
        }
    }

    private static boolean isPurging(DialogueStep step) {
        return step instanceof DialogueStep.Resynchronize
                || step instanceof DialogueStep.ActivityInterrupt
                || step instanceof DialogueStep.ActivityDiscard;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void bothSidesHaveTheSameContextsWheneverItIsQuiet(long seed) {
        random = new SplittableRandom(seed);
        establish(PresentationRequirements.CONTEXT_RESTORATION);
        first = new Side(alice, connection, calling, 5);
        second = new Side(bob, called.connection, called, 4);
        int changes = 0;
        for (int round = 0; round < ROUNDS; round++) {
            boolean isFirstMaster = round / 20 % 2 == 0;
            for (int n = random.nextInt(4); n >= 0; n--) {
                first.say(isFirstMaster);
                second.say(!isFirstMaster);
            }
            settle();
            hear();
            if (round % 20 == 19 || random.nextInt(5) == 0) {
                List<Integer> before = List.copyOf(first.defined);
                quiet();
                assertThat(first.defined).as("round %d", round).isEqualTo(second.defined);
                changes += before.equals(List.copyOf(first.defined)) ? 0 : 1;
            }
        }
        assertThat(done).as("all was done").hasSize(8);
        assertThat(done.values()).allMatch(times -> times > 30);
        assertThat(changes).isGreaterThan(50);
    }

    private void hear() {
        first.hear();
        second.hear();
    }

    /** Let everything be answered that waits for an answer. */
    private void quiet() {
        for (int i = 0; i < 6; i++) {
            first.settleDown();
            second.settleDown();
            settle();
            hear();
        }
        assertThat(first.waits || second.waits || first.altersOwn || second.altersOwn)
                .isFalse();
    }
}
