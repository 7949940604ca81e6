package org.osistack.session.x225;

import java.util.SplittableRandom;
import org.osistack.core.Octets;
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
import org.osistack.session.SessionConnection;
import org.osistack.session.SessionPrimitive;

/** What users and peers of tests may take into their heads: primitives at random, most of which make sense. */
final class Whims {
    private final SplittableRandom random;

    Whims(SplittableRandom random) {
        this.random = random;
    }

    Octets data(int atMost) {
        byte[] octets = new byte[1 + random.nextInt(atMost)];
        random.nextBytes(octets);
        return Octets.of(octets);
    }

    private Octets anyData() {
        return switch (random.nextInt(4)) {
            case 0 -> data(10);
            case 1 -> data(300);
            default -> Octets.EMPTY;
        };
    }

    TokenSetting setting(int available) {
        int bits = 0;
        for (int shift = 0; shift < 8; shift += 2) {
            if ((available >> shift & 1) != 0) {
                bits |= random.nextInt(3) << shift;
            }
        }
        return new TokenSetting(bits);
    }

    private ActivityIdentifier activity() {
        return new ActivityIdentifier(data(6));
    }

    private ExceptionReason reason() {
        return ExceptionReason.values()[random.nextInt(ExceptionReason.values().length)];
    }

    /** An answer to whatever may have been indicated. */
    SessionPrimitive answer(SessionConnection connection) {
        int available = Variables.available(connection.functionalUnits().bits());
        return switch (random.nextInt(8)) {
            case 0 -> step(new DialogueStep.SyncMajorAnswer(), anyData());
            case 1 -> step(new DialogueStep.ActivityEndAnswer(), anyData());
            case 2, 3 -> step(new DialogueStep.ResynchronizeAnswer(DialogueStep.NEXT, setting(available)), anyData());
            case 4 -> step(new DialogueStep.ActivityInterruptAnswer(), Octets.EMPTY);
            case 5 -> step(new DialogueStep.ActivityDiscardAnswer(), Octets.EMPTY);
            case 6 -> new SessionPrimitive.CapabilityDataAnswer(anyData());
            default -> new SessionPrimitive.ReleaseAnswer(true, anyData());
        };
    }

    /** A request or response. */
    SessionPrimitive request(SessionConnection connection) {
        FunctionalUnits units = connection.functionalUnits();
        int available = Variables.available(units.bits());
        SerialNumbers numbers = connection.serialNumbers();
        return switch (random.nextInt(25)) {
            case 0, 1 -> {
                int tokens = random.nextInt(0x100) & connection.ownTokens().bits();
                yield tokens == 0
                        ? answer(connection)
                        : step(new DialogueStep.TokenGive(new Tokens(tokens)), Octets.EMPTY);
            }
            case 2 -> {
                int tokens = random.nextInt(0x100) & available;
                yield tokens == 0
                        ? answer(connection)
                        : step(new DialogueStep.TokenPlease(new Tokens(tokens)), anyData());
            }
            case 3 -> step(new DialogueStep.ControlGive(), Octets.EMPTY);
            case 4, 5 -> step(new DialogueStep.SyncMinor(DialogueStep.NEXT, random.nextBoolean(), false), anyData());
            case 6, 7 -> {
                long number = numbers.lowestUnconfirmed()
                        + random.nextLong(1 + Math.max(0, numbers.next() - numbers.lowestUnconfirmed()));
                yield step(new DialogueStep.SyncMinorAnswer(number), anyData());
            }
            case 8 -> step(new DialogueStep.SyncMajor(DialogueStep.NEXT), anyData());
            case 9 ->
                step(
                        new DialogueStep.Resynchronize(
                                ResynchronizeType.ABANDON, DialogueStep.NEXT, setting(available)),
                        anyData());
            case 10 -> {
                long number = numbers.lowestRestart() + random.nextLong(1 + numbers.next() - numbers.lowestRestart());
                yield step(
                        new DialogueStep.Resynchronize(ResynchronizeType.RESTART, number, setting(available)),
                        anyData());
            }
            case 11 ->
                step(
                        new DialogueStep.Resynchronize(ResynchronizeType.SET, random.nextInt(900), setting(available)),
                        anyData());
            case 12 -> step(new DialogueStep.UserExceptionReport(reason()), anyData());
            case 13 -> step(new DialogueStep.ActivityStart(activity()), anyData());
            case 14 ->
                step(
                        new DialogueStep.ActivityResume(
                                activity(),
                                activity(),
                                random.nextInt(50),
                                random.nextBoolean() ? null : new OldConnection(data(64), data(64), data(64), data(4))),
                        anyData());
            case 15 -> step(new DialogueStep.ActivityInterrupt(reason()), Octets.EMPTY);
            case 16 -> step(new DialogueStep.ActivityDiscard(reason()), Octets.EMPTY);
            case 17 -> step(new DialogueStep.ActivityEnd(DialogueStep.NEXT), anyData());
            case 18 -> new SessionPrimitive.CapabilityData(anyData());
            case 19 -> new SessionPrimitive.TypedData(data(200));
            case 20 -> new SessionPrimitive.ExpeditedData(data(14));
            case 21 -> new SessionPrimitive.ReleaseAnswer(!units.has(FunctionalUnit.NEGOTIATED_RELEASE), anyData());
            case 22 -> random.nextInt(4) == 0 ? new SessionPrimitive.Release(anyData()) : answer(connection);
            default -> answer(connection);
        };
    }

    private static SessionPrimitive step(DialogueStep step, Octets userData) {
        return new SessionPrimitive.Step(step, userData);
    }
}
