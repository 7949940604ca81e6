package org.osistack.physical.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osistack.core.ConfigurationException;
import org.osistack.core.Discard;
import org.osistack.core.FrameFilter.Verdict;
import org.osistack.core.Host;
import org.osistack.core.MediumManagement;
import org.osistack.core.MediumStatistics;
import org.osistack.core.Pdu;
import org.osistack.core.Simulation;
import org.osistack.core.Stack;
import org.osistack.core.StackSpec;
import org.osistack.core.management.CableManagement;
import org.osistack.physical.PhysicalService;
import org.osistack.physical.PhysicalUser;
import org.osistack.physical.RecordingUser;

class VirtualMediumTest {
    private final Simulation simulation = new Simulation(11);

    @AfterEach
    void noPduLeaks() {
        simulation.run(Duration.ofHours(1));
        for (Host host : simulation.hosts()) {
            assertThat(host.pool().outstanding()).as(host.name()).isZero();
        }
    }

    @Test
    void everyStationButTheSenderHearsAFrame() {
        Station alice = station("alice", "virtual");
        Station bob = station("bob", "virtual:lab");
        Station carol = station("carol", "virtual:lab");
        Station stranger = station("stranger", "virtual:elsewhere");

        alice.user.send("01 02 03");
        assertThat(bob.user.heard()).isEmpty();
        run(0);

        assertThat(bob.user.heard()).containsExactly("0 010203");
        assertThat(carol.user.heard()).containsExactly("0 010203");
        assertThat(alice.user.heard()).isEmpty();
        assertThat(stranger.user.heard()).isEmpty();
    }

    @Test
    void describesItself() {
        PhysicalService service = station("alice", "virtual:lab,mtu=9000").service;

        assertThat(service.medium().name()).isEqualTo("virtual Ethernet \"lab\"");
        assertThat(service.medium().mtu()).isEqualTo(9000);
        assertThat(service.medium().stationMakesFcs()).isTrue();
        assertThat(service.medium().partialChecksums()).isFalse();
        assertThat(service.hardwareAddress()).isEqualTo(-1);
    }

    @Test
    void refusesASecondMtuForTheSameMedium() {
        station("alice", "virtual:lab,mtu=1000");

        assertThat(station("bob", "virtual:lab").service.medium().mtu()).isEqualTo(1000);
        assertThat(station("carol", "virtual:lab,mtu=1000").service.medium().mtu())
                .isEqualTo(1000);
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> station("dave", "virtual:lab,mtu=1500"))
                .withMessage("virtual: the MTU of \"lab\" is 1000 already, since another station said so;"
                        + " it can't be 1500");
    }

    @Test
    void hasOneUserOnly() {
        Station alice = station("alice", "virtual");

        assertThatIllegalStateException()
                .isThrownBy(() -> new RecordingUser(alice.host, alice.service))
                .withMessage("the station on virtual Ethernet \"lab\" has a user already");
    }

    @Test
    void keepsTheOrderOfFramesThatArriveAtOneInstant() {
        Station alice = station("alice", "virtual:lab,delay=1ms");
        Station bob = station("bob", "virtual");

        for (int i = 0; i < 100; i++) {
            alice.user.send(i, 1);
        }
        run(1000);

        List<String> heard = bob.user.heard();
        assertThat(heard).hasSize(100).isSorted().startsWith("1000 00").endsWith("1000 63");
    }

    @Test
    void eachSenderHasItsOwnRate() {
        Station alice = station("alice", "virtual:lab,rate=100M");
        Station bob = station("bob", "virtual:lab,rate=10M");
        Station carol = station("carol", "virtual:lab");

        alice.user.send(1, 125);
        alice.user.send(2, 125);
        bob.user.send(3, 125);
        run(1000);

        assertThat(carol.user.heard())
                .extracting(h -> h.substring(0, h.indexOf(' ') + 3))
                .containsExactly("10 01", "20 02", "100 03");
    }

    @Test
    void receiversDoNotLoseTheSameFrames() {
        Station alice = station("alice", "virtual:lab,loss=50%");
        Station bob = station("bob", "virtual");
        Station carol = station("carol", "virtual");

        for (int i = 0; i < 200; i++) {
            alice.user.send(i, 1);
        }
        run(0);

        List<String> atBob = bob.user.heard();
        List<String> atCarol = carol.user.heard();
        assertThat(atBob).hasSizeBetween(60, 140).isNotEqualTo(atCarol);
        assertThat(alice.management.statistics().lost()).isEqualTo(400 - atBob.size() - atCarol.size());
        assertThat(bob.host.discards(1, "virtual").count(Discard.LOST)).isEqualTo(200 - atBob.size());
    }

    @Test
    void doesToWhatIsReceivedWhatItDoesToWhatIsSentIfToldTo() {
        Station alice = station("alice", "virtual:lab,impair=in,delay=1ms,rate=10M");
        Station bob = station("bob", "virtual");
        Station carol = station("carol", "virtual:lab,impair=both,delay=1ms");

        alice.user.send(1, 1250);
        run(0);
        assertThat(bob.user.heard()).hasSize(1);
        bob.user.send(2, 1250);
        bob.user.send(3, 1250);
        carol.user.send(4, 1250);
        run(10_000);

        assertThat(alice.user.heard())
                .extracting(h -> h.substring(0, 7))
                .containsExactly("2000 02", "3000 03", "4000 04");
        assertThat(carol.user.heard())
                .extracting(h -> h.substring(0, 7))
                .containsExactly("1000 01", "1000 02", "1000 03");
        assertThat(bob.user.heard()).extracting(h -> h.substring(0, 7)).containsExactly("1000 04");
    }

    @Test
    void losesOnItsOwnBehalfWhatItReceives() {
        Station alice = station("alice", "virtual:lab,impair=in,loss=50%,seed=9");
        Station bob = station("bob", "virtual");
        Station carol = station("carol", "virtual:lab,impair=in,loss=50%,seed=9");

        for (int i = 0; i < 200; i++) {
            bob.user.send(i, 1);
        }
        run(0);

        List<String> atAlice = alice.user.heard();
        assertThat(atAlice).hasSizeBetween(60, 140).isNotEqualTo(carol.user.heard());
        assertThat(alice.management.statistics().lost()).isEqualTo(200 - atAlice.size());
        assertThat(alice.management.statistics().framesReceived()).isEqualTo(atAlice.size());
        assertThat(bob.management.statistics().lost()).isZero();
    }

    @Test
    void whatIsReceivedLateIsLostWhenThePlugIsPulled() {
        Station alice = station("alice", "virtual:lab,impair=in,delay=1ms");
        Station bob = station("bob", "virtual");
        bob.user.send(1, 60);
        run(500);

        alice.management.unplug();
        run(10_000);

        assertThat(alice.user.heard()).containsExactly("500 down");
        assertThat(alice.management.statistics().linkDown()).isOne();
        assertThat(alice.host.pool().outstanding()).isZero();
    }

    @Test
    void aPlugIsPulledAndPutBackAtTheTimesThatTheOptionsSay() {
        Station alice = station("alice", "virtual:lab,unplug=2ms,plug-in=5ms");
        Station bob = station("bob", "virtual");
        for (int i = 1; i <= 6; i++) {
            run(1000);
            bob.user.send(i, 60);
        }
        run(1000);

        assertThat(alice.user.heard())
                .containsSubsequence("2000 down", "5000 up")
                .filteredOn(line -> !line.endsWith("down") && !line.endsWith("up"))
                .as("of 1, 5 and 6")
                .hasSizeBetween(2, 3);
        assertThat(bob.user.heard()).isEmpty();
        assertThat(alice.host.pool().outstanding()).isZero();
    }

    @Test
    void stationsWithTheSameSeedDoNotHaveTheSameLuck() {
        Station alice = station("alice", "virtual:lab,loss=50%,seed=9");
        Station bob = station("bob", "virtual:lab,loss=50%,seed=9");

        for (int i = 0; i < 100; i++) {
            alice.user.send(i, 1);
            bob.user.send(i, 1);
        }
        run(0);

        assertThat(alice.user.heard()).isNotEqualTo(bob.user.heard());
    }

    @Test
    void theSameSeedTellsTheSameStory() {
        assertThat(story(1)).isEqualTo(story(1)).isNotEqualTo(story(2));
    }

    private static List<String> story(long seed) {
        Simulation other = new Simulation(seed);
        String options = ",loss=10%,duplicate=10%,reorder=10%,corrupt=10%,jitter=1ms,delay=2ms,rate=10M,queue=20";
        Station alice = station(other, "alice", "virtual:lab" + options);
        Station bob = station(other, "bob", "virtual:lab" + options);
        Station carol = station(other, "carol", "virtual");
        for (int i = 0; i < 200; i++) {
            alice.user.send(i, 60);
            bob.user.send(255 - i, 90);
            other.run(Duration.ofNanos(70_000));
        }
        other.run(Duration.ofSeconds(1));
        List<String> all = new ArrayList<>(alice.user.heard());
        all.addAll(bob.user.heard());
        all.addAll(carol.user.heard());
        all.add(alice.management.statistics().toString());
        for (Host host : other.hosts()) {
            assertThat(host.pool().outstanding()).isZero();
        }
        return all;
    }

    @Test
    void aFilterLosesDuplicatesAndDelaysExactlyTheFramesItAimsAt() {
        Station alice = station("alice", "virtual");
        Station bob = station("bob", "virtual");
        alice.management.filter((sender, frame) -> switch (frame.getUint8(0)) {
            case 1 -> Verdict.DROP;
            case 2 -> Verdict.DUPLICATE;
            case 3 -> Verdict.delay(5000);
            default -> Verdict.PASS;
        });

        for (int i = 0; i < 5; i++) {
            alice.user.send(i, 1);
        }
        bob.user.send("01");
        run(1000);

        assertThat(bob.user.heard()).containsExactly("0 00", "0 02", "0 02", "0 04", "5 03");
        assertThat(alice.user.heard()).containsExactly("0 01");
        assertThat(alice.management.statistics().filtered()).isOne();
    }

    @Test
    void aFilterOnTheMediumSeesAllSenders() {
        Station alice = station("alice", "virtual");
        Station bob = station("bob", "virtual");
        List<String> seen = new ArrayList<>();
        VirtualMedium medium = medium(alice);
        medium.filter((sender, frame) -> {
            seen.add(sender + " " + frame);
            return sender == bob.host ? Verdict.DROP : Verdict.DUPLICATE;
        });
        alice.management.filter((sender, frame) -> Verdict.delay(2000));

        alice.user.send("0a");
        bob.user.send("0b");
        run(10);

        assertThat(seen).containsExactly("alice 0a", "bob 0b");
        assertThat(bob.user.heard()).containsExactly("2 0a", "2 0a");
        assertThat(alice.user.heard()).isEmpty();
    }

    @Test
    void aCutCableLosesWhatIsOnItsWayAndTellsAllUsers() {
        Station alice = station("alice", "virtual:lab,delay=1ms");
        Station bob = station("bob", "virtual");
        VirtualMedium medium = medium(alice);
        alice.user.send("01");
        run(500);

        medium.cut();
        medium.cut();
        assertThat(alice.user.heard()).as("not before the next turn").isEmpty();
        alice.user.send("02");
        run(1000);

        assertThat(alice.user.heard()).containsExactly("500 down");
        assertThat(bob.user.heard()).containsExactly("500 down");
        assertThat(alice.management.statistics().linkDown()).isEqualTo(2);

        medium.join();
        alice.user.send("03");
        run(2000);

        assertThat(alice.user.heard()).containsExactly("1500 up");
        assertThat(bob.user.heard()).containsExactly("1500 up", "2500 03");
    }

    @Test
    void theCableCanBeCutByTheVeryFrame() {
        Station alice = station("alice", "virtual");
        Station bob = station("bob", "virtual");
        VirtualMedium medium = medium(alice);
        medium.filter((sender, frame) -> {
            if (frame.getUint8(0) == 2) {
                medium.cut();
                return Verdict.DROP;
            }
            return Verdict.PASS;
        });

        alice.user.send("01");
        run(0);
        alice.user.send("02");
        alice.user.send("03");
        run(0);

        assertThat(bob.user.heard()).containsExactly("0 01", "0 down");
    }

    @Test
    void theCableCanBeCutInTheMiddleOfAFrame() {
        Station alice = station("alice", "virtual:lab,delay=1ms");
        Station bob = station("bob", "virtual");
        CableManagement cable = alice.stack.management(CableManagement.class).orElseThrow();
        List<String> arriving = new ArrayList<>();
        cable.filterArrivals((sender, receiver, frame) -> {
            arriving.add(sender + " " + receiver + " " + frame);
            if (frame.getUint8(0) == 2) {
                cable.cutCable();
                return false;
            }
            return true;
        });

        alice.user.send("01");
        alice.user.send("02");
        alice.user.send("03");
        run(1000);

        assertThat(arriving).containsExactly("alice bob 01", "alice bob 02");
        assertThat(bob.user.heard()).containsExactly("1000 01", "1000 down");

        cable.filterArrivals(CableManagement.ArrivalFilter.NONE);
        cable.joinCable();
        alice.user.send("02");
        run(1000);

        assertThat(bob.user.heard()).containsExactly("1000 up", "2000 02");
    }

    @Test
    void aStationThatLeavesTheCableTellsNobody() {
        Station alice = station("alice", "virtual:lab,delay=1ms");
        Station bob = station("bob", "virtual:lab,delay=1ms");
        alice.user.send("01");
        bob.user.send("02");

        bob.stack.management(CableManagement.class).orElseThrow().leaveCable();
        run(1000);
        alice.user.send("03");
        run(1000);

        assertThat(alice.user.heard()).as("what bob had sent goes on").containsExactly("1000 02");
        assertThat(bob.user.heard()).isEmpty();
    }

    @Test
    void aUserThatAttachesToACutCableIsTold() {
        Station alice = station("alice", "virtual");
        medium(alice).cut();
        run(0);

        Station bob = station("bob", "virtual");
        run(0);

        assertThat(bob.user.heard()).containsExactly("0 down");
    }

    @Test
    void onlyTheStationThatIsUnpluggedLosesItsLink() {
        Station alice = station("alice", "virtual:lab,delay=1ms");
        Station bob = station("bob", "virtual:lab,delay=1ms");
        Station carol = station("carol", "virtual");
        alice.user.send("01");
        bob.user.send("02");

        bob.management.unplug();
        bob.management.unplug();
        bob.user.send("03");
        run(2000);
        alice.user.send("04");
        run(2000);

        assertThat(bob.user.heard()).containsExactly("0 down");
        assertThat(alice.user.heard()).isEmpty();
        assertThat(carol.user.heard()).containsExactly("1000 01", "3000 04");

        bob.management.plugIn();
        alice.user.send("05");
        run(2000);
        assertThat(bob.user.heard()).containsExactly("4000 up", "5000 05");
    }

    @Test
    void refusesAFrameThatIsTooLong() {
        Station alice = station("alice", "virtual");
        Station bob = station("bob", "virtual");

        alice.user.send(1, 1522);
        alice.user.send(2, 1523);
        run(0);

        assertThat(bob.user.heard()).hasSize(1);
        assertThat(alice.host.discards(1, "virtual").count(Discard.TOO_LONG)).isOne();
        assertThat(alice.management.statistics().refused()).isOne();
    }

    @Test
    void aStationThatLeavesIsForgotten() {
        Station alice = station("alice", "virtual:lab,delay=1ms");
        Station bob = station("bob", "virtual");
        alice.user.send("01");

        bob.stack.close();
        alice.user.send("02");
        run(5000);

        assertThat(bob.user.heard()).isEmpty();
        assertThat(medium(alice).stationCount()).isOne();

        Station carol = station("carol", "virtual");
        alice.user.send("03");
        run(5000);
        assertThat(carol.user.heard()).containsExactly("6000 03");
    }

    @Test
    void whatWasSentBeforeTheStationLeavesStillArrives() {
        Station alice = station("alice", "virtual:lab,delay=1ms");
        Station bob = station("bob", "virtual");
        Station carol = station("carol", "virtual");
        alice.user.send("01");

        alice.stack.close();
        carol.stack.close();
        run(5000);

        assertThat(bob.user.heard()).containsExactly("1000 01");
        assertThat(carol.user.heard()).isEmpty();
    }

    @Test
    void whatWasSentIsLostWhenItsReceiverLeavesAsWell() {
        Station alice = station("alice", "virtual:lab,delay=1ms");
        Station bob = station("bob", "virtual");
        alice.user.send("01");

        alice.stack.close();
        bob.stack.close();

        assertThat(bob.host().pool().outstanding()).isZero(); // at once, with no time passing
    }

    @Test
    void aFrameMayMakeItsReceiverLeave() {
        Station alice = station("alice", "virtual");
        Host host = simulation.newHost("bob");
        Stack stack = Stack.open(host, StackSpec.of("virtual"));
        List<Integer> heard = new ArrayList<>();
        stack.service(PhysicalService.class).attach(frame -> {
            heard.add(frame.getUint8(0));
            frame.release();
            stack.close();
        });

        alice.user.send("01");
        alice.user.send("02");
        run(0);

        assertThat(heard).containsExactly(1);
    }

    @Test
    void discardsFramesForAStationWithoutAUser() {
        Station alice = station("alice", "virtual");
        Host host = simulation.newHost("bob");
        Stack.open(host, StackSpec.of("virtual"));

        alice.user.send("01");
        run(0);

        assertThat(host.discards(1, "virtual").count(Discard.NO_USER)).isOne();
    }

    @Test
    void countsWhatPasses() {
        Station alice = station("alice", "virtual");
        Station bob = station("bob", "virtual");

        alice.user.send(1, 100);
        alice.user.send(2, 50);
        run(0);

        assertThat(alice.management.statistics()).isEqualTo(new MediumStatistics(2, 150, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        assertThat(bob.management.statistics()).isEqualTo(new MediumStatistics(0, 0, 2, 150, 0, 0, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void allocatesNothingPerFrame() throws ReflectiveOperationException {
        Station alice = station("alice", "virtual:lab,delay=1ms,rate=1G,loss=1%,jitter=1us");
        Host host = simulation.newHost("bob");
        Stack.open(host, StackSpec.of("virtual")).service(PhysicalService.class).attach((PhysicalUser) Pdu::release);
        Host sender = alice.host;
        Duration step = Duration.ofNanos(20_000);
        byte[] octets = new byte[1000];
        Runnable frames = () -> {
            for (int i = 0; i < 20_000; i++) {
                alice.service.dataRequest(sender.pool().take().append(octets));
                simulation.run(step);
            }
        };
        frames.run();
        frames.run();

        long before = allocatedOctets();
        assertThat(before).isPositive();
        frames.run();
        long octetsAFrame = (allocatedOctets() - before) / 20_000;

        assertThat(octetsAFrame).isLessThan(50); // what Simulation.run itself needs; a PDU would be 2,000
    }

    /** How much this thread has allocated so far; asked by reflection, since the module doesn't read that of the JVM. */
    private static long allocatedOctets() throws ReflectiveOperationException {
        Object threads = Class.forName("java.lang.management.ManagementFactory")
                .getMethod("getThreadMXBean")
                .invoke(null);
        return (long) Class.forName("com.sun.management.ThreadMXBean")
                .getMethod("getThreadAllocatedBytes", long.class)
                .invoke(threads, Thread.currentThread().getId());
    }

    private VirtualMedium medium(Station station) {
        return VirtualMedium.named(station.host, "lab", 1500);
    }

    private void run(long micros) {
        simulation.run(Duration.ofNanos(micros * 1000));
    }

    private Station station(String name, String module) {
        return station(simulation, name, module);
    }

    private static Station station(Simulation simulation, String name, String module) {
        Host host = simulation.newHost(name);
        Stack stack = Stack.open(host, StackSpec.of(module));
        PhysicalService service = stack.service(PhysicalService.class);
        return new Station(
                host,
                stack,
                service,
                stack.management(MediumManagement.class).orElseThrow(),
                new RecordingUser(host, service));
    }

    private record Station(
            Host host, Stack stack, PhysicalService service, MediumManagement management, RecordingUser user) {}
}
