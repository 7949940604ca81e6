package org.osistack.application.isode;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.osistack.application.cli.CommandFailure;
import org.osistack.application.cli.HostOptions;
import org.osistack.application.cli.OsiCommand;
import org.osistack.application.cli.Preset;
import org.osistack.application.cli.RunningHost;
import org.osistack.application.facade.OpenSystem;
import org.osistack.core.Dissector;
import org.osistack.core.Octets;
import org.osistack.core.dialogue.ConnectionIdentifier;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.management.ServiceEcho;
import org.osistack.presentation.NegotiatedPresentation;
import org.osistack.presentation.ber.BerWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code osi isode-echo}: what ISODE's {@code isoc} does. */
@Command(
        name = "isode-echo",
        description =
                "Walk through all that a service has with ISODE's echo, or ours, a line of standard input at a time.",
        footer = {
            "",
            "The exit code is 1 if anything that came back was not what was sent.",
            "",
            "Examples:",
            "  printf 'one\\ntwo\\n' | osi isode-echo bob s --units hd,mi,ma,td",
            "  osi isode-echo --l1 pcap:eth1 --l3 ipv4:10.4.0.2/24 10.4.0.1 p --units 0x7ff < lines",
            "  osi isode-echo bob rtse < lines"
        })
public final class IsodeEchoCommand extends OsiCommand {
    private static final int TELETEX_STRING = 0x14;
    private static final int UTC_TIME = 0x17;
    private static final int MAX_USER_DATA = 512;
    private static final int MAX_SERIAL_NUMBER = 999_999;
    private static final int MAX_REFERENCE = 60; // octets of a name in a reference of 64
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    /** The service to walk through. */
    enum Service {
        T,
        S,
        P,
        A,
        ROSE,
        RTSE,
        ROSE_RTSE
    }

    @Mixin
    private HostOptions hostOptions;

    @Parameters(index = "0", paramLabel = "HOST", description = "A name on the link, or an address.")
    private String server;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "SERVICE",
            defaultValue = "s",
            description = "t, s, p, a (association control), rose, rtse, or rose-rtse (default: ${DEFAULT-VALUE}).")
    private String service;

    @Option(names = "--sink", description = "Call the sink, which sends nothing back.")
    private boolean sink;

    @Option(
            names = "--units",
            paramLabel = "UNIT,...|0xBITS",
            defaultValue = "0x7ff",
            description =
                    "The session functional units to propose with s and p: hd fd ex mi ma resync act nr cd exc td,"
                            + " or their bits (default: ${DEFAULT-VALUE}, all).")
    private String units;

    @Option(
            names = "--user-data",
            paramLabel = "OCTETS",
            defaultValue = "512",
            description = "User data of each primitive that may have some (default: ${DEFAULT-VALUE}).")
    private int userData;

    @Option(
            names = "--serial",
            paramLabel = "NUMBER",
            defaultValue = "1",
            description = "The number of the first synchronization point (default: ${DEFAULT-VALUE}).")
    private int serialNumber;

    @Override
    public Integer call() throws IOException {
        Service wanted = wanted();
        FunctionalUnits proposed = UnitNames.parse(units);
        if (proposed == null) {
            throw usage("--units takes " + UnitNames.all() + ", or bits such as 0x7ff");
        }
        if (userData < 0 || userData > MAX_USER_DATA || serialNumber < 1 || serialNumber > MAX_SERIAL_NUMBER) {
            throw usage("isode-echo takes user data from 0 to " + MAX_USER_DATA
                    + " octets, and a serial number from 1 to " + MAX_SERIAL_NUMBER);
        }
        List<Octets> lines = lines();
        CompletableFuture<String> over = new CompletableFuture<>();
        Printer printer = new Printer(over);
        try (RunningHost running = hostOptions.open("alice", Preset.ISO_ON_TCP, () -> Dissector.NONE)) {
            ServiceEcho.Walk walk = new ServiceEcho.Walk(
                    running.resolve(server), sink, proposed, name(running), serialNumber, userData, lines);
            OpenSystem system = running.system();
            system.onClose(system.call(() -> walk(system, wanted, walk, printer)));
            String problem = over.join();
            if (problem != null) {
                throw new CommandFailure("the walk with " + server + " ended early: " + problem);
            }
            return printer.differences == 0 ? 0 : 1;
        } catch (IllegalArgumentException e) { // from the provider: it cannot propose that
            throw usage(e.getMessage());
        }
    }

    private Service wanted() {
        for (Service each : Service.values()) {
            if (each.name().replace('_', '-').equalsIgnoreCase(service)) {
                return each;
            }
        }
        throw usage(service + " is no service; there are: t, s, p, a, rose, rtse, rose-rtse");
    }

    private static List<Octets> lines() throws IOException {
        List<Octets> lines = new ArrayList<>();
        BufferedReader reader = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            lines.add(Octets.ofText(line + "\n\0")); // ISODE sends the end of its string, too
        }
        return lines;
    }

    /** The session connection by the host's name and the time, as ISODE has it. */
    private static ConnectionIdentifier name(RunningHost running) {
        String name = running.system().name();
        Octets host = Octets.ofText(name.substring(0, Math.min(name.length(), MAX_REFERENCE)));
        return new ConnectionIdentifier(
                new BerWriter().octetString(TELETEX_STRING, host).toOctets(),
                new BerWriter()
                        .octetString(UTC_TIME, Octets.ofText(TIME.format(Instant.now())))
                        .toOctets(),
                Octets.EMPTY);
    }

    private static Runnable walk(OpenSystem system, Service service, ServiceEcho.Walk walk, Printer printer) {
        return switch (service) {
            case T ->
                system.column(spec -> spec.set(5, "echo").clear(6))
                        .service(ServiceEcho.class)
                        .walk(walk, printer);
            case S ->
                system.column(spec -> spec.set(6, "echo"))
                        .service(ServiceEcho.class)
                        .walk(walk, printer);
            case P -> new PresentationEcho(system.host(), negotiated(system)).walk(walk, printer);
            case A, ROSE ->
                AssociationWalker.walk(system.host(), negotiated(system), walk, service == Service.ROSE, printer);
            case RTSE, ROSE_RTSE ->
                TransferWalker.walk(system.host(), negotiated(system), walk, service == Service.ROSE_RTSE, printer);
        };
    }

    private static NegotiatedPresentation negotiated(OpenSystem system) {
        return system.stack().service(NegotiatedPresentation.class);
    }

    private final class Printer implements ServiceEcho.Listener {
        private final CompletableFuture<String> over;
        private volatile int differences;

        Printer(CompletableFuture<String> over) {
            this.over = over;
        }

        @Override
        public void step(String line) {
            out().println(line);
        }

        @Override
        public void finished(int found, String problem) {
            differences = found;
            out().println(found == 0 ? "no differences" : found + (found == 1 ? " difference" : " differences"));
            over.complete(problem);
        }
    }
}
