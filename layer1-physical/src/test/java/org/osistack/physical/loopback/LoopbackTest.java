package org.osistack.physical.loopback;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osistack.core.Dissector;
import org.osistack.core.FrameFilter.Verdict;
import org.osistack.core.Host;
import org.osistack.core.MediumManagement;
import org.osistack.core.Simulation;
import org.osistack.core.Stack;
import org.osistack.core.StackSpec;
import org.osistack.core.Trace;
import org.osistack.physical.PhysicalService;
import org.osistack.physical.RecordingUser;

class LoopbackTest {
    private final Simulation simulation = new Simulation(1);
    private final Host host = simulation.newHost("alice");

    @AfterEach
    void noPduLeaks() {
        simulation.run(Duration.ofMinutes(1));
        assertThat(host.pool().outstanding()).isZero();
    }

    @Test
    void hearsItselfInTheNextTurn() {
        Stack stack = Stack.open(host, StackSpec.of("loopback"));
        RecordingUser user = new RecordingUser(host, stack.service(PhysicalService.class));

        user.send("01 02");
        user.send("03");
        assertThat(user.heard()).isEmpty();
        simulation.run(Duration.ZERO);

        assertThat(user.heard()).containsExactly("0 0102", "0 03");
        assertThat(stack.service(PhysicalService.class).medium().stationMakesFcs())
                .isTrue();
    }

    @Test
    void canBeAsBadAsAnyMedium() {
        Stack stack = Stack.open(host, StackSpec.of("loopback,delay=3us,mtu=100"));
        RecordingUser user = new RecordingUser(host, stack.service(PhysicalService.class));
        MediumManagement management = stack.management(MediumManagement.class).orElseThrow();
        management.filter((sender, frame) -> frame.getUint8(0) == 1 ? Verdict.DUPLICATE : Verdict.PASS);

        user.send("01");
        user.send(2, 123);
        simulation.run(Duration.ofMillis(1));
        assertThat(user.heard()).containsExactly("3 01", "3 01");

        user.send("03");
        management.unplug();
        simulation.run(Duration.ofMillis(1));
        management.plugIn();
        user.send("04");
        simulation.run(Duration.ofMillis(1));
        assertThat(user.heard()).containsExactly("1000 down", "2000 up", "2003 04");
        assertThat(management.statistics().refused()).isOne();
        assertThat(management.statistics().linkDown()).isOne();
    }

    @Test
    void losesWhatIsOnItsWayWhenItIsClosed() {
        Stack stack = Stack.open(host, StackSpec.of("loopback"));
        RecordingUser user = new RecordingUser(host, stack.service(PhysicalService.class));
        user.send("01");

        stack.close();
        simulation.run(Duration.ofMillis(1));

        assertThat(user.heard()).isEmpty();
    }

    @Test
    void theTapReportsEachPrimitive() {
        List<String> events = new ArrayList<>();
        Trace trace = new Trace(simulation, event -> events.add(event.layer() + " " + event.name()));
        Stack stack = Stack.open(host, StackSpec.of("loopback"), trace, () -> Dissector.NONE);
        RecordingUser user = new RecordingUser(host, stack.service(PhysicalService.class));

        user.send("01");
        stack.management(MediumManagement.class).orElseThrow().filter((sender, frame) -> Verdict.DROP);
        simulation.run(Duration.ZERO);
        user.send("02");
        stack.management(MediumManagement.class).orElseThrow().unplug();
        simulation.run(Duration.ZERO);

        assertThat(user.heard()).containsExactly("0 01", "0 down");
        assertThat(events)
                .containsExactly(
                        "1 PH-DATA.request",
                        "1 PH-DATA.indication",
                        "1 PH-DATA.request",
                        "1 LOST",
                        "1 PH-STATUS.indication");
    }
}
