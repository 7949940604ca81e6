package org.osistack.presentation.x226;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.osistack.core.Octets;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.Tokens;
import org.osistack.presentation.FakeDialogue;
import org.osistack.presentation.PresentationPrimitive;
import org.osistack.presentation.PresentationRequirements;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.SessionRefusal;

class HostileTest extends TwoEnds {
    @Test
    void copesWithAnyPpduInAnyState() {
        SplittableRandom random = new SplittableRandom(6);
        List<Octets> samples =
                PpduTest.samples().filter(octets -> octets.length() < 300).toList();
        callee = open(bob, bobSession, Map.of("unknown-selector", "any"));
        callee.attach(address("mms"), called);
        int indicated = 0;
        int data = 0;
        for (int i = 0; i < 20_000; i++) {
            called.connect = null;
            switch (random.nextInt(4)) {
                case 0 -> {
                    refusalOf(mutate(random, samples).toString());
                    indicated += called.connect == null ? 0 : 1;
                }
                case 1 ->
                    confirming(
                            random.nextBoolean() ? null : SessionRefusal.REJECTED_BY_USER,
                            mutate(random, samples).toString());
                default -> {
                    establish();
                    hearAnything(random, samples);
                    data += called.data.size();
                }
            }
            called.data.clear();
            called.heard.clear();
            calling.heard.clear();
            net.log.clear();
            net.ends.clear();
        }
        assertThat(indicated).isGreaterThan(100);
        assertThat(data).isGreaterThan(100);
    }

    private void hearAnything(SplittableRandom random, List<Octets> samples) {
        for (int n = 0; n < 4; n++) {
            FakeDialogue.End end = net.ends.get(net.ends.size() - 1 - random.nextInt(2));
            Octets octets = mutate(random, samples);
            switch (random.nextInt(5)) {
                case 0 -> end.hear(new SessionPrimitive.TypedData(octets));
                case 1 -> end.hear(new SessionPrimitive.Release(octets));
                case 2 -> end.hear(new SessionPrimitive.Step(new DialogueStep.TokenPlease(Tokens.NONE), octets));
                case 3 -> end.hear(new SessionPrimitive.UserAbort(octets));
                default -> end.hearData(octets.toString());
            }
            settle();
        }
    }

    @Test
    void copesWithAnyStepWhereContextsMayChange() {
        SplittableRandom random = new SplittableRandom(7);
        List<Octets> samples = PpduTest.samples()
                .filter(octets -> octets.length() < 100)
                .filter(octets -> octets.at(0) != UserData.FULL || octets.length() == 14)
                .toList();
        List<DialogueStep> steps = Stream.concat(DialogueStepsTest.steps(), DialogueStepsTest.resynchronizations())
                .toList();
        int alterations = 0;
        int stepsHeard = 0;
        for (int i = 0; i < 10_000; i++) {
            establish(PresentationRequirements.CONTEXT_RESTORATION);
            for (int n = 0; n < 6; n++) {
                FakeDialogue.End end = net.ends.get(net.ends.size() - 1);
                Octets octets = random.nextInt(3) == 0 ? Octets.EMPTY : mutate(random, samples);
                switch (random.nextInt(6)) {
                    case 0, 1 -> end.hear(new SessionPrimitive.TypedData(octets));
                    case 2 -> end.hear(new SessionPrimitive.ExpeditedData(octets));
                    case 3 -> end.hear(new SessionPrimitive.CapabilityData(octets));
                    default -> {
                        DialogueStep step = steps.get(random.nextInt(steps.size()));
                        end.hear(new SessionPrimitive.Step(step, octets));
                    }
                }
                settle();
                if (called.last() instanceof PresentationPrimitive.AlterContext) {
                    alterations++;
                    called.connection.request(new PresentationPrimitive.AlterContextAnswer());
                    settle();
                }
                stepsHeard += called.last() instanceof PresentationPrimitive.Step ? 1 : 0;
            }
            called.heard.clear();
            calling.heard.clear();
            net.log.clear();
            net.ends.clear();
        }
        assertThat(alterations).isGreaterThan(50);
        assertThat(stepsHeard).isGreaterThan(100);
    }

    private static Octets mutate(SplittableRandom random, List<Octets> samples) {
        byte[] octets = samples.get(random.nextInt(samples.size())).toByteArray();
        for (int n = random.nextInt(4); n > 0; n--) {
            octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
        }
        return Octets.of(octets).slice(0, random.nextInt(4) == 0 ? random.nextInt(octets.length) : octets.length);
    }
}
