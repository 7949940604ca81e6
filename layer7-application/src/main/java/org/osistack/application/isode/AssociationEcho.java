package org.osistack.application.isode;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.osistack.core.Host;
import org.osistack.core.Octets;
import org.osistack.core.Selector;
import org.osistack.core.dialogue.DialogueStep;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.TokenSetting;
import org.osistack.core.dialogue.Tokens;
import org.osistack.presentation.NegotiatedPresentation;
import org.osistack.presentation.Pdv;
import org.osistack.presentation.PresentationAddress;
import org.osistack.presentation.PresentationConnection;
import org.osistack.presentation.PresentationPrimitive;
import org.osistack.presentation.PresentationUser;
import org.osistack.presentation.echo.DialogueUser;
import org.osistack.presentation.echo.EchoResponder;

/**
 * The echo of associations: in any application context, it gives back the user information of whoever associates and
 * releases, and performs remote operations in between.
 */
final class AssociationEcho {
    private static final int MAX_CONNECTIONS = 1000;

    private final Host host;
    private final Set<PresentationDialogue> open = new HashSet<>();

    private AssociationEcho(Host host) {
        this.host = host;
    }

    static void serve(Host host, NegotiatedPresentation presentation, Consumer<String> log) {
        AssociationEcho echo = new AssociationEcho(host);
        echo.attach(presentation, Listening.ASSOCIATION_ECHO, false, Listening.named(log, "A-echo"));
        echo.attach(presentation, Listening.ASSOCIATION_SINK, true, Listening.named(log, "A-sink"));
    }

    private void attach(NegotiatedPresentation presentation, Selector transport, boolean sink, Consumer<String> log) {
        presentation.attach(
                new PresentationAddress(Selector.EMPTY, Selector.EMPTY, transport, 0, null),
                (connection, connect) -> connectIndication(connection, connect, sink, log));
    }

    private PresentationUser connectIndication(
            PresentationConnection connection,
            PresentationPrimitive.Connect connect,
            boolean sink,
            Consumer<String> log) {
        Pdv aarq = AcseCodec.find(AcseCodec.AARQ, connect.userData());
        if (aarq == null || open.size() >= MAX_CONNECTIONS) {
            return null;
        }
        FunctionalUnits units = EchoResponder.accepted(connect.requirements());
        log.accept(connect.calling() + ": " + units);
        PresentationDialogue dialogue = new PresentationDialogue(host, connection);
        EchoResponder<List<Pdv>> responder = new EchoResponder<>(
                dialogue, sink, PresentationEcho::length, line -> log.accept(connect.calling() + ": " + line));
        dialogue.use(new Performer(dialogue, responder, sink), () -> open.remove(dialogue));
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
                List.of(new Pdv(aarq.context(), AcseCodec.accept(aarq.value(), sink)))));
        return dialogue;
    }

    /** Answers APDUs in place of sending them back, and leaves the rest to the echo. */
    private static final class Performer implements DialogueUser<List<Pdv>> {
        private final PresentationDialogue dialogue;
        private final EchoResponder<List<Pdv>> responder;
        private final OperationEcho operations;
        private final boolean sink;

        Performer(PresentationDialogue dialogue, EchoResponder<List<Pdv>> responder, boolean sink) {
            this.dialogue = dialogue;
            this.responder = responder;
            this.operations = new OperationEcho(sink);
            this.sink = sink;
        }

        @Override
        public void data(List<Pdv> data) {
            for (Pdv value : data) {
                Octets answer = operations.answer(value.value());
                if (answer != null) {
                    responder.answer(List.of(new Pdv(value.context(), answer)));
                }
            }
        }

        @Override
        public void release(List<Pdv> data) {
            Pdv rlrq = AcseCodec.find(AcseCodec.RLRQ, data);
            if (rlrq == null) {
                responder.release(data);
                return;
            }
            responder.releaseWith(List.of(new Pdv(rlrq.context(), AcseCodec.agree(rlrq.value(), sink))));
        }

        @Override
        public void typedData(List<Pdv> data) {
            responder.typedData(data);
        }

        @Override
        public void expeditedData(List<Pdv> data) {
            responder.expeditedData(data);
        }

        @Override
        public void capabilityData(List<Pdv> data) {
            responder.capabilityData(data);
        }

        @Override
        public void capabilityDataConfirm(List<Pdv> data) {
            responder.capabilityDataConfirm(data);
        }

        @Override
        public void step(DialogueStep step, List<Pdv> data) {
            responder.step(step, data);
        }

        @Override
        public void releaseConfirm(boolean affirmative, List<Pdv> data) {
            responder.releaseConfirm(affirmative, data);
        }

        @Override
        public void aborted(String why) {
            responder.aborted(why);
        }

        @Override
        public void ready() {
            responder.ready();
        }
    }
}
