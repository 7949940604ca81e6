package org.osistack.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osistack.application.echo.UnitDataEcho;
import org.osistack.application.facade.PlainDissector;
import org.osistack.core.Direction;
import org.osistack.core.Dissection;
import org.osistack.core.Dissector;
import org.osistack.core.Host;
import org.osistack.core.LayerProvider;
import org.osistack.core.LayerProviders;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Octets;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;
import org.osistack.core.Simulation;
import org.osistack.core.Stack;
import org.osistack.core.StackSpec;
import org.osistack.core.Trace;
import org.osistack.presentation.PresentationService;

/** All dissectors, with what they really meet, and with what nobody would send. */
@Timeout(120)
class DissectorTest {
    private static final int MUTATIONS = 300_000; // of each
    private static final int ONE_DISSECTOR = 500; // PDUs: some remember what was negotiated
    private static final int MAX_SAMPLES = 300;

    @TempDir(factory = MemoryFolder.class)
    private Path folder;

    /** What a dissector was asked to explain. */
    private record Sample(byte[] octets, Object sap, Direction direction) {}

    /** A dissector, and what it met in dialogues. */
    private static final class Subject {
        private final Supplier<Dissector> maker;
        private final List<Sample> samples = new ArrayList<>();

        Subject(Supplier<Dissector> maker) {
            this.maker = maker;
        }

        /** A new dissector that remembers what it is asked. */
        Dissector newDissector() {
            Dissector dissector = maker.get();
            return (pdu, sap, direction, out) -> {
                if (samples.size() < MAX_SAMPLES) {
                    samples.add(new Sample(pdu.toByteArray(), sap, direction));
                }
                dissector.dissect(pdu, sap, direction, out);
            };
        }
    }

    private final Map<String, Subject> subjects = new LinkedHashMap<>();
    private final SplittableRandom random = new SplittableRandom(200);
    private final PduPool pool = new PduPool(0);

    @Test
    void noOctetsAreTooMuchForAnyDissector() throws IOException {
        meetDialogues("tcp tpkt x225 x226");
        meetDialogues("tcp none plain");
        meetDialogues("tcp mux x226");
        plainText();
        assertThat(subjects.keySet())
                .contains("ethernet", "ipv4", "tcp", "tpkt", "x225", "mux", "x226", "applications", "plain text");

        for (Map.Entry<String, Subject> subject : subjects.entrySet()) {
            try {
                explainMutations(subject.getValue());
            } catch (Throwable e) {
                throw new AssertionError(subject.getKey() + ": " + e + " at " + e.getStackTrace()[0], e);
            }
        }
        assertThat(pool.outstanding()).isZero();
    }

    private void meetDialogues(String upper) throws IOException {
        Simulation simulation = new Simulation(1);
        LayerProvider<?, ?>[] providers =
                LayerProviders.load().all().stream().map(this::recording).toArray(LayerProvider<?, ?>[]::new);
        Trace trace = new Trace(simulation, event -> {});
        List<AssociationService> associations = new ArrayList<>();
        List<Host> hosts = new ArrayList<>();
        for (int number = 1; number <= 2; number++) {
            StackSpec spec = new StackSpec()
                    .set(1, "virtual:lab,loss=1%,duplicate=1%")
                    .set(2, "ethernet")
                    .set(3, "ipv4:10.0.0." + number + "/24");
            for (String module : upper.split(" ")) {
                spec.add(
                        module.startsWith("t")
                                ? 4
                                : List.of("x225", "mux", "none").contains(module) ? 5 : 6,
                        module);
            }
            Host host = simulation.newHost("host" + number);
            Stack stack = Stack.open(
                    host,
                    spec,
                    LayerProviders.of(providers),
                    trace,
                    () -> subject("applications", this::applications).newDissector());
            hosts.add(host);
            associations.add(Associations.over(host, stack.service(PresentationService.class)));
        }
        ThreeApplications applications = new ThreeApplications();
        applications.serve(hosts.get(1), associations.get(1), folder.resolve("stored"));
        UnitDataService units = associations.get(0).connectionless();
        if (units != null) {
            meetUnits(hosts.get(0), units, associations.get(0).parseAddress("10.0.0.2"));
            simulation.run(Duration.ofSeconds(20));
        }
        applications.start(
                hosts.get(0),
                associations.get(0),
                associations.get(0).parseAddress("10.0.0.2"),
                Files.write(folder.resolve("sent.bin"), new byte[20_000]));
        simulation.run(Duration.ofMinutes(1));
        applications.check(20_000);
    }

    private static void meetUnits(Host host, UnitDataService units, NetworkAddress server) {
        UnitDataEcho.Plan plan = new UnitDataEcho.Plan(5, 50, 0, 1_000_000_000);
        UnitDataEcho.open(host, units, server, plan, new UnitDataEcho.Listener() {
            @Override
            public void echoed(int number, int octets, long roundTripNanos) {
                assertThat(octets).isEqualTo(50);
            }

            @Override
            public void lost(int number) {
                assertThat(number).isPositive();
            }

            @Override
            public void finished(UnitDataEcho.Tally tally, String problem) {
                assertThat(tally.echoed()).isPositive();
            }
        });
    }

    private Dissector applications() {
        List<ApplicationProvider> providers = new ArrayList<>();
        ServiceLoader.load(ApplicationProvider.class).forEach(providers::add);
        return ApplicationDissector.of(providers);
    }

    /** HTTP and multicast DNS, which the dialogues don't have. */
    private void plainText() {
        Subject subject = subject("plain text", PlainDissector::new);
        for (String text : List.of(
                "GET /hello.txt HTTP/1.1\r\nHost: bob.local\r\nRange: bytes=0-4\r\n\r\n",
                "HTTP/1.1 206 Partial Content\r\nContent-Length: 5\r\nETag: \"c-1\"\r\n\r\nHello")) {
            subject.samples.add(new Sample(Octets.ofText(text).toByteArray(), null, Direction.UP));
        }
        for (String message : List.of(
                "0000 0000 0001 0000 0000 0000 03626f62056c6f63616c00 0001 0001",
                "0000 8400 0000 0001 0000 0000 03626f62056c6f63616c00 0001 8001 00000078 0004 0a000002",
                "0000 0000 0001 0000 0001 0000 03626f62056c6f63616c00 00ff 8001 c00c 0001 0001 00000078 0004 0a000002")) {
            subject.samples.add(new Sample(Octets.ofHex(message).toByteArray(), null, Direction.DOWN));
        }
    }

    private Subject subject(String name, Supplier<Dissector> maker) {
        return subjects.computeIfAbsent(name, n -> new Subject(maker));
    }

    /** The same provider, whose dissectors remember what they are asked. */
    private LayerProvider<?, ?> recording(LayerProvider<?, ?> provider) {
        return (LayerProvider<?, ?>) Proxy.newProxyInstance(
                LayerProvider.class.getClassLoader(),
                new Class<?>[] {LayerProvider.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("newDissector") && provider.newDissector() != Dissector.NONE) {
                        return subject(provider.name(), provider::newDissector).newDissector();
                    }
                    return method.invoke(provider, arguments);
                });
    }

    private void explainMutations(Subject subject) {
        assertThat(subject.samples).isNotEmpty();
        Dissector dissector = null;
        for (int i = 0; i < MUTATIONS; i++) {
            if (i % ONE_DISSECTOR == 0) {
                dissector = subject.maker.get();
            }
            Sample sample = subject.samples.get(random.nextInt(subject.samples.size()));
            byte[] octets = mutated(sample.octets);
            Pdu pdu = pool.takeForReceiving(octets.length).append(octets);
            try {
                explain(dissector, pdu, sample);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(e + " at " + e.getStackTrace()[0] + " for " + pdu, e);
            }
            if (!Arrays.equals(octets, pdu.toByteArray())) {
                throw new AssertionError("it is only to be read: " + pdu);
            }
            pdu.release();
        }
    }

    private byte[] mutated(byte[] original) {
        byte[] octets = original.clone();
        for (int n = random.nextInt(4); n > 0 && octets.length > 0; n--) {
            int within = random.nextInt(4) == 0 ? octets.length : Math.min(64, octets.length);
            octets[random.nextInt(within)] = (byte) random.nextInt();
        }
        if (random.nextInt(50) == 0) {
            random.nextBytes(octets);
        }
        return random.nextInt(6) == 0 ? Arrays.copyOf(octets, random.nextInt(octets.length + 1)) : octets;
    }

    private static void explain(Dissector dissector, Pdu pdu, Sample sample) {
        int length = pdu.length();
        Dissection out = new Dissection();
        dissector.dissect(pdu, sample.sap, sample.direction, out);
        for (Dissection.Field field : out.fields()) {
            if (field.offset() < 0
                    || field.length() < 0
                    || field.offset() + field.length() > length
                    || field.depth() < 0
                    || field.text() == null) {
                throw new AssertionError(field.toString());
            }
        }
        if (out.hasSdu() && (out.sduLength() < 0 || out.sduOffset() + out.sduLength() > length)) {
            throw new AssertionError("SDU of " + out.sduLength() + " octets at " + out.sduOffset());
        }
    }
}
