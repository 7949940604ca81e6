package org.osistack.application.cut;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.osistack.core.ConfigurationException;
import org.osistack.core.Host;
import org.osistack.core.Origin;
import org.osistack.core.Pdu;
import org.osistack.core.Simulation;
import org.osistack.core.Trace;
import org.osistack.core.TraceEvent;
import org.osistack.core.TraceWatch;
import org.osistack.core.management.CableManagement;
import org.osistack.core.management.CableManagement.ArrivalFilter;

/**
 * Cuts the cable, or kills a host, at the very moment when a point is met, and mends it when its time has come.
 *
 * <p>It watches the trace of the simulation, so a stack is to be opened with one; it knows no protocol. The points are
 * counted from {@link #arm} on.
 */
public final class Saboteur {
    private static final Origin CABLE = new Origin(1, "cable");
    private static final Origin HOST = new Origin(1, "host");

    private final Simulation simulation;
    private final Trace trace;
    private final Victims victims;
    private final List<ArrivalFilter> arrivals = new ArrayList<>();
    private boolean mends;
    private boolean attached;
    private Host hand; // whose timers mend what was cut; null if nothing is mended

    /**
     * Wait for points.
     *
     * @param trace of all hosts of the simulation
     */
    public Saboteur(Simulation simulation, Trace trace, Victims victims) {
        this.simulation = simulation;
        this.trace = trace;
        this.victims = victims;
    }

    /**
     * Carry out a cut when its point is met. To be called before the hosts are opened, so that all that happens counts;
     * nothing is cut before {@link #attach}.
     *
     * @return says whether the point was met
     * @throws ConfigurationException if the cut is about a host that there is not
     */
    public BooleanSupplier arm(Cut cut) {
        checkHost(cut.point().host());
        checkHost(cut.kill());
        Charge charge = new Charge(cut);
        mends |= !cut.isForGood();
        if (cut.point().kind() == CutPoint.Kind.OCTET) {
            arrivals.add(charge);
        } else {
            trace.watch(charge);
        }
        return () -> charge.fired;
    }

    private void checkHost(String name) {
        if (!name.isEmpty() && victims.names().stream().noneMatch(name::equalsIgnoreCase)) {
            throw new ConfigurationException(
                    "there is no host called " + name + "; there are " + String.join(" and ", victims.names()));
        }
    }

    /** Let this see, too, what comes out of the cable. */
    void watchArrivals(ArrivalFilter watch) {
        arrivals.add(watch);
    }

    /** All hosts are open: be ready to cut the cable that they share. */
    public void attach() {
        cable(victims.names().get(0)).filterArrivals(this::letsArrive);
        if (mends) {
            hand = simulation.newHost("saboteur"); // the last host, or the others' chance would be another
        }
        attached = true;
    }

    private CableManagement cable(String host) {
        CableManagement cable = victims.cable(host);
        if (cable == null) {
            throw new ConfigurationException("only a virtual cable can be cut, and " + host + " is on none");
        }
        return cable;
    }

    private boolean letsArrive(Host sender, Host receiver, Pdu frame) {
        boolean lets = true;
        for (ArrivalFilter filter : List.copyOf(arrivals)) {
            lets &= filter.letsArrive(sender, receiver, frame);
        }
        return lets;
    }

    /**
     * Let virtual time pass until something is so, whoever is killed meanwhile.
     *
     * @return whether it is so; false if the limit has passed before
     */
    public boolean runUntil(BooleanSupplier condition, Duration limit) {
        long until = Math.addExact(simulation.now(), limit.toNanos());
        while (true) {
            try {
                return simulation.runUntil(condition, Duration.ofNanos(until - simulation.now()));
            } catch (HostKilled e) {
                trace.resume(); // its host is gone; the others go on
            }
        }
    }

    /** What waits for one point. */
    private final class Charge implements TraceWatch, ArrivalFilter {
        private final Cut cut;
        private final OctetCount octets = new OctetCount();
        private long count;
        private boolean fired;

        Charge(Cut cut) {
            this.cut = cut;
        }

        @Override
        public void happens(TraceEvent event) {
            if (fired) {
                return;
            }
            int occurrences = cut.point().occurrences(event);
            if (occurrences > 0) {
                boolean before = count < cut.point().number();
                count += occurrences;
                if (before && count >= cut.point().number() && isOpen(event.host())) {
                    fire(event.host());
                }
            }
        }

        @Override
        public void takenBack(TraceEvent event) {
            if (!fired) {
                count -= cut.point().occurrences(event);
            }
        }

        @Override
        public boolean letsArrive(Host sender, Host receiver, Pdu frame) {
            if (fired || !cut.point().isAt(sender.name())) {
                return true;
            }
            long before = octets.add(sender, receiver, frame.length());
            if (before + frame.length() < cut.point().number()) {
                return true;
            }
            fire(receiver.name());
            return false;
        }

        /** A host cannot be cut off by what it does while its stack is being opened. */
        private boolean isOpen(String host) {
            return attached && victims.cable(host) != null;
        }

        /**
         * Do it.
         *
         * @param running the host that is in the middle of something
         */
        private void fire(String running) {
            fired = true;
            victims.cutting(cut);
            Host witness = victims.host(running);
            trace.observer(witness).note(cut.isKill() ? HOST : CABLE, cut.note());
            if (cut.isKill()) {
                kill(running);
            } else {
                CableManagement cable = cable(running);
                cable.cutCable();
                later(() -> {
                    trace.observer(witness).note(CABLE, "joined again");
                    cable.joinCable();
                });
            }
        }

        private void kill(String running) {
            Host victim = victims.host(cut.kill());
            if (victim == null || !isOpen(victim.name())) {
                return; // another cut has killed it, and it has not begun anew
            }
            String name = victim.name();
            victims.leaveCables(name);
            simulation.remove(victim);
            victims.killed(name);
            later(() -> {
                trace.observer(victim).note(HOST, name + " begins anew");
                victims.restart(name);
            });
            if (name.equals(running)) {
                trace.suspend();
                throw new HostKilled(running);
            }
        }

        private void later(Runnable task) {
            if (!cut.isForGood()) {
                hand.newTimer(task).arm(cut.forNanos());
            }
        }
    }
}
