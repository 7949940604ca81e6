package org.osistack.application.isode;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.osistack.application.ApplicationProvider;
import org.osistack.application.AssociationService;
import org.osistack.application.Associations;
import org.osistack.core.Dissector;
import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Octets;
import org.osistack.core.Simulation;
import org.osistack.core.Stack;
import org.osistack.core.StackSpec;
import org.osistack.core.dialogue.ConnectionIdentifier;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.management.ServiceEcho;
import org.osistack.core.management.ServiceEcho.Walk;
import org.osistack.presentation.NegotiatedPresentation;
import org.osistack.presentation.PresentationService;

/** Two hosts on one virtual Ethernet; on one the application is served, on the other somebody walks. */
final class EchoLab {
    static final ConnectionIdentifier NAME = new ConnectionIdentifier(
            Octets.ofHex("14 09 6c 6f 63 61 6c 68 6f 73 74"),
            Octets.ofHex("17 0e 31 32 36 31 31 32 32 30 31 32 31 30 37 5a"),
            Octets.EMPTY);

    final Simulation simulation = new Simulation(7);
    final Node alice = new Node("alice", 1);
    final Node bob = new Node("bob", 2);
    private PresentationService alicesPlain;

    /** A host with its stack, and columns beside it. */
    final class Node implements ApplicationProvider.Environment {
        final Host host;
        StackSpec spec;
        Stack stack;
        final List<Stack> columns = new ArrayList<>();
        final List<String> log = new ArrayList<>();

        Node(String name, int number) {
            host = simulation.newHost(name);
            spec = StackSpec.of("virtual:lab", "ethernet", "ipv4:10.0.0." + number + "/24", "tcp", "x225", "x226");
            spec.add(4, "tpkt");
            stack = Stack.open(host, spec);
        }

        @Override
        public Host host() {
            return host;
        }

        @Override
        public AssociationService associations() {
            return Associations.over(host, stack.service(PresentationService.class));
        }

        @Override
        public PresentationService presentation() {
            return column(columnSpec -> columnSpec.set(4, "tcp").set(5, "none").set(6, "plain"))
                    .service(PresentationService.class);
        }

        @Override
        public Stack column(UnaryOperator<StackSpec> change) {
            Stack column = stack.column(change.apply(spec.copy()), null, () -> Dissector.NONE);
            columns.add(column);
            return column;
        }

        @Override
        public Consumer<String> log() {
            return log::add;
        }

        @Override
        public void onLine(Consumer<String> listener) {}

        /** Open the stack anew, with a session entity that asks for a TSDU Maximum Size. */
        void limitTsdus(int octets) {
            stack.close();
            spec = spec.with(5, "max-tsdu", Integer.toString(octets));
            stack = Stack.open(host, spec);
        }

        void close() {
            columns.forEach(Stack::close);
            stack.close();
        }
    }

    /** What was heard of a walk. */
    static final class Heard implements ServiceEcho.Listener {
        final List<String> steps = new ArrayList<>();
        int differences = -1;
        String problem = "it has not ended";

        @Override
        public void step(String line) {
            steps.add(line);
        }

        @Override
        public void finished(int newDifferences, String newProblem) {
            differences = newDifferences;
            problem = newProblem;
        }
    }

    void serve() {
        new IsodeEchoServer().serve(bob, null);
    }

    /** The echo of a node on one service. */
    ServiceEcho echo(Node node, String service) {
        return switch (service) {
            case "t" -> node.column(spec -> spec.set(5, "echo").clear(6)).service(ServiceEcho.class);
            case "s" -> node.column(spec -> spec.set(6, "echo")).service(ServiceEcho.class);
            default -> new PresentationEcho(node.host, node.stack.service(NegotiatedPresentation.class));
        };
    }

    NetworkAddress bobsAddress() {
        return alice.stack.service(PresentationService.class).parseAddress("10.0.0.2");
    }

    Walk walk(FunctionalUnits units, boolean sink, String... lines) {
        List<Octets> octets = new ArrayList<>();
        for (String line : lines) {
            octets.add(Octets.of((line + "\n\0").getBytes(StandardCharsets.US_ASCII)));
        }
        return new Walk(bobsAddress(), sink, units, NAME, 19434, 512, octets);
    }

    PresentationService alicesPlain() {
        if (alicesPlain == null) {
            alicesPlain = alice.presentation();
        }
        return alicesPlain;
    }

    void run() {
        simulation.run(Duration.ofSeconds(5));
    }

    void close() {
        alice.close();
        bob.close();
        simulation.run(Duration.ofMinutes(5));
    }

    long outstanding() {
        return alice.host.pool().outstanding() + bob.host.pool().outstanding();
    }
}
