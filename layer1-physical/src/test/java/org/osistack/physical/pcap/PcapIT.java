package org.osistack.physical.pcap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The {@code pcap} provider on real interfaces, in network namespaces of its own. Needs root. */
class PcapIT {
    private static final Duration RECOVERY = Duration.ofSeconds(5);

    private Wire wire;

    @BeforeEach
    void layTheWire() throws Exception {
        wire = new Wire();
    }

    @AfterEach
    void takeItAway() throws Exception {
        if (wire != null) {
            wire.close();
        }
    }

    /** The Java that runs this test, and the newest on this machine. */
    static List<Path> javas() throws IOException {
        TreeSet<Path> found = new TreeSet<>();
        found.add(Child.thisJava());
        Path folder = Path.of("/usr/lib/jvm");
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> homes = Files.newDirectoryStream(folder, "*2[0-9]*")) {
                homes.forEach(home -> found.add(home.resolve("bin/java")));
            }
        }
        found.removeIf(java -> !Files.isExecutable(java));
        return List.copyOf(found);
    }

    @ParameterizedTest
    @MethodSource("javas")
    void exchangesTenThousandFramesBothWaysIntactAndHearsNoneTwice(Path java) throws Exception {
        try (Child left = start(wire.inLeft(), java, "pcap:left", 1);
                Child right = start(wire.inRight(), java, "pcap:right", 2)) {
            assertThat(left.await("ready")).contains("mtu=1500", "stationMakesFcs=false", "partialChecksums=true");
            right.await("ready");

            left.say("send 10016");
            right.say("send 10016");

            left.await("sent 10016");
            right.await("sent 10016");
            for (Child end : List.of(left, right)) {
                end.say("report");
                assertThat(end.await("report"))
                        .isEqualTo("report received=10016 damaged=0 outOfOrder=0 own=0 linkDown=0 queueFull=0");
                assertThat(end.finish()).isZero();
                assertThat(end.output()).endsWith("closed, outstanding 0\n").doesNotContain("link down");
                assertThat(end.errors()).isEmpty();
            }
        }
    }

    @Test
    void hearsNoFrameOfAnotherProgramOnTheSameInterface() throws Exception {
        try (Child one = start(wire.inLeft(), "pcap:left", 1);
                Child other = start(wire.inLeft(), "pcap:left", 2);
                Child peer = start(wire.inRight(), "pcap:right", 3)) {
            one.await("ready");
            other.await("ready");
            peer.await("ready");

            one.say("frame 99");
            peer.await("frame 99");
            peer.say("frame 101");

            assertThat(one.await("frame")).isEqualTo("frame 101");
            assertThat(other.await("frame")).isEqualTo("frame 101");
        }
    }

    @Test
    void goesDownAndComesBackWithItsInterface() throws Exception {
        try (Child left = start(wire.inLeft(), "pcap:left", 1);
                Child right = start(wire.inRight(), "pcap:right", 2)) {
            left.await("ready");
            right.await("ready");
            exchange(left, right, 1);

            wire.left("link", "set", "left", "down");
            left.await("link down");
            right.await("link down");
            left.say("frame 60");
            left.say("report");
            assertThat(left.await("report")).contains("linkDown=1");

            wire.left("link", "set", "left", "up");
            long since = System.nanoTime();
            left.await("link up");
            right.await("link up");
            assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(RECOVERY);
            exchange(left, right, 2);
        }
    }

    @Test
    void goesDownAndComesBackWithTheOtherEndOfTheWire() throws Exception {
        try (Child left = start(wire.inLeft(), "pcap:left", 1);
                Child right = start(wire.inRight(), "pcap:right", 2)) {
            left.await("ready");
            right.await("ready");

            wire.right("link", "set", "right", "down");
            left.await("link down");
            right.await("link down");
            wire.right("link", "set", "right", "up");
            left.await("link up");
            right.await("link up");

            exchange(left, right, 1);
        }
    }

    @Test
    void isFoundAgainOnAnInterfaceThatWasRemovedAndMadeAnew() throws Exception {
        try (Child left = start(wire.inLeft(), "pcap:left", 1);
                Child right = start(wire.inRight(), "pcap:right", 2)) {
            left.await("ready");
            right.await("ready");
            exchange(left, right, 1);

            wire.left("link", "del", "left");
            left.await("link down");
            right.await("link down");
            left.say("frame 60");
            left.say("report");
            assertThat(left.await("report")).contains("linkDown=1");

            wire.connect();
            long since = System.nanoTime();
            left.await("link up");
            right.await("link up");
            assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(RECOVERY);
            exchange(left, right, 2);
            assertThat(left.finish()).isZero();
            assertThat(left.errors()).isEmpty();
        }
    }

    @Test
    void startsOnAnInterfaceWhoseOtherEndIsStillMissing() throws Exception {
        wire.right("link", "set", "right", "down");
        try (Child left = start(wire.inLeft(), "pcap:left", 1)) {
            left.await("ready");
            left.await("link down");

            wire.right("link", "set", "right", "up");

            left.await("link up");
        }
    }

    @Test
    void handsUpTheSuperFramesOfALinuxPeerWhole() throws Exception {
        wire.left("address", "add", "10.4.0.1/24", "dev", "left");
        wire.right("address", "add", "10.4.0.2/24", "dev", "right");
        try (Child left = start(wire.inLeft(), "pcap:left", 1);
                Child receiver = kernel(wire.inLeft(), "receive", "5001")) {
            left.await("ready");
            receiver.await("ready");
            try (Child sender = kernel(wire.inRight(), "send", "10.4.0.1", "5001")) {
                assertThat(sender.finish()).isZero();
            }
            receiver.await("received 1048576");

            left.say("longest");

            int longest = Integer.parseInt(left.await("longest").substring("longest ".length()));
            assertThat(longest).isBetween(1515, 65_549);
        }
    }

    @Test
    void hearsOnlyWhatItsFilterLetsPass() throws Exception {
        try (Child left = start(wire.inLeft(), "pcap:left,filter=greater 100", 1);
                Child right = start(wire.inRight(), "pcap:right", 2)) {
            left.await("ready");
            right.await("ready");

            right.say("frame 60");
            right.say("frame 200");

            assertThat(left.await("frame")).isEqualTo("frame 200");
        }
    }

    @Test
    void sendsThroughABadLinkIfToldTo() throws Exception {
        try (Child left = start(wire.inLeft(), "pcap:left,duplicate=100%,seed=1", 1);
                Child right = start(wire.inRight(), "pcap:right", 2)) {
            left.await("ready");
            right.await("ready");

            left.say("frame 77");

            right.await("frame 77");
            right.await("frame 77");
        }
    }

    @Test
    void refusesAnInterfaceThatIsDownAndNamesTheCommandThatHelps() throws Exception {
        wire.left("link", "set", "left", "down");

        assertThat(refusal(wire.inLeft(), List.of(), "pcap:left"))
                .isEqualTo("left is down; bring it up: sudo ip link set left up");
    }

    @Test
    void refusesAnUnknownInterfaceAndNamesThoseThatThereAre() throws Exception {
        assertThat(refusal(wire.inLeft(), List.of(), "pcap:lefty"))
                .isEqualTo("there is no interface lefty; there are: left");
    }

    @Test
    void refusesToOpenAnInterfaceWithoutAName() throws Exception {
        assertThat(refusal(wire.inLeft(), List.of(), "pcap"))
                .isEqualTo("pcap needs the name of an interface, such as pcap:eth1; there are: left");
    }

    @Test
    void refusesTheLoopbackInterface() throws Exception {
        wire.left("link", "set", "lo", "up");

        assertThat(refusal(wire.inLeft(), List.of(), "pcap:lo"))
                .startsWith("lo is a loopback interface")
                .endsWith("; there are: left");
    }

    @Test
    void refusesAnInterfaceThatDoesNotCarryEthernet() throws Exception {
        wire.left("tuntap", "add", "tun5", "mode", "tun");
        wire.left("link", "set", "tun5", "up");

        assertThat(refusal(wire.inLeft(), List.of(), "pcap:tun5")).startsWith("tun5 does not carry Ethernet frames");
    }

    @Test
    void refusesAFilterThatLibpcapDoesNotUnderstand() throws Exception {
        assertThat(refusal(wire.inLeft(), List.of(), "pcap:left,filter=nonsense here"))
                .startsWith("left cannot be opened: ")
                .contains("syntax error");
    }

    @Test
    void namesTheCureWhenTheRightsAreMissing() throws Exception {
        Wire.requireOrSkip(Wire.hasCommand("setpriv"), "needs the command setpriv (util-linux)");
        List<String> without = List.of("setpriv", "--bounding-set=-net_raw");
        List<String> prefix =
                Stream.concat(wire.inLeft().stream(), without.stream()).toList();

        assertThat(refusal(prefix, List.of(), "pcap:left"))
                .startsWith("left cannot be opened: this user lacks the right to raw sockets (CAP_NET_RAW); run the"
                        + " command with sudo, or give it to Java once: sudo setcap cap_net_raw+ep ");

        try (Child child = Child.start(prefix, Child.thisJava(), List.of(), InterfaceList.class)) {
            assertThat(child.finish()).isZero();
            assertThat(child.output()).contains("name=left,").contains("obstacle: this user lacks the right");
        }
    }

    @Test
    void namesTheCureWhenTheLibraryIsMissing() throws Exception {
        List<String> noLibrary = List.of("-Dorg.pcap4j.core.pcapLibName=pcap-that-is-not-there");

        assertThat(refusal(wire.inLeft(), noLibrary, "pcap:left"))
                .startsWith("pcap needs libpcap, and this machine has none; install it: sudo apt install libpcap0.8");
    }

    @Test
    void listsTheInterfacesWithAndWithoutTheLibrary() throws Exception {
        wire.left("address", "add", "10.4.0.1/24", "dev", "left");
        wire.left("link", "set", "left", "address", "02:00:00:00:00:17", "mtu", "1400");
        String left = "InterfaceDescription[name=left, description=, hardwareAddress=2199023255575, mtu=1400,"
                + " addresses=[10.4.0.1/24], up=true, connected=true, loopback=false, unsuitable=]";
        List<List<String>> withAndWithout =
                List.of(List.of(), List.of("-Dorg.pcap4j.core.pcapLibName=pcap-that-is-not-there"));
        for (List<String> options : withAndWithout) {
            try (Child child = Child.start(wire.inLeft(), Child.thisJava(), options, InterfaceList.class)) {
                assertThat(child.finish()).isZero();
                assertThat(child.errors()).isEmpty();
                assertThat(child.output().lines())
                        .contains(left)
                        .anyMatch(line -> line.startsWith("InterfaceDescription[name=lo,")
                                && line.contains("loopback=true, unsuitable=is a loopback"))
                        .hasSize(3)
                        .last()
                        .asString()
                        .startsWith(options.isEmpty() ? "obstacle: " : "obstacle: pcap needs libpcap");
            }
        }
    }

    /** Send one frame each way and see it arrive; the lengths tell which. */
    private static void exchange(Child left, Child right, int round) throws InterruptedException {
        left.say("frame " + (100 + round));
        right.await("frame " + (100 + round));
        right.say("frame " + (200 + round));
        left.await("frame " + (200 + round));
    }

    private static String refusal(List<String> prefix, List<String> options, String layer1) throws Exception {
        try (Child child = Child.start(prefix, Child.thisJava(), options, FrameExchange.class, layer1, "1")) {
            String line = child.await("refused: ");
            assertThat(child.finish()).isEqualTo(2);
            assertThat(child.errors()).isEmpty();
            return line.substring("refused: ".length());
        }
    }

    private static Child kernel(List<String> prefix, String... arguments) throws IOException {
        return Child.start(prefix, Child.thisJava(), List.of(), KernelTransfer.class, arguments);
    }

    private static Child start(List<String> prefix, String layer1, int number) throws IOException {
        return start(prefix, Child.thisJava(), layer1, number);
    }

    private static Child start(List<String> prefix, Path java, String layer1, int number) throws IOException {
        return Child.start(prefix, java, List.of(), FrameExchange.class, layer1, Integer.toString(number));
    }
}
