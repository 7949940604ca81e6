package org.osistack.application.demo;

import java.util.List;
import java.util.function.Consumer;
import org.osistack.application.ApplicationDissector;
import org.osistack.application.ApplicationProvider;
import org.osistack.application.AssociationService;
import org.osistack.application.Associations;
import org.osistack.application.chat.ChatServer;
import org.osistack.application.file.FileServer;
import org.osistack.core.Host;
import org.osistack.core.Simulation;
import org.osistack.core.Stack;
import org.osistack.core.StackSpec;
import org.osistack.core.Trace;
import org.osistack.presentation.PresentationService;

/** One of the demo's two hosts, with its stack. */
final class DemoHost implements ApplicationProvider.Environment {
    /** What runs on top. */
    static final List<ApplicationProvider> APPLICATIONS = List.of(new ChatServer(), new FileServer());

    private final Host host;
    private final Stack stack;
    private final PresentationService presentation;
    private final AssociationService associations;

    DemoHost(Simulation simulation, String name, String address, Trace trace) {
        host = simulation.newHost(name);
        StackSpec spec = new StackSpec()
                .set(1, "virtual:lab,rate=100M,delay=5us")
                .set(2, "ethernet")
                .set(3, "ipv4:" + address + "/24")
                .set(4, "tcp")
                .add(4, "tpkt")
                .set(5, "x225")
                .set(6, "x226");
        stack = Stack.open(host, spec, trace, () -> ApplicationDissector.of(APPLICATIONS));
        presentation = stack.service(PresentationService.class);
        associations = Associations.over(host, presentation);
    }

    Stack stack() {
        return stack;
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
        return presentation;
    }

    @Override
    public Consumer<String> log() {
        return line -> {};
    }

    @Override
    public void onLine(Consumer<String> listener) {
        // nobody types here
    }
}
