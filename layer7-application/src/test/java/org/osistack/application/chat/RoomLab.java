package org.osistack.application.chat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.osistack.application.ApplicationProvider;
import org.osistack.application.Association;
import org.osistack.application.AssociationService;
import org.osistack.application.Associations;
import org.osistack.application.FakeAssociations;
import org.osistack.core.Dissector;
import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Simulation;
import org.osistack.core.Stack;
import org.osistack.core.StackSpec;
import org.osistack.core.dialogue.Token;
import org.osistack.presentation.PresentationService;

/** A half-duplex room in virtual time, on bob's host, and those who come into it, each from a host of its own. */
final class RoomLab {
    final Simulation simulation;
    final Host bob;
    final List<String> log = new ArrayList<>();
    final List<Person> persons = new ArrayList<>();
    private final boolean wholeStacks;
    private final String medium;
    private final FakeAssociations fake;
    private final List<Stack> stacks = new ArrayList<>();
    private final List<Host> hosts = new ArrayList<>();
    private Consumer<String> console;

    private RoomLab(long seed, String medium, String argument) {
        this.simulation = new Simulation(seed);
        this.bob = simulation.newHost("bob");
        this.medium = medium;
        this.wholeStacks = medium != null;
        hosts.add(bob);
        AssociationService service;
        if (wholeStacks) {
            fake = null;
            service = open(bob);
        } else {
            FakeAssociations[] both = FakeAssociations.between(bob, bob);
            fake = both[0];
            service = both[1];
        }
        serve(service, argument);
    }

    /** Open a room. */
    void serve(AssociationService service, String argument) {
        new ChatServer().serve(new Environment(service), argument);
    }

    /** Members and room are joined by nothing but associations. */
    static RoomLab ofAssociations(long seed) {
        return new RoomLab(seed, null, "half-duplex");
    }

    /** All seven layers, over TCP and a virtual Ethernet. */
    static RoomLab ofStacks(long seed, String medium) {
        return new RoomLab(seed, medium, "half-duplex");
    }

    /** As {@link #ofStacks}, with a room where all speak at any time. */
    static RoomLab fullDuplex(long seed) {
        return new RoomLab(seed, "", null);
    }

    private AssociationService open(Host host) {
        StackSpec spec = new StackSpec()
                .set(1, "virtual:lab" + medium)
                .set(2, "ethernet")
                .set(3, "ipv4:10.0.0." + (stacks.size() + 1) + "/24")
                .add(4, "tcp")
                .add(4, "tpkt")
                .add(5, "x225")
                .add(6, "x226");
        Stack stack = Stack.open(host, spec, null, () -> Dissector.NONE);
        stacks.add(stack);
        return Associations.over(host, stack.service(PresentationService.class));
    }

    /** What a new host has to ask for associations. */
    AssociationService associations(String name) {
        Host host = simulation.newHost(name);
        hosts.add(host);
        return wholeStacks ? open(host) : fake.of(host);
    }

    private NetworkAddress address(AssociationService service) {
        return wholeStacks ? service.parseAddress("10.0.0.1") : null;
    }

    /** Somebody comes into the room. */
    Person come(String name) {
        Person person = new Person(name);
        AssociationService service = associations(name);
        Host host = hosts.get(hosts.size() - 1);
        person.client = ChatClient.openHalfDuplex(host, service, address(service), person);
        return person;
    }

    /** Somebody comes who takes it for a room where all speak at any time. */
    Person comeFullDuplex(String name) {
        Person person = new Person(name);
        AssociationService service = associations(name);
        Host host = hosts.get(hosts.size() - 1);
        person.client = ChatClient.open(host, service, address(service), person);
        return person;
    }

    /** Whoever serves the room types a line. */
    void type(String line) {
        console.accept(line);
    }

    void run() {
        run(Duration.ofSeconds(30));
    }

    void run(Duration time) {
        simulation.run(time);
    }

    /** Whether bob has the floor, as he is told. */
    boolean bobHasFloor() {
        type("/who");
        return log.get(log.size() - 1).startsWith("you have the floor");
    }

    /** The names of all who have the floor, each by what it knows itself. */
    List<String> holders() {
        List<String> holders = new ArrayList<>();
        if (bobHasFloor()) {
            holders.add("bob");
        }
        for (Person person : persons) {
            if (person.isIn() && person.client.hasFloor()) {
                holders.add(person.name);
            }
        }
        return holders;
    }

    /** What is in nobody's hands after all have left the stacks. */
    long outstanding() {
        stacks.forEach(Stack::close);
        run(Duration.ofMinutes(5));
        return hosts.stream().mapToLong(host -> host.pool().outstanding()).sum();
    }

    /** Its stack ends without a word of the layers above. */
    void crash(Person person) {
        stacks.get(1 + persons.indexOf(person)).close();
    }

    /** Somebody in the room, or who wants to be. */
    final class Person implements ChatClient.Listener {
        final String name;
        final List<String> heard = new ArrayList<>();
        ChatClient client;
        String holder = "";
        boolean isOpen;
        boolean isOver;
        boolean isKilled; // and did not leave by itself
        String problem;

        Person(String name) {
            this.name = name;
            persons.add(this);
        }

        boolean isIn() {
            return isOpen && !isOver;
        }

        boolean holdsDataToken() {
            return client.association().ownTokens().has(Token.DATA);
        }

        @Override
        public void open(Association association) {
            isOpen = true;
        }

        @Override
        public void heard(String from, String text) {
            heard.add((from.isEmpty() ? "bob" : from) + ": " + text);
        }

        @Override
        public void heardAside(String from, String text) {
            heard((from.isEmpty() ? "bob" : from) + "!", text);
        }

        @Override
        public void floorChanged(boolean own, String by) {
            holder = own ? "you" : by.isEmpty() ? "bob" : by;
        }

        @Override
        public void floorWanted(String by) {
            heard.add((by.isEmpty() ? "bob" : by) + " asks");
        }

        @Override
        public void toldWho(String text) {
            heard.add(text);
        }

        @Override
        public void finished(String newProblem) {
            isOver = true;
            problem = newProblem;
        }
    }

    private final class Environment implements ApplicationProvider.Environment {
        private final AssociationService associations;

        Environment(AssociationService associations) {
            this.associations = associations;
        }

        @Override
        public Host host() {
            return bob;
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
