package org.osistack.application.echo;

import java.util.ArrayDeque;
import java.util.List;
import org.osistack.application.ApplicationContext;
import org.osistack.application.ApplicationContexts;
import org.osistack.application.ApplicationProvider;
import org.osistack.application.Association;
import org.osistack.application.AssociationUser;
import org.osistack.application.UnitDataService;
import org.osistack.core.Discard;
import org.osistack.core.Discards;
import org.osistack.core.Dissector;
import org.osistack.core.Pdu;
import org.osistack.core.dialogue.FunctionalUnit;
import org.osistack.core.dialogue.FunctionalUnits;

/** The application {@code echo}: sends each APDU back as it came, by association or by A-UNIT-DATA. */
public final class EchoServer implements ApplicationProvider {
    static final ApplicationContext CONTEXT = ApplicationContexts.own("echo", 1, 4001);

    private static final int MAX_ASSOCIATIONS = 1000;

    @Override
    public String name() {
        return "echo";
    }

    @Override
    public String description() {
        return "sends back what it gets";
    }

    @Override
    public List<String> standards() {
        return List.of();
    }

    @Override
    public Needs needs() {
        return Needs.ASSOCIATIONS;
    }

    @Override
    public ApplicationContext context() {
        return CONTEXT;
    }

    @Override
    public void serve(Environment environment, String argument) {
        int[] associations = {0};
        environment.associations().attach(CONTEXT, FunctionalUnits.of(FunctionalUnit.DUPLEX), association -> {
            if (associations[0] == MAX_ASSOCIATIONS) {
                return null;
            }
            associations[0]++;
            association.accept();
            return new Peer(association, () -> associations[0]--);
        });
        UnitDataService units = environment.associations().connectionless();
        if (units != null) {
            serve(environment.host().discards(7, "echo"), units);
        }
    }

    /** Send each unit back to where it came from, unless that is a server, too: two that answer one another never end. */
    private static void serve(Discards discards, UnitDataService units) {
        UnitDataService.AccessPoint[] here = new UnitDataService.AccessPoint[1];
        here[0] = units.attach(CONTEXT, (source, apdu) -> {
            if (source.presentation().equals(CONTEXT.selectors().presentation())) {
                discards.drop(Discard.BAD_SOURCE, apdu);
                return;
            }
            try {
                here[0].unitDataRequest(source, apdu);
            } catch (IllegalArgumentException e) { // longer than it was, by this host's name and the client's selector
                discards.add(Discard.TOO_LONG, 1);
            }
        });
    }

    @Override
    public Dissector newDissector() {
        return new EchoDissector();
    }

    private static final class Peer implements AssociationUser {
        private final Association association;
        private final Runnable onEnd;
        private final ArrayDeque<Pdu> waiting = new ArrayDeque<>();
        private boolean releasing;

        Peer(Association association, Runnable onEnd) {
            this.association = association;
            this.onEnd = onEnd;
        }

        @Override
        public void dataIndication(Pdu apdu) {
            if (!waiting.isEmpty() || !association.dataRequest(apdu)) {
                waiting.addLast(apdu);
                association.pause(); // the peer has to read before it may send more
            }
        }

        @Override
        public void readyIndication() {
            while (!waiting.isEmpty() && association.dataRequest(waiting.peekFirst())) {
                waiting.removeFirst();
            }
            if (waiting.isEmpty()) {
                if (releasing) {
                    association.releaseResponse(true);
                } else {
                    association.resume();
                }
            }
        }

        @Override
        public void releaseIndication() {
            releasing = true;
            if (waiting.isEmpty()) {
                association.releaseResponse(true);
            }
        }

        @Override
        public void ended(Ending ending, String detail) {
            waiting.forEach(Pdu::release);
            waiting.clear();
            onEnd.run();
        }
    }
}
