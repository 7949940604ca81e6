package org.osistack.application.move;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.osistack.application.AssociationService;
import org.osistack.application.Associations;
import org.osistack.application.RoutedAssociations;
import org.osistack.application.cut.Machine;
import org.osistack.application.cut.Outcome;
import org.osistack.application.cut.Rehearsal;
import org.osistack.application.cut.TwoHosts;
import org.osistack.application.move.MoveScenario.How;
import org.osistack.application.move.MoveScenario.Plan;
import org.osistack.core.NetworkAddress;
import org.osistack.core.Stack;
import org.osistack.core.StackSpec;
import org.osistack.core.management.CableManagement;
import org.osistack.core.management.PathManagement;
import org.osistack.presentation.PresentationService;

/**
 * One run of the scenario {@code move}. With x225, each host has two whole columns of layers, and alice goes from one to the
 * other; with mux it has one, whose layer 5 stands on two columns.
 */
final class Move implements Rehearsal, Alice.Listener {
    private final Plan plan;
    private final Picture picture;
    private Machine alicesMachine;
    private Alice alice; // null before she begins
    private Bob bob; // null before he begins
    private RoutedAssociations associations; // alice's
    private boolean isKilled;
    private boolean isAliceKilled;
    private boolean isMoved; // asked to
    private long unconfirmed;
    private long progressAt;
    private long silenceNanos;

    Move(Plan plan) {
        this.plan = plan;
        this.picture = new Picture(plan.isX225());
    }

    @Override
    public StackSpec stack(String host) {
        return TwoLinks.whole(host, 0, plan.isX225() ? "x225" : "mux");
    }

    @Override
    public List<StackSpec> columns(String host) {
        return List.of(plan.isX225() ? TwoLinks.whole(host, 1, "x225") : TwoLinks.lower(host, 1));
    }

    @Override
    public void begin(Machine machine) {
        boolean isAlice = machine.host().name().equals(TwoHosts.ALICE);
        if (isAlice && machine.isAnew()) {
            return; // she remembers nothing
        }
        RoutedAssociations both = associations(machine);
        if (isAlice) {
            alicesMachine = machine;
            associations = both;
            NetworkAddress address = both.parseAddress(TwoLinks.address(TwoHosts.BOB, 0));
            progressAt = machine.host().now();
            alice = plan.isX225()
                    ? new ActivityAlice(machine.host(), both, address, plan.lines(), plan.octets(), this)
                    : new PlainAlice(machine.host(), both, address, plan.lines(), plan.octets(), this);
            alice.call();
        } else {
            bob = new Bob(machine.host());
            bob.serve(both, plan.isX225() ? ActivityAlice.UNITS : PlainAlice.UNITS);
        }
    }

    /** Both ways to bob, each where its protocol wants it. */
    private RoutedAssociations associations(Machine machine) {
        RoutedAssociations both = new RoutedAssociations(machine.associations());
        Stack second = machine.columns().get(0);
        String first = TwoLinks.address(TwoHosts.BOB, 0);
        String also = TwoLinks.address(TwoHosts.BOB, 1);
        if (plan.isX225()) {
            AssociationService service = Associations.over(machine.host(), second.service(PresentationService.class));
            both.add(service, Map.of(both.parseAddress(first), service.parseAddress(also)));
        } else {
            PathManagement paths =
                    machine.stack().management(PathManagement.class).orElseThrow();
            paths.addColumn(second);
            paths.addHost(first, second, also);
        }
        return both;
    }

    @Override
    public void progress() {
        long now = alicesMachine.host().now();
        silenceNanos = Math.max(silenceNanos, now - progressAt);
        progressAt = now;
        int lines = alice.answers().size();
        picture.progress(
                lines,
                plan.isX225()
                        ? Carriage.ofActivity(alicesMachine, associations.way(alice.bob), alice.calls())
                        : Carriage.ofPaths(alicesMachine));
        if (lines == plan.at() && !isMoved) {
            isMoved = true;
            alicesMachine.host().loop().defer(this::move);
        }
    }

    private void move() {
        if (isAliceKilled) {
            return;
        }
        if (plan.how() == How.INTERRUPT) {
            ((ActivityAlice) alice).move();
        } else {
            alicesMachine
                    .stack()
                    .management(CableManagement.class)
                    .orElseThrow()
                    .cutCable();
        }
    }

    @Override
    public void over() {
        // asked for by isOver()
    }

    @Override
    public void killed(Machine machine) {
        isKilled = true;
        if (machine.host().name().equals(TwoHosts.ALICE)) {
            isAliceKilled = true;
        } else {
            bob = null;
        }
    }

    @Override
    public void cutting() {
        unconfirmed = alice == null ? 0 : (long) alice.unconfirmed() * plan.octets();
    }

    @Override
    public boolean isOver() {
        boolean bobIsOver = bob == null || bob.isAlone();
        return bobIsOver && (isAliceKilled || alice != null && alice.isOver());
    }

    @Override
    public Outcome outcome() {
        List<String> heard = bob == null ? List.of() : bob.heard();
        List<String> answers = alice == null ? List.of() : alice.answers();
        boolean all = heard.size() == plan.lines() && answers.size() == plan.lines();
        boolean inOrder = heard.equals(said(heard.size())) && answers.equals(answered(answers.size()));
        boolean isDone = alice != null && alice.isDone() && !isAliceKilled;
        return new Outcome(
                isDone && all,
                inOrder,
                isKilled && inOrder,
                (long) plan.lines() * plan.octets(),
                alice == null ? 0 : (long) alice.saidAgain() * plan.octets(),
                unconfirmed,
                (long) Alice.WINDOW * plan.octets(),
                twice(heard) + twice(answers),
                alice == null || alice.told().isEmpty() ? "" : "alice: " + alice.told());
    }

    private List<String> said(int lines) {
        return IntStream.rangeClosed(1, lines)
                .mapToObj(number -> Lines.line(number, plan.octets()))
                .toList();
    }

    private static List<String> answered(int lines) {
        return IntStream.rangeClosed(1, lines).mapToObj(Lines::answer).toList();
    }

    private static int twice(List<String> lines) {
        return lines.size() - (int) lines.stream().distinct().count();
    }

    @Override
    public List<String> picture() {
        return picture.lines();
    }

    @Override
    public Map<String, String> figures() {
        Map<String, String> figures = new LinkedHashMap<>();
        if (alice != null) {
            figures.put("round trips until the first line can be said", roundTrips(alice.connectNanos()));
            figures.put("longest silence between two answers", milliseconds(silenceNanos));
            figures.put("transport connections", "" + picture.ways());
            figures.put("session connections", "" + alice.calls());
            figures.put("lines that the user said again", "" + alice.saidAgain());
        }
        return figures;
    }

    private static String roundTrips(long nanos) {
        return String.format(Locale.ROOT, "%.1f", (double) nanos / TwoLinks.ROUND_TRIP_NANOS);
    }

    private static String milliseconds(long nanos) {
        return String.format(Locale.ROOT, "%,d ms", Math.round(nanos / 1e6));
    }
}
