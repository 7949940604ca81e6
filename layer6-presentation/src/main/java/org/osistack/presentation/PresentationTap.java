package org.osistack.presentation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Pdu;
import org.osistack.core.PduPool;
import org.osistack.core.SapTrace;
import org.osistack.core.dialogue.FunctionalUnits;
import org.osistack.core.dialogue.SerialNumbers;
import org.osistack.core.dialogue.Tokens;

/**
 * A presentation service that reports each primitive and passes it on.
 *
 * <p>The octets that it reports are values, each with the abstract syntax of its presentation context (an
 * {@link ObjectIdentifier}) as that which tells the users of the service apart; null where there are no contexts. Of a
 * primitive with several values, each further one is reported as an event of its own.
 */
public class PresentationTap implements PresentationService {
    private final PresentationService below;
    private final SapTrace trace;

    PresentationTap(PresentationService below, SapTrace trace) {
        this.below = below;
        this.trace = trace;
    }

    /** Put a tap before a presentation service. */
    public static PresentationService of(PresentationService below, SapTrace trace) {
        return new PresentationTap(below, trace);
    }

    /** Put a tap before a presentation service. */
    public static NegotiatedPresentation of(NegotiatedPresentation below, SapTrace trace) {
        return new NegotiatedTap(below, trace);
    }

    private static final class NegotiatedTap extends PresentationTap implements NegotiatedPresentation {
        private final NegotiatedPresentation negotiated;
        private final SapTrace reports;

        NegotiatedTap(NegotiatedPresentation below, SapTrace trace) {
            super(below, trace);
            this.negotiated = below;
            this.reports = trace;
        }

        @Override
        public NegotiatedConnectionless connectionless() {
            NegotiatedConnectionless connectionless = negotiated.connectionless();
            return connectionless == null ? null : new UnitDataTap.OfContexts(connectionless, reports);
        }

        @Override
        public boolean keepsBoundaries() {
            return NegotiatedPresentation.super.keepsBoundaries();
        }

        @Override
        public FunctionalUnits functionalUnits() {
            return negotiated.functionalUnits();
        }
    }

    @Override
    public void attach(PresentationAddress local, PresentationListener listener) {
        below.attach(local, (connection, connect) -> {
            Reports reports = new Reports(trace, connect.contexts());
            reports.up("indication", connect);
            PresentationUser user = listener.connectIndication(new ConnectionTap(connection, reports), connect);
            trace.end();
            return user == null ? null : new UserTap(user, reports);
        });
    }

    @Override
    public void detach(PresentationAddress local) {
        below.detach(local);
    }

    @Override
    public PresentationConnection connectRequest(PresentationPrimitive.Connect connect, PresentationUser user) {
        Reports reports = new Reports(trace, connect.contexts());
        reports.down("request", connect);
        PresentationConnection connection = below.connectRequest(connect, new UserTap(user, reports));
        trace.end();
        return new ConnectionTap(connection, reports);
    }

    @Override
    public boolean keepsBoundaries() {
        return below.keepsBoundaries();
    }

    @Override
    public NetworkAddress parseAddress(String text) {
        return below.parseAddress(text);
    }

    @Override
    public ConnectionlessPresentation connectionless() {
        ConnectionlessPresentation connectionless = below.connectionless();
        return connectionless == null ? null : new UnitDataTap(connectionless, trace);
    }

    /** What is reported of one connection. */
    private static final class Reports {
        private static final int MAX_NAMED = 1000;

        private final SapTrace trace;
        private final int number;
        private final Map<Integer, ObjectIdentifier> abstractSyntaxes = new HashMap<>();
        private final PduPool scratch = new PduPool(0);

        Reports(SapTrace trace, List<PresentationContext> contexts) {
            this.trace = trace;
            this.number = trace.newConnection();
            contexts.forEach(context -> abstractSyntaxes.put(context.id(), context.abstractSyntax()));
        }

        void data(boolean down, int context, Pdu value) {
            ObjectIdentifier sap = abstractSyntaxes.get(context);
            if (down) {
                trace.down("P-DATA.request", number, sap, value, "context", context);
            } else {
                trace.up("P-DATA.indication", number, sap, value, "context", context);
            }
        }

        void down(String kind, PresentationPrimitive primitive) {
            report(true, kind, primitive);
        }

        void up(String kind, PresentationPrimitive primitive) {
            report(false, kind, primitive);
        }

        /** Contexts that are to be defined have a name from their proposal on. */
        private void learn(PresentationPrimitive primitive) {
            if (primitive instanceof PresentationPrimitive.AlterContext alteration) {
                for (PresentationContext context : alteration.additions()) {
                    if (abstractSyntaxes.size() < MAX_NAMED) {
                        abstractSyntaxes.put(context.id(), context.abstractSyntax());
                    }
                }
            }
        }

        /** Report a primitive with its first value; the tap passes it on and ends it. */
        private void report(boolean down, String kind, PresentationPrimitive primitive) {
            learn(primitive);
            String name = primitive.service() + "." + kind;
            List<Pdv> values = primitive.userData();
            event(down, name, values.isEmpty() ? null : values.get(0), PrimitiveParameters.of(primitive));
            for (int i = 1; i < values.size(); i++) {
                event(down, name, values.get(i), "value", i + 1 + " of " + values.size());
                trace.end();
            }
        }

        private void event(boolean down, String name, Pdv pdv, Object... parameters) {
            Pdu octets = null;
            ObjectIdentifier sap = null;
            if (pdv != null) {
                octets = scratch.takeForReceiving(pdv.value().length());
                pdv.value().appendTo(octets);
                sap = abstractSyntaxes.get(pdv.context());
            }
            if (down) {
                trace.down(name, number, sap, octets, parameters);
            } else {
                trace.up(name, number, sap, octets, parameters);
            }
            if (octets != null) {
                octets.release();
            }
        }
    }

    private static final class ConnectionTap implements PresentationConnection {
        private final PresentationConnection below;
        private final Reports reports;

        ConnectionTap(PresentationConnection below, Reports reports) {
            this.below = below;
            this.reports = reports;
        }

        @Override
        public boolean dataRequest(int context, Pdu value) {
            reports.data(true, context, value);
            boolean taken = false;
            try {
                taken = below.dataRequest(context, value);
            } finally {
                reports.trace.end(taken);
            }
            return taken;
        }

        @Override
        public boolean request(PresentationPrimitive primitive) {
            reports.down(primitive.isAnswer() ? "response" : "request", primitive);
            boolean taken = false;
            try {
                taken = below.request(primitive);
            } finally {
                reports.trace.end(taken);
            }
            if (primitive instanceof PresentationPrimitive.UserAbort) {
                reports.trace.forget(reports.number);
            }
            return taken;
        }

        @Override
        public FunctionalUnits functionalUnits() {
            return below.functionalUnits();
        }

        @Override
        public Tokens ownTokens() {
            return below.ownTokens();
        }

        @Override
        public SerialNumbers serialNumbers() {
            return below.serialNumbers();
        }

        @Override
        public int sessionNumber() {
            return below.sessionNumber();
        }

        @Override
        public PresentationAddress remote() {
            return below.remote();
        }

        @Override
        public void pause() {
            below.pause();
        }

        @Override
        public void resume() {
            below.resume();
        }
    }

    private static final class UserTap implements PresentationUser {
        private final PresentationUser above;
        private final Reports reports;

        UserTap(PresentationUser above, Reports reports) {
            this.above = above;
            this.reports = reports;
        }

        @Override
        public void dataIndication(int context, Pdu value) {
            reports.data(false, context, value);
            above.dataIndication(context, value);
            reports.trace.end();
        }

        @Override
        public void indication(PresentationPrimitive primitive) {
            reports.up(primitive.isAnswer() ? "confirm" : "indication", primitive);
            above.indication(primitive);
            reports.trace.end();
            if (primitive instanceof PresentationPrimitive.UserAbort
                    || primitive instanceof PresentationPrimitive.ProviderAbort) {
                reports.trace.forget(reports.number);
            }
        }

        @Override
        public void readyIndication() {
            above.readyIndication();
        }
    }
}
