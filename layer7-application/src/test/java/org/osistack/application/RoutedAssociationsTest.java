package org.osistack.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osistack.core.Host;
import org.osistack.core.MediumManagement;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Simulation;
import org.osistack.core.Stack;
import org.osistack.core.StackSpec;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.presentation.PresentationService;

/** Two hosts with two links between them, and a column of all layers on each. */
class RoutedAssociationsTest {
    private static final ApplicationContext CONTEXT = ApplicationContexts.own("test", 99, 4099);
    private static final ApplicationContext UNKNOWN = ApplicationContexts.own("unknown", 98, 4098);
    private static final FunctionalUnits DUPLEX = FunctionalUnits.of(FunctionalUnit.DUPLEX);
    private static final Duration LONG = Duration.ofMinutes(5);

    private final Simulation simulation = new Simulation(1);
    private final Host alice = simulation.newHost("alice");
    private final Host bob = simulation.newHost("bob");
    private final List<Stack> stacks = new ArrayList<>(); // alice's first and second, bob's first and second
    private final RoutedAssociations alices = open(alice, 1);
    private final RoutedAssociations bobs = open(bob, 2);
    private final RecordingAssociationUser caller = new RecordingAssociationUser();
    private final RecordingAssociationUser called = new RecordingAssociationUser();
    private final List<String> visitors = new ArrayList<>(); // bob's, by their addresses

    RoutedAssociationsTest() {
        bobs.attach(CONTEXT, DUPLEX, association -> {
            visitors.add(association.peer());
            association.accept();
            return called.associateIndication(association);
        });
    }

    private RoutedAssociations open(Host host, int number) {
        RoutedAssociations both = new RoutedAssociations(column(host, 1, number));
        AssociationService second = column(host, 2, number);
        both.add(second, Map.of(both.parseAddress("10.0.1.2"), second.parseAddress("10.0.2.2")));
        return both;
    }

    private AssociationService column(Host host, int link, int number) {
        StackSpec spec = new StackSpec()
                .set(1, "virtual:link" + link)
                .set(2, "ethernet")
                .set(3, "ipv4:10.0." + link + "." + number + "/24")
                .set(4, "tcp:keep-alive=3s,timeout=30s")
                .add(4, "tpkt")
                .set(5, "x225")
                .set(6, "x226");
        Stack stack = Stack.open(host, spec);
        stacks.add(stack);
        return Associations.over(host, stack.service(PresentationService.class));
    }

    private Association call(ApplicationContext context, String address) {
        NetworkAddress host = alices.parseAddress(address);
        return alices.associateRequest(new AssociationRequest(context, host, DUPLEX, TokenSetting.INITIATOR), caller);
    }

    private void unplug(int link) {
        stacks.get(link - 1).management(MediumManagement.class).orElseThrow().unplug();
    }

    @AfterEach
    void nothingIsLeft() {
        stacks.forEach(Stack::close);
        simulation.run(LONG);
        assertThat(alice.pool().outstanding()).isZero();
        assertThat(bob.pool().outstanding()).isZero();
    }

    @Test
    void asksByTheFirstLinkAsLongAsThatWorks() {
        call(CONTEXT, "10.0.1.2");
        simulation.run(LONG);
        call(CONTEXT, "10.0.1.2");
        simulation.run(LONG);

        assertThat(caller.heard).containsExactly("associated", "associated");
        assertThat(visitors).hasSize(2).allMatch(peer -> peer.contains("10.0.1.1"));
    }

    @Test
    void goesByTheNextLinkWhenAnAssociationWasLost() {
        call(CONTEXT, "10.0.1.2");
        simulation.run(LONG);
        unplug(1);
        simulation.run(LONG);
        assertThat(caller.heard).hasSize(2).element(1).asString().startsWith("ended PROVIDER_ABORTED");
        call(CONTEXT, "10.0.1.2");
        simulation.run(LONG);

        assertThat(caller.heard).hasSize(3).endsWith("associated");
        assertThat(visitors).hasSize(2).last().asString().contains("10.0.2.1");
        caller.association.releaseRequest();
        simulation.run(LONG);
        assertThat(called.heard).endsWith("release?");
    }

    @Test
    void asksByTheNextLinkAtOnceWhenNobodyAnswers() {
        unplug(1);
        Association association = call(CONTEXT, "10.0.1.2");
        simulation.run(LONG);

        assertThat(caller.heard).containsExactly("associated");
        assertThat(caller.association).isSameAs(association);
        assertThat(association.peer()).contains("10.0.2.2");
        assertThat(visitors).singleElement().asString().contains("10.0.2.1");
    }

    /** The transport connection is there, and the link dies before the answer. */
    @Test
    void asksByTheNextLinkWhenTheAnswerIsLost() {
        call(CONTEXT, "10.0.1.2");
        simulation.runUntil(() -> !visitors.isEmpty(), LONG);
        unplug(1);
        simulation.run(LONG);

        assertThat(caller.heard).containsExactly("associated");
        assertThat(visitors).hasSize(2).last().asString().contains("10.0.2.1");
        assertThat(called.heard).as("of the one that nobody uses").anyMatch(line -> line.startsWith("ended"));
    }

    @Test
    void saysThatNobodyAnswersWhenBothLinksAreDead() {
        unplug(1);
        unplug(2);
        call(CONTEXT, "10.0.1.2");
        simulation.run(LONG);

        assertThat(caller.heard).singleElement().asString().startsWith("ended REFUSED");
    }

    @Test
    void whoIsAtOneLinkAloneIsNotLookedForAtTheOther() {
        call(CONTEXT, "10.0.1.77");
        simulation.run(LONG);

        assertThat(caller.heard).singleElement().asString().startsWith("ended REFUSED");
        assertThat(alices.way(alices.parseAddress("10.0.1.77"))).isZero();
    }

    @Test
    void anAssociationThatWasAbortedMeanwhileIsNotAskedForAgain() {
        unplug(1);
        Association association = call(CONTEXT, "10.0.1.2");
        simulation.run(Duration.ofMillis(10));
        association.abortRequest();
        simulation.run(LONG);

        assertThat(caller.heard).isEmpty();
        assertThat(visitors).isEmpty();
    }

    @Test
    void aRefusalByTheApplicationIsItsAnswer() {
        List<String> asked = new ArrayList<>();
        bobs.attach(UNKNOWN, DUPLEX, association -> {
            asked.add(association.peer());
            association.refuse("not today");
            return new RecordingAssociationUser();
        });
        call(UNKNOWN, "10.0.1.2");
        simulation.run(LONG);

        assertThat(caller.heard).singleElement().asString().contains("REFUSED", "not today");
        assertThat(asked).hasSize(1);
    }
}
