package org.osistack.presentation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;
import org.osistack.core.SapTrace;

/** A connectionless presentation service that reports each primitive and passes it on. */
class UnitDataTap implements ConnectionlessPresentation {
    private final ConnectionlessPresentation below;
    private final SapTrace trace;
    private final PduPool scratch = new PduPool(0);

    UnitDataTap(ConnectionlessPresentation below, SapTrace trace) {
        this.below = below;
        this.trace = trace;
    }

    @Override
    public PresentationAddress attach(PresentationAddress local, User user) {
        return below.attach(local, new User() {
            @Override
            public void unitDataIndication(PresentationAddress source, PresentationAddress destination, Pdu value) {
                trace.up("P-UNIT-DATA.indication", 0, destination, value, "source", source, "destination", destination);
                user.unitDataIndication(source, destination, value);
                trace.end();
            }

            @Override
            public boolean unitDataIndication(
                    PresentationAddress source,
                    PresentationAddress destination,
                    List<PresentationContext> contexts,
                    List<Pdv> values) {
                report(false, source, destination, contexts, values);
                boolean understood = user.unitDataIndication(source, destination, contexts, values);
                trace.end();
                return understood;
            }
        });
    }

    /** Report a unit with its first value; whoever calls passes it on and ends it. */
    final void report(
            boolean down,
            PresentationAddress source,
            PresentationAddress destination,
            List<PresentationContext> contexts,
            List<Pdv> values) {
        Map<Integer, ObjectIdentifier> syntaxes = new HashMap<>();
        contexts.forEach(context -> syntaxes.put(context.id(), context.abstractSyntax()));
        String list = contexts.stream()
                .map(context -> context.id() + " = " + context.abstractSyntax())
                .collect(Collectors.joining(", "));
        for (int i = 0; i < values.size(); i++) {
            Pdv pdv = values.get(i);
            UnitDataSap sap = new UnitDataSap(syntaxes.get(pdv.context()));
            if (i == 0) {
                event(down, sap, pdv, "source", source, "destination", destination, "contexts", list);
            } else {
                event(down, sap, pdv, "value", i + 1 + " of " + values.size());
                trace.end();
            }
        }
    }

    private void event(boolean down, UnitDataSap sap, Pdv pdv, Object... parameters) {
        Pdu octets = scratch.takeForReceiving(pdv.value().length());
        pdv.value().appendTo(octets);
        if (down) {
            trace.down("P-UNIT-DATA.request", 0, sap, octets, parameters);
        } else {
            trace.up("P-UNIT-DATA.indication", 0, sap, octets, parameters);
        }
        octets.release();
    }

    @Override
    public void detach(PresentationAddress local) {
        below.detach(local);
    }

    @Override
    public void unitDataRequest(PresentationAddress source, PresentationAddress destination, int lifetime, Pdu value) {
        trace.down("P-UNIT-DATA.request", 0, destination, value, "source", source, "destination", destination);
        try {
            below.unitDataRequest(source, destination, lifetime, value);
        } finally {
            trace.end();
        }
    }

    @Override
    public void joinGroup(NetworkAddress group) {
        below.joinGroup(group);
    }

    @Override
    public void leaveGroup(NetworkAddress group) {
        below.leaveGroup(group);
    }

    @Override
    public NetworkAddress sourceFor(NetworkAddress destination) {
        return below.sourceFor(destination);
    }

    @Override
    public NetworkAddress parseAddress(String text) {
        return below.parseAddress(text);
    }

    /** The tap of a service with contexts. */
    static final class OfContexts extends UnitDataTap implements NegotiatedConnectionless {
        private final NegotiatedConnectionless below;
        private final SapTrace trace;

        OfContexts(NegotiatedConnectionless below, SapTrace trace) {
            super(below, trace);
            this.below = below;
            this.trace = trace;
        }

        @Override
        public void unitDataRequest(
                PresentationAddress source,
                PresentationAddress destination,
                int lifetime,
                List<PresentationContext> contexts,
                List<Pdv> values) {
            report(true, source, destination, contexts, values);
            try {
                below.unitDataRequest(source, destination, lifetime, contexts, values);
            } finally {
                trace.end();
            }
        }
    }
}
