package org.osistack.application.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.osistack.application.ApplicationDissector;
import org.osistack.application.Association;
import org.osistack.application.AssociationRequest;
import org.osistack.application.AssociationService;
import org.osistack.application.Associations;
import org.osistack.application.RecordingAssociationUser;
import org.osistack.core.Direction;
import org.osistack.core.Dissection;
import org.osistack.core.Dissector;
import org.osistack.core.Host;
import org.osistack.core.Simulation;
import org.osistack.core.Stack;
import org.osistack.core.StackSpec;
import org.osistack.core.Trace;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.presentation.PresentationService;

/** For tests with alice, who associates, and bob, whose gatekeeper decides: two hosts, one wire, all seven layers. */
abstract class OverStacks {
    static final FunctionalUnits DUPLEX = FunctionalUnits.of(FunctionalUnit.DUPLEX);

    @TempDir
    Path folder;

    final Simulation simulation = new Simulation(5);
    final List<String> acse = new ArrayList<>(); // the APDUs that alice and bob exchanged
    private final Trace trace = new Trace(simulation, event -> {
        Dissection pdu = event.pdu();
        if (pdu != null && pdu.protocol().equals("ACSE") && event.direction() == Direction.DOWN) {
            acse.add(pdu.name() + " " + pdu.summary());
        }
    });
    final Host alice = simulation.newHost("alice");
    final Host bob = simulation.newHost("bob");
    final Stack aliceStack = open(alice, 1);
    final Stack bobStack = open(bob, 2);
    final AssociationService calling = associations(alice, aliceStack);
    final AssociationService called = associations(bob, bobStack);
    final RecordingAssociationUser caller = new RecordingAssociationUser();
    final RecordingAssociationUser server = new RecordingAssociationUser();
    Lab lab;

    private Stack open(Host host, int number) {
        StackSpec spec =
                StackSpec.of("virtual:lab", "ethernet", "ipv4:10.0.0." + number + "/24", "tcp", "x225", "x226");
        spec.add(4, "tpkt");
        return Stack.open(host, spec, trace, () -> new ApplicationDissector(Dissector.NONE));
    }

    private static AssociationService associations(Host host, Stack stack) {
        return Associations.over(host, stack.service(PresentationService.class));
    }

    @BeforeEach
    void serve() {
        lab = new Lab(folder, simulation, bob);
        called.attach(Lab.CHAT, DUPLEX, lab.gate, association -> {
            bob.loop().defer(association::accept);
            return server.associateIndication(association);
        });
    }

    @AfterEach
    void close() {
        lab.close();
        aliceStack.close();
        bobStack.close();
        simulation.run(Duration.ofMinutes(5));
        assertThat(alice.pool().outstanding()).isZero();
        assertThat(bob.pool().outstanding()).isZero();
    }

    final void settle() {
        simulation.run(Duration.ofSeconds(2));
    }

    final Association associate(Credentials credentials) {
        AssociationRequest request =
                new AssociationRequest(Lab.CHAT, calling.parseAddress("10.0.0.2"), DUPLEX, TokenSetting.INITIATOR);
        Association association = calling.associateRequest(request.by(credentials), caller);
        settle();
        return association;
    }
}
