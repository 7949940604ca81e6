package org.osistack.session.x225;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;

/**
 * Two machines of ours, explored breadth first. Whatever their users do that the service allows, and whatever crosses:
 * no protocol error, each token with one owner or under way, nobody stuck, and in the end both sides count alike.
 *
 * <p>{@code -Dexplore.states=1000000 -Dexplore.requests=3} goes deeper.
 */
class ExplorationTest {
    private static final int REQUESTS = Integer.getInteger("explore.requests", 2);
    private static final int STATES = Integer.getInteger("explore.states", 2_500);

    private static final int WALKS = Integer.getInteger("explore.walks", 500);

    private static final FunctionalUnit DX = FunctionalUnit.DUPLEX;
    private static final FunctionalUnit HD = FunctionalUnit.HALF_DUPLEX;
    private static final FunctionalUnit SY = FunctionalUnit.MINOR_SYNCHRONIZE;
    private static final FunctionalUnit SS = FunctionalUnit.SYMMETRIC_SYNCHRONIZE;
    private static final FunctionalUnit MA = FunctionalUnit.MAJOR_SYNCHRONIZE;
    private static final FunctionalUnit RS = FunctionalUnit.RESYNCHRONIZE;
    private static final FunctionalUnit AM = FunctionalUnit.ACTIVITY_MANAGEMENT;
    private static final FunctionalUnit CD = FunctionalUnit.CAPABILITY_DATA;
    private static final FunctionalUnit EXC = FunctionalUnit.EXCEPTIONS;
    private static final FunctionalUnit NR = FunctionalUnit.NEGOTIATED_RELEASE;
    private static final FunctionalUnit TD = FunctionalUnit.TYPED_DATA;
    private static final FunctionalUnit DS = FunctionalUnit.DATA_SEPARATION;
    private static final FunctionalUnit EX = FunctionalUnit.EXPEDITED_DATA;

    static final FunctionalUnit[][] SETS = {
        {DX},
        {HD, NR, TD},
        {DX, SY, RS},
        {HD, SY, MA, RS},
        {DX, SY, MA, RS, NR},
        {HD, EXC, RS, SY},
        {HD, EXC, NR, MA},
        {HD, SY, AM, EXC, TD},
        {HD, AM, CD},
        {DX, AM, RS, SY},
        {HD, SY, MA, RS, AM, EXC, NR},
        {DX, SS, RS},
        {HD, SS, MA, RS, EXC},
        {DX, SS, AM, RS},
        {DX, SY, RS, DS},
        {HD, SY, MA, RS, DS},
        {DX, SS, MA, RS, DS},
        {DX, SY, AM, RS, DS},
        {HD, SS, AM, DS, NR},
        {DX, EX, SY, MA, RS},
        {HD, EX, SY, MA, RS, AM, CD, EXC, NR, TD, DS}
    };

    /** What the exploration rests on; and long walks find what lies deeper than it goes. */
    @Test
    void goingBackIsAsGoodAsDoingAllAnew() {
        SplittableRandom random = new SplittableRandom(7);
        long transitions = 0;
        for (int n = 0; n < WALKS; n++) {
            FunctionalUnits units = FunctionalUnits.of(SETS[n % SETS.length]);
            boolean expedited = units.has(EX) || random.nextBoolean();
            Exploration exploration =
                    new Exploration(units, expedited, new TokenSetting(random.nextInt(0x100) & 0x55), 0);
            exploration.walk(random, 300);
            transitions += exploration.transitions;
        }
        assertThat(transitions).isGreaterThan(30L * WALKS);
    }

    @Test
    void noOrderOfEventsBreaksTheDialogue() {
        long states = 0;
        long transitions = 0;
        long quiet = 0;
        int complete = 0;
        int explorations = 0;
        long began = System.nanoTime();
        for (FunctionalUnit[] set : SETS) {
            FunctionalUnits units = FunctionalUnits.of(set);
            for (int variant = 0; variant < 2; variant++) {
                boolean expedited = variant == 1;
                if (!expedited && units.has(EX)) {
                    continue;
                }
                TokenSetting tokens = (set.length + variant) % 2 == 0 ? TokenSetting.INITIATOR : new TokenSetting(0x11);
                Exploration exploration = new Exploration(units, expedited, tokens, REQUESTS);
                exploration.run(STATES);
                states += exploration.states();
                transitions += exploration.transitions;
                quiet += exploration.quiet;
                complete += exploration.isComplete ? 1 : 0;
                explorations++;
            }
        }
        System.out.printf(
                "%d explorations with %d requests a side: %,d states (%d complete), %,d transitions, %,d quiet, %.1f s%n",
                explorations, REQUESTS, states, complete, transitions, quiet, (System.nanoTime() - began) / 1e9);
        assertThat(states).isGreaterThan(Math.min(30_000, 35L * STATES));
    }
}
