package org.osistack.application.shell;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.osistack.application.ApplicationDissector;
import org.osistack.application.ApplicationProvider;
import org.osistack.application.AssociationService;
import org.osistack.application.Associations;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.Simulation;
import org.osistack.core.Stack;
import org.osistack.core.StackSpec;
import org.osistack.core.Trace;
import org.osistack.core.management.CableManagement;
import org.osistack.presentation.PresentationService;

/** A shell at bob's in virtual time, whose programs do what the test says, and clients at alice's, over whole stacks. */
final class ShellLab {
    static final String WITH_ACTIVITIES = "tcp:keepalive=3s,timeout=30s tpkt x225 x226";

    final Simulation simulation = new Simulation(7);
    final Host alice = simulation.newHost("alice");
    final Host bob = simulation.newHost("bob");
    final List<String> log = new ArrayList<>();
    final List<String> story = new ArrayList<>(); // the summaries of what is said in layer 7
    final List<FakeProcess> processes = new ArrayList<>();
    final AssociationService calling;
    final AssociationService called;
    ShellSessions sessions;
    private final Stack aliceStack;
    private final Stack bobStack;

    ShellLab(String upper) {
        Trace trace = new Trace(simulation, event -> {
            if (event.pdu() != null && event.pdu().protocol().equals("shell")) {
                story.add(event.host() + " " + event.direction() + " "
                        + event.pdu().name() + ": " + event.pdu().summary());
            }
        });
        aliceStack = open(alice, 1, upper, trace);
        bobStack = open(bob, 2, upper, trace);
        calling = Associations.over(alice, aliceStack.service(PresentationService.class));
        called = Associations.over(bob, bobStack.service(PresentationService.class));
    }

    private static Stack open(Host host, int number, String upper, Trace trace) {
        StackSpec spec = new StackSpec()
                .set(1, "virtual:lab,rate=100M,delay=2us")
                .set(2, "ethernet,mac=02:00:00:00:00:0" + number)
                .set(3, "ipv4:10.0.0." + number + "/24");
        for (String module : upper.split(" ")) {
            spec.add(module.startsWith("t") ? 4 : List.of("x225", "mux", "none").contains(module) ? 5 : 6, module);
        }
        return Stack.open(host, spec, trace, () -> new ApplicationDissector(new ShellDissector()));
    }

    /** Some commands besides the built-in ones: {@code talk} and {@code log} with arguments, {@code secret} for carol. */
    static ShellSettings settings() {
        List<AllowedCommand> commands = new ArrayList<>(BuiltIns.commands());
        commands.add(command("talk", null, 3600, ""));
        commands.add(command("log", "[a-z]+", 60, ""));
        commands.add(command("secret", null, 60, "carol"));
        return new ShellSettings(Map.of(), 120, 2, 3).with(commands);
    }

    private static AllowedCommand command(String name, String arguments, long seconds, String user) {
        return new AllowedCommand(
                name,
                "for tests",
                new Program(List.of("/bin/" + name, "-x"), ""),
                arguments == null ? null : Pattern.compile(arguments),
                2,
                seconds,
                1 << 20,
                user.isEmpty() ? java.util.Set.of() : java.util.Set.of(user));
    }

    /** Serve; to be called once, before anything else. */
    ShellLab serve() {
        return serve(called, settings());
    }

    ShellLab serve(AssociationService service, ShellSettings settings) {
        sessions = ShellServer.serve(
                new Environment(service),
                settings,
                this::start,
                new BuiltIns(bob, () -> Instant.EPOCH, ZoneOffset.UTC, settings));
        run(1);
        return this;
    }

    private CommandRunner.Running start(Program program, List<String> arguments, CommandRunner.Listener listener) {
        List<String> words = new ArrayList<>(program.words());
        words.addAll(arguments);
        FakeProcess process = new FakeProcess(words, listener);
        processes.add(process);
        return process;
    }

    /** A program that says what the test lets it say. */
    static final class FakeProcess implements CommandRunner.Running {
        final List<String> words;
        private final CommandRunner.Listener listener;
        boolean isHeld;
        boolean isKilled;
        private boolean isOver;

        FakeProcess(List<String> words, CommandRunner.Listener listener) {
            this.words = words;
            this.listener = listener;
        }

        void say(String text) {
            listener.output(false, Octets.ofText(text));
        }

        void complain(String text) {
            listener.output(true, Octets.ofText(text));
        }

        void end(int code) {
            isOver = true;
            listener.ended(code);
        }

        @Override
        public void kill() {
            if (!isOver) {
                isKilled = true;
            }
        }

        @Override
        public void hold() {
            isHeld = true;
        }

        @Override
        public void goOn() {
            isHeld = false;
        }
    }

    FakeProcess process() {
        return processes.get(processes.size() - 1);
    }

    /** A client, and what its person sees. */
    final class Person implements ShellClient.Listener {
        final List<String> events = new ArrayList<>();
        final StringBuilder text = new StringBuilder();
        final ShellClient client;
        boolean isIn;
        boolean isKept;
        boolean isOver;
        boolean isGone;
        int losses;
        String problem;

        Person(AssociationService service, Octets session, boolean mayCreate) {
            client = new ShellClient(alice, service, service.parseAddress("10.0.0.2"), session, mayCreate, this);
            client.connect();
        }

        @Override
        public void entered(String peer, boolean kept) {
            isIn = true;
            isKept = kept;
        }

        @Override
        public void started(long number, String line) {
            events.add("$ " + line);
        }

        @Override
        public void output(boolean isError, Octets octets) {
            String said = new String(octets.toByteArray(), StandardCharsets.UTF_8);
            text.append(said);
            events.add((isError ? "! " : "") + said.strip());
        }

        @Override
        public void finished(ShellApdu.Finished how) {
            events.add("= " + how.code() + (how.text().isEmpty() ? "" : " " + how.text()));
        }

        @Override
        public void interrupted(long number) {
            events.add("^C");
        }

        @Override
        public void farewell(String why) {
            events.add("farewell: " + why);
        }

        @Override
        public void lost(String why, long pauseNanos) {
            losses++;
        }

        @Override
        public void over(String newProblem, boolean gone) {
            isOver = true;
            isGone = gone;
            problem = newProblem;
        }
    }

    static Octets name(int number) {
        byte[] name = new byte[ShellApdu.NAME_LENGTH];
        name[0] = (byte) number;
        return Octets.of(name);
    }

    /** Somebody begins a session. */
    Person come(int number) {
        Person person = new Person(calling, name(number), true);
        run(1);
        return person;
    }

    /** Another process goes on with a session. */
    Person comeBack(int number) {
        Person person = new Person(calling, name(number), false);
        run(1);
        return person;
    }

    void cut() {
        cable().cutCable();
    }

    void join() {
        cable().joinCable();
    }

    private CableManagement cable() {
        return bobStack.management(CableManagement.class).orElseThrow();
    }

    void run(long seconds) {
        simulation.run(Duration.ofSeconds(seconds));
    }

    /** Close the stacks; how many PDUs were never given back. */
    long outstanding() {
        aliceStack.close();
        bobStack.close();
        run(600);
        Map<String, Long> all = new LinkedHashMap<>();
        all.put("alice", alice.pool().outstanding());
        all.put("bob", bob.pool().outstanding());
        return all.values().stream().mapToLong(Long::longValue).sum();
    }

    private final class Environment implements ApplicationProvider.Environment {
        private final AssociationService service;

        Environment(AssociationService service) {
            this.service = service;
        }

        @Override
        public Host host() {
            return bob;
        }

        @Override
        public AssociationService associations() {
            return service;
        }

        @Override
        public PresentationService presentation() {
            return bobStack.service(PresentationService.class);
        }

        @Override
        public Consumer<String> log() {
            return log::add;
        }

        @Override
        public void onLine(Consumer<String> listener) {}
    }
}
