package org.osistack.presentation.echo;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.Selector;
import org.osistack.core.Stack;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.dialogue.Tokens;
import org.osistack.core.management.ServiceEcho;
import org.osistack.session.DialogueService;
import org.osistack.session.SessionAddress;
import org.osistack.session.SessionConnection;
import org.osistack.session.SessionPrimitive;
import org.osistack.session.SessionUser;

/** The echo right on the session service of one host: at session selectors, with an empty transport selector. */
final class SessionEcho implements ServiceEcho, Stack.Closeable {
    private static final int MAX_CONNECTIONS = 1000;
    private static final FunctionalUnits COUNTING = FunctionalUnits.of(
            FunctionalUnit.MINOR_SYNCHRONIZE, FunctionalUnit.MAJOR_SYNCHRONIZE, FunctionalUnit.RESYNCHRONIZE);

    private final Host host;
    private final DialogueService session;
    private final List<SessionAddress> attached = new ArrayList<>();
    private final Set<SessionDialogue> open = new HashSet<>(); // those of this side's responder

    SessionEcho(Host host, DialogueService session) {
        this.host = host;
        this.session = session;
    }

    @Override
    public void serve(Consumer<String> log) {
        attach(ECHO, false, log);
        attach(SINK, true, log);
    }

    private void attach(Selector selector, boolean sink, Consumer<String> log) {
        SessionAddress address = new SessionAddress(selector, Selector.EMPTY, 0, null);
        session.attach(address, (connection, connect) -> connectIndication(connection, connect, sink, log));
        attached.add(address);
    }

    private SessionUser connectIndication(
            SessionConnection connection, SessionPrimitive.Connect connect, boolean sink, Consumer<String> log) {
        if (open.size() >= MAX_CONNECTIONS) {
            return null;
        }
        String name = (sink ? "S-sink, " : "S-echo, ") + connect.calling() + ": ";
        FunctionalUnits units = EchoResponder.accepted(connect.requirements());
        log.accept(name + units);
        SessionDialogue dialogue = new SessionDialogue(host, connection);
        dialogue.use(
                new EchoResponder<>(dialogue, sink, Octets::length, line -> log.accept(name + line)),
                () -> open.remove(dialogue));
        open.add(dialogue);
        connection.request(new SessionPrimitive.ConnectAnswer(
                null,
                connect.identifier(),
                null,
                units,
                EchoResponder.serialNumber(units, connect.initialSerialNumber()),
                TokenSetting.INITIATOR,
                Tokens.NONE,
                sink ? Octets.EMPTY : connect.userData()));
        return dialogue;
    }

    @Override
    public Runnable walk(Walk walk, Listener listener) {
        Octets userData = Octets.of(new byte[walk.userDataLength()]);
        SessionDialogue dialogue = new SessionDialogue(host, null);
        EchoWalker<Octets> walker = new EchoWalker<>(host, dialogue, new SessionWalkValues(userData), walk, listener);
        dialogue.use(walker, () -> {});
        dialogue.whenConnected(walker::begin);
        FunctionalUnits units = walk.units();
        boolean counts = units.and(COUNTING).bits() != 0;
        dialogue.connection(session.connectRequest(
                new SessionPrimitive.Connect(
                        walk.identifier(),
                        null,
                        new SessionAddress(walk.selector(), Selector.EMPTY, 0, walk.host()),
                        units,
                        counts ? walk.serialNumber() : -1,
                        EchoWalker.setting(units),
                        userData),
                dialogue));
        return walker::abort;
    }

    /** Session carries octets, as they are. */
    private record SessionWalkValues(Octets userData) implements WalkValues<Octets> {
        private static final int MAX_EXPEDITED = 14; // X.215 §12.4.2

        @Override
        public Octets line(Octets line) {
            return line;
        }

        @Override
        public Octets expeditedLine(Octets line) {
            return line;
        }

        @Override
        public int maxExpedited() {
            return MAX_EXPEDITED;
        }

        @Override
        public Octets minorUserData() {
            return userData;
        }

        @Override
        public Octets pleaseUserData() {
            return userData;
        }
    }

    @Override
    public void close() {
        attached.forEach(session::detach);
        attached.clear();
        List.copyOf(open).forEach(SessionDialogue::abortRequest);
        open.clear();
    }
}
