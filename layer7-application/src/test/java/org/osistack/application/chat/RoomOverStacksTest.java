package org.osistack.application.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osistack.application.AssociationService;
import org.osistack.application.Associations;
import org.osistack.application.chat.RoomLab.Person;
import org.osistack.core.ConfigurationException;
import org.osistack.core.Dissector;
import org.osistack.core.Host;
import org.osistack.core.Simulation;
import org.osistack.core.Stack;
import org.osistack.core.StackSpec;
import org.osistack.presentation.PresentationService;

/** A half-duplex room and three members, all seven layers, on one virtual Ethernet. */
class RoomOverStacksTest {
    private RoomLab lab = RoomLab.ofStacks(4, "");

    @AfterEach
    void noPduLeaks() {
        assertThat(lab.outstanding()).isZero();
    }

    private Person come(String name) {
        Person person = lab.come(name);
        lab.run();
        assertThat(person.isIn()).isTrue();
        return person;
    }

    @Test
    void theDataTokenGoesRound() {
        Person ann = come("ann");
        Person carol = come("carol");
        Person dave = come("dave");
        ann.client.please();
        lab.run();
        carol.client.please();
        lab.run();
        dave.client.please();
        lab.run();

        for (Person person : List.of(ann, carol, dave)) {
            assertThat(lab.holders()).containsExactly(person.name);
            assertThat(person.holdsDataToken()).isTrue();
            person.client.say("I am " + person.name);
            person.client.give();
            lab.run();
        }

        assertThat(lab.holders()).containsExactly("bob");
        assertThat(ann.heard).containsExactly("carol asks", "dave asks", "carol: I am carol", "dave: I am dave");
        assertThat(carol.heard).containsExactly("ann: I am ann", "dave asks", "dave: I am dave");
        assertThat(dave.heard).containsExactly("ann: I am ann", "carol: I am carol");
        for (Person person : List.of(carol, ann, dave)) {
            person.client.goodbye();
            lab.run();
            assertThat(person.isOver).isTrue();
            assertThat(person.problem).isNull();
            assertThat(lab.log).contains(person.name + " has left");
        }
    }

    @Test
    void anybodyMaySpeakOutOfTurnAndAskWhoIsThere() {
        Person ann = come("ann");
        Person carol = come("carol");
        ann.client.please();
        lab.run();
        carol.client.sayAside("psst");
        lab.type("!quiet");
        carol.client.askWho();
        lab.run();

        assertThat(ann.heard).containsExactlyInAnyOrder("carol!: psst", "bob!: quiet");
        assertThat(carol.heard).containsExactlyInAnyOrder("bob!: quiet", "ann has the floor; bob, you listen");
    }

    @Test
    void allTokensCanBeGivenAndTheReleaseRefusedWhileLinesAreUnderWay() {
        Person ann = come("ann");
        lab.type("/all ann");
        lab.run();
        assertThat(ann.client.association().ownTokens())
                .isEqualTo(HalfDuplex.available(ann.client.association().functionalUnits()));
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String line = i + " " + "x".repeat(4000);
            lab.type("!" + line);
            expected.add("bob!: " + line);
        }
        ann.client.goodbye();
        lab.run();

        assertThat(ann.heard).isEqualTo(expected);
        assertThat(ann.problem).isNull();
        assertThat(lab.log).contains("ann has left");
    }

    @Test
    void theFloorOfACrashedStackGoesToTheNext() {
        Person ann = come("ann");
        Person carol = come("carol");
        ann.client.please();
        lab.run();
        carol.client.please();
        lab.run();

        lab.crash(ann);
        lab.run();

        assertThat(lab.holders()).containsExactly("carol");
        assertThat(lab.log).anyMatch(line -> line.startsWith("ann is gone: "));
    }

    @Test
    void eachKindOfRoomSaysInWordsWhoDoesNotFit() {
        Person ann = lab.comeFullDuplex("ann");
        lab.run();
        assertThat(ann.problem).isEqualTo("in this room one at a time has the floor: come with --half-duplex");
        assertThat(lab.outstanding()).isZero();

        lab = RoomLab.fullDuplex(5);
        Person carol = lab.come("carol");
        Person dave = lab.comeFullDuplex("dave");
        lab.run();
        assertThat(carol.problem).isEqualTo("in this room all speak at any time: come without --half-duplex");
        assertThat(dave.isIn()).isTrue();
    }

    @Test
    void withoutASessionLayerThereIsNoHalfDuplexRoom() {
        Simulation simulation = new Simulation(1);
        Host host = simulation.newHost("bob");
        StackSpec spec = StackSpec.of("virtual:lab", "ethernet", "ipv4:10.0.0.1/24", "tcp", "none", "plain");
        Stack stack = Stack.open(host, spec, null, () -> Dissector.NONE);
        AssociationService service = Associations.over(host, stack.service(PresentationService.class));

        assertThatThrownBy(() -> lab.serve(service, "half-duplex"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("chat: this stack has no half-duplex: it needs a session layer, such as x225");
        assertThatThrownBy(() -> lab.serve(service, "simplex"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("chat: a room is half-duplex, or nothing is said about it");
        stack.close();
    }
}
