package org.osistack.session.x225;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;
import org.osistack.core.Simulation;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.x225.StateTable.Row;
import org.osistack.session.x225.StateTable.Rule;

/**
 * Dialogues of two machines of ours in which SPDUs are broken on their way, in every state and in every parameter. Whoever
 * gets one reacts as the table says: by one of its rows; by S-P-ABORT and ABORT; by T-DISCONNECT; or not at all. There
 * is no exception, and whatever has happened, the end comes and leaves nothing over.
 *
 * <p>{@code -Dmutate.dialogues=1000000} breaks more of them, {@code -Dmutate.seed=…} others.
 */
class MutatedDialoguesTest {
    private static final int DIALOGUES = Integer.getInteger("mutate.dialogues", 20_000);
    private static final int FIRST = Integer.getInteger("mutate.seed", 0);
    private static final PduPool POOL = new PduPool(0);

    /** How a machine has reacted. */
    private enum Reaction {
        ROW,
        IGNORED,
        ABORT,
        REFUSE,
        DISCONNECT
    }

    private final Map<Reaction, Integer> reactions = new EnumMap<>(Reaction.class);
    private final Map<Mutator.Way, Integer> ways = new EnumMap<>(Mutator.Way.class);
    private final Set<State> states = EnumSet.noneOf(State.class);
    private final Set<SpduType> types = EnumSet.noneOf(SpduType.class);
    private final Set<String> parameters = new TreeSet<>();
    private final Simulation simulation = new Simulation(1);
    private final Host[] hosts = {simulation.newHost("alice"), simulation.newHost("bob")};
    private int broken;
    private int checked;

    /** What a user did, or a side was about to get, for whoever has to find out why a dialogue failed. */
    private record Step(State state, int move, Octets octets) {
        Step(Duo duo, int move) {
            this(
                    duo.parties[move % 2].state(),
                    move,
                    move >= 4
                            ? null
                            : duo.wire
                                    .underWay(move % 2)
                                    .get(move < 2 ? 0 : duo.wire.firstExpedited(move - 2))
                                    .tsdu());
        }

        @Override
        public String toString() {
            return "\n" + (move % 2 == 0 ? "alice " : "bob ") + state + " "
                    + (move < 4 ? octets : Moves.primitive(move));
        }
    }

    /** One dialogue. */
    private final class Dialogue {
        final SplittableRandom random;
        final Duo duo;
        final Mutator mutator;
        final List<Object> story = new ArrayList<>();

        Dialogue(int seed) {
            random = new SplittableRandom(seed);
            mutator = new Mutator(random);
            boolean expedited = random.nextBoolean();
            Map<String, String> options = new HashMap<>();
            boolean version1 = random.nextInt(4) == 0;
            options.put("versions", version1 ? "1" : "1+2");
            options.put("max-tsdu", random.nextInt(4) == 0 ? "64" : "0");
            options.put("reuse", random.nextInt(4) == 0 ? "yes" : "no");
            duo = new Duo(hosts, expedited, options);
            FunctionalUnits units = units(expedited);
            story.add("seed " + seed + ", " + units + (expedited ? ", expedited" : "") + options);
            duo.userData = Octets.of(new byte[random.nextInt(4) == 0 ? 100 : random.nextInt(3)]);
            boolean overflow = !version1 && random.nextInt(30) == 0;
            duo.connect(
                    units,
                    new TokenSetting(random.nextInt(0x100) & 0x55),
                    overflow ? Octets.of(new byte[11_000]) : duo.userData,
                    random.nextInt(20) == 0 ? null : units);
        }

        private FunctionalUnits units(boolean expedited) {
            if (random.nextBoolean()) {
                FunctionalUnit[][] sets = ExplorationTest.SETS;
                return Proposal.consistent(
                        FunctionalUnits.of(sets[random.nextInt(sets.length)]).and(Proposal.supported(expedited)));
            }
            FunctionalUnits units = new FunctionalUnits(random.nextInt(0x2000) | random.nextInt(0x2000))
                    .and(Proposal.supported(expedited))
                    .with(random.nextBoolean() ? FunctionalUnit.HALF_DUPLEX : FunctionalUnit.DUPLEX);
            if (random.nextInt(3) == 0) {
                units = units.without(FunctionalUnit.MINOR_SYNCHRONIZE);
            }
            return Proposal.consistent(units);
        }

        void go() {
            int left = 1 + random.nextInt(3); // SPDUs to break
            int calm = random.nextInt(30);
            for (int n = 0; n < 80 && !isOver(); n++) {
                int move = Moves.random(duo, random);
                if (move < 0) {
                    continue;
                }
                story.add(new Step(duo, move));
                if (move < 4 && n >= calm && left > 0) {
                    left--;
                    breakOne(move % 2, move >= 2);
                } else {
                    Moves.make(duo, move);
                }
            }
            end();
        }

        private boolean isOver() {
            boolean isSilent =
                    duo.wire.underWay(0).isEmpty() && duo.wire.underWay(1).isEmpty();
            return isSilent && duo.parties[0].isOver() && duo.parties[1].isOver();
        }

        /** What comes next to a side is broken, or comes twice, not at all, or on the other flow. */
        private void breakOne(int side, boolean expedited) {
            List<Wire.Unit> underWay = duo.wire.underWay(side);
            int place = expedited ? duo.wire.firstExpedited(side) : 0;
            Wire.Unit unit = underWay.get(place);
            if (unit.tsdu() == null) {
                duo.wire.deliver(side, place);
                return;
            }
            broken++;
            states.add(duo.parties[side].state());
            switch (random.nextInt(16)) {
                case 0 -> underWay.remove(place);
                case 1 -> {
                    underWay.add(place, unit);
                    deliver(side, place);
                }
                case 2 -> {
                    underWay.set(place, new Wire.Unit(unit.tsdu(), !expedited));
                    deliver(side, place);
                }
                default -> {
                    Mutator.Broken result = mutator.mutate(unit.tsdu());
                    story.add(result);
                    ways.merge(result.way(), 1, Integer::sum);
                    types.add(result.type());
                    if (result.parameter() != null) {
                        parameters.add(result.type() + " " + result.parameter() + " " + result.way());
                    }
                    underWay.set(place, new Wire.Unit(result.tsdu(), expedited));
                    deliver(side, place);
                }
            }
        }

        // ---- the reaction
        // ----------------------------------------------------------------------------------------------

        private void deliver(int side, int place) {
            Duo.Party party = duo.parties[side];
            State before = party.state();
            boolean userWasThere = !party.isOver();
            int heard = party.heard.size();
            int sent = duo.wire.underWay(1 - side).size();
            Wire.Unit unit = duo.wire.underWay(side).get(place);
            Row expected = expected(party, unit);
            duo.wire.deliver(side, place);
            List<Wire.Unit> answers = duo.wire.underWay(1 - side);
            List<Wire.Unit> more = answers.subList(Math.min(sent, answers.size()), answers.size());
            Reaction reaction = reaction(party, before, heard, more);
            reactions.merge(reaction, 1, Integer::sum);
            if (reaction == Reaction.ABORT && party.abort != null && userWasThere) {
                assertThat(party.isOver()).as(story::toString).isTrue();
            }
            if (expected != null) {
                checked++;
                check(expected, party, before, reaction);
            }
        }

        /** The row that the table has for it; null if it is several events, or a part of one, or none. */
        private Row expected(Duo.Party party, Wire.Unit unit) {
            Pdu pdu = Samples.pdu(POOL, unit.tsdu());
            Tsdu read = Tsdu.read(pdu, false);
            int information = pdu.length() - read.headerLength();
            pdu.release();
            if (!read.isWellFormed()) {
                return party.machine.match(Event.INVALID);
            }
            Spdu last = read.spdus().get(read.spdus().size() - 1);
            boolean isOne = read.spdus().size() == 1 || !read.spdus().get(0).has(Parameter.TOKEN_ITEM);
            boolean isWhole = last.number(Parameter.ENCLOSURE_ITEM, 3) == 3;
            if (party.machine.receiver().isInProgress()
                    || !isOne
                    || !isWhole
                    || last.type() == SpduType.CDO
                    || last.type() == SpduType.CN) {
                return null;
            }
            boolean mayBeThere = switch (last.type()) {
                case EX -> unit.expedited() && information > 0 && information <= Requests.MAX_EXPEDITED_DATA;
                case PR -> unit.expedited();
                case AB, AA -> true;
                default -> !unit.expedited();
            };
            Event event = mayBeThere ? party.machine.receiver().eventOf(last) : Event.INVALID;
            return party.machine.match(event);
        }

        private Reaction reaction(Duo.Party party, State before, int heard, List<Wire.Unit> sent) {
            if (party.abort != null && party.state() == State.STA16 && before != State.STA16) {
                return Reaction.ABORT; // of which the peer may hear nothing any more
            }
            for (Wire.Unit unit : sent) {
                if (unit.tsdu() == null) {
                    return Reaction.DISCONNECT;
                }
                int identifier = unit.tsdu().at(0);
                if (identifier == SpduType.AB.identifier()) {
                    return Reaction.ABORT;
                } else if (identifier == SpduType.RF.identifier()) {
                    return Reaction.REFUSE;
                }
            }
            boolean same = party.state() == before && sent.isEmpty() && party.heard.size() == heard;
            return same ? Reaction.IGNORED : Reaction.ROW;
        }

        private void check(Row row, Duo.Party party, State before, Reaction reaction) {
            State next = row.next() == null ? before : row.next();
            boolean isAnsweredAtOnce = before == State.STA08
                    || before == State.STA09 && row.event().equals("DN");
            boolean replays = row.actions().contains(Action.A6) || isAnsweredAtOnce;
            if (row.rule() == Rule.R4) {
                assertThat(reaction).as(story::toString).isEqualTo(Reaction.ABORT);
                assertThat(party.state()).as(story::toString).isEqualTo(State.STA16);
                assertThat(party.connection == null || party.abort != null)
                        .as(story::toString)
                        .isTrue();
            } else if (row.rule() == Rule.R1) {
                assertThat(reaction).as(story::toString).isEqualTo(Reaction.IGNORED);
            } else if (row.rule() == Rule.R2) {
                assertThat(party.state()).as(story::toString).isEqualTo(State.STA01);
            } else if (!replays) {
                assertThat(party.state()).as(story::toString).isEqualTo(next);
            }
        }

        // ---- the end
        // ---------------------------------------------------------------------------------------------------

        /** All that is under way arrives, users answer and then abort; TIM and the other timers do the rest. */
        private void end() {
            for (int n = 0; n < 30; n++) {
                int move = Moves.random(duo, random);
                if (move >= 0 && Moves.requester(move) < 0) {
                    Moves.make(duo, move);
                }
            }
            for (Duo.Party party : duo.parties) {
                if (!party.isOver()) {
                    party.connection.request(new SessionPrimitive.UserAbort(duo.userData));
                }
            }
            settle();
            simulation.run(Duration.ofSeconds(61));
            settle();
            for (int side = 0; side < 2; side++) {
                assertThat(duo.entities[side].machines()).as(story::toString).isEmpty();
                assertThat(hosts[side].pool().outstanding()).as(story::toString).isZero();
            }
        }

        private void settle() {
            for (int n = 0; n < 1000; n++) {
                for (int side = 0; side < 2; side++) {
                    if (!duo.wire.underWay(side).isEmpty()) {
                        duo.wire.deliver(side, Math.max(0, duo.wire.firstExpedited(side)));
                    }
                }
            }
        }
    }

    @Test
    void whateverIsBrokenTheReactionIsTheTables() {
        long began = System.nanoTime();
        for (int seed = FIRST; seed < FIRST + DIALOGUES; seed++) {
            Dialogue dialogue = new Dialogue(seed);
            try {
                dialogue.go();
            } catch (RuntimeException e) {
                throw new AssertionError(dialogue.story.toString(), e);
            }
        }
        System.out.printf(
                "%,d dialogues, %,d broken TSDUs (%,d against a row), %s, %d parameters, %d states, %.1f s%n",
                DIALOGUES,
                broken,
                checked,
                reactions,
                parameters.size(),
                states.size(),
                (System.nanoTime() - began) / 1e9);
        assertThat(reactions).containsOnlyKeys(Reaction.values());
        assertThat(ways).containsOnlyKeys(Mutator.Way.values());
        Set<SpduType> notSent = EnumSet.of(SpduType.ER, SpduType.AEA);
        assertThat(types).containsAll(EnumSet.complementOf(EnumSet.copyOf(notSent)));
        assertThat(states.size()).isGreaterThan(25);
    }
}
