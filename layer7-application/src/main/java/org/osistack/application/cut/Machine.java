package org.osistack.application.cut;

import java.util.List;
import java.util.function.Consumer;
import org.osistack.application.ApplicationProvider;
import org.osistack.application.AssociationService;
import org.osistack.core.Host;
import org.osistack.core.Stack;
import org.osistack.presentation.PresentationService;

/** What a process of a {@link Rehearsal} stands on: a host with an open stack. */
public interface Machine {
    Host host();

    Stack stack();

    /** Its {@link Rehearsal#columns}, open. */
    default List<Stack> columns() {
        return List.of();
    }

    AssociationService associations();

    /** Whether the process was killed before and begins anew. */
    boolean isAnew();

    /**
     * The machine as an application's server sees it.
     *
     * @param log takes the server's lines
     * @param console is given who wants the lines that the person at the server types
     */
    default ApplicationProvider.Environment environment(Consumer<String> log, Consumer<Consumer<String>> console) {
        Machine machine = this;
        return new ApplicationProvider.Environment() {
            @Override
            public Host host() {
                return machine.host();
            }

            @Override
            public AssociationService associations() {
                return machine.associations();
            }

            @Override
            public PresentationService presentation() {
                return machine.stack().service(PresentationService.class);
            }

            @Override
            public Consumer<String> log() {
                return log;
            }

            @Override
            public void onLine(Consumer<String> listener) {
                console.accept(listener);
            }
        };
    }
}
