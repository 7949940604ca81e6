package org.osistack.application.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.osistack.application.ApplicationContext;
import org.osistack.application.ApplicationContexts;
import org.osistack.application.Association;
import org.osistack.application.AssociationRequest;
import org.osistack.application.AssociationService;
import org.osistack.application.AssociationUser;
import org.osistack.application.Associations;
import org.osistack.application.cut.TwoHosts;
import org.osistack.core.Host;
import org.osistack.core.MediumManagement;
import org.osistack.core.Pdu;
import org.osistack.core.Simulation;
import org.osistack.core.Stack;
import org.osistack.core.StackSpec;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.presentation.PresentationService;

/** What a named stack promises to an idle session whose peer vanishes: it is told within a stated time. */
class PresetTest {
    private static final ApplicationContext CONTEXT = ApplicationContexts.own("test", 99, 4099);
    private static final FunctionalUnits DUPLEX = FunctionalUnits.of(FunctionalUnit.DUPLEX);

    private final Simulation simulation = new Simulation(1);
    private final List<Stack> stacks = new ArrayList<>();

    private static final class User implements AssociationUser {
        private boolean isOpen;
        private Ending ending;

        @Override
        public void associateConfirm(Association association) {
            isOpen = true;
        }

        @Override
        public void dataIndication(Pdu apdu) {
            apdu.release();
        }

        @Override
        public void releaseIndication() {}

        @Override
        public void ended(Ending how, String detail) {
            ending = how;
        }
    }

    private AssociationService open(Host host, StackSpec spec, String address) {
        Stack stack = Stack.open(host, spec.copy().set(1, "virtual:lab").set(3, "ipv4:" + address + "/24"));
        stacks.add(stack);
        return Associations.over(host, stack.service(PresentationService.class));
    }

    /** How long it takes until both ends of an idle session have heard that the link between them is gone. */
    private Duration untilTold(StackSpec spec) {
        Host alice = simulation.newHost("alice");
        Host bob = simulation.newHost("bob");
        User caller = new User();
        User called = new User();
        AssociationService alices = open(alice, spec, "10.0.0.1");
        open(bob, spec, "10.0.0.2").attach(CONTEXT, DUPLEX, association -> {
            association.accept();
            return called;
        });
        alices.associateRequest(
                new AssociationRequest(CONTEXT, alices.parseAddress("10.0.0.2"), DUPLEX, TokenSetting.INITIATOR),
                caller);
        simulation.run(Duration.ofHours(5)); // who is idle and there is not lost
        assertThat(caller.isOpen).isTrue();
        assertThat(caller.ending).isNull();

        stacks.get(0).management(MediumManagement.class).orElseThrow().unplug();
        long lost = simulation.now();
        assertThat(simulation.runUntil(() -> caller.ending != null && called.ending != null, Duration.ofHours(3)))
                .isTrue();
        assertThat(List.of(caller.ending, called.ending)).containsOnly(AssociationUser.Ending.PROVIDER_ABORTED);
        Duration told = Duration.ofNanos(simulation.now() - lost);
        stacks.forEach(Stack::close);
        simulation.run(Duration.ofMinutes(5));
        assertThat(alice.pool().outstanding()).isZero();
        assertThat(bob.pool().outstanding()).isZero();
        return told;
    }

    @Test
    void anIdleSessionOfIsoOnTcpIsToldWithin33Seconds() {
        assertThat(untilTold(Preset.ISO_ON_TCP.spec())).isBetween(Duration.ofSeconds(25), Duration.ofSeconds(33));
    }

    @Test
    void anIdleSessionOfInternetIsToldWithin110Seconds() {
        assertThat(untilTold(Preset.INTERNET.spec())).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(110));
    }

    @Test
    void anIdleSessionOfMuxIsToldWithin50Seconds() {
        assertThat(untilTold(Preset.ISO_ON_TCP.spec().set(4, "tcp").set(5, "mux")))
                .isBetween(Duration.ofSeconds(40), Duration.ofSeconds(50));
    }

    /** The scenarios promise what people get. */
    @Test
    void theScenariosHaveTheSameTransport() {
        assertThat(TwoHosts.isoOnTcp(TwoHosts.ALICE).layer(4).stream()
                        .map(module -> module.name() + module.options().values())
                        .toList())
                .isEqualTo(Preset.ISO_ON_TCP.spec().layer(4).stream()
                        .map(module -> module.name() + module.options().values())
                        .toList());
    }
}
