package org.osistack.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osistack.core.Checksum;
import org.osistack.core.Dissector;
import org.osistack.core.Host;
import org.osistack.core.LayerProvider;
import org.osistack.core.LayerProviders;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Pdu;
import org.osistack.core.Simulation;
import org.osistack.core.Stack;
import org.osistack.core.StackSpec;
import org.osistack.core.management.SessionManagement;
import org.osistack.core.management.TransportManagement;
import org.osistack.network.NetworkService;
import org.osistack.network.TransportProtocol;
import org.osistack.presentation.PresentationService;

/**
 * Whole dialogues in which one host's PDUs of one layer are changed before the layers below get them, so that the other
 * host's machine of that layer meets them in any state: no exception, nothing left behind.
 */
@Timeout(120)
class HostileStackTest {
    private static final LayerProviders PROVIDERS = LayerProviders.load();
    private static final int MUTATIONS = 5_000;

    @TempDir(factory = MemoryFolder.class)
    private static Path folder;

    private static Path file;

    @BeforeAll
    static void lookIntoLowerLayers() throws IOException {
        for (String module : List.of("org.osistack.network", "org.osistack.session")) {
            HostileStackTest.class
                    .getModule()
                    .addReads(ModuleLayer.boot().findModule(module).orElseThrow());
        }
        file = Files.write(folder.resolve("sent.bin"), new byte[20_000]);
    }

    @ParameterizedTest
    @CsvSource({
        "ethernet, 1, virtual, tcp tpkt x225 x226",
        "ipv4, 2, ethernet, tcp tpkt x225 x226",
        "tcp, 3, ipv4, tcp tpkt x225 x226",
        "tpkt, 4, tcp, tcp tpkt x225 x226",
        "x225, 4, tpkt, tcp tpkt x225 x226",
        "mux, 4, tcp, tcp mux x226",
        "x226, 5, x225, tcp tpkt x225 x226",
        "acse, 6, x226, tcp tpkt x225 x226",
        "streams, 4, tcp, tcp none plain",
        "streams, 6, plain, tcp none plain"
    })
    void survivesWhateverAPeerDoesToIts(String protocol, int layer, String below, String upper) {
        long mutations = 0;
        for (int seed = 0; mutations < MUTATIONS; seed++) {
            try {
                mutations += run(seed, layer, below, upper);
            } catch (Throwable e) {
                throw new AssertionError(
                        "seed " + seed + ": " + e + "\n" + Arrays.toString(Arrays.copyOf(e.getStackTrace(), 12)), e);
            }
        }
    }

    private static long run(long seed, int layer, String below, String upper) {
        Simulation simulation = new Simulation(seed);
        SplittableRandom random = new SplittableRandom(seed);
        Mutator mutator = new Mutator(layer, PROVIDERS.get(layer, below).provides(), 8, random, mender(layer, random));
        List<LayerProvider<?, ?>> withMutator = new ArrayList<>(PROVIDERS.all());
        withMutator.add(mutator);
        Host mallory = simulation.newHost("mallory");
        Host victim = simulation.newHost("victim");
        Stack hostile = Stack.open(
                mallory,
                spec(1, upper, below),
                LayerProviders.of(withMutator.toArray(LayerProvider<?, ?>[]::new)),
                null,
                () -> Dissector.NONE);
        Stack stack = Stack.open(victim, spec(2, upper, ""), PROVIDERS, null, () -> Dissector.NONE);
        AssociationService malloryAssociations = Associations.over(mallory, hostile.service(PresentationService.class));
        AssociationService victimAssociations = Associations.over(victim, stack.service(PresentationService.class));
        ThreeApplications there = new ThreeApplications();
        there.serve(victim, victimAssociations, folder.resolve("victim"));
        ThreeApplications back = new ThreeApplications();
        back.serve(mallory, malloryAssociations, folder.resolve("mallory"));
        there.start(mallory, malloryAssociations, malloryAssociations.parseAddress("10.0.0.2"), file);
        back.start(victim, victimAssociations, victimAssociations.parseAddress("10.0.0.1"), file);
        simulation.run(Duration.ofSeconds(50)); // while the hosts know each other's station addresses

        hostile.close();
        simulation.run(Duration.ofMinutes(10));
        if (layer > 3) { // otherwise the last segments, too, may have been spoilt
            assertThat(stack.management(SessionManagement.class).orElseThrow().sessions())
                    .isEmpty();
            assertThat(stack.management(TransportManagement.class).orElseThrow().endpoints())
                    .allMatch(endpoint -> endpoint.remote().isEmpty());
        }
        stack.close();
        simulation.run(Duration.ofMinutes(10));
        assertThat(victim.pool().outstanding()).isZero();
        assertThat(mallory.pool().outstanding()).isZero();
        return mutator.mutations();
    }

    /** A stack with the mutator upon the module of that name; empty for none. */
    private static StackSpec spec(int number, String upper, String mutated) {
        StackSpec spec = new StackSpec();
        add(spec, 1, "virtual:lab", mutated);
        add(spec, 2, "ethernet", mutated);
        add(spec, 3, "ipv4:10.0.0." + number + "/24", mutated);
        for (String module : upper.split(" ")) {
            add(
                    spec,
                    switch (module) {
                        case "tcp", "tpkt" -> 4;
                        case "x225", "mux", "none" -> 5;
                        default -> 6;
                    },
                    module,
                    mutated);
        }
        return spec;
    }

    private static void add(StackSpec spec, int layer, String module, String mutated) {
        spec.add(layer, module);
        if (module.split(":")[0].equals(mutated)) {
            spec.add(layer, "mutator");
        }
    }

    /** What the layers below the changed PDU check is right again, most of the time. */
    private static Mutator.Mender mender(int layer, SplittableRandom random) {
        Mutator.Mender mender = switch (layer) {
            case 1 -> (frame, service, arguments) -> mendFcs(frame);
            case 2 -> (datagram, service, arguments) -> mendHeaderChecksum(datagram);
            case 3 ->
                (segment, service, arguments) ->
                        mendChecksum(segment, (NetworkService) service, (NetworkAddress) arguments[1]);
            default -> (pdu, service, arguments) -> {};
        };
        return (pdu, service, arguments) -> {
            if (random.nextInt(16) > 0) {
                mender.mend(pdu, service, arguments);
            }
        };
    }

    private static void mendFcs(Pdu frame) {
        int length = frame.length() - 4;
        if (length >= 0) {
            CRC32 crc = new CRC32();
            crc.update(frame.array(), frame.arrayOffset(), length);
            frame.putInt32(length, Integer.reverseBytes((int) crc.getValue()));
        }
    }

    /** An ARP packet that is taken for a datagram is spoilt a bit more. */
    private static void mendHeaderChecksum(Pdu datagram) {
        if (datagram.length() >= 20 && datagram.getUint8(0) >>> 4 == 4) {
            int length = Math.min(datagram.length(), 4 * (datagram.getUint8(0) & 0xf));
            datagram.putUint16(10, 0).putUint16(10, Checksum.of(Checksum.sum(datagram, 0, length)));
        }
    }

    private static void mendChecksum(Pdu segment, NetworkService network, NetworkAddress destination) {
        if (segment.length() >= 20) {
            int pseudoHeader = network.pseudoHeaderSum(
                    network.sourceFor(destination), destination, TransportProtocol.TCP, segment.length());
            segment.putUint16(16, 0)
                    .putUint16(16, Checksum.of(pseudoHeader + Checksum.sum(segment, 0, segment.length())));
        }
    }
}
