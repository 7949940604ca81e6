package org.osistack.physical.virtual;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.osistack.core.FrameFilter;
import org.osistack.core.Host;
import org.osistack.core.Pdu;
import org.osistack.core.management.CableManagement.ArrivalFilter;

/**
 * A cable in memory that any number of stations tap, as they did the thick yellow one: what one station sends, every
 * other hears.
 *
 * <p>Each pair of stations has a link of its own in either direction, with the faults that the sender's options ask
 * for; so two receivers don't lose the same frames. A rate limits each sender apart, and stations don't collide.
 *
 * <p>The cable is shared by the hosts of one group through {@link Host#shared}, and used on their thread alone.
 */
public final class VirtualMedium {
    private final String name;
    private final int mtu;
    private VirtualStation[] stations = {}; // copied on change: a frame may make its receiver leave
    private int joined;
    private boolean cut;
    private FrameFilter filter = FrameFilter.NONE;
    private ArrivalFilter arrivals = ArrivalFilter.NONE;

    VirtualMedium(String name, int mtu) {
        this.name = name;
        this.mtu = mtu;
    }

    /** The medium of that name in the host's group; made with the given MTU if there is none yet. */
    static VirtualMedium named(Host host, String name, int mtu) {
        return host.shared(VirtualMedium.class, name, () -> new VirtualMedium(name, mtu));
    }

    public String name() {
        return name;
    }

    int mtu() {
        return mtu;
    }

    /** How many stations there are. */
    public int stationCount() {
        return stations.length;
    }

    /** Let the filter decide about each frame of any station from now on; {@link FrameFilter#NONE} ends it. */
    public void filter(FrameFilter newFilter) {
        filter = newFilter;
    }

    FrameFilter.Verdict judge(Host sender, Pdu frame) {
        return filter.judge(sender, frame);
    }

    /** Let the filter decide about each frame that comes out of the cable; {@link ArrivalFilter#NONE} ends it. */
    void filterArrivals(ArrivalFilter newFilter) {
        arrivals = newFilter;
    }

    boolean letsArrive(Host sender, Host receiver, Pdu frame) {
        return arrivals.letsArrive(sender, receiver, frame);
    }

    /** Cut the cable: what is on its way is lost, and every station loses its link. Nothing happens if it is cut. */
    public void cut() {
        if (!cut) {
            cut = true;
            for (VirtualStation station : stations) {
                station.cableChanged();
            }
        }
    }

    /** Join the ends again. */
    public void join() {
        if (cut) {
            cut = false;
            for (VirtualStation station : stations) {
                station.cableChanged();
            }
        }
    }

    boolean isCut() {
        return cut;
    }

    /** A number for a new station, from 0. */
    int nextNumber() {
        return joined++;
    }

    void enter(VirtualStation entering) {
        for (VirtualStation station : stations) {
            station.reach(entering);
            entering.reach(station);
        }
        stations = Arrays.copyOf(stations, stations.length + 1);
        stations[stations.length - 1] = entering;
    }

    void leave(VirtualStation leaving) {
        List<VirtualStation> rest = new ArrayList<>(Arrays.asList(stations));
        rest.remove(leaving);
        stations = rest.toArray(VirtualStation[]::new);
        for (VirtualStation station : stations) {
            station.forget(leaving);
        }
    }
}
