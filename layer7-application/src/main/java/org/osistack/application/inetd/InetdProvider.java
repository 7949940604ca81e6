package org.osistack.application.inetd;

import java.time.Clock;
import java.util.List;
import org.osistack.application.ApplicationProvider;

/** The small services: {@code inetd}. */
public final class InetdProvider implements ApplicationProvider {
    @Override
    public String name() {
        return "inetd";
    }

    @Override
    public String description() {
        return "echo, discard, daytime and character generator, over TCP and UDP";
    }

    @Override
    public List<String> standards() {
        return List.of("RFC 862", "RFC 863", "RFC 867", "RFC 864");
    }

    @Override
    public Needs needs() {
        return Needs.PLAIN;
    }

    @Override
    public void serve(Environment environment, String argument) {
        new Inetd(environment.host(), Clock.systemUTC()).attach(environment.presentation());
    }
}
