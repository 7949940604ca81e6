package org.osistack.application.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.osistack.core.Dissector;
import org.osistack.core.NetworkAddress;
import org.osistack.core.management.EchoService;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code osi ping}: asks a host's network entity for echoes. */
@Command(
        name = "ping",
        description = "Ask a host's layer 3 for echoes, and tell how long they took.",
        footer = {
            "",
            "Examples:",
            "  osi ping bob",
            "  osi ping --l1 pcap:eth1 --l3 ipv4:10.4.0.2/24 -c 3 10.4.0.1",
            "",
            "The exit code is 0 if at least one echo came back."
        })
final class PingCommand extends OsiCommand {
    @Mixin
    private HostOptions hostOptions;

    @Parameters(paramLabel = "HOST", description = "A name on the link, or an address.")
    private String host;

    @Option(
            names = {"-c", "--count"},
            paramLabel = "N",
            defaultValue = "4",
            description = "How often to ask (default: ${DEFAULT-VALUE}).")
    private int count;

    @Option(
            names = {"-i", "--interval"},
            paramLabel = "SECONDS",
            defaultValue = "1",
            description = "How long from one request to the next (default: ${DEFAULT-VALUE}).")
    private double interval;

    @Option(
            names = {"-s", "--size"},
            paramLabel = "OCTETS",
            defaultValue = "56",
            description = "How many octets of data each request carries (default: ${DEFAULT-VALUE}).")
    private int size;

    @Option(
            names = {"-t", "--ttl"},
            paramLabel = "HOPS",
            defaultValue = "-1",
            showDefaultValue = Visibility.NEVER,
            description = "How many hops a request may take.")
    private int lifetime;

    @Option(
            names = {"-W", "--wait"},
            paramLabel = "SECONDS",
            defaultValue = "2",
            description = "How long to wait for an echo (default: ${DEFAULT-VALUE}).")
    private double wait;

    private record Answer(int sequence, String text, long roundTripNanos) {}

    private final BlockingQueue<Answer> answers = new ArrayBlockingQueue<>(1024);

    @Override
    public Integer call() throws InterruptedException {
        if (count < 1 || interval <= 0 || wait <= 0) {
            throw usage("ping needs a count, an interval and a wait greater than 0");
        }
        try (RunningHost running = hostOptions.open("alice", Preset.INTERNET, () -> Dissector.NONE)) {
            EchoService management = running.system()
                    .stack()
                    .management(EchoService.class)
                    .orElseThrow(() -> new CommandFailure("no layer of this stack can ask for echoes"));
            NetworkAddress peer = running.resolve(host);
            EchoService.Echo echo = running.system().call(() -> management.openEcho(new Hearer()));
            out().println("echoes from " + host + (peer.toString().equals(host) ? "" : " (" + peer + ")") + ", " + size
                    + " octets:");
            return ask(running, echo, peer);
        }
    }

    private final class Hearer implements EchoService.EchoUser {
        @Override
        public void echoReply(NetworkAddress source, int sequence, int octets, int hops, long roundTripNanos) {
            answers.offer(new Answer(
                    sequence,
                    octets + " octets from " + source + ", sequence " + sequence + ", ttl " + hops + ", "
                            + milliseconds(roundTripNanos),
                    roundTripNanos));
        }

        @Override
        public void echoReport(EchoService.Failure failure, NetworkAddress reporter, int sequence) {
            answers.offer(
                    new Answer(sequence, "from " + reporter + ", sequence " + sequence + ": " + failure.text(), -1));
        }
    }

    private int ask(RunningHost running, EchoService.Echo echo, NetworkAddress peer) throws InterruptedException {
        int received = 0;
        long total = 0;
        long least = Long.MAX_VALUE;
        long most = 0;
        for (int i = 1; i <= count; i++) {
            int sequence = i & 0xffff;
            long asked = System.nanoTime();
            request(running, echo, peer, sequence);
            long deadline = asked + seconds(wait);
            Answer answer;
            do {
                answer = answers.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (answer == null) {
                    out().println("sequence " + sequence + ": no answer in " + wait + " s");
                } else {
                    out().println(answer.text());
                    if (answer.roundTripNanos() >= 0) {
                        received++;
                        total += answer.roundTripNanos();
                        least = Math.min(least, answer.roundTripNanos());
                        most = Math.max(most, answer.roundTripNanos());
                    }
                }
            } while (answer != null && answer.sequence() != sequence);
            if (i < count) {
                TimeUnit.NANOSECONDS.sleep(asked + seconds(interval) - System.nanoTime());
            }
        }
        out().println(received + " of " + count + " came back"
                + (received == 0
                        ? ""
                        : "; " + milliseconds(least) + " at least, " + milliseconds(total / received) + " on average, "
                                + milliseconds(most) + " at most"));
        return received > 0 ? Main.SUCCESS : Main.FAILURE;
    }

    private void request(RunningHost running, EchoService.Echo echo, NetworkAddress peer, int sequence) {
        try {
            running.system().call(() -> {
                echo.request(peer, sequence, size, lifetime, true);
                return null;
            });
        } catch (IllegalArgumentException e) {
            throw usage(e.getMessage());
        }
    }

    private static long seconds(double seconds) {
        return (long) (seconds * Duration.ofSeconds(1).toNanos());
    }

    private static String milliseconds(long nanos) {
        return String.format(Locale.ROOT, "%.3f ms", nanos / 1e6);
    }
}
