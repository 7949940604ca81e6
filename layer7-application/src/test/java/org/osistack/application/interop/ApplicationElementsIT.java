package org.osistack.application.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osistack.application.ApplicationContext;
import org.osistack.application.ApplicationDissector;
import org.osistack.application.AssociationRequest;
import org.osistack.application.AssociationService;
import org.osistack.application.Associations;
import org.osistack.application.cut.TwoHosts;
import org.osistack.application.net.Commands;
import org.osistack.application.net.Needs;
import org.osistack.application.rose.AssociationClass;
import org.osistack.application.rose.Code;
import org.osistack.application.rose.Operation;
import org.osistack.application.rose.Operation.OperationClass;
import org.osistack.application.rose.Problem;
import org.osistack.application.rose.RoseConnection;
import org.osistack.application.rose.RoseDissector;
import org.osistack.application.rose.RoseService;
import org.osistack.application.rose.RoseSettings;
import org.osistack.application.rose.RoseUser;
import org.osistack.application.rtse.MemoryTransferLog;
import org.osistack.application.rtse.RtseDissector;
import org.osistack.application.rtse.RtseService;
import org.osistack.application.rtse.RtseSettings;
import org.osistack.core.Direction;
import org.osistack.core.Dissector;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.Simulation;
import org.osistack.core.Stack;
import org.osistack.core.Trace;
import org.osistack.core.TraceEvent;
import org.osistack.core.TraceSink;
import org.osistack.core.capture.PcapngWriter;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.presentation.ObjectIdentifier;
import org.osistack.presentation.PresentationService;

/**
 * What tshark makes of RTSE and ROSE. It knows them by the abstract syntaxes of their first users, so these are named
 * here, though nothing of theirs is in it.
 */
class ApplicationElementsIT {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final int FCS_LENGTH = 4;
    private static final Octets WORDS = Octets.ofHex("0c026869");
    private static final Operation ASK =
            Operation.of(990, OperationClass.ASYNCHRONOUS).withErrors(Code.of(7));
    private static final Code NO = Code.of(7);

    @TempDir
    private Path folder;

    @BeforeAll
    static void tshark() {
        Needs.command("tshark", "tshark");
    }

    /** Two hosts, with alice's user of remote operations and bob's; all that is sent is captured and counted. */
    private final class Lab implements AutoCloseable {
        private final Simulation simulation = new Simulation(1);
        private final Map<String, Integer> sent = new TreeMap<>();
        private final Path file = folder.resolve("elements.pcapng");
        private final PcapngWriter writer = new PcapngWriter(Files.newOutputStream(file), false, "test");
        private final int link = writer.addInterface("lab", "lab", FCS_LENGTH);
        private final Trace trace = new Trace(simulation, new Sink());
        private final List<Stack> stacks = new ArrayList<>();
        private final Caller caller = new Caller();
        private AssociationService associations; // of the host that was made last

        private final class Sink implements TraceSink {
            @Override
            public void event(TraceEvent event) {
                if (event.direction() != Direction.DOWN || event.pdu() == null) {
                    return;
                }
                if (event.layer() == 1) {
                    capture(event);
                } else if (event.pduLayer() == 7) {
                    sent.merge(event.pdu().name(), 1, Integer::sum);
                }
            }

            private void capture(TraceEvent event) {
                try {
                    writer.packet(link, event.time(), Direction.DOWN, event.octets(), FCS_LENGTH, "");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }

        Lab(ApplicationContext context, boolean reliably, Dissector dissector) throws IOException {
            RoseService bobs = service(TwoHosts.BOB, reliably, dissector);
            RoseService alices = service(TwoHosts.ALICE, reliably, dissector);
            simulation.run(Duration.ofSeconds(5));
            RoseSettings settings = RoseSettings.of(AssociationClass.INITIATOR_INVOKES);
            bobs.attach(context, settings, (connection, argument) -> {
                connection.bindResponse(WORDS);
                return new Callee(connection);
            });
            caller.connection = alices.bindRequest(
                    new AssociationRequest(
                            context,
                            associations.parseAddress(TwoHosts.BOBS_ADDRESS),
                            FunctionalUnits.KERNEL,
                            TokenSetting.INITIATOR),
                    settings,
                    WORDS,
                    caller);
            run();
        }

        private RoseService service(String name, boolean reliably, Dissector dissector) {
            Host host = simulation.newHost(name);
            Stack stack = Stack.open(host, TwoHosts.isoOnTcp(name), trace, () -> new ApplicationDissector(dissector));
            stacks.add(stack);
            associations = Associations.over(host, stack.service(PresentationService.class));
            return reliably
                    ? RoseService.over(
                            host,
                            new RtseService(
                                    host,
                                    associations,
                                    new MemoryTransferLog(),
                                    RtseSettings.USUAL,
                                    () -> Instant.ofEpochSecond(1_780_000_000L, simulation.now())))
                    : RoseService.over(host, associations);
        }

        void run() {
            simulation.run(Duration.ofSeconds(2));
        }

        /** Three invocations: one with a result, one with an error, and one that is rejected. */
        void operate() {
            for (int i = 0; i < 3; i++) {
                caller.connection.invoke(ASK, WORDS);
                run();
            }
            caller.connection.unbindRequest(WORDS);
            run();
            assertThat(caller.heard).containsExactly("result", "error", "reject", "ended");
        }

        /** How often tshark names each of these elements. */
        Map<String, Integer> read(Map<String, String> elements) {
            List<String> command = new ArrayList<>(List.of("tshark", "-2", "-n", "-r", file.toString(), "-T", "pdml"));
            for (String protocol : List.of("t125", "s7comm", "rdp", "h1", "mms")) {
                command.addAll(List.of("--disable-protocol", protocol)); // they take our octets for their own
            }
            String pdml = Commands.attempt(LIMIT, command).orFail().output();
            Map<String, Integer> counts = new TreeMap<>();
            elements.forEach((element, name) -> {
                int count = pdml.split("name=\"" + element + '"', -1).length - 1;
                if (count > 0) {
                    counts.merge(name, count, Integer::sum);
                }
            });
            return counts;
        }

        @Override
        public void close() throws IOException {
            stacks.forEach(Stack::close);
            writer.close();
        }
    }

    private static final class Caller implements RoseUser {
        private RoseConnection connection;
        private final List<String> heard = new ArrayList<>();

        @Override
        public Operation operation(Code code) {
            return null;
        }

        @Override
        public void invokeIndication(long invokeId, Long linkedId, Operation operation, Octets argument) {
            throw new AssertionError("bob invokes nothing");
        }

        @Override
        public void resultIndication(long invokeId, Operation operation, Octets result) {
            heard.add("result");
        }

        @Override
        public void errorIndication(long invokeId, Operation operation, Code error, Octets parameter) {
            heard.add("error");
        }

        @Override
        public void rejectIndication(long invokeId, Problem problem) {
            heard.add("reject");
        }

        @Override
        public void unbindIndication(Octets argument) {
            throw new AssertionError("bob does not end it");
        }

        @Override
        public void ended(boolean orderly, String detail, Octets unbindResult) {
            heard.add(orderly ? "ended" : detail);
        }
    }

    private static final class Callee implements RoseUser {
        private final RoseConnection connection;
        private int invocations;

        Callee(RoseConnection connection) {
            this.connection = connection;
        }

        @Override
        public Operation operation(Code code) {
            return ASK;
        }

        @Override
        public void invokeIndication(long invokeId, Long linkedId, Operation operation, Octets argument) {
            switch (invocations++) {
                case 0 -> connection.result(invokeId, WORDS);
                case 1 -> connection.error(invokeId, NO, WORDS);
                default -> connection.reject(invokeId, Problem.MISTYPED_ARGUMENT);
            }
        }

        @Override
        public void unbindIndication(Octets argument) {
            connection.unbindResponse(WORDS);
        }

        @Override
        public void ended(boolean orderly, String detail, Octets unbindResult) {
            assertThat(orderly).as(detail).isTrue();
        }
    }

    private static ApplicationContext context(String name, String abstractSyntax) {
        return new ApplicationContext("lab", ObjectIdentifier.of(name), ObjectIdentifier.of(abstractSyntax), 2000);
    }

    /** As of the Directory Access Protocol (X.519). */
    @Test
    void remoteOperationsHaveTheNamesThatOursHave() throws IOException {
        Lab lab = new Lab(context("2.5.3.1", "2.5.9.1"), false, new RoseDissector());
        try (lab) {
            lab.operate();
        }
        Map<String, Integer> read = lab.read(Map.of(
                "ros.invoke_element", "ROIV",
                "ros.returnResult_element", "RORS",
                "ros.returnError_element", "ROER",
                "ros.reject_element", "RORJ"));
        assertThat(read).isEqualTo(Map.of("ROIV", 3, "RORS", 1, "ROER", 1, "RORJ", 1));
        assertThat(lab.sent).containsAllEntriesOf(read);
    }

    /** As of the message transfer of X.411. */
    @Test
    void reliableTransferHasTheNamesThatOursHas() throws IOException {
        Lab lab = new Lab(context("2.6.0.1.6", "2.6.0.2.12"), true, new RtseDissector());
        try (lab) {
            lab.operate();
        }
        Map<String, Integer> opened =
                lab.read(Map.of("rtse.rtorq_apdu_element", "RTORQ", "rtse.rtoac_apdu_element", "RTOAC"));
        assertThat(opened).isEqualTo(Map.of("RTORQ", 1, "RTOAC", 1));
        Map<String, Integer> read = lab.read(Map.of("rtse.segment", "RTTR", "rtse.rttp_apdu", "RTTP"));
        assertThat(read).isEqualTo(Map.of("RTTR", 6, "RTTP", 6));
        assertThat(lab.sent).containsAllEntriesOf(read);
    }
}
