package org.osistack.application.trace;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.osistack.application.ApplicationDissector;
import org.osistack.application.ApplicationProvider;
import org.osistack.application.Association;
import org.osistack.application.AssociationService;
import org.osistack.application.Associations;
import org.osistack.application.chat.ChatClient;
import org.osistack.core.Dissector;
import org.osistack.core.Host;
import org.osistack.core.Simulation;
import org.osistack.core.Stack;
import org.osistack.core.StackSpec;
import org.osistack.core.Trace;
import org.osistack.presentation.PresentationService;

/** Alice chats with bob over whole stacks on a virtual medium, and printers look on. */
final class TraceLab implements AutoCloseable {
    static final String ISO = "tcp tpkt x225 x226";
    static final String INTERNET = "tcp none plain";

    final Simulation simulation;
    final List<String> bobsLog = new ArrayList<>();
    private final Weaver weaver;
    private final List<Host> hosts = new ArrayList<>();
    private final List<Stack> stacks = new ArrayList<>();
    private final List<AssociationService> services = new ArrayList<>();
    private final boolean traceAlice;
    private final boolean traceBob;
    private ChatClient client;
    private boolean open;
    private boolean over;

    TraceLab(String upper, String medium, TurnPrinter... printers) {
        this(upper, medium, true, true, printers);
    }

    /** A lab in which only some hosts are looked at. */
    TraceLab(String upper, String medium, boolean traceAlice, boolean traceBob, TurnPrinter... printers) {
        this.traceAlice = traceAlice;
        this.traceBob = traceBob;
        simulation = new Simulation(1);
        weaver = new Weaver(List.of(printers), problem -> {
            throw new AssertionError(problem);
        });
        Trace trace = new Trace(simulation, weaver);
        for (int i = 0; i < 2; i++) {
            Host host = simulation.newHost(i == 0 ? "alice" : "bob");
            StackSpec spec = new StackSpec()
                    .set(1, "virtual:lab,rate=100M" + medium)
                    .set(2, "ethernet,mac=02:00:00:00:00:0" + (i + 1))
                    .set(3, "ipv4:10.0.0." + (i + 1) + "/24");
            for (String module : upper.split(" ")) {
                spec.add(layer(module), module);
            }
            boolean traced = i == 0 ? traceAlice : traceBob;
            Stack stack = Stack.open(host, spec, traced ? trace : null, TraceLab::dissector);
            hosts.add(host);
            stacks.add(stack);
            services.add(Associations.over(host, stack.service(PresentationService.class)));
        }
        serve();
        run(Duration.ofSeconds(5));
    }

    private static int layer(String module) {
        return switch (module) {
            case "tcp", "tpkt" -> 4;
            case "x225", "none" -> 5;
            default -> 6;
        };
    }

    private static Dissector dissector() {
        List<ApplicationProvider> chat = ServiceLoader.load(ApplicationProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals("chat"))
                .toList();
        return ApplicationDissector.of(chat);
    }

    private void serve() {
        for (ApplicationProvider provider : ServiceLoader.load(ApplicationProvider.class)) {
            if (provider.name().equals("chat")) {
                provider.serve(
                        new ApplicationProvider.Environment() {
                            @Override
                            public Host host() {
                                return hosts.get(1);
                            }

                            @Override
                            public AssociationService associations() {
                                return services.get(1);
                            }

                            @Override
                            public PresentationService presentation() {
                                return stacks.get(1).service(PresentationService.class);
                            }

                            @Override
                            public Consumer<String> log() {
                                return bobsLog::add;
                            }

                            @Override
                            public void onLine(Consumer<String> listener) {
                                // bob types nothing
                            }
                        },
                        null);
            }
        }
    }

    TraceLab associate() {
        client = ChatClient.open(
                hosts.get(0), services.get(0), services.get(0).parseAddress("10.0.0.2"), new ChatClient.Listener() {
                    @Override
                    public void open(Association association) {
                        open = true;
                    }

                    @Override
                    public void heard(String from, String text) {
                        // alice is alone with bob
                    }

                    @Override
                    public void finished(String problem) {
                        over = true;
                    }
                });
        await(() -> open);
        run(Duration.ofSeconds(3));
        return this;
    }

    TraceLab say(String line) {
        client.say(line);
        run(Duration.ofSeconds(3));
        return this;
    }

    TraceLab release() {
        client.goodbye();
        await(() -> over);
        run(Duration.ofSeconds(3));
        return this;
    }

    /** Alice is 0, bob is 1. */
    Host host(int number) {
        return hosts.get(number);
    }

    AssociationService associations(int number) {
        return services.get(number);
    }

    void run(Duration duration) {
        simulation.run(duration);
    }

    private void await(BooleanSupplier condition) {
        if (!simulation.runUntil(condition, Duration.ofMinutes(5))) {
            throw new AssertionError("it does not happen");
        }
    }

    @Override
    public void close() {
        stacks.forEach(Stack::close);
        simulation.run(Duration.ofMinutes(10));
        weaver.close();
        for (Host host : hosts) {
            if (host.pool().outstanding() != 0) {
                throw new AssertionError(host + " misses " + host.pool().outstanding() + " PDUs");
            }
        }
    }
}
