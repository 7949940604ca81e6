package org.osistack.application.cut;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.IntConsumer;
import org.osistack.application.ApplicationDissector;
import org.osistack.application.ApplicationProvider;
import org.osistack.application.AssociationService;
import org.osistack.application.Associations;
import org.osistack.core.Dissector;
import org.osistack.core.Host;
import org.osistack.core.LayerProviders;
import org.osistack.core.Simulation;
import org.osistack.core.Stack;
import org.osistack.core.StackSpec;
import org.osistack.core.Trace;
import org.osistack.core.management.CableManagement;
import org.osistack.core.management.CableManagement.ArrivalFilter;
import org.osistack.presentation.PresentationService;

/** The hosts of one {@link Rehearsal} in a simulation of their own: opened, killed, begun anew, and closed. */
final class Stage implements Victims, AutoCloseable {
    /** How long addresses take to settle before anything begins, as seen by the trace. */
    static final Duration SETTLING = Duration.ofSeconds(5);

    private static final LayerProviders LAYERS = LayerProviders.load(); // thousands of stacks are opened
    private static final List<ApplicationProvider> APPLICATIONS = ServiceLoader.load(ApplicationProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();

    private final Simulation simulation;
    private final Trace trace;
    private final List<String> names;
    private final Rehearsal rehearsal;
    private final IntConsumer onCut;
    private final Map<String, Station> stations = new LinkedHashMap<>();
    private int cuts;

    /** A host that lives. */
    private static final class Station implements Machine {
        private final Host host;
        private final boolean anew;
        private Stack stack; // null while it is being opened
        private final List<Stack> columns = new ArrayList<>();
        private AssociationService associations;

        Station(Host host, boolean anew) {
            this.host = host;
            this.anew = anew;
        }

        @Override
        public Host host() {
            return host;
        }

        @Override
        public Stack stack() {
            return stack;
        }

        @Override
        public List<Stack> columns() {
            return List.copyOf(columns);
        }

        /** The cables of the columns. */
        private List<CableManagement> otherCables() {
            return columns.stream()
                    .map(column -> column.management(CableManagement.class))
                    .flatMap(Optional::stream)
                    .toList();
        }

        @Override
        public AssociationService associations() {
            return associations;
        }

        @Override
        public boolean isAnew() {
            return anew;
        }
    }

    /**
     * Prepare a stage without hosts.
     *
     * @param names of the hosts, in the order in which they begin
     * @param onCut is told at each cut how many there have been
     */
    Stage(Simulation simulation, Trace trace, List<String> names, Rehearsal rehearsal, IntConsumer onCut) {
        this.simulation = simulation;
        this.trace = trace;
        this.names = names;
        this.rehearsal = rehearsal;
        this.onCut = onCut;
    }

    /** Open all hosts' stacks. */
    void open() {
        for (String name : names) {
            open(name, false);
        }
    }

    /** Let all processes begin, in the next turn. */
    void begin() {
        List.copyOf(stations.values()).forEach(this::begin);
    }

    private void begin(Station station) {
        station.host.loop().defer(() -> rehearsal.begin(station));
    }

    private Station open(String name, boolean anew) {
        Host host = simulation.newHost(name);
        Station station = new Station(host, anew);
        stations.put(name, station);
        station.stack = Stack.open(host, rehearsal.stack(name), LAYERS, trace, this::dissector);
        for (StackSpec column : rehearsal.columns(name)) {
            station.columns.add(
                    column.layer(5).isEmpty()
                            ? station.stack.lowerColumn(column, trace)
                            : Stack.open(host, column, LAYERS, trace, this::dissector));
        }
        station.associations = Associations.over(host, station.stack.service(PresentationService.class));
        return station;
    }

    private Dissector dissector() {
        return ApplicationDissector.of(APPLICATIONS, rehearsal.dissectors());
    }

    /** See what comes out of the cables that are not the one to be cut. */
    void watchOtherCables(ArrivalFilter filter) {
        stations.get(names.get(0)).otherCables().forEach(cable -> cable.filterArrivals(filter));
    }

    /** How many PDUs the living hosts have not given back. */
    int outstanding() {
        return stations.values().stream()
                .mapToInt(station -> (int) station.host.pool().outstanding())
                .sum();
    }

    @Override
    public List<String> names() {
        return names;
    }

    @Override
    public Host host(String name) {
        Station station = stations.get(name.toLowerCase(Locale.ROOT));
        return station == null ? null : station.host;
    }

    @Override
    public CableManagement cable(String name) {
        Station station = stations.get(name);
        return station == null || station.stack == null
                ? null
                : station.stack.management(CableManagement.class).orElse(null);
    }

    @Override
    public void leaveCables(String name) {
        cable(name).leaveCable();
        stations.get(name).otherCables().forEach(CableManagement::leaveCable);
    }

    @Override
    public void cutting(Cut cut) {
        rehearsal.cutting(cut);
        onCut.accept(++cuts);
    }

    @Override
    public void killed(String name) {
        rehearsal.killed(stations.remove(name));
    }

    @Override
    public void restart(String name) {
        begin(open(name, true));
    }

    /** Close the stacks that live. */
    @Override
    public void close() {
        stations.values().forEach(station -> {
            if (station.stack != null) {
                station.stack.close();
            }
            station.columns.forEach(Stack::close);
        });
    }
}
