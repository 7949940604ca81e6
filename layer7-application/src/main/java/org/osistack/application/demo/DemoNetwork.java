package org.osistack.application.demo;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.osistack.application.ApplicationDissector;
import org.osistack.application.ApplicationProvider;
import org.osistack.application.AssociationService;
import org.osistack.application.Associations;
import org.osistack.core.Dissector;
import org.osistack.core.Host;
import org.osistack.core.Simulation;
import org.osistack.core.Stack;
import org.osistack.core.StackSpec;
import org.osistack.core.Trace;
import org.osistack.presentation.PresentationService;

/** Alice and bob with a stack each, on one virtual Ethernet in virtual time. Bob serves chat and file. */
final class DemoNetwork implements AutoCloseable {
    static final String MEDIUM = "virtual:lab,rate=100M,delay=2us";

    private static final Duration SETTLING = Duration.ofSeconds(5); // addresses are announced
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Simulation simulation;
    private final Member alice;
    private final Member bob;
    private final List<Consumer<String>> consoles = new ArrayList<>();

    /** A host with its stack and the associations on top. */
    record Member(Host host, Stack stack, AssociationService associations) {}

    DemoNetwork(Simulation simulation, Trace trace) {
        this.simulation = simulation;
        this.alice = open("alice", 1, trace);
        this.bob = open("bob", 2, trace);
    }

    static StackSpec spec(int number) {
        return new StackSpec()
                .set(1, MEDIUM)
                .set(2, "ethernet,mac=02:00:00:00:00:0" + number)
                .set(3, "ipv4:10.0.0." + number + "/24")
                .set(4, "tcp")
                .add(4, "tpkt")
                .set(5, "x225")
                .set(6, "x226");
    }

    private Member open(String name, int number, Trace trace) {
        Host host = simulation.newHost(name);
        Stack stack = Stack.open(host, spec(number), trace, DemoNetwork::dissector);
        return new Member(host, stack, Associations.over(host, stack.service(PresentationService.class)));
    }

    private static Dissector dissector() {
        List<ApplicationProvider> applications = new ArrayList<>();
        ServiceLoader.load(ApplicationProvider.class).forEach(applications::add);
        return ApplicationDissector.of(applications);
    }

    Member alice() {
        return alice;
    }

    long now() {
        return simulation.now();
    }

    /** Let bob serve an application. */
    void serve(String application, String argument, Consumer<String> log) {
        for (ApplicationProvider provider : ServiceLoader.load(ApplicationProvider.class)) {
            if (provider.name().equals(application)) {
                provider.serve(new ServerEnvironment(log), argument);
            }
        }
    }

    /** What bob types. */
    void bobTypes(String line) {
        consoles.forEach(console -> console.accept(line));
    }

    /** Let time pass until the network is quiet. */
    void settle() {
        simulation.run(SETTLING);
    }

    /**
     * Let time pass until something is so.
     *
     * @throws IllegalStateException if it is not so in good time
     */
    void await(String what, BooleanSupplier condition) {
        if (!simulation.runUntil(condition, LIMIT)) {
            throw new IllegalStateException("the demo's hosts did not come so far: " + what);
        }
    }

    @Override
    public void close() {
        alice.stack().close();
        bob.stack().close();
    }

    private final class ServerEnvironment implements ApplicationProvider.Environment {
        private final Consumer<String> log;

        ServerEnvironment(Consumer<String> log) {
            this.log = log;
        }

        @Override
        public Host host() {
            return bob.host();
        }

        @Override
        public AssociationService associations() {
            return bob.associations();
        }

        @Override
        public PresentationService presentation() {
            return bob.stack().service(PresentationService.class);
        }

        @Override
        public Consumer<String> log() {
            return log;
        }

        @Override
        public void onLine(Consumer<String> listener) {
            consoles.add(listener);
        }
    }

    /** The demo's file, made of lines that tell their number. */
    static byte[] file(Path name, int octets) {
        StringBuilder text = new StringBuilder();
        for (int line = 1; text.length() < octets; line++) {
            text.append(name.getFileName()).append(", line ").append(line).append(": seven layers carried this.\n");
        }
        return text.substring(0, octets).getBytes(StandardCharsets.US_ASCII);
    }
}
