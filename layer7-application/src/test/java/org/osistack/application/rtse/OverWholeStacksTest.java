package org.osistack.application.rtse;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osistack.application.ApplicationContext;
import org.osistack.application.ApplicationDissector;
import org.osistack.application.Association;
import org.osistack.application.AssociationRequest;
import org.osistack.application.AssociationService;
import org.osistack.application.AssociationUser;
import org.osistack.application.Associations;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.Simulation;
import org.osistack.core.Stack;
import org.osistack.core.StackSpec;
import org.osistack.core.Trace;
import org.osistack.core.dialogue.ExceptionReason;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.presentation.ObjectIdentifier;
import org.osistack.presentation.PresentationService;

/** Reliable transfer over all seven layers, and associations that end in the middle of it. */
class OverWholeStacksTest {
    private static final ApplicationContext CONTEXT =
            new ApplicationContext("lab", ObjectIdentifier.of("1.2.3"), ObjectIdentifier.of("2.3.2"), 2000);
    private static final RtseSettings SETTINGS =
            new RtseSettings(8, 3, 120_000_000_000L, 100_000_000, 2_000_000_000, 30, 60_000_000_000L);

    /** A host with its stack and RTSE on top; associations can be aborted behind its back. */
    private static final class Node {
        final Host host;
        final Stack stack;
        final AssociationService associations;
        final RtseService rtse;
        final List<Association> open = new ArrayList<>();
        final List<AssociationUser> users = new ArrayList<>();

        Node(Simulation simulation, String name, int number, String options, Trace trace) {
            host = simulation.newHost(name);
            StackSpec spec = new StackSpec()
                    .set(1, "virtual:lab")
                    .set(2, "ethernet")
                    .set(3, "ipv4:10.0.0." + number + "/24")
                    .add(4, "tcp")
                    .add(4, "tpkt")
                    .add(5, "x225" + options)
                    .add(6, "x226");
            stack = Stack.open(host, spec, trace, () -> new ApplicationDissector(new RtseDissector()));
            associations = Associations.over(host, stack.service(PresentationService.class));
            rtse = new RtseService(
                    host,
                    noting(associations),
                    new MemoryTransferLog(),
                    SETTINGS,
                    () -> Instant.ofEpochSecond(1_780_000_000L, simulation.now()));
        }

        private AssociationService noting(AssociationService service) {
            return (AssociationService) Proxy.newProxyInstance(
                    OverWholeStacksTest.class.getClassLoader(),
                    new Class<?>[] {AssociationService.class},
                    (proxy, method, arguments) -> {
                        Object result = method.invoke(service, arguments);
                        if (result instanceof Association association) {
                            open.add(association);
                            users.add((AssociationUser) arguments[1]);
                        }
                        return result;
                    });
        }

        /** The present association ends, and nobody is told but by an abort. */
        void loseTheAssociation() {
            int last = open.size() - 1;
            open.get(last).abortRequest();
            users.get(last).ended(AssociationUser.Ending.PROVIDER_ABORTED, "lost");
        }
    }

    private final Simulation simulation = new Simulation(3);

    private static OpenRequest request(Node from) {
        return new OpenRequest(
                new AssociationRequest(
                        CONTEXT,
                        from.associations.parseAddress("10.0.0.2"),
                        FunctionalUnits.KERNEL,
                        TokenSetting.INITIATOR),
                DialogueMode.TWO_WAY_ALTERNATE,
                true,
                Octets.ofHex("02021001"));
    }

    private void close(Node... nodes) {
        for (Node node : nodes) {
            node.stack.close();
        }
        simulation.run(Duration.ofMinutes(10));
        for (Node node : nodes) {
            assertThat(node.host.pool().outstanding()).as(node.host.name()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",profile=iso", ",profile=strict"})
    void everyServiceWorksFromOpenToClose(String options) {
        Node alice = new Node(simulation, "alice", 1, options, null);
        Node bob = new Node(simulation, "bob", 2, options, null);
        Lab.User caller = new Lab.User();
        Lab.User callee = new Lab.User();
        bob.rtse.attach(CONTEXT, callee);
        caller.transfer = alice.rtse.openRequest(request(alice), caller);
        run(1);
        assertThat(caller.news()).containsExactly("opened 0c0179");
        assertThat(caller.transfer.checkpointSize()).isEqualTo(8);
        Octets there = Lab.apdu(300_000, 1);
        caller.transfer.transferRequest(TransferSource.of(there), Lab.LONG);
        callee.transfer.turnPleaseRequest(2);
        run(5);
        assertThat(callee.received).containsExactly(there);
        assertThat(caller.news()).containsExactlyInAnyOrder("please 2", "transferred true");

        caller.transfer.turnGiveRequest();
        caller.transfer.turnPleaseRequest(1); // before the peer has acknowledged the other
        run(5);
        Octets back = Lab.apdu(100, 2);
        callee.transfer.transferRequest(TransferSource.of(back), Lab.LONG);
        run(5);
        callee.transfer.turnGiveRequest();
        run(5);
        assertThat(callee.heard).containsSubsequence("turn", "please 1", "transferred true");
        assertThat(caller.received).containsExactly(back);

        caller.transfer.closeRequest(Octets.ofHex("0c0161"));
        run(5);
        assertThat(callee.news()).endsWith("close? 0c0161");
        assertThat(caller.news()).endsWith("closed 0c0162");
        close(alice, bob);
    }

    @Test
    void interruptsResumesAndDiscards() {
        Node alice = new Node(simulation, "alice", 1, "", null);
        Node bob = new Node(simulation, "bob", 2, "", null);
        Lab.User caller = new Lab.User();
        Lab.User callee = new Lab.User();
        bob.rtse.attach(CONTEXT, callee);
        caller.transfer = alice.rtse.openRequest(request(alice), caller);
        run(1);
        Octets apdu = Lab.apdu(3_000_000, 1);
        Lab.Source source = new Lab.Source(apdu);
        caller.transfer.transferRequest(source, Lab.LONG);
        simulation.runUntil(() -> source.confirmations.size() > 20, Duration.ofSeconds(60));
        caller.transfer.transferInterruptRequest();
        run(5);
        assertThat(Lab.state(caller.transfer)).isEqualTo(State.TURN_HERE);
        caller.transfer.transferResumeRequest();
        simulation.runUntil(() -> source.confirmations.size() > 60, Duration.ofSeconds(60));
        callee.transfer.exceptionReportRequest(ExceptionReason.LOCAL_USER_ERROR);
        run(30);
        assertThat(callee.received).containsExactly(apdu);
        assertThat(caller.confirmed).containsExactly(true);

        Lab.Source discarded = new Lab.Source(apdu);
        caller.transfer.transferRequest(discarded, Lab.LONG);
        simulation.runUntil(() -> discarded.confirmations.size() > 20, Duration.ofSeconds(60));
        caller.transfer.transferDiscardRequest();
        run(5);
        assertThat(caller.confirmed).containsExactly(true, false);
        assertThat(callee.received).hasSize(1);
        caller.transfer.userAbortRequest(Octets.ofHex("0c0178"));
        run(5);
        assertThat(callee.news()).endsWith("aborted 0c0178");
        close(alice, bob);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void recoversAndResumesWhenTheAssociationIsLost(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Node alice = new Node(simulation, "alice", 1, "", null);
        Node bob = new Node(simulation, "bob", 2, "", null);
        Lab.User caller = new Lab.User();
        Lab.User callee = new Lab.User();
        bob.rtse.attach(CONTEXT, callee);
        caller.transfer = alice.rtse.openRequest(request(alice), caller);
        run(1);
        Octets apdu = Lab.apdu(3_000_000, 1);
        Lab.Source source = new Lab.Source(apdu);
        caller.transfer.transferRequest(source, Lab.LONG);
        int cuts = 0;
        while (caller.confirmed.isEmpty() && cuts < 10) {
            int before = source.confirmations.size();
            int more = random.nextInt(30);
            simulation.runUntil(
                    () -> source.confirmations.size() > before + more || !caller.confirmed.isEmpty(),
                    Duration.ofSeconds(60));
            if (Lab.state(caller.transfer) == State.SENDING) {
                alice.loseTheAssociation();
                cuts++;
            }
        }
        run(60);

        assertThat(callee.received).containsExactly(apdu);
        assertThat(caller.confirmed).containsExactly(true);
        assertThat(caller.heard).filteredOn("recovered"::equals).hasSize(cuts);
        assertThat(cuts).isGreaterThan(3);
        assertThat(source.octetsRead - apdu.length()).isLessThanOrEqualTo(cuts * 5L * 8 * 1024);
        close(alice, bob);
    }

    private void run(int seconds) {
        simulation.run(Duration.ofSeconds(seconds));
    }
}
