package org.osistack.application.story;

import static org.osistack.application.cut.TwoHosts.ALICE;
import static org.osistack.application.cut.TwoHosts.BOB;
import static org.osistack.application.story.Actor.confirmed;

import java.util.function.Consumer;
import org.osistack.core.Octets;
import org.osistack.core.dialogue.ActivityIdentifier;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.DialogueStep.ActivityDiscard;
import org.osistack.core.dialogue.DialogueStep.ActivityDiscardAnswer;
import org.osistack.core.dialogue.DialogueStep.ActivityEnd;
import org.osistack.core.dialogue.DialogueStep.ActivityEndAnswer;
import org.osistack.core.dialogue.DialogueStep.ActivityInterrupt;
import org.osistack.core.dialogue.DialogueStep.ActivityInterruptAnswer;
import org.osistack.core.dialogue.DialogueStep.ActivityResume;
import org.osistack.core.dialogue.DialogueStep.ActivityStart;
import org.osistack.core.dialogue.DialogueStep.ControlGive;
import org.osistack.core.dialogue.DialogueStep.Resynchronize;
import org.osistack.core.dialogue.DialogueStep.ResynchronizeAnswer;
import org.osistack.core.dialogue.DialogueStep.SyncMajor;
import org.osistack.core.dialogue.DialogueStep.SyncMajorAnswer;
import org.osistack.core.dialogue.DialogueStep.SyncMinor;
import org.osistack.core.dialogue.DialogueStep.SyncMinorAnswer;
import org.osistack.core.dialogue.DialogueStep.TokenGive;
import org.osistack.core.dialogue.DialogueStep.TokenPlease;
import org.osistack.core.dialogue.DialogueStep.UserExceptionReport;
import org.osistack.core.dialogue.ExceptionReason;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.ResynchronizeType;
import org.osistack.core.dialogue.Token;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.dialogue.TokenSetting.Side;
import org.osistack.core.dialogue.Tokens;

/**
 * What alice, who reports, and bob, who edits, have to do with each other. The first dialogue is half-duplex, with
 * activities; the second and the third are duplex, without: the two exclude each other (X.215 §8), and so do symmetric and
 * minor synchronize, of which the second has the one and the third the other.
 */
final class Scenes {
    /** What bob can use in the first dialogue: by leaving duplex out he settles that it is half-duplex. */
    static final FunctionalUnits BOBS_FIRST_UNITS = FunctionalUnits.of(
            FunctionalUnit.HALF_DUPLEX,
            FunctionalUnit.EXPEDITED_DATA,
            FunctionalUnit.MINOR_SYNCHRONIZE,
            FunctionalUnit.MAJOR_SYNCHRONIZE,
            FunctionalUnit.RESYNCHRONIZE,
            FunctionalUnit.ACTIVITY_MANAGEMENT,
            FunctionalUnit.NEGOTIATED_RELEASE,
            FunctionalUnit.CAPABILITY_DATA,
            FunctionalUnit.EXCEPTIONS,
            FunctionalUnit.TYPED_DATA);

    private static final FunctionalUnits SECOND_UNITS = FunctionalUnits.of(
            FunctionalUnit.DUPLEX,
            FunctionalUnit.SYMMETRIC_SYNCHRONIZE,
            FunctionalUnit.DATA_SEPARATION,
            FunctionalUnit.MAJOR_SYNCHRONIZE,
            FunctionalUnit.RESYNCHRONIZE);

    private static final FunctionalUnits THIRD_UNITS = FunctionalUnits.of(
            FunctionalUnit.DUPLEX,
            FunctionalUnit.MINOR_SYNCHRONIZE,
            FunctionalUnit.MAJOR_SYNCHRONIZE,
            FunctionalUnit.RESYNCHRONIZE,
            FunctionalUnit.EXPEDITED_DATA);

    private static final TokenSetting RELEASE_AT_BOBS = TokenSetting.INITIATOR.with(Token.RELEASE, Side.RESPONDER);

    private Scenes() {}

    static Script script() {
        Script script = new Script();
        begin(script);
        article(script);
        trouble(script);
        twoArticles(script);
        end(script);
        secondDialogue(script);
        thirdDialogue(script);
        return script;
    }

    private static void begin(Script script) {
        script.chapter(
                        "Alice calls bob",
                        "They settle what their dialogue can do. Alice asks for every functional unit that she can use and"
                                + " leaves it open whether both may talk at once; bob leaves duplex out, so it is half-duplex."
                                + " The release token begins at bob's, all others at alice's (X.225 §7.1, §7.4).")
                .cue(
                        ALICE,
                        alice -> alice.call(BOBS_FIRST_UNITS.with(FunctionalUnit.DUPLEX), RELEASE_AT_BOBS),
                        ALICE,
                        Actor.ASSOCIATED)
                .chapter(
                        "What can you take?",
                        "Outside an activity a few words can be exchanged by capability data, which the peer has to"
                                + " confirm (X.225 §7.14, §7.15).")
                .cue(ALICE, alice -> alice.ask("plain text?"), BOB, Actor.CAPABILITY_DATA)
                .cue(BOB, bob -> bob.answer("yes, up to 80 lines"), ALICE, Actor.CAPABILITY_DATA_CONFIRMED);
    }

    private static void article(Script script) {
        script.chapter(
                        "Alice begins an article",
                        "An activity is a piece of work with a name. Serial numbers begin at 1 in each; a minor"
                                + " synchronization point says \"up to here\". A confirmation says \"I have it\", and that of a point"
                                + " confirms those before it, too (X.225 §7.29, §7.20, §7.21).")
                .cue(ALICE, step(new ActivityStart(name("fire"))), BOB, "ACTIVITY-START")
                .cue(ALICE, alice -> alice.say("Fire in Main Street."), BOB, Actor.DATA)
                .cue(ALICE, step(point(true)), BOB, "SYNC-MINOR")
                .cue(ALICE, alice -> alice.say("It began at noon."), BOB, Actor.DATA)
                .cue(ALICE, step(point(true)), BOB, "SYNC-MINOR")
                .cue(BOB, step(new SyncMinorAnswer(2)), ALICE, confirmed("SYNC-MINOR"))
                .chapter(
                        "Bob speaks out of turn",
                        "The data token is alice's, so bob cannot send data. Typed data needs no token (X.225 §7.13), and"
                                + " expedited data, 14 octets at most, has a flow of its own below and may overtake"
                                + " (X.225 §7.12, RFC 1006).")
                .cue(BOB, bob -> bob.sayOutOfTurn("Was anybody hurt?"), ALICE, Actor.TYPED_DATA)
                .cue(BOB, bob -> bob.cry("Hurry!"), ALICE, Actor.EXPEDITED_DATA)
                .chapter(
                        "Bob asks for the floor",
                        "Whoever lacks a token can ask for it; whoever has it gives it, or not (X.225 §7.17, §7.16).")
                .cue(BOB, step(new TokenPlease(Tokens.of(Token.DATA))), ALICE, "TOKEN-PLEASE")
                .cue(ALICE, step(new TokenGive(Tokens.of(Token.DATA))), BOB, "TOKEN-GIVE")
                .cue(BOB, bob -> bob.say("Names, please."), ALICE, Actor.DATA)
                .cue(BOB, step(new TokenGive(Tokens.of(Token.DATA))), ALICE, "TOKEN-GIVE");
    }

    private static void trouble(Script script) {
        script.chapter(
                        "Bob cannot go on",
                        "Whoever lacks the data token reports trouble by an exception. Until it is cleared, alice may not"
                                + " send. She clears it by a resynchronization: the dialogue goes on where the next point is 3,"
                                + " so what she said behind point 2 is void, and she says it better (X.225 §7.28, §7.24).")
                .cue(ALICE, alice -> alice.say("Mr. Brwn saw it."), BOB, Actor.DATA)
                .cue(
                        BOB,
                        step(new UserExceptionReport(ExceptionReason.USER_SEQUENCE_ERROR)),
                        ALICE,
                        "U-EXCEPTION-REPORT")
                .cue(ALICE, step(restart(3)), BOB, "RESYNCHRONIZE")
                .cue(BOB, step(restarted(3)), ALICE, confirmed("RESYNCHRONIZE"))
                .cue(ALICE, alice -> alice.say("Mr. Brown saw it."), BOB, Actor.DATA)
                .cue(ALICE, step(point(false)), BOB, "SYNC-MINOR")
                .chapter(
                        "Both want to go back at once",
                        "Alice wants to go on at 4 and bob at 3, and their requests cross. Of two restarts the lower number"
                                + " wins, so alice's is forgotten, and she answers bob's (X.225 §7.24).")
                .cue(ALICE, step(restart(4)))
                .cue(BOB, step(restart(3)), ALICE, "RESYNCHRONIZE")
                .cue(ALICE, step(restarted(3)), BOB, confirmed("RESYNCHRONIZE"))
                .chapter(
                        "No way back",
                        "A major synchronization point divides a dialogue: nobody says more until it is confirmed, and no"
                                + " restart goes back behind it; V(R) says so (X.225 §7.22).")
                .cue(ALICE, alice -> alice.say("Mr. Brown, 52, saw it."), BOB, Actor.DATA)
                .cue(ALICE, step(new SyncMajor(DialogueStep.NEXT)), BOB, "SYNC-MAJOR")
                .cue(BOB, step(new SyncMajorAnswer()), ALICE, confirmed("SYNC-MAJOR"));
    }

    private static void twoArticles(Script script) {
        script.chapter(
                        "Something more urgent",
                        "Alice interrupts her article; it can be resumed. All tokens come to whoever interrupts"
                                + " (X.225 §7.31).")
                .cue(ALICE, step(new ActivityInterrupt(ExceptionReason.LOCAL_USER_ERROR)), BOB, "ACTIVITY-INTERRUPT")
                .cue(BOB, step(new ActivityInterruptAnswer()), ALICE, confirmed("ACTIVITY-INTERRUPT"))
                .chapter(
                        "An article that never was",
                        "She begins another one, and discards it: the peer has to undo what it did for it"
                                + " (X.225 §7.33).")
                .cue(ALICE, step(new ActivityStart(name("ufo"))), BOB, "ACTIVITY-START")
                .cue(ALICE, alice -> alice.say("Lights over the lake!"), BOB, Actor.DATA)
                .cue(ALICE, step(new ActivityDiscard(ExceptionReason.USER_SEQUENCE_ERROR)), BOB, "ACTIVITY-DISCARD")
                .cue(BOB, step(new ActivityDiscardAnswer()), ALICE, confirmed("ACTIVITY-DISCARD"))
                .chapter(
                        "The first article goes on",
                        "An activity is resumed by its old name under a new one, behind the point that is given: the next"
                                + " has the number after it. Its end is a major synchronization point, too"
                                + " (X.225 §7.30, §7.35).")
                .cue(ALICE, step(new ActivityResume(name("fire 2"), name("fire"), 3, null)), BOB, "ACTIVITY-RESUME")
                .cue(ALICE, alice -> alice.say("All is well."), BOB, Actor.DATA)
                .cue(ALICE, step(new ActivityEnd(DialogueStep.NEXT)), BOB, "ACTIVITY-END")
                .cue(BOB, step(new ActivityEndAnswer()), ALICE, confirmed("ACTIVITY-END"));
    }

    private static void end(Script script) {
        script.chapter(
                        "Alice hands over control",
                        "For whatever comes next it is bob's turn. All tokens are alice's since she interrupted her article; she"
                                + " gives them to him all at once, which only works between activities (X.225 §7.18).")
                .cue(ALICE, step(new ControlGive()), BOB, "CONTROL-GIVE")
                .chapter(
                        "Not yet!",
                        "With negotiated release whoever is asked may refuse, and the dialogue goes on (X.225 §7.6 to §7.8)."
                                + " Alice has forgotten something; then they part, and nothing is lost.")
                .cue(BOB, Actor::release, ALICE, Actor.RELEASE)
                .cue(ALICE, alice -> alice.answerRelease(false), BOB, Actor.RELEASE_REFUSED)
                .cue(ALICE, alice -> alice.sayOutOfTurn("Pay me!"), BOB, Actor.TYPED_DATA)
                .cue(BOB, bob -> bob.say("On Friday."), ALICE, Actor.DATA)
                .cue(BOB, Actor::release, ALICE, Actor.RELEASE)
                .cue(ALICE, alice -> alice.answerRelease(true), BOB, Actor.END, ALICE, Actor.END);
    }

    private static void secondDialogue(Script script) {
        script.chapter(
                        "Alice calls again",
                        "This time without activities, and duplex: there is no data token, and both may talk at once. With"
                                + " symmetric synchronize minor points have no token, either: both set them when they like,"
                                + " and each flow of data counts its own. So there are two numbers in each column now, of"
                                + " what this side sends and of what it receives: alice's 2/3 is bob's 3/2 (X.225 §5.8).")
                .cue(BOB, bob -> bob.attachAnew(SECOND_UNITS))
                .cue(ALICE, alice -> alice.call(SECOND_UNITS, TokenSetting.INITIATOR), ALICE, Actor.ASSOCIATED)
                .cue(ALICE, alice -> alice.say("Rain in the north."))
                .cue(ALICE, step(point(true)))
                .cue(BOB, bob -> bob.say("Sun in the south."))
                .cue(BOB, step(point(true)), ALICE, "SYNC-MINOR", BOB, "SYNC-MINOR")
                .cue(BOB, bob -> bob.say("Storm by the sea."), ALICE, Actor.DATA)
                .cue(BOB, step(point(true)), ALICE, "SYNC-MINOR")
                .cue(ALICE, step(new SyncMinorAnswer(DialogueStep.NEXT)), BOB, confirmed("SYNC-MINOR"))
                .chapter(
                        "What stood before the point",
                        "Alice's next point asks for data separation: what bob says before he confirms it shall not be"
                                + " thrown away. He answers, confirms and goes on, and she resynchronizes at the same instant;"
                                + " each flow in its own way: hers restarts at 2, his is abandoned. What he said before his"
                                + " confirmation still comes; what he said behind it does not (X.225 §7.20, §7.24).")
                .cue(ALICE, step(new SyncMinor(DialogueStep.NEXT, true, true)), BOB, "SYNC-MINOR")
                .cue(BOB, bob -> bob.say("Wind from the west."))
                .cue(BOB, step(new SyncMinorAnswer(DialogueStep.NEXT)))
                .cue(BOB, bob -> bob.say("Or is it the east?"))
                .cue(
                        ALICE,
                        step(new Resynchronize(
                                ResynchronizeType.RESTART,
                                2,
                                TokenSetting.INITIATOR,
                                ResynchronizeType.ABANDON,
                                DialogueStep.NEXT)),
                        BOB,
                        "RESYNCHRONIZE",
                        ALICE,
                        Actor.DATA)
                .cue(
                        BOB,
                        step(new ResynchronizeAnswer(DialogueStep.NEXT, TokenSetting.INITIATOR)),
                        ALICE,
                        confirmed("RESYNCHRONIZE"))
                .chapter(
                        "A line below both",
                        "A major point still has a token, and it divides both flows. It has a number in each: the request"
                                + " names that of alice's flow, the answer that of bob's (X.225 §7.22). Then they part, and"
                                + " nobody refuses.")
                .cue(ALICE, step(new SyncMajor(DialogueStep.NEXT)), BOB, "SYNC-MAJOR")
                .cue(BOB, step(new SyncMajorAnswer()), ALICE, confirmed("SYNC-MAJOR"))
                .cue(ALICE, Actor::release, BOB, Actor.RELEASE)
                .cue(BOB, bob -> bob.answerRelease(true), ALICE, Actor.END, BOB, Actor.END);
    }

    private static void thirdDialogue(Script script) {
        script.chapter(
                        "Alice calls a third time",
                        "Still duplex, but with minor synchronize in place of symmetric: one row of numbers for both flows, and"
                                + " a token for whoever may set a point. The two units exclude each other.")
                .cue(BOB, bob -> bob.attachAnew(THIRD_UNITS))
                .cue(ALICE, alice -> alice.call(THIRD_UNITS, TokenSetting.INITIATOR), ALICE, Actor.ASSOCIATED)
                .cue(ALICE, alice -> alice.say("How are things?"))
                .cue(BOB, bob -> bob.say("It is late."), ALICE, Actor.DATA, BOB, Actor.DATA)
                .chapter(
                        "Give up, or begin elsewhere",
                        "Abandon goes on at a number that was never used, so what was said behind the last point is given"
                                + " up. Set takes any number, as here 500, and both can move the tokens on the way"
                                + " (X.225 §7.24).")
                .cue(ALICE, step(point(true)), BOB, "SYNC-MINOR")
                .cue(
                        ALICE,
                        step(new Resynchronize(ResynchronizeType.ABANDON, DialogueStep.NEXT, TokenSetting.INITIATOR)),
                        BOB,
                        "RESYNCHRONIZE")
                .cue(
                        BOB,
                        step(new ResynchronizeAnswer(DialogueStep.NEXT, TokenSetting.INITIATOR)),
                        ALICE,
                        confirmed("RESYNCHRONIZE"))
                .cue(
                        ALICE,
                        step(new Resynchronize(ResynchronizeType.SET, 500, TokenSetting.RESPONDER)),
                        BOB,
                        "RESYNCHRONIZE")
                .cue(BOB, step(new ResynchronizeAnswer(500, TokenSetting.RESPONDER)), ALICE, confirmed("RESYNCHRONIZE"))
                .cue(BOB, step(new SyncMajor(DialogueStep.NEXT)), ALICE, "SYNC-MAJOR")
                .cue(ALICE, step(new SyncMajorAnswer()), BOB, confirmed("SYNC-MAJOR"))
                .chapter(
                        "Enough",
                        "An abort ends a dialogue at once, whoever has the tokens, and what is under way is lost"
                                + " (X.225 §7.9). Where there is an expedited flow, PREPARE goes ahead of it"
                                + " (X.225 §7.26).")
                .cue(ALICE, Actor::abort, BOB, Actor.END);
    }

    private static Consumer<Actor> step(DialogueStep step) {
        return actor -> actor.step(step);
    }

    private static ActivityIdentifier name(String name) {
        return new ActivityIdentifier(Octets.ofText(name));
    }

    private static SyncMinor point(boolean explicitConfirmation) {
        return new SyncMinor(DialogueStep.NEXT, explicitConfirmation, false);
    }

    private static Resynchronize restart(long point) {
        return new Resynchronize(ResynchronizeType.RESTART, point, RELEASE_AT_BOBS);
    }

    private static ResynchronizeAnswer restarted(long point) {
        return new ResynchronizeAnswer(point, RELEASE_AT_BOBS);
    }
}
