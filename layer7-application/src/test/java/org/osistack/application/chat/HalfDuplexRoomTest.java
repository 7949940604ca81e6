package org.osistack.application.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osistack.application.AssociationRequest;
import org.osistack.application.AssociationUser;
import org.osistack.application.FakeAssociation;
import org.osistack.application.chat.RoomLab.Person;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.Token;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.dialogue.Tokens;

/** A half-duplex room with members that are joined to it by associations without any layer below. */
class HalfDuplexRoomTest {
    private final RoomLab lab = RoomLab.ofAssociations(1);

    @AfterEach
    void noPduLeaks() {
        lab.run();
        assertThat(lab.outstanding()).isZero();
    }

    private Person come(String name) {
        Person person = lab.come(name);
        lab.run();
        assertThat(person.isIn()).isTrue();
        return person;
    }

    @Test
    void theFloorIsOfWhoeverServesTheRoomAtFirst() {
        Person ann = come("ann");

        assertThat(lab.holders()).containsExactly("bob");
        assertThat(ann.holder).isEqualTo("bob");
        assertThat(ann.client.say("hello")).isFalse();
        lab.type("welcome");
        lab.run();
        assertThat(ann.heard).containsExactly("bob: welcome");
        assertThat(lab.log).startsWith("ann has come in", TypedLine.COMMANDS);
    }

    @Test
    void whoAsksForAFloorThatNobodyUsesGetsIt() {
        Person ann = come("ann");
        Person carol = come("carol");

        ann.client.please();
        lab.run();

        assertThat(lab.holders()).containsExactly("ann");
        assertThat(ann.holder).isEqualTo("you");
        assertThat(carol.holder).isEqualTo("ann");
        assertThat(ann.client.say("hello")).isTrue();
        lab.run();
        assertThat(carol.heard).containsExactly("ann: hello");
        assertThat(lab.log).endsWith("ann has the floor", "ann has the floor; you, carol listen", "ann: hello");
    }

    @Test
    void whoAsksWaitsForItsTurnAndTheHolderHearsWho() {
        Person ann = come("ann");
        Person carol = come("carol");
        Person dave = come("dave");
        ann.client.please();
        lab.run();

        carol.client.please();
        lab.run();
        dave.client.please();
        carol.client.please();
        ann.client.please();
        lab.run();
        assertThat(ann.heard).containsExactly("carol asks", "dave asks");
        assertThat(lab.holders()).containsExactly("ann");

        ann.client.say("over to you");
        ann.client.give();
        assertThat(ann.client.say("one more thing")).isFalse();
        lab.run();
        assertThat(lab.holders()).containsExactly("carol");
        assertThat(carol.heard).containsExactly("ann: over to you", "dave asks");
        assertThat(List.of(ann.holder, dave.holder)).containsOnly("carol");

        carol.client.give();
        lab.run();
        dave.client.give();
        lab.run();
        assertThat(lab.holders()).containsExactly("bob");
    }

    @Test
    void anybodyMaySpeakOutOfTurn() {
        Person ann = come("ann");
        Person carol = come("carol");
        ann.client.please();
        lab.run();

        carol.client.sayAside("psst");
        lab.type("!quiet");
        ann.client.say("so");
        lab.run();

        assertThat(ann.heard).containsExactlyInAnyOrder("carol!: psst", "bob!: quiet");
        assertThat(carol.heard).containsExactlyInAnyOrder("bob!: quiet", "ann: so");
        assertThat(lab.log).contains("carol (out of turn): psst");
        assertThat(lab.holders()).containsExactly("ann");
    }

    @Test
    void tellsWhoIsThere() {
        Person ann = come("ann");
        Person carol = come("carol");
        Person dave = come("dave");
        ann.client.please();
        lab.run();
        carol.client.please();
        lab.run();
        ann.heard.clear();

        ann.client.askWho();
        carol.client.askWho();
        dave.client.askWho();
        lab.run();

        assertThat(ann.heard).containsExactly("you have the floor; carol asks for it; bob, dave listen");
        assertThat(carol.heard).containsExactly("ann has the floor; you ask for it; bob, dave listen");
        assertThat(dave.heard).containsExactly("ann has the floor; carol asks for it; bob, you listen");
    }

    @Test
    void thoseOfTheSameNameCanBeTold() {
        come("ann");
        come("bob");
        come("ann");
        come("ann");
        assertThat(lab.log).contains("ann has come in", "bob 2 has come in", "ann 2 has come in", "ann 3 has come in");
        assertThat(HalfDuplexRoom.shortName("ann (10.0.0.1)")).isEqualTo("ann");
        assertThat(HalfDuplexRoom.shortName("10.0.0.1")).isEqualTo("10.0.0.1");
    }

    @Test
    void whoeverServesTheRoomHasTheSameCommands() {
        Person ann = come("ann");
        Person carol = come("carol");
        lab.type("good morning");
        ann.client.please();
        lab.run();
        assertThat(lab.log).endsWith("ann asks for the floor: /give hands it over");
        assertThat(lab.holders()).containsExactly("bob");

        lab.type("/give");
        lab.run();
        assertThat(lab.holders()).containsExactly("ann");
        lab.type("may I?");
        assertThat(lab.log)
                .endsWith("ann has the floor: /please asks for it, !TEXT speaks out of turn; not said: may I?");
        lab.type("/give carol");
        assertThat(lab.log).endsWith("ann has the floor, not you");
        lab.type("/please");
        carol.client.please();
        lab.run();
        assertThat(ann.heard).endsWith("bob asks", "carol asks");
        ann.client.give();
        lab.run();
        assertThat(lab.holders()).containsExactly("bob"); // and bob uses it, since he asked
        lab.type("/give nobody");
        assertThat(lab.log).endsWith("there is no nobody here");
        lab.type("/give ann"); // whoever serves the room may say who gets it
        lab.run();
        assertThat(lab.holders()).containsExactly("ann");
        ann.client.give();
        lab.run();
        assertThat(lab.holders()).containsExactly("carol");
        lab.type("/nonsense");
        assertThat(lab.log).endsWith("there is no /nonsense: " + TypedLine.COMMANDS);
    }

    @Test
    void controlCanBeGivenAsAWhole() {
        Person ann = come("ann");
        Person carol = come("carol");
        Tokens all = Tokens.of(Token.DATA, Token.MAJOR_ACTIVITY, Token.RELEASE);

        lab.type("/all ann");
        carol.client.please(); // before the acknowledgement of control has come, nobody can be asked for tokens
        lab.run();
        assertThat(ann.client.association().ownTokens()).isEqualTo(all);
        assertThat(ann.heard).containsExactly("carol asks");

        ann.client.say("all is mine");
        ann.client.giveAll();
        ann.client.please();
        lab.run();
        assertThat(ann.client.association().ownTokens()).isEqualTo(Tokens.NONE);
        assertThat(carol.heard).containsExactly("ann: all is mine", "ann asks");
        assertThat(carol.client.association().ownTokens()).isEqualTo(Tokens.of(Token.DATA));

        carol.client.giveAll(); // of all that carol has: S-TOKEN-GIVE
        lab.run();
        assertThat(lab.holders()).containsExactly("ann");
    }

    @Test
    void whoHasControlMayLeaveWithoutAsking() {
        Person ann = come("ann");
        lab.type("/all ann");
        lab.run();

        ann.client.goodbye();
        lab.run();

        assertThat(ann.isOver).isTrue();
        assertThat(ann.problem).isNull();
        assertThat(lab.log).contains("ann has left");
        assertThat(lab.holders()).containsExactly("bob");
    }

    @Test
    void whoHasTheReleaseTokenAloneLeavesAsWell() {
        Person ann = come("ann");
        lab.type("/all ann");
        lab.run();
        ann.client.give();
        lab.run();
        assertThat(ann.client.association().ownTokens()).isEqualTo(Tokens.of(Token.MAJOR_ACTIVITY, Token.RELEASE));

        ann.client.goodbye();
        lab.run();

        assertThat(ann.problem).isNull();
        assertThat(lab.log).contains("ann has left");
    }

    @Test
    void whoLeavesGetsAllTokensButNotTheFloor() {
        Person ann = come("ann");
        Person carol = come("carol");
        Person dave = come("dave");
        ann.client.please();
        lab.run();
        carol.client.please();
        dave.client.please();
        lab.run();

        carol.client.goodbye();
        lab.run();
        assertThat(carol.problem).isNull();
        assertThat(lab.holders()).containsExactly("ann");
        ann.client.goodbye();
        lab.run();
        assertThat(lab.holders()).containsExactly("dave");
        dave.client.goodbye();
        lab.run();
        assertThat(lab.holders()).containsExactly("bob");
        assertThat(lab.log).contains("carol has left", "ann has left", "dave has left");
    }

    @Test
    void theFloorOfWhoDiesGoesToTheNext() {
        Person ann = come("ann");
        Person carol = come("carol");
        ann.client.please();
        lab.run();
        carol.client.please();
        lab.run();

        ann.client.abort();
        lab.run();

        assertThat(lab.holders()).containsExactly("carol");
        assertThat(lab.log).contains("ann is gone: aborted by the peer", "carol has the floor");
    }

    @Test
    void aReleaseIsRefusedWhileLinesAreUnderWay() {
        Person ann = come("ann");
        lab.type("/all ann"); // who then needs to ask for nothing, and so need not wait for her turn
        lab.run();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 50; i++) { // faster than the credit lets them through
            lab.type("!line " + i);
            expected.add("bob!: line " + i);
        }
        ann.client.goodbye();
        lab.run(Duration.ofMillis(200));
        assertThat(ann.heard).isEqualTo(expected);
        assertThat(ann.isIn()).isTrue();

        lab.run(Duration.ofMillis(200));
        assertThat(ann.isOver).isTrue();
        assertThat(ann.problem).isNull();
        assertThat(lab.log).contains("ann has left");
    }

    @Test
    void whoLeavesMissesNothingThatWasSaidBefore() {
        Person ann = come("ann");
        Person carol = come("carol");
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            lab.type("line " + i);
            expected.add("bob: line " + i);
        }
        carol.client.goodbye();
        lab.run();

        assertThat(carol.heard).isEqualTo(expected);
        assertThat(carol.problem).isNull();
        assertThat(ann.heard).isEqualTo(expected);
    }

    @Test
    void aRoomThatDoesNotLetGoIsLeftAfterTenSeconds() {
        Person ann = come("ann");
        ((FakeAssociation) ann.client.association()).cutOff();
        ann.client.goodbye();
        lab.run(Duration.ofMillis(9_999));
        assertThat(ann.isIn()).isTrue();
        lab.run(Duration.ofMillis(2));
        assertThat(ann.problem).isEqualTo("the room has not let go within 10 s");
    }

    @Test
    void linesKeepTheirOrderThoughTheyGoByDataAndTypedData() {
        Person ann = come("ann");
        Person carol = come("carol");
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            lab.type("line " + i);
            expected.add("bob: line " + i);
        }
        lab.type("/give ann"); // behind the lines; what follows has no token to go by
        for (int i = 0; i < 20; i++) {
            lab.type("!aside " + i);
            expected.add("bob!: aside " + i);
        }
        lab.run();

        assertThat(ann.heard).isEqualTo(expected);
        assertThat(carol.heard).isEqualTo(expected);
        assertThat(lab.holders()).containsExactly("ann");
    }

    // ---- Peers that do what they shouldn't ----

    @Test
    void whoSpeaksWithTheTokenOfItsLeavingIsCutOff() {
        Person ann = come("ann");
        ann.client.post(new Outgoing.Please(Tokens.of(Token.DATA, Token.RELEASE), null));
        lab.run(Duration.ofSeconds(1));
        assertThat(ann.holdsDataToken()).isTrue();
        assertThat(ann.client.hasFloor()).isTrue(); // it thinks so; the room does not

        ann.client.say(new ChatMessage("me first"));
        lab.run();

        assertThat(ann.isOver).isTrue();
        assertThat(lab.log).contains("ann is gone: it spoke with the data token that it was given to leave");
        assertThat(lab.holders()).containsExactly("bob");
    }

    @Test
    void whoWantsToLeaveAndDoesNotIsCutOff() {
        Person ann = come("ann");
        ann.client.post(new Outgoing.Please(Tokens.of(Token.DATA, Token.RELEASE), null));
        lab.run();

        assertThat(ann.isOver).isTrue();
        assertThat(lab.log).contains("ann is gone: it wanted to leave, and has not within 10 s");
    }

    @Test
    void whoWantsToLeaveMayThinkBetterOfIt() {
        Person ann = come("ann");
        ann.client.post(new Outgoing.Please(Tokens.of(Token.DATA, Token.RELEASE), null));
        lab.run(Duration.ofSeconds(1));
        ann.client.give();
        ann.client.post(new Outgoing.Give(Tokens.of(Token.RELEASE)));
        lab.run();
        assertThat(ann.isIn()).isTrue();

        ann.client.please();
        lab.run();
        assertThat(lab.holders()).containsExactly("ann");
    }

    @Test
    void whoComesWithTokensInItsHandsIsCutOff() {
        List<String> news = new ArrayList<>();
        lab.associations("mallory")
                .associateRequest(
                        new AssociationRequest(ChatServer.CONTEXT, null, HalfDuplex.WANTED, TokenSetting.INITIATOR),
                        new Stranger(news));
        lab.run();

        assertThat(news).endsWith("ended: aborted by the peer");
        assertThat(lab.log).contains("mallory is gone: it came with tokens in its hands");
    }

    @Test
    void whoLacksAFunctionalUnitIsToldWhatTheRoomNeeds() {
        List<String> news = new ArrayList<>();
        lab.associations("mallory")
                .associateRequest(
                        new AssociationRequest(
                                ChatServer.CONTEXT,
                                null,
                                FunctionalUnits.of(FunctionalUnit.HALF_DUPLEX, FunctionalUnit.TYPED_DATA),
                                TokenSetting.RESPONDER),
                        new Stranger(news));
        lab.run();

        assertThat(news).containsExactly("ended: this room needs kernel, half-duplex, negotiated release, typed data");
    }

    @Test
    void stepsWithoutAPlaceInAChatEndIt() {
        Person ann = come("ann");
        ann.client.stepIndication(new DialogueStep.SyncMinor(1, true, false), Octets.EMPTY);
        lab.run();

        assertThat(ann.problem).isEqualTo("it took a step that has no place in a chat: SYNC-MINOR");
        assertThat(lab.log).contains("ann is gone: aborted by the peer");
    }

    @Test
    void aLineByTypedDataIsNoWayAroundTheFloor() {
        Person ann = come("ann");
        ann.client.say(new ChatMessage("I do not have the floor"));
        lab.run();

        assertThat(ann.isOver).isTrue();
        assertThat(lab.log).contains("ann is gone: it sent a message that has no place here");
    }

    @Test
    void whoAsksWithoutReadingTheAnswersIsCutOff() {
        Person ann = come("ann");
        for (int i = 0; i < 200; i++) {
            ann.client.askWho();
        }
        lab.run();
        assertThat(ann.isIn()).isTrue();
        assertThat(ann.heard).hasSize(200);

        for (int i = 0; i < 300; i++) {
            ann.client.askWho();
        }
        assertThat(ann.problem).isEqualTo("it reads too slowly");
    }

    @Test
    void theRoomGetsFullAndSaysSo() {
        for (int i = 0; i < ChatServer.MAX_MEMBERS; i++) {
            lab.come("m" + i);
        }
        lab.run();
        Person last = lab.come("last");
        lab.run();
        assertThat(last.problem).isEqualTo("the room is full");
    }

    @Test
    void saysWhichRoomsFitWhichMembers() {
        Person ann = lab.comeFullDuplex("ann");
        lab.run();
        assertThat(ann.problem).isEqualTo("in this room one at a time has the floor: come with --half-duplex");
    }

    /** Is no chat client. */
    private record Stranger(List<String> news) implements AssociationUser {
        @Override
        public void dataIndication(Pdu apdu) {
            apdu.release();
        }

        @Override
        public void releaseIndication() {
            news.add("release?");
        }

        @Override
        public void ended(Ending ending, String detail) {
            news.add("ended: " + detail);
        }
    }
}
