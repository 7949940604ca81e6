package org.osistack.application.file;

import java.time.Instant;
import java.time.InstantSource;
import org.osistack.application.ApplicationContext;
import org.osistack.application.ApplicationContexts;
import org.osistack.core.Host;

/** What the two sides of a file transfer have in common. */
final class FileApplication {
    static final ApplicationContext CONTEXT = ApplicationContexts.own("file", 3, 4003);

    private static final long BEGINNING = 1_767_225_600; // of a simulation's time: 2026-01-01

    private FileApplication() {}

    /** The time for a host: in a simulation, that of the simulation. */
    static InstantSource clock(Host host) {
        return host.group().isVirtual() ? () -> Instant.ofEpochSecond(BEGINNING, host.now()) : InstantSource.system();
    }
}
