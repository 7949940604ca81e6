package org.osistack.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osistack.application.chat.ChatClient;
import org.osistack.application.chat.ChatServer;
import org.osistack.core.Dissector;
import org.osistack.core.Host;
import org.osistack.core.LayerProvider;
import org.osistack.core.LayerProviders;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Simulation;
import org.osistack.core.Stack;
import org.osistack.core.StackSpec;
import org.osistack.presentation.PresentationService;

/**
 * Half-duplex rooms on two hosts with members of both, where one host's PDUs of one layer are changed on their way: no
 * exception, nothing left behind, and whoever serves the other room can have the floor in the end.
 */
@Timeout(60)
class HostileRoomTest {
    private static final LayerProviders PROVIDERS = LayerProviders.load();
    private static final int MUTATIONS = 1_000;

    private final List<String> log = new ArrayList<>();
    private Consumer<String> console;

    @ParameterizedTest
    @CsvSource({"x225, 4, tpkt", "x226, 5, x225", "acse and chat, 6, x226"})
    void survivesWhateverAPeerDoesToIts(String protocol, int layer, String below) {
        long mutations = 0;
        for (int seed = 0; mutations < MUTATIONS; seed++) {
            try {
                mutations += run(seed, layer, below);
            } catch (Throwable e) {
                throw new AssertionError("seed " + seed + ": " + log, e);
            }
        }
    }

    private long run(long seed, int layer, String below) {
        Simulation simulation = new Simulation(seed);
        SplittableRandom random = new SplittableRandom(seed);
        Mutator mutator =
                new Mutator(layer, PROVIDERS.get(layer, below).provides(), 8, random, (pdu, service, arguments) -> {});
        List<LayerProvider<?, ?>> withMutator = new ArrayList<>(PROVIDERS.all());
        withMutator.add(mutator);
        LayerProviders hostileProviders = LayerProviders.of(withMutator.toArray(LayerProvider<?, ?>[]::new));
        Host mallory = simulation.newHost("mallory");
        Host victim = simulation.newHost("victim");
        Stack hostile = Stack.open(mallory, spec(1, below), hostileProviders, null, () -> Dissector.NONE);
        Stack stack = Stack.open(victim, spec(2, ""), PROVIDERS, null, () -> Dissector.NONE);
        AssociationService malloryService = Associations.over(mallory, hostile.service(PresentationService.class));
        AssociationService victimService = Associations.over(victim, stack.service(PresentationService.class));
        log.clear();
        new ChatServer().serve(new Environment(mallory, malloryService), "half-duplex");
        new ChatServer().serve(new Environment(victim, victimService), "half-duplex"); // its console is the last
        NetworkAddress malloryAddress = victimService.parseAddress("10.0.0.1");
        NetworkAddress victimAddress = victimService.parseAddress("10.0.0.2");
        List<Person> persons = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            persons.add(new Person(mallory, malloryService, victimAddress));
            persons.add(new Person(victim, victimService, malloryAddress));
        }
        for (int i = 0; i < 250; i++) {
            persons.get(random.nextInt(persons.size())).act(random.nextInt(24));
            if (random.nextInt(8) == 0) {
                console.accept(random.nextBoolean() ? "/please" : "/give");
            }
            simulation.run(Duration.ofMillis(random.nextInt(4)));
        }
        simulation.run(Duration.ofMinutes(1));
        hostile.close();
        simulation.run(Duration.ofMinutes(10));

        persons.forEach(person -> assertThat(person.isOver).isTrue());
        console.accept("/who");
        assertThat(log).last().isEqualTo("you have the floor");
        stack.close();
        simulation.run(Duration.ofMinutes(10));
        assertThat(victim.pool().outstanding()).isZero();
        assertThat(mallory.pool().outstanding()).isZero();
        return mutator.mutations();
    }

    private static StackSpec spec(int number, String mutated) {
        StackSpec spec = new StackSpec();
        String[][] modules = {
            {"1", "virtual:lab"},
            {"2", "ethernet"},
            {"3", "ipv4:10.0.0." + number + "/24"},
            {"4", "tcp"},
            {"4", "tpkt"},
            {"5", "x225"},
            {"6", "x226"}
        };
        for (String[] module : modules) {
            int layer = Integer.parseInt(module[0]);
            spec.add(layer, module[1]);
            if (module[1].equals(mutated)) {
                spec.add(layer, "mutator");
            }
        }
        return spec;
    }

    private static final class Person implements ChatClient.Listener {
        private final ChatClient client;
        private boolean isOpen;
        private boolean isOver;

        Person(Host host, AssociationService service, NetworkAddress room) {
            client = ChatClient.openHalfDuplex(host, service, room, this);
        }

        void act(int what) {
            if (!isOpen || isOver) {
                return;
            }
            switch (what) {
                case 0 -> client.goodbye();
                case 1, 2 -> client.giveAll();
                case 3, 4 -> client.sayAside("psst");
                case 5 -> client.askWho();
                case 6, 7, 8, 9, 10, 11, 12 -> client.say("a line");
                case 13, 14, 15, 16, 17, 18 -> client.please();
                default -> client.give();
            }
        }

        @Override
        public void open(Association association) {
            isOpen = true;
        }

        @Override
        public void heard(String from, String text) {}

        @Override
        public void finished(String problem) {
            isOver = true;
        }
    }

    private final class Environment implements ApplicationProvider.Environment {
        private final Host host;
        private final AssociationService associations;

        Environment(Host host, AssociationService associations) {
            this.host = host;
            this.associations = associations;
        }

        @Override
        public Host host() {
            return host;
        }

        @Override
        public AssociationService associations() {
            return associations;
        }

        @Override
        public PresentationService presentation() {
            throw new IllegalStateException("a chat needs associations");
        }

        @Override
        public Consumer<String> log() {
            return log::add;
        }

        @Override
        public void onLine(Consumer<String> listener) {
            console = listener;
        }
    }
}
