package org.osistack.application.trace;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.osistack.application.*;
import org.osistack.application.chat.*;
import org.osistack.core.*;
import org.osistack.presentation.PresentationService;

class DumpTest {
    @Test
    void dump() {
        Simulation simulation = new Simulation(1);
        int columns = Integer.parseInt(System.getProperty("columns", "100"));
        Weaver weaver = new Weaver(List.of(new TextTrace(new Page(System.out::println, columns, Boolean.getBoolean("colour")), new TextTrace.Telling(Integer.getInteger("v", 0), Boolean.getBoolean("all"), false, true, "iso-on-tcp"))), System.err::println);
        Trace trace = new Trace(simulation, weaver);
        ChatServer server = new ChatServer();
        Host[] hosts = new Host[2];
        Stack[] stacks = new Stack[2];
        AssociationService[] services = new AssociationService[2];
        for (int i = 0; i < 2; i++) {
            hosts[i] = simulation.newHost(i == 0 ? "alice" : "bob");
            StackSpec spec = StackSpec.of("virtual:lab,rate=100M", "ethernet,mac=02:00:00:00:00:0" + (i + 1), "ipv4:10.0.0." + (i + 1) + "/24", "tcp", "x225", "x226").add(4, "tpkt");
            stacks[i] = Stack.open(hosts[i], spec, trace, () -> new ApplicationDissector(server.newDissector()));
            services[i] = Associations.over(hosts[i], stacks[i].service(PresentationService.class));
        }
        server.serve(new ApplicationProvider.Environment() {
            public Host host() { return hosts[1]; }
            public AssociationService associations() { return services[1]; }
            public PresentationService presentation() { return null; }
            public Consumer<String> log() { return s -> System.out.println("LOG " + s); }
            public void onLine(Consumer<String> c) {}
        }, null);
        boolean[] open = {false, false};
        ChatClient client = ChatClient.open(hosts[0], services[0], services[0].parseAddress("10.0.0.2"), new ChatClient.Listener() {
            public void open(Association association) { open[0] = true; }
            public void heard(String from, String text) {}
            public void finished(String why) { open[1] = true; }
        });
        simulation.runUntil(() -> open[0], Duration.ofSeconds(20));
        System.out.println("---------- OPEN at " + simulation.now());
        client.say("Hello, Bob");
        simulation.run(Duration.ofSeconds(1));
        System.out.println("---------- long");
        client.say("x".repeat(4000));
        simulation.run(Duration.ofSeconds(1));
        client.goodbye();
        simulation.run(Duration.ofSeconds(3));
        stacks[0].close();
        stacks[1].close();
    }
}
