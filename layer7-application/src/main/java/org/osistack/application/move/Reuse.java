package org.osistack.application.move;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.osistack.application.RoutedAssociations;
import org.osistack.application.cut.Machine;
import org.osistack.application.cut.Outcome;
import org.osistack.application.cut.Rehearsal;
import org.osistack.application.cut.TwoHosts;
import org.osistack.core.StackSpec;

/** One run of the scenario {@code reuse}: in each session alice says a line, bob answers, and she releases the session. */
final class Reuse implements Rehearsal {
    private final String session;
    private final int sessions;
    private final List<String> picture = new ArrayList<>();
    private final Set<String> connections = new LinkedHashSet<>();
    private final List<Double> roundTrips = new ArrayList<>();
    private Machine alicesMachine;
    private Alice alice; // in the present session
    private Bob bob;
    private int said; // lines, in all sessions
    private int done; // sessions
    private boolean isAliceOver;
    private boolean isKilled;
    private long unconfirmed;

    /**
     * Prepare a run.
     *
     * @param session layer 5
     * @param sessions how many there are to be
     */
    Reuse(String session, int sessions) {
        this.session = session;
        this.sessions = sessions;
    }

    @Override
    public StackSpec stack(String host) {
        return TwoLinks.whole(host, 0, session);
    }

    @Override
    public void begin(Machine machine) {
        if (machine.host().name().equals(TwoHosts.BOB)) {
            bob = new Bob(machine.host());
            bob.serve(machine.associations(), PlainAlice.UNITS);
        } else if (!machine.isAnew()) {
            alicesMachine = machine;
            callNext();
        }
    }

    private void callNext() {
        RoutedAssociations associations = new RoutedAssociations(alicesMachine.associations());
        said++;
        alice = new PlainAlice(
                alicesMachine.host(),
                associations,
                associations.parseAddress(TwoLinks.address(TwoHosts.BOB, 0)),
                1,
                1,
                new Alice.Listener() {
                    @Override
                    public void progress() {
                        look();
                    }

                    @Override
                    public void over() {
                        next();
                    }
                });
        alice.call();
    }

    private void look() {
        boolean isX225 = !session.equals("mux");
        Carriage carriage = isX225 ? Carriage.ofActivity(alicesMachine, 0, said) : Carriage.ofPaths(alicesMachine);
        String connection = carriage == null ? "?" : carriage.connection();
        connections.add(connection);
        double trips = (double) alice.connectNanos() / TwoLinks.ROUND_TRIP_NANOS;
        roundTrips.add(trips);
        picture.add(String.format(
                Locale.ROOT,
                "%-40s on the transport connection %s, open after %.1f round trips",
                carriage == null ? "?" : carriage.session(),
                connection,
                trips));
    }

    private void next() {
        if (alice.isDone() && ++done < sessions) {
            alicesMachine.host().loop().defer(() -> {
                if (!isAliceOver) {
                    callNext();
                }
            });
        } else {
            isAliceOver = true;
        }
    }

    @Override
    public void killed(Machine machine) {
        isKilled = true;
        if (machine.host().name().equals(TwoHosts.ALICE)) {
            isAliceOver = true;
        } else {
            bob = null;
        }
    }

    @Override
    public void cutting() {
        unconfirmed = said - done;
    }

    @Override
    public boolean isOver() {
        return isAliceOver && (bob == null || bob.isAlone());
    }

    @Override
    public Outcome outcome() {
        int heard = bob == null ? 0 : bob.heard().size();
        boolean all = done == sessions && heard == sessions;
        String told = alice == null ? "" : alice.told();
        return new Outcome(
                all && !isKilled,
                isKilled || heard >= done && heard <= said,
                isOver(),
                sessions,
                0,
                unconfirmed,
                0,
                0,
                told.isEmpty() ? "" : "alice: " + told);
    }

    @Override
    public List<String> picture() {
        return picture;
    }

    @Override
    public Map<String, String> figures() {
        Map<String, String> figures = new LinkedHashMap<>();
        figures.put("transport connections", "" + connections.size());
        if (!roundTrips.isEmpty()) {
            figures.put("round trips, first session", String.format(Locale.ROOT, "%.1f", roundTrips.get(0)));
        }
        if (roundTrips.size() > 1) {
            figures.put("round trips, second session", String.format(Locale.ROOT, "%.1f", roundTrips.get(1)));
        }
        return figures;
    }
}
