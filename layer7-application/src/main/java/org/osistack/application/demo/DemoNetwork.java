package org.osistack.application.demo;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.osistack.application.ApplicationDissector;
import org.osistack.application.ApplicationProvider;
import org.osistack.application.AssociationService;
import org.osistack.application.Associations;
import org.osistack.application.cut.Cut;
import org.osistack.application.cut.Saboteur;
import org.osistack.application.cut.Victims;
import org.osistack.core.ConfigurationException;
import org.osistack.core.Dissector;
import org.osistack.core.Host;
import org.osistack.core.Simulation;
import org.osistack.core.Stack;
import org.osistack.core.StackSpec;
import org.osistack.core.Trace;
import org.osistack.core.management.CableManagement;
import org.osistack.presentation.PresentationService;

/** Alice and bob with a stack each, on one virtual Ethernet in virtual time. Bob serves chat and file. */
final class DemoNetwork implements Victims, AutoCloseable {
    private static final String ALICE = "alice";
    private static final String BOB = "bob";
    static final String MEDIUM = "virtual:lab,rate=100M,delay=2us";

    private static final Duration SETTLING = Duration.ofSeconds(5); // addresses are announced
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Simulation simulation;
    private final Trace trace;
    private final Saboteur saboteur;
    private final Map<String, Member> members = new LinkedHashMap<>();
    private final List<Consumer<String>> consoles = new ArrayList<>();
    private final List<Served> served = new ArrayList<>();
    private final Map<Cut, BooleanSupplier> met = new LinkedHashMap<>();
    private boolean aliceWasKilled;
    private Cut cut; // the last one that was carried out; null if none was

    /** A host with its stack and the associations on top. */
    record Member(Host host, Stack stack, AssociationService associations) {}

    /** What bob serves, and serves again when he begins anew. */
    private record Served(String application, String argument, Consumer<String> log) {}

    /**
     * Open both hosts' stacks.
     *
     * @param cuts what is cut, and where
     */
    DemoNetwork(Simulation simulation, Trace trace, List<Cut> cuts) {
        this.simulation = simulation;
        this.trace = trace;
        this.saboteur = new Saboteur(simulation, trace, this);
        cuts.forEach(each -> met.put(each, saboteur.arm(each)));
        open(ALICE);
        open(BOB);
        if (!cuts.isEmpty()) {
            saboteur.attach();
        }
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

    private void open(String name) {
        Host host = simulation.newHost(name);
        Stack stack = Stack.open(host, spec(name.equals(ALICE) ? 1 : 2), trace, DemoNetwork::dissector);
        members.put(name, new Member(host, stack, Associations.over(host, stack.service(PresentationService.class))));
    }

    private static Dissector dissector() {
        List<ApplicationProvider> applications = new ArrayList<>();
        ServiceLoader.load(ApplicationProvider.class).forEach(applications::add);
        return ApplicationDissector.of(applications);
    }

    /**
     * Alice's host.
     *
     * @throws StoryCut if she was killed: what she was about to do, nobody knows any more
     */
    Member alice() {
        checkAlice();
        return members.get(ALICE);
    }

    private void checkAlice() {
        if (aliceWasKilled) {
            throw new StoryCut("nobody knows any more what alice was about to do");
        }
    }

    /**
     * Check that every cut was carried out.
     *
     * @throws ConfigurationException if one was not
     */
    void checkCuts() {
        met.forEach((armed, isMet) -> {
            if (!isMet.getAsBoolean()) {
                throw new ConfigurationException("the story never came to " + armed.point());
            }
        });
    }

    /** The cut that was carried out last; null if none was. */
    Cut cut() {
        return cut;
    }

    long now() {
        return simulation.now();
    }

    /** Let bob serve an application. */
    void serve(String application, String argument, Consumer<String> log) {
        Served one = new Served(application, argument, log);
        served.add(one);
        serve(one);
    }

    private void serve(Served one) {
        for (ApplicationProvider provider : ServiceLoader.load(ApplicationProvider.class)) {
            if (provider.name().equals(one.application)) {
                provider.serve(new ServerEnvironment(members.get(BOB), one.log), one.argument);
            }
        }
    }

    /** What bob types. */
    void bobTypes(String line) {
        consoles.forEach(console -> console.accept(line));
    }

    /**
     * Let time pass until the network is quiet.
     *
     * @throws StoryCut if alice was killed
     */
    void settle() {
        saboteur.runUntil(() -> false, SETTLING);
        checkAlice();
    }

    /**
     * Let time pass until something is so.
     *
     * @throws StoryCut if it is not so in good time
     */
    void await(String what, BooleanSupplier condition) {
        boolean isSo = saboteur.runUntil(() -> aliceWasKilled || condition.getAsBoolean(), LIMIT);
        checkAlice();
        if (!isSo) {
            throw new StoryCut(what + " never came");
        }
    }

    @Override
    public List<String> names() {
        return List.of(ALICE, BOB);
    }

    @Override
    public Host host(String name) {
        Member member = members.get(name.toLowerCase(Locale.ROOT));
        return member == null ? null : member.host;
    }

    @Override
    public CableManagement cable(String name) {
        Member member = members.get(name.toLowerCase(Locale.ROOT));
        return member == null
                ? null
                : member.stack.management(CableManagement.class).orElse(null);
    }

    @Override
    public void cutting(Cut happening) {
        cut = happening;
    }

    @Override
    public void killed(String name) {
        members.remove(name);
        aliceWasKilled |= name.equals(ALICE);
        if (name.equals(BOB)) {
            consoles.clear();
        }
    }

    @Override
    public void restart(String name) {
        open(name);
        if (name.equals(BOB)) {
            served.forEach(this::serve);
        }
    }

    @Override
    public void close() {
        members.values().forEach(member -> member.stack.close());
    }

    private final class ServerEnvironment implements ApplicationProvider.Environment {
        private final Member bob;
        private final Consumer<String> log;

        ServerEnvironment(Member bob, Consumer<String> log) {
            this.bob = bob;
            this.log = log;
        }

        @Override
        public Host host() {
            return bob.host;
        }

        @Override
        public AssociationService associations() {
            return bob.associations;
        }

        @Override
        public PresentationService presentation() {
            return bob.stack.service(PresentationService.class);
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
