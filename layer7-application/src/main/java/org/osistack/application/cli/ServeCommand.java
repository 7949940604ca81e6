package org.osistack.application.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.osistack.application.ApplicationDissector;
import org.osistack.application.ApplicationProvider;
import org.osistack.application.ApplicationProvider.Needs;
import org.osistack.application.AssociationService;
import org.osistack.application.facade.OpenSystem;
import org.osistack.application.management.ManagementDissector;
import org.osistack.application.management.SessionManager;
import org.osistack.application.security.Authenticator;
import org.osistack.core.ConfigurationException;
import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Stack;
import org.osistack.core.StackSpec;
import org.osistack.presentation.PresentationService;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code osi serve}: one host with applications that wait for others. */
@Command(
        name = "serve",
        description = "Serve applications until interrupted.",
        footer = {
            "",
            "Applications that need the octets of TCP and UDP as they are get layers 5 none and 6 plain beside the"
                    + " stack that the others use, on the same lower layers.",
            "",
            "Examples:",
            "  osi serve chat",
            "  osi serve chat file=./inbox --name bob",
            "  osi serve file=./inbox --users users",
            "  osi serve inetd http=./www --l1 pcap:eth1 --l3 ipv4:10.4.0.2/24,gateway=10.4.0.1",
            "",
            "'osi stack' lists the applications."
        })
final class ServeCommand extends OsiCommand {
    @Mixin
    private HostOptions hostOptions;

    @Mixin
    private AccessOptions access;

    @Parameters(
            paramLabel = "APP[=ARG]",
            arity = "1..*",
            description = "Applications, each with its argument, such as http=./www.")
    private List<String> requested;

    private final List<Runnable> closers = new ArrayList<>(); // the host's thread alone, once it runs
    private final List<Consumer<String>> lineListeners = new ArrayList<>(); // the host's thread alone, once it runs

    /** One application to be served. */
    private record Wanted(ApplicationProvider provider, String argument) {
        @Override
        public String toString() {
            return argument == null ? provider.name() : provider.name() + "=" + argument;
        }
    }

    /** The applications that can be served, by name. */
    static List<ApplicationProvider> applications() {
        List<ApplicationProvider> all = new ArrayList<>();
        ServiceLoader.load(ApplicationProvider.class).forEach(all::add);
        all.sort(Comparator.comparing(ApplicationProvider::name));
        return all;
    }

    @Override
    public Integer call() {
        List<ApplicationProvider> available = applications();
        List<Wanted> wanted =
                requested.stream().map(text -> wanted(text, available)).toList();
        checkAccess(wanted);
        boolean associations = wanted.stream().anyMatch(w -> w.provider().needs() == Needs.ASSOCIATIONS);
        try (RunningHost running = hostOptions.open(
                "bob",
                associations ? Preset.ISO_ON_TCP : Preset.INTERNET,
                () -> ApplicationDissector.of(
                                wanted.stream().map(Wanted::provider).toList())
                        .beside(ManagementDissector.abstractSyntax(), new ManagementDissector()))) {
            OpenSystem system = running.system();
            system.onClose(() -> closers.forEach(Runnable::run));
            Authenticator operators = access.guard(system, line -> out().println(line));
            for (Wanted each : wanted) {
                serve(system, each);
            }
            NetworkAddress address = running.awaitAddress();
            system.awaitName();
            offerManagement(system, operators);
            out().println("ready: " + system.name() + (address == null ? "" : " (" + address + ")") + " serves "
                    + wanted.stream().map(Wanted::toString).collect(Collectors.joining(", ")));
            if (!lineListeners.isEmpty()) {
                readLines(system);
            }
            openControl(system);
            running.awaitEnd();
        }
        return Main.SUCCESS;
    }

    /** Let operators on other hosts ask about the sessions, or tell them why they may not. */
    private void offerManagement(OpenSystem system, Authenticator operators) {
        if (access.hasOperators() || system.hasAcse()) { // without ACSE and operators no port is opened for this alone
            String name = system.name();
            system.call(() -> {
                SessionManager.offer(system.host(), system.acse(), operators, name, system.sessions());
                return null;
            });
        }
    }

    /** Let this user's other commands ask about the sessions. Without that, the server serves all the same. */
    private void openControl(OpenSystem system) {
        try {
            SessionControl sessions = new SessionControl(system, system.name(), SessionControl.RELEASE_LIMIT);
            ControlSocket control =
                    ControlSocket.open(ControlPlace.ofUser().newSocket(system.name()), sessions::answer);
            system.onClose(control::close);
        } catch (IOException e) {
            err().println("'osi session list' will not find this server: " + e.getMessage());
        }
    }

    /** Hand what is typed to the applications that asked for it, until nothing more is. */
    private void readLines(OpenSystem system) {
        Thread reader = new Thread(
                () -> {
                    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
                    lines.lines()
                            .filter(line -> !line.isBlank())
                            .forEach(line -> system.thread()
                                    .execute(() -> lineListeners.forEach(listener -> listener.accept(line))));
                },
                "typed lines");
        reader.setDaemon(true);
        reader.start();
    }

    private void checkAccess(List<Wanted> wanted) {
        boolean isGuarded = access.isGiven();
        for (Wanted each : wanted) {
            if (isGuarded && each.provider().needs() == Needs.PLAIN) {
                throw usage(each.provider().name() + " cannot tell who calls: it is served without --users only");
            }
        }
        if (access.hasOperators() && hostOptions.isSeeded()) {
            throw usage("with --seed all secrets of the server could be foreseen: it does not go with --users");
        }
    }

    private Wanted wanted(String text, List<ApplicationProvider> available) {
        String[] parts = text.split("=", 2);
        for (ApplicationProvider provider : available) {
            if (provider.name().equals(parts[0])) {
                if (parts.length == 2 && provider.argument().isEmpty()) {
                    throw usage(parts[0] + " takes no argument");
                }
                return new Wanted(provider, parts.length == 2 ? parts[1] : null);
            }
        }
        throw usage("there is no application called " + parts[0] + "; there are: "
                + available.stream().map(ApplicationProvider::name).collect(Collectors.joining(", ")));
    }

    private void serve(OpenSystem system, Wanted wanted) {
        try {
            system.call(() -> {
                wanted.provider().serve(environment(system), wanted.argument());
                return null;
            });
        } catch (IllegalStateException e) { // from attach: see PresentationService
            throw new ConfigurationException(wanted + " cannot be served: " + e.getMessage(), e);
        }
    }

    private ApplicationProvider.Environment environment(OpenSystem system) {
        return new ApplicationProvider.Environment() {
            @Override
            public Host host() {
                return system.host();
            }

            @Override
            public AssociationService associations() {
                return system.associations();
            }

            @Override
            public PresentationService presentation() {
                return system.plain();
            }

            @Override
            public Stack column(UnaryOperator<StackSpec> change) {
                return system.column(change);
            }

            @Override
            public Consumer<String> log() {
                return line -> out().println(line);
            }

            @Override
            public void onLine(Consumer<String> listener) {
                lineListeners.add(listener);
            }

            @Override
            public Path stateFolder() {
                return access.stateFolder(system.host().name());
            }

            @Override
            public void onClose(Runnable closer) {
                closers.add(closer);
            }
        };
    }
}
