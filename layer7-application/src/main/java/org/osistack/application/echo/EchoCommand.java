package org.osistack.application.echo;

import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.osistack.application.Association;
import org.osistack.application.UnitDataService;
import org.osistack.application.cli.CommandFailure;
import org.osistack.application.cli.HostOptions;
import org.osistack.application.cli.OsiCommand;
import org.osistack.application.cli.Preset;
import org.osistack.application.cli.RunningHost;
import org.osistack.application.cli.UserOptions;
import org.osistack.application.facade.OpenSystem;
import org.osistack.application.security.Credentials;
import org.osistack.core.NetworkAddress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code osi echo}: messages there and back, through all layers. */
@Command(
        name = "echo",
        description = "Send messages to a host that serves 'echo', and tell how long each takes there and back.",
        footer = {
            "",
            "Examples:",
            "  osi echo bob",
            "  osi echo bob -c 1000 -i 0 --size 10000",
            "  osi echo bob --unit-data --wait 0.5"
        })
public final class EchoCommand extends OsiCommand {
    private static final int MAX_SIZE = 1 << 20;

    @Mixin
    private HostOptions hostOptions;

    @Mixin
    private UserOptions userOptions;

    @Parameters(paramLabel = "HOST", description = "A name on the link, or an address.")
    private String server;

    @Option(
            names = {"-c", "--count"},
            paramLabel = "N",
            defaultValue = "4",
            description = "How many messages (default: ${DEFAULT-VALUE}).")
    private int count;

    @Option(
            names = {"-i", "--interval"},
            paramLabel = "SECONDS",
            defaultValue = "1",
            description = "How long from an answer to the next message (default: ${DEFAULT-VALUE}).")
    private double interval;

    @Option(
            names = {"-s", "--size"},
            paramLabel = "OCTETS",
            defaultValue = "56",
            description = "How long each message is (default: ${DEFAULT-VALUE}).")
    private int size;

    @Option(
            names = "--unit-data",
            description = "Send each message as one A-UNIT-DATA, without an association: what is lost is lost.")
    private boolean unitData;

    @Option(
            names = {"-W", "--wait"},
            paramLabel = "SECONDS",
            defaultValue = "2",
            description = "With --unit-data, how long to wait for an answer (default: ${DEFAULT-VALUE}).")
    private double wait;

    @Override
    public Integer call() {
        if (count < 1 || interval < 0 || size < 0 || size > MAX_SIZE || wait <= 0) {
            throw usage("echo needs a count from 1, an interval from 0, a size from 0 to " + MAX_SIZE
                    + ", and a wait greater than 0");
        }
        CompletableFuture<String> over = new CompletableFuture<>();
        Credentials credentials = userOptions.ask();
        try (RunningHost running = hostOptions.open("alice", Preset.ISO_ON_TCP, EchoDissector::new)) {
            NetworkAddress address = running.resolve(server);
            OpenSystem system = running.system();
            UserOptions.identify(system, credentials);
            if (unitData) {
                return echoUnits(system, address);
            }
            EchoClient client = system.call(() -> EchoClient.open(
                    system.host(),
                    system.associations(),
                    address,
                    count,
                    size,
                    (long) (interval * 1e9),
                    new Printer(over)));
            system.onClose(client::abort);
            String problem = over.join();
            if (problem != null) {
                throw new CommandFailure("not all echoes from " + server + ": " + problem);
            }
            return 0;
        }
    }

    private int echoUnits(OpenSystem system, NetworkAddress address) {
        UnitDataService units = system.call(() -> system.associations().connectionless());
        if (units == null) {
            throw new CommandFailure("this stack has no A-UNIT-DATA; x226 over x225 has");
        }
        CompletableFuture<String> over = new CompletableFuture<>();
        UnitDataEcho echo = system.call(() -> UnitDataEcho.open(
                system.host(),
                units,
                address,
                new UnitDataEcho.Plan(count, size, (long) (interval * 1e9), (long) (wait * 1e9)),
                new UnitPrinter(over)));
        system.onClose(echo::stop);
        String problem = over.join();
        if (problem != null) {
            throw new CommandFailure("no echoes from " + server + ": " + problem);
        }
        return 0;
    }

    private final class UnitPrinter implements UnitDataEcho.Listener {
        private final CompletableFuture<String> over;
        private long total;

        UnitPrinter(CompletableFuture<String> over) {
            this.over = over;
        }

        @Override
        public void echoed(int number, int octets, long roundTripNanos) {
            total += roundTripNanos;
            out().println(String.format(
                    Locale.ROOT, "unit %d, %d octets, %.3f ms", number, octets, roundTripNanos / 1e6));
        }

        @Override
        public void lost(int number) {
            out().println(String.format(Locale.ROOT, "unit %d: no answer in %s s", number, wait));
        }

        @Override
        public void finished(UnitDataEcho.Tally tally, String problem) {
            if (problem == null) {
                out().println(String.format(
                                Locale.ROOT,
                                "%d of %d came back, %d lost, %d doubled or late",
                                tally.echoed(),
                                tally.sent(),
                                tally.lost(),
                                tally.stray())
                        + (tally.echoed() == 0
                                ? ""
                                : String.format(Locale.ROOT, "; %.3f ms on average", total / 1e6 / tally.echoed())));
            }
            over.complete(
                    problem == null && tally.echoed() == 0 ? "all " + tally.sent() + " units were lost" : problem);
        }
    }

    private final class Printer implements EchoClient.Listener {
        private final CompletableFuture<String> over;
        private long total;
        private int echoed;

        Printer(CompletableFuture<String> over) {
            this.over = over;
        }

        @Override
        public void open(Association association) {
            out().println("echoes from " + association.peer() + ":");
        }

        @Override
        public void echoed(int number, int octets, long roundTripNanos) {
            echoed = number;
            total += roundTripNanos;
            out().println(String.format(
                    Locale.ROOT, "message %d, %d octets, %.3f ms", number, octets, roundTripNanos / 1e6));
        }

        @Override
        public void finished(String problem) {
            if (echoed > 0) {
                out().println(String.format(
                        Locale.ROOT, "%d of %d came back; %.3f ms on average", echoed, count, total / 1e6 / echoed));
            }
            over.complete(problem);
        }
    }
}
