package org.osistack.application.isode;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.osistack.core.Host;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Octets;
import org.osistack.core.Selector;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.dialogue.Tokens;
import org.osistack.core.management.ServiceEcho;
import org.osistack.presentation.NegotiatedPresentation;
import org.osistack.presentation.ObjectIdentifier;
import org.osistack.presentation.Pdv;
import org.osistack.presentation.PresentationAddress;
import org.osistack.presentation.PresentationConnection;
import org.osistack.presentation.PresentationContext;
import org.osistack.presentation.PresentationPrimitive;
import org.osistack.presentation.PresentationUser;
import org.osistack.presentation.ber.BerWriter;
import org.osistack.presentation.ber.Tag;
import org.osistack.presentation.echo.EchoResponder;
import org.osistack.presentation.echo.EchoWalker;
import org.osistack.presentation.echo.WalkValues;

/** The echo right on the presentation service: at presentation selectors, with empty lower ones. */
final class PresentationEcho implements ServiceEcho {
    /** ASN.1 as such, of whatever module: what ISODE's tests call the abstract syntax of each context. */
    static final ObjectIdentifier ASN_1 = ObjectIdentifier.of("1.0.8824");

    private static final int MAX_CONNECTIONS = 1000;
    private static final int CONTEXTS = 10;
    private static final int GREETINGS = 3; // values that go along with what may carry user data
    private static final FunctionalUnits COUNTING = FunctionalUnits.of(
            FunctionalUnit.MINOR_SYNCHRONIZE, FunctionalUnit.MAJOR_SYNCHRONIZE, FunctionalUnit.RESYNCHRONIZE);

    private final Host host;
    private final NegotiatedPresentation presentation;
    private final Set<PresentationDialogue> open = new HashSet<>(); // those of this side's responder

    PresentationEcho(Host host, NegotiatedPresentation presentation) {
        this.host = host;
        this.presentation = presentation;
    }

    @Override
    public void serve(Consumer<String> log) {
        attach(ECHO, false, log);
        attach(SINK, true, log);
    }

    private void attach(Selector selector, boolean sink, Consumer<String> log) {
        presentation.attach(
                address(selector, null), (connection, connect) -> connectIndication(connection, connect, sink, log));
    }

    private static PresentationAddress address(Selector selector, NetworkAddress host) {
        return new PresentationAddress(selector, Selector.EMPTY, Selector.EMPTY, 0, host);
    }

    private PresentationUser connectIndication(
            PresentationConnection connection,
            PresentationPrimitive.Connect connect,
            boolean sink,
            Consumer<String> log) {
        if (open.size() >= MAX_CONNECTIONS) {
            return null;
        }
        String name = (sink ? "P-sink, " : "P-echo, ") + connect.calling() + ": ";
        FunctionalUnits units = EchoResponder.accepted(connect.requirements());
        log.accept(name + units + ", " + connect.contexts().size() + " contexts");
        PresentationDialogue dialogue = new PresentationDialogue(host, connection);
        dialogue.use(
                new EchoResponder<>(dialogue, sink, PresentationEcho::length, line -> log.accept(name + line)),
                () -> open.remove(dialogue));
        open.add(dialogue);
        connection.request(new PresentationPrimitive.ConnectAnswer(
                null,
                "",
                null,
                List.of(),
                connect.presentationRequirements(),
                connect.identifier(),
                units,
                EchoResponder.serialNumber(units, connect.initialSerialNumber()),
                TokenSetting.INITIATOR,
                Tokens.NONE,
                sink ? List.of() : connect.userData()));
        return dialogue;
    }

    static int length(List<Pdv> values) {
        int length = 0;
        for (Pdv value : values) {
            length += value.value().length();
        }
        return length;
    }

    @Override
    public Runnable walk(Walk walk, Listener listener) {
        PresentationDialogue dialogue = new PresentationDialogue(host, null);
        Values values = new Values(walk.userDataLength() > 0);
        EchoWalker<List<Pdv>> walker = new EchoWalker<>(host, dialogue, values, walk, listener);
        dialogue.use(walker, () -> {});
        dialogue.whenConnected(answer -> {
            values.accepted(answer);
            walker.begin();
        });
        FunctionalUnits units = walk.units();
        dialogue.connection(presentation.connectRequest(
                new PresentationPrimitive.Connect(
                        null,
                        address(walk.selector(), walk.host()),
                        values.proposed(),
                        List.of(),
                        walk.identifier(),
                        units,
                        units.and(COUNTING).bits() != 0 ? walk.serialNumber() : -1,
                        EchoWalker.setting(units),
                        values.userData()),
                dialogue));
        return walker::abort;
    }

    /** Each line in the next context; and three numbers, each in a context of its own, as user data. */
    private static final class Values implements WalkValues<List<Pdv>> {
        private static final int MAX_EXPEDITED = 7; // so that the value has room in 14 octets

        private final List<PresentationContext> proposed = new ArrayList<>();
        private final List<Pdv> greetings = new ArrayList<>();
        private final List<Integer> contexts = new ArrayList<>();
        private int turn;

        Values(boolean greets) {
            for (int i = 0; i < CONTEXTS; i++) {
                proposed.add(new PresentationContext(2 * i + 1, ASN_1, List.of(ObjectIdentifier.BER)));
            }
            for (int i = 0; greets && i < GREETINGS; i++) {
                Octets number = new BerWriter().integer(Tag.INTEGER, i).toOctets();
                greetings.add(new Pdv(proposed.get(i).id(), number));
            }
        }

        List<PresentationContext> proposed() {
            return proposed;
        }

        void accepted(PresentationPrimitive.ConnectAnswer answer) {
            for (int i = 0; i < proposed.size(); i++) {
                if (answer.results().get(i).isAccepted()) {
                    contexts.add(proposed.get(i).id());
                }
            }
            greetings.removeIf(greeting -> !contexts.contains(greeting.context()));
        }

        @Override
        public List<Pdv> line(Octets line) {
            int context = contexts.isEmpty() ? 0 : contexts.get(turn++ % contexts.size());
            return List.of(new Pdv(context, octetString(line)));
        }

        @Override
        public List<Pdv> expeditedLine(Octets line) {
            return List.of(new Pdv(0, octetString(line)));
        }

        private static Octets octetString(Octets line) {
            return new BerWriter().octetString(Tag.OCTET_STRING, line).toOctets();
        }

        @Override
        public int maxExpedited() {
            return MAX_EXPEDITED;
        }

        @Override
        public List<Pdv> userData() {
            return List.copyOf(greetings);
        }

        @Override
        public List<Pdv> minorUserData() {
            return List.of();
        }

        @Override
        public List<Pdv> pleaseUserData() {
            return List.of();
        }
    }
}
