package org.osistack.application.chat;

import java.util.List;
import org.osistack.application.ApplicationContext;
import org.osistack.application.ApplicationContexts;
import org.osistack.application.ApplicationProvider;
import org.osistack.core.ConfigurationException;
import org.osistack.core.Dissector;
import org.osistack.core.dialogue.FunctionalUnit;

/** The application {@code chat}: a room whose members, and whoever runs the server, read what the others say. */
public final class ChatServer implements ApplicationProvider {
    static final ApplicationContext CONTEXT = ApplicationContexts.own("chat", 2, 4002);
    static final int MAX_MEMBERS = 100;

    private static final String HALF_DUPLEX = "half-duplex";

    @Override
    public String name() {
        return "chat";
    }

    @Override
    public String description() {
        return "lines of text between people, all in one room; half-duplex: one at a time has the floor";
    }

    @Override
    public List<String> standards() {
        return List.of();
    }

    @Override
    public String argument() {
        return HALF_DUPLEX;
    }

    @Override
    public Needs needs() {
        return Needs.ASSOCIATIONS;
    }

    @Override
    public ApplicationContext context() {
        return CONTEXT;
    }

    /** Both kinds of room hear of both kinds of members: who does not fit in is told so in words. */
    @Override
    public void serve(Environment environment, String argument) {
        if (argument == null) {
            FullDuplexRoom room = new FullDuplexRoom(environment);
            environment.associations().attach(CONTEXT, HalfDuplex.NEEDED.with(FunctionalUnit.DUPLEX), room);
            environment.onLine(room::say);
        } else if (!argument.equals(HALF_DUPLEX)) {
            throw new ConfigurationException("chat: a room is " + HALF_DUPLEX + ", or nothing is said about it");
        } else if (!environment.associations().negotiatesFunctionalUnits()) {
            throw new ConfigurationException(
                    "chat: this stack has no half-duplex: it needs a session layer, such as x225");
        } else {
            HalfDuplexRoom room = new HalfDuplexRoom(environment);
            environment.associations().attach(CONTEXT, HalfDuplex.WANTED.with(FunctionalUnit.DUPLEX), room);
            environment.onLine(room::typed);
        }
    }

    @Override
    public Dissector newDissector() {
        return new ChatDissector();
    }
}
